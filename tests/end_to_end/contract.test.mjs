// Quantities that change over a term, days of a contract, and parts of a line with days of
// their own: entered, checked, kept, sent, and shown to both sides.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { amountIn, enter } from './lib/buyer.mjs';
import { draftHolds } from './lib/draft.mjs';
import { TOKEN, buyerWithInbox } from './lib/inbox.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';

const NEXT = new Date().getFullYear() + 1;

/** Sends, and then sees the request in the supplier's inbox. */
async function sendAndOpenInbox(buyer, catalog) {
  const { page, scope } = buyer;
  await buyer.send();
  await buyer.requestNumber();
  await buyer.seesDelivered();
  return async () => {
    await page.goto(`${buyer.url}/?catalog=${catalog}#/inbox`);
    await scope.getByLabel("Supplier's token").fill(TOKEN);
    await page.keyboard.press('Enter');
    await scope.getByRole('button', { name: /^Q-.*Acme Foods/ }).click();
  };
}

/** What stands beside the name of a fact. */
const fact = (scope, name) =>
  scope.locator('dl.facts:not(.printed) > div', { hasText: name }).locator('dd').first();

test('a contract with days and a ramp', { skip }, async (t) => {
  const buyer = await buyerWithInbox(t);
  const { page, scope, words } = buyer;
  const over = async () => amountIn(await scope.locator('dl.totals.all dd').innerText());
  await buyer.open('/?catalog=contracts&product=seat');
  await buyer.ready();
  await enter(scope.locator('#quantity'), '2');
  await buyer.button(words.add).click();
  await buyer.heading(words.quote).waitFor();
  await buyer.fillContact();

  // Set-up is 50 for the line. Two seats at 12.50, at half for two months: 11 times 25.
  await t.test('by keyboard: another number later, and the price follows', async () => {
    await until('the whole term', async () => await over() === 325);
    await scope.getByText('More or fewer pieces later').focus();
    await page.keyboard.press('Enter');
    await scope.getByRole('button', { name: 'Add a change' }).focus();
    await page.keyboard.press('Enter');
    const month = scope.getByRole('textbox', { name: 'From month' });
    await until('the new field has the focus', () =>
      month.evaluate((it) => it.getRootNode().activeElement === it));
    await page.keyboard.type('1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('4');
    await buyer.send();
    await scope.getByText('A month from 2 to 12, each once.').waitFor();
    await assertAccessibleInThemes(page, 'a wrong month');
    await month.fill('7');
    // Six months of four seats instead of two.
    await until('the ramp is priced', async () => await over() === 475);
  });

  await t.test('days of the contract: what is wrong, and parts of months', async () => {
    await scope.getByText('Contract', { exact: true }).click();
    const [first, last] = ['Contract begins on', 'Last day of the contract']
      .map((name) => scope.getByRole('textbox', { name }));
    await last.fill(`${NEXT}-03-31`);
    await buyer.send();
    await scope.getByText('Please fill this in.').waitFor();
    await first.fill(`${NEXT}-04-17`);
    await scope.getByText('The last day is before the first.').waitFor();
    await first.fill(`${NEXT}-01-17`);
    // 15 of 31 days and then two months to the last day, at half until 16 March.
    await scope.getByText(`Net for part of a period, 17 January ${NEXT} to 31 January ${NEXT}`).waitFor();
    await assertAccessibleInThemes(page, 'a contract with days');
    await last.fill('');
    await until('the whole term again', async () => await over() > 400);
    await last.fill(`${NEXT}-12-31`);
  });

  await t.test('the draft keeps it', async () => {
    await until('the draft is kept', () => page.evaluate(draftHolds, `${NEXT}-12-31`));
    const before = await over();
    await page.reload();
    await buyer.ready();
    await buyer.button(words.toQuote).click();
    await until('the prices are the same', async () => await over() === before);
    assert.equal(await scope.getByRole('textbox', { name: 'From month' }).inputValue(), '7');
  });

  await t.test('sent, kept and in the inbox', async () => {
    const openInbox = await sendAndOpenInbox(buyer, 'contracts');
    await until('the ramp is kept', async () =>
      /From month 7: 4 pieces/.test(await fact(scope, 'Line 1: Seat').innerText()));
    await fact(scope, 'Contract begins on').getByText(`17 January ${NEXT}`).waitFor();
    await assertAccessibleInThemes(page, 'a kept contract');
    await openInbox();
    await until('the supplier sees the ramp', async () =>
      /From month 7: 4 pieces/.test(await fact(scope, 'Line 1: Seat').innerText()));
    await fact(scope, 'Last day of the contract').getByText(`31 December ${NEXT}`).waitFor();
    await assertAccessibleInThemes(page, 'a contract in the inbox');
  });
  buyer.complaints.none();
});

test('a line in parts', { skip }, async (t) => {
  const buyer = await buyerWithInbox(t);
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=deliveries&product=desk');
  await buyer.ready();

  await t.test('one piece has no parts', async () => {
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await buyer.fillContact();
    assert.equal(await scope.getByText('Deliver in parts').count(), 0);
  });

  await t.test('parts have to be all of the line', async () => {
    await scope.getByRole('textbox', { name: words.pieces }).fill('60');
    await scope.getByText('Deliver in parts').click();
    const add = scope.getByRole('button', { name: 'Add a part' });
    await add.click();
    await scope.getByLabel('Date', { exact: true }).fill(`${NEXT}-02-01`);
    await scope.locator('.part').getByRole('textbox', { name: 'Pieces' }).fill('40');
    await scope.getByText('40 of 60 have a date.').waitFor();
    await buyer.send();
    await scope.getByText('The parts do not add up to the whole line.').waitFor();
    await assertAccessibleInThemes(page, 'parts that are not all');
    await add.click();
    await scope.getByLabel('Date', { exact: true }).last().fill(`${NEXT}-06-01`);
    await scope.getByText('60 of 60 have a date.').waitFor();
  });

  await t.test('the plan tells each part, and so does the kept request', async () => {
    await scope.getByText('Delivery plan').click();
    await scope.locator('.plan').getByText(`20 pieces for 1 June ${NEXT}`).waitFor();
    await assertAccessibleInThemes(page, 'a plan with parts');
    const openInbox = await sendAndOpenInbox(buyer, 'deliveries');
    await until('the parts are kept', async () =>
      (await fact(scope, 'Line 1: Desk').innerText()).includes(`40 pieces for 1 February ${NEXT}`));
    await openInbox();
    await until('the supplier sees them', async () =>
      (await fact(scope, 'Line 1: Desk').innerText()).includes(`20 pieces for 1 June ${NEXT}`));
  });
  buyer.complaints.none();
});
