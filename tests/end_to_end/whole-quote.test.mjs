// What is asked about a quote as a whole, what is due again and again, and codes of promotions.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible, assertAccessibleInThemes } from './lib/axe.mjs';
import { amountIn, expectAttribute, enter } from './lib/buyer.mjs';
import { draftHolds } from './lib/draft.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: ['--catalogs', join(root, 'tests/catalogs')] });

const zone = (scope, name) => scope.getByRole('radiogroup', { name: 'Zone' }).getByRole('radio', { name });
const payment = (scope, name) => scope.getByRole('radiogroup', { name: 'Payment' }).getByRole('radio', { name });

/** The amount of the row of the totals that begins with `name`. */
async function row(scope, name, list = 0) {
  const rows = scope.locator('dl.totals').nth(list).locator('> div', { hasText: name });
  return amountIn(await rows.first().locator('dd').innerText());
}

const comesTo = (scope, name, amount, list) =>
  until(`${name} is ${amount}`, async () => await row(scope, name, list) === amount);

async function add(buyer, product) {
  await buyer.open(`/?catalog=services&product=${product}`);
  await buyer.ready();
  await buyer.button(buyer.words.add).click();
  await buyer.heading(buyer.words.quote).waitFor();
}

test('questions about the quote', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  await add(buyer, 'crate');

  await t.test('what is suggested is in the totals', async () => {
    // 12.5 kg at 0.20; goods below 200; 42.50 at 9 percent and 25.00 at 21.
    await comesTo(scope, 'All lines', 40);
    await comesTo(scope, 'Freight', 2.5);
    await comesTo(scope, 'Small order', 25);
    await comesTo(scope, 'Net total', 67.5);
    await comesTo(scope, 'Total including VAT', 76.58);
    assert.match(await scope.locator('dl.totals').first().innerText(), /0\.20 × 12\.5/);
  });

  await t.test('an answer changes them', async () => {
    await zone(scope, 'Far').click();
    await expectAttribute(zone(scope, 'Far'), 'aria-checked', 'true');
    await comesTo(scope, 'Freight', 5);
    await comesTo(scope, 'Net total', 70);
  });

  await t.test('by keyboard', async () => {
    await payment(scope, 'After delivery').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await expectAttribute(payment(scope, 'In advance'), 'aria-checked', 'true');
    // 2 percent of 70.00.
    await comesTo(scope, 'Payment in advance', 1.4);
    await comesTo(scope, 'Net total', 68.6);
  });

  await t.test('a promotion by its code, whatever its case', async () => {
    const code = scope.getByRole('textbox', { name: 'Promotion code' });
    await enter(code, 'autumn');
    await scope.getByText('No promotion has the code autumn.').waitFor();
    await enter(code, 'spring');
    // 40.00 less 10 percent.
    await comesTo(scope, 'All lines', 36);
    assert.equal(await scope.getByText('No promotion has').count(), 0);
  });

  await t.test('axe finds nothing', async () => {
    await assertAccessibleInThemes(page, 'questions');
  });

  await t.test('answers outlive a reload', async () => {
    const net = await row(scope, 'Net total');
    await until('the draft is kept', () => page.evaluate(draftHolds, 'advance'));
    await page.reload();
    await buyer.ready();
    await buyer.button(words.toQuote).click();
    await expectAttribute(payment(scope, 'In advance'), 'aria-checked', 'true');
    await comesTo(scope, 'Net total', net);
  });

  await t.test('what is sent is what was shown', async () => {
    const net = await row(scope, 'Net total');
    await buyer.fillContact();
    await buyer.send();
    await buyer.requestNumber();
    await buyer.seesDelivered();
    await comesTo(scope, 'Net total', net);
    await comesTo(scope, 'Freight', 5);
    await scope.getByText('In advance', { exact: true }).waitFor();
    await scope.getByText('SPRING').waitFor();
    await assertAccessible(page, 'a request with answers');
  });
  buyer.complaints.none();
});

test('what is due again and again', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=services&product=plan');
  await buyer.ready();

  await t.test('no piece at 0.00', async () => {
    await enter(scope.locator('#quantity'), '30');
    // 12.00 less 20 percent, 30 times.
    await scope.locator('.headline').getByText(/^288\.00per month/).waitFor();
    await scope.getByText('+ 250.00 once').waitFor();
    await scope.getByText('Net over 12 months 3,706.00').first().waitFor();
    assert.doesNotMatch(await scope.locator('.panel').innerText(), /\b0\.00\b|Price of one/);
  });

  await t.test('the cost over the term has a table behind it', async () => {
    await scope.getByText('Cost over 12 months').click();
    await scope.getByRole('slider', { name: 'Net over 12 months: €3,706.00' }).waitFor();
    await scope.getByText('As a table').click();
    // 250.00 and 288.00 in the first month, 12 times 288.00 in all.
    const rows = scope.locator('table.behind tbody tr');
    assert.equal(await rows.count(), 12);
    assert.equal((await rows.first().innerText()).replace(/\s+/g, ' '), '1 250.00 288.00 538.00');
    assert.equal((await rows.last().innerText()).replace(/\s+/g, ' '), '12 0.00 288.00 3,706.00');
    await assertAccessibleInThemes(page, 'the cost over the term');
  });

  await t.test('in the quote', async () => {
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    const net = scope.locator('.line .net');
    await until('both are there', async () => /250\.00\s+288\.00\s+per month/.test(await net.innerText()));
    await scope.getByRole('heading', { name: 'Per month, months 1 to 12' }).waitFor();
    await comesTo(scope, 'Net total', 288, 1);
    await comesTo(scope, 'Total including VAT', 348.48, 1);
    await comesTo(scope, 'Net over all terms', 3706, 2);
    await assertAccessible(page, 'a quote with a term');
  });
  buyer.complaints.none();
});
