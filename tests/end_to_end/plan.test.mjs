// When a quote can be there: a time line for each line, and the table behind it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('the delivery plan', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope } = buyer;
  await buyer.open();
  await buyer.ready();
  await buyer.addToQuote();
  const days = Number((await scope.getByText(/^Ready in \d+/).innerText()).match(/\d+/)[0]);

  await t.test('by keyboard: the time line, then its table', async () => {
    await scope.getByText('Delivery plan').focus();
    await page.keyboard.press('Enter');
    await scope.locator('.plan > li').waitFor();
    assert.match(await scope.locator('.plan > li').innerText(), /Line 1: Belt conveyor, 1 piece ready to ship on/);
    await scope.getByText('As a table').focus();
    await page.keyboard.press('Enter');
    // The steps that drive the date add up to it.
    const drives = await scope.locator('table.behind tr.here td:last-child').allInnerTexts();
    assert.equal(drives.reduce((sum, text) => sum + Number(text), 0), days);
  });

  await t.test('a day that is too early says by how much', async () => {
    const tomorrow = await page.evaluate(() => {
      const day = new Date();
      day.setDate(day.getDate() + 1);
      return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, '0')}-${String(day.getDate()).padStart(2, '0')}`;
    });
    await scope.locator('#quote-date').fill(tomorrow);
    await until('it is late', async () => /\d+ days late/.test(await scope.locator('.plan > li').innerText()));
    await scope.locator('.plan .wanted').first().waitFor({ state: 'attached' });
  });

  await t.test('axe finds nothing', async () => {
    await assertAccessibleInThemes(page, 'the plan');
  });
  buyer.complaints.none();
});
