// Lines that do not count: optional ones and alternatives, from the quote page to the inbox.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible, assertAccessibleInThemes } from './lib/axe.mjs';
import { amountIn } from './lib/buyer.mjs';
import { draftHolds } from './lib/draft.mjs';
import { TOKEN, buyerWithInbox } from './lib/inbox.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';

test('optional lines and alternatives', { skip }, async (t) => {
  const buyer = await buyerWithInbox(t);
  const { page, scope, words } = buyer;
  const line = (number) => scope.locator('.line').nth(number - 1);
  const standing = (number) => scope.getByRole('combobox', { name: `How line ${number}, Desk, counts` });
  const net = async () => amountIn(await scope.locator('.net-sum .figure').innerText());
  /** What the amount of the line is, in brackets or not. */
  const own = async (number) => amountIn(await line(number).locator('.net').innerText());
  /** What a line says of itself if taken, such as +20.00. */
  const difference = async (number) => {
    const text = await line(number).getByText(/if taken/).innerText();
    const [, sign, amount] = text.match(/([+−])[^\d]*([\d,]+\.\d\d)/);
    return (sign === '−' ? -1 : 1) * amountIn(amount);
  };
  const near = (one, other) => Math.abs(one - other) < 0.005;

  await buyer.open('/?catalog=floors&product=desk');
  for (const pieces of [1, 2, 5]) {
    await buyer.ready();
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await scope.getByRole('textbox', { name: /^Quantity of line/ }).last().fill(String(pieces));
    if (pieces < 5) await buyer.button('Configure another').click();
  }
  const costs = [await own(1), await own(2), await own(3)];

  await t.test('do not count in the total', async () => {
    await standing(2).selectOption({ label: 'Optional' });
    await standing(3).selectOption({ label: 'Alternative to Line 1: Desk' });
    await until('the total of one line', async () => near(await net(), costs[0]));
    await line(2).getByText('Optional', { exact: true }).first().waitFor();
    await line(3).getByText('Alternative to line 1', { exact: true }).first().waitFor();
    assert.equal(await line(2).getByText('not in the total').count(), 1);
    assert(near(await difference(2), costs[1]));
    assert(near(await difference(3), costs[2] - costs[0]));
    assert.match(await line(3).locator('.net').innerText(), /\(.*\)/s);
    await assertAccessibleInThemes(page, 'a quote with lines that do not count');
  });

  await t.test('are taken by key, and given back', async () => {
    const take = line(3).getByRole('button', { name: /^Take instead of line 1/ });
    await take.focus();
    await page.keyboard.press('Enter');
    await until('the alternative counts', async () => near(await net(), costs[2]));
    await line(1).getByText('Alternative to line 3', { exact: true }).first().waitFor();
    const focused = await page.evaluate(() => {
      let it = document.activeElement;
      while (it?.shadowRoot?.activeElement) it = it.shadowRoot.activeElement;
      return it.id;
    });
    assert.match(focused, /^line-\d+-quantity$/);
    await line(1).getByRole('button', { name: /^Take instead of line 3/ }).click();
    await until('the first counts again', async () => near(await net(), costs[0]));
    await line(2).getByRole('button', { name: /^Add to the total/ }).click();
    await until('the optional line counts', async () => near(await net(), costs[0] + costs[1]));
    await standing(2).selectOption({ label: 'Optional' });
    await until('and no longer', async () => near(await net(), costs[0]));
  });

  await t.test('stay so after a reload', async () => {
    await until('it is kept', () => page.evaluate(draftHolds, 'alternative_to'));
    await page.reload();
    await buyer.ready();
    await buyer.button(words.toQuote).click();
    await line(3).getByText('Alternative to line 1', { exact: true }).first().waitFor();
    await until('the same total', async () => near(await net(), costs[0]));
  });

  await t.test('one takes the place of the line that is removed', async () => {
    await buyer.button('Configure another').click();
    await buyer.ready();
    await buyer.button(words.add).click();
    await standing(4).selectOption({ label: 'Alternative to Line 1: Desk' });
    await buyer.button('Remove line 1, Desk').click();
    await until('the first alternative counts', async () => near(await net(), costs[2]));
    await line(3).getByText('Alternative to line 2', { exact: true }).first().waitFor();
  });

  await t.test('are sent, kept and shown to both sides', async () => {
    await buyer.fillContact();
    await buyer.send();
    await buyer.requestNumber();
    await buyer.seesDelivered();
    await line(1).getByText('Optional', { exact: true }).first().waitFor();
    await line(3).getByText('Alternative to line 2', { exact: true }).first().waitFor();
    assert(near(await net(), costs[2]));
    assert(near(await difference(1), costs[1]));
    await assertAccessible(page, 'a request with lines that do not count');
    await page.goto(`${buyer.url}/?catalog=floors#/inbox`);
    await scope.getByLabel("Supplier's token").fill(TOKEN);
    await page.keyboard.press('Enter');
    await scope.getByRole('button', { name: /^Q-.*Acme Foods/ }).click();
    await scope.locator('.margins').waitFor();
    assert.equal(await scope.locator('.margins tbody th').count(), 2);
    const told = scope.locator('.proposed > li');
    assert.equal(await told.count(), 2);
    assert.match(await told.first().innerText(), /Line 1: Desk.*Optional.*if taken/s);
    await assertAccessible(page, 'the inbox with lines that do not count');
  });
  buyer.complaints.none();
});
