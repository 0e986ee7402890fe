// The supplier's side: margins and floors, and changes by hand with their reasons.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, assertAccessibleInThemes } from './lib/axe.mjs';
import { TOKEN, buyerWithInbox } from './lib/inbox.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';

test('a change by hand', { skip }, async (t) => {
  const buyer = await buyerWithInbox(t);
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=floors&product=desk');
  await buyer.ready();
  await buyer.button(words.add).click();
  await buyer.fillContact();
  await buyer.send();
  await buyer.requestNumber();
  await buyer.seesDelivered();

  await t.test('only with the token', async () => {
    await page.goto(`${buyer.url}/?catalog=floors#/inbox`);
    await scope.getByLabel("Supplier's token").fill('another');
    await buyer.button('Open the inbox').click();
    await scope.getByText('This token does not open the inbox.').waitFor();
    await scope.getByLabel("Supplier's token").fill(TOKEN);
    await page.keyboard.press('Enter');
    await scope.getByRole('button', { name: /^Q-.*Acme Foods/ }).click();
    await scope.locator('.margins').waitFor();
  });

  const net = async () => scope.locator('.margins tr.here td').first().innerText();

  await t.test('costs, margins and floors', async () => {
    const heads = await scope.locator('.margins th[scope=col]').allInnerTexts();
    assert.deepEqual(heads, ['Product', 'Net', 'Cost', 'Margin', 'Floor']);
    await assertAccessibleInThemes(page, 'the inbox');
  });

  await t.test('a discount with its reason', async () => {
    const before = Number(await net());
    await scope.getByLabel('Number, below zero for a discount').fill('-1');
    await buyer.button('Make the change').click();
    await scope.getByText('Fill in a number, a reason and your name.').waitFor();
    await scope.getByLabel('Reason', { exact: true }).fill('Agreed by telephone');
    await scope.getByLabel('Your name').fill('S. Eller');
    await buyer.button('Make the change').click();
    await scope.getByText('Agreed by telephone').waitFor();
    await until('one percent less', async () => Math.abs(Number(await net()) - before * 0.99) < 0.011);
  });

  await t.test('none below the floor without one more reason', async () => {
    await scope.getByLabel('How').selectOption('percent');
    await scope.getByLabel('Number, below zero for a discount').fill('-90');
    await scope.getByLabel('Reason', { exact: true }).fill('Last piece');
    await scope.getByLabel('Your name').fill('S. Eller');
    await buyer.button('Make the change').click();
    await scope.getByLabel('Why it may go below the floor').fill('End of the series');
    await buyer.button('Make the change').click();
    await scope.getByText('End of the series').waitFor();
    await scope.getByText(/below the floor/).first().waitFor();
    await assertAccessible(page, 'changes by hand');
  });
  buyer.complaints.none([/status of 4\d\d/]);
});
