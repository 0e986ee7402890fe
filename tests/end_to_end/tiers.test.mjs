// What more pieces would bring: the sentence, the chart and the table behind it.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible, assertAccessibleInThemes } from './lib/axe.mjs';
import { enter } from './lib/buyer.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: ['--catalogs', join(root, 'tests/catalogs')] });

test('the price by quantity', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  const chart = scope.getByRole('img', { name: /^from 1 / });
  const rows = () => scope.locator('table.behind tbody tr').allInnerTexts()
    .then((texts) => texts.map((text) => text.replace(/\s+/g, ' ').trim()));
  await buyer.open('/?catalog=quantities&product=screw');
  await buyer.ready();
  await enter(scope.locator('#quantity'), '50');

  await t.test('the next tier in words', async () => {
    // A screw of 20 mm is 0.05 and 0.084; with boxes of 500 at 1.50 and 10.00 for the set-up,
    // 101 are 25.03. 50 are 28.20.
    await scope.getByText('51 more: 0.248 each, 0.316 less each, 25.03 in total.').waitFor();
  });

  await t.test('by keyboard: the chart, then the table behind it', async () => {
    await scope.getByText('Price by quantity').focus();
    await page.keyboard.press('Enter');
    await chart.waitFor();
    await scope.getByText('As a table').focus();
    await page.keyboard.press('Enter');
    await until('the table is there', async () => (await rows()).length === 6);
    assert.deepEqual(await rows(), [
      'from 1 21.63 21.63',
      'from 50 0.564 28.20',
      'from 101 0.248 25.03',
      'from 1,000 0.137 137.00',
      'from 1,001 0.128 128.62',
      'from 10,000 0.117 1,170.00',
    ]);
    assert.equal(await scope.locator('table.behind tr.here').innerText().then((it) => it.split(/\s/)[1]), '50');
  });

  await t.test('the table stays open while the quantity changes', async () => {
    await scope.getByRole('button', { name: 'Take 101' }).click();
    await until('another row is the line\'s own', async () =>
      /from 101/.test(await scope.locator('table.behind tr.here').innerText()));
    assert.equal((await rows()).length, 5);
  });

  await t.test('axe finds nothing', async () => {
    await assertAccessibleInThemes(page, 'the chart');
  });

  await t.test('in the quote', async () => {
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await scope.getByText('Price by quantity').click();
    await chart.waitFor();
    await scope.getByText('As a table').click();
    await until('the table is there', async () => (await rows()).length === 5);
    await assertAccessible(page, 'the chart in a quote');
  });
  buyer.complaints.none();
});
