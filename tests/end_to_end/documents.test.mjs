// Documents that belong to a configuration: on the product's page, in the quote and the request.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { extractText, getDocumentProxy } from 'unpdf';

import { assertAccessible } from './lib/axe.mjs';
import { TOKEN, buyerWithInbox } from './lib/inbox.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();
const OVERVIEW = 'Installation and operation at a glance (sample)';
const MACHINES = 'EU declaration of conformity, machinery (sample)';
const FOOD = 'Declaration of food contact (sample)';

/** The names of the documents listed within. */
async function listed(scope, within) {
  const names = await scope.locator(`${within} .documents a`).allTextContents();
  return names.map((name) => name.replace(/\s*\(opens in a new tab\)/, '').trim());
}

const see = (scope, within, ...names) => until(`${within}: ${names}`, async () =>
  JSON.stringify(await listed(scope, within)) === JSON.stringify(names));

test('documents follow the configuration and can be opened', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  const sees = (within, ...names) => see(scope, within, ...names);
  await buyer.open();
  await buyer.ready();

  await t.test('those whose condition holds', async () => {
    await sees('.group', OVERVIEW, MACHINES);
    await buyer.choose('environment', 'food');
    await sees('.group', OVERVIEW, MACHINES, FOOD);
    const told = await scope.locator('.group .documents li').last().textContent();
    assert.match(told, /PDF, \d+\u00a0kB, English$/);
    await assertAccessible(page, 'with documents');
  });

  await t.test('one opens in a new tab, from the keyboard', async () => {
    const link = scope.getByRole('link', { name: `${FOOD} (opens in a new tab)` });
    const answer = await page.request.get(new URL(await link.getAttribute('href'), buyer.url).href);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    const document = await getDocumentProxy(new Uint8Array(await answer.body()));
    const { info } = await document.getMetadata();
    assert.deepEqual([info.Title, info.Language], ['Declaration of food contact (sample)', 'en']);
    const { text } = await extractText(document, { mergePages: true });
    assert.match(text, /SAMPLE.*Regulation \(EC\) 1935\/2004/s);
    await link.focus();
    const opened = page.waitForEvent('popup');
    await page.keyboard.press('Enter');
    const tab = await opened;
    await tab.waitForURL(/\/api\/documents\/[0-9a-f]{64}$/);
    await tab.close();
  });

  await t.test('they are listed in the quote and on paper', async () => {
    await buyer.addToQuote();
    await sees('.line', OVERVIEW, MACHINES, FOOD);
    await buyer.fillContact();
    const pdf = await page.pdf({ format: 'A4' });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true });
    assert.match(text.replace(/\s+/g, ' '), /Attachments.*Declaration of food contact \(sample\)/);
    assert.doesNotMatch(text, /new tab/);
  });

  await t.test('and in the request', async () => {
    await buyer.send();
    await buyer.requestNumber();
    await sees('.line', OVERVIEW, MACHINES, FOOD);
    await assertAccessible(page, 'the request with documents');
  });
  buyer.complaints.none();
});

test('the supplier has the documents of a request at hand', { skip }, async (t) => {
  const buyer = await buyerWithInbox(t, 'catalogs');
  const { page, scope } = buyer;
  await buyer.open();
  await buyer.ready();
  await buyer.choose('environment', 'food');
  await buyer.addToQuote();
  await buyer.fillContact();
  await buyer.send();
  await buyer.requestNumber();
  await buyer.seesDelivered();
  await page.goto(`${buyer.url}/?catalog=conveyor#/inbox`);
  await scope.getByLabel("Supplier's token").fill(TOKEN);
  await page.keyboard.press('Enter');
  await scope.getByRole('button', { name: /^Q-.*Acme Foods/ }).click();
  await see(scope, '.block', OVERVIEW, MACHINES, FOOD);
  await assertAccessible(page, 'the inbox with documents');
  buyer.complaints.none();
});
