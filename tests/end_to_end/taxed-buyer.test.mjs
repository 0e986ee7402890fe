// Tax by who buys: said on the quote page, kept on the device, sent, and worked out the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { amountIn } from './lib/buyer.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('a business in another country', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=subscription');
  await buyer.ready();
  await buyer.button(words.add).click();
  await buyer.heading(words.quote).waitFor();
  const totals = scope.locator('.sheet-sums');
  const vat = scope.getByRole('textbox', { name: 'VAT number' });

  await t.test('at home, with tax', async () => {
    assert.match(await totals.innerText(), /VAT 21%? ?%? of/);
  });

  await t.test('a number of another country is no number', async () => {
    await scope.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Germany' });
    await vat.fill('NL123456789B13');
    await buyer.fillContact();
    await buyer.send();
    await scope.getByText('This is not a VAT number of the chosen country.').waitFor();
    assert.equal(await vat.evaluate((it) => it.getRootNode().activeElement === it), true);
  });

  await t.test('reverse charge, and why', async () => {
    await vat.fill('de 123456788');
    await totals.getByText(/Reverse charge/).first().waitFor();
    const rows = totals.locator('dl.totals').first().locator('> div');
    const net = amountIn(await rows.filter({ hasText: 'Net total' }).first().locator('dd').innerText());
    const gross = amountIn(await rows.filter({ hasText: 'Total including VAT' }).first().locator('dd').innerText());
    assert.equal(gross, net);
    await assertAccessibleInThemes(page, 'who buys');
  });

  await t.test('the endpoint works out the same, and tells it', async () => {
    await buyer.send();
    await buyer.requestNumber();
    await buyer.seesDelivered();
    await scope.getByText('Germany', { exact: true }).waitFor();
    await scope.getByText('DE 123456788', { exact: true }).waitFor();
    await totals.getByText(/Reverse charge/).first().waitFor();
  });

  await t.test('the next request knows who buys', async () => {
    await buyer.open('/?catalog=subscription');
    await buyer.ready();
    await buyer.button(words.add).click();
    await until('it is still there', async () => await vat.inputValue() === 'de 123456788');
    await totals.getByText(/Reverse charge/).first().waitFor();
  });
  buyer.complaints.none();
});

test('who pays none of the tax that prices contain', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { scope, words } = buyer;
  await buyer.open('/?catalog=agency');
  await buyer.ready();
  const withTax = await buyer.netTotal();
  await buyer.button(words.add).click();
  await buyer.heading(words.quote).waitFor();
  await scope.getByRole('combobox', { name: 'Country' }).selectOption({ label: 'Germany' });
  await scope.getByRole('textbox', { name: 'VAT number' }).fill('DE123456788');
  await scope.locator('.sheet-sums').getByText(/Reverse charge/).first().waitFor();
  await buyer.button(words.another).click();
  // 21 percent are contained, in what is due each month as well.
  await until('the price is without tax', async () =>
    Math.abs(await buyer.netTotal() * 1.21 - withTax) < 0.01 * 1.21);
  buyer.complaints.none();
});
