// Days for single lines, what would bring them sooner at which price, and the plan that is kept.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible, assertAccessibleInThemes } from './lib/axe.mjs';
import { amountIn } from './lib/buyer.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: ['--catalogs', join(root, 'tests/catalogs')] });

test('sooner, and line by line', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  const net = async () => amountIn(
    await scope.locator('dl.totals > div', { hasText: 'Net total' }).first().locator('dd').innerText());
  await buyer.open('/?catalog=deliveries&product=desk');
  await buyer.ready();
  await buyer.button(words.add).click();
  await buyer.heading(words.quote).waitFor();

  await t.test('pine is there sooner and costs 60 less; back', async () => {
    await until('oak', async () => await net() === 160);
    await scope.getByText('What would bring it sooner?').focus();
    await page.keyboard.press('Enter');
    const pine = scope.locator('.sooner li').filter({ has: page.getByText('Top: Pine', { exact: true }) });
    await pine.waitFor();
    assert.match(await pine.innerText(), /days? sooner/);
    assert.match(await pine.innerText(), /[−-]€60\.00/);
    await assertAccessibleInThemes(page, 'sooner');
    await pine.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await until('pine', async () => await net() === 100);
    await scope.getByText('The change is made.').waitFor();
    await buyer.button(words.undo).click();
    await until('oak again', async () => await net() === 160);
  });

  await t.test('a day for one line, which is kept with its plan', async () => {
    await buyer.button(words.another).click();
    await buyer.ready();
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await scope.getByText('A date for each line').click();
    const day = scope.getByRole('textbox', { name: 'Line 2: Desk', exact: true });
    await day.fill('2020-01-01');
    await buyer.fillContact();
    await buyer.send();
    await until('the day in the past has the focus', () =>
      day.evaluate((it) => it.getRootNode().activeElement === it));
    const year = new Date().getFullYear() + 1;
    await day.fill(`${year}-12-24`);
    await assertAccessible(page, 'days of lines');
    await buyer.send();
    await buyer.requestNumber();
    await buyer.seesDelivered();
    await scope.getByText(`24 December ${year}`).first().waitFor();
    await scope.getByText('Delivery plan').click();
    await until('both lines and all together', async () => await scope.locator('.plan > li').count() === 3);
    await assertAccessible(page, 'a kept request with its plan');
  });
  buyer.complaints.none();
});
