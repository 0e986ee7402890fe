// The quote on paper: it reads like an offer, and leaves out what is only there to click.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';

import { extractText, getDocumentProxy } from 'unpdf';

import { browser, skip } from './lib/settings.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();
// Playwright 1.64 tells Firefox the inches of a page as centimetres.
const A4 = browser.name === 'firefox' ? { width: '21in', height: '29.7in' } : { format: 'A4' };

test('the quote on paper', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  await buyer.open();
  await buyer.prepareQuote();
  await scope.getByRole('textbox', { name: buyer.words.pieces }).fill('12');
  await buyer.field('note').fill('The floor slopes.');
  const pdf = await page.pdf({ ...A4, printBackground: true });
  if (process.env.QUOTEWRIGHT_PDF) await writeFile(process.env.QUOTEWRIGHT_PDF, pdf);
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
  const words = text.replace(/\s+/g, ' ');
  const net = (await scope.locator('.line .net .due').first().innerText()).trim();
  const there = [
    'Meridiaan Transporttechniek', 'offerte@meridiaan.example', 'Quote request', 'Acme Foods',
    'ann@acme.example', 'Belt conveyor', '12', net, 'Net total', 'VAT 21', 'Total including VAT',
    'Ordered today, ready on', 'The floor slopes.', 'Femke Jansen', 'Product Quantity Unit price Net', 'Top 400 mm',
  ];
  for (const part of there) assert.ok(words.includes(part), `${part} is not in: ${words}`);
  const absent = ['Remove', 'Edit', 'Send request', 'Delivery plan', 'Your requests', 'Print', 'optional'];
  for (const part of absent) assert.ok(!words.includes(part), `${part} is in: ${words}`);
  // The drawing stands in the document only while it is printed.
  await scope.locator('.line .drawing').waitFor({ state: 'hidden' });
  buyer.complaints.none();
});
