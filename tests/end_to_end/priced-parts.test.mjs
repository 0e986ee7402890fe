// A catalog of sheets with parts: each one that is added has its price.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { expectAttribute } from './lib/buyer.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('parts have prices', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  const part = (path) => scope.locator(`[data-attribute="+${path}"]`);
  const option = (path, name) =>
    scope.locator(`[data-attribute="${path}"]`).getByRole('radio', { name });
  const costs = (amount) =>
    until(`the price is ${amount}`, async () => await buyer.netTotal() === amount);
  await buyer.open('/?catalog=packing_station');
  await buyer.ready();
  // 420.00 + 62.00 x 1.2 m x 0.75 m.
  await costs(475.8);

  await t.test('each part adds its own', async () => {
    await part('drawer[0]').getByRole('button', { name: 'Add Drawer 1' }).click();
    await costs(549.8);
    await part('drawer[1]').getByRole('button', { name: 'Add Drawer 2' }).click();
    await option('drawer[1].height', '300 mm').click();
    await expectAttribute(option('drawer[1].height', '300 mm'), 'aria-checked', 'true');
    await costs(667.8);
  });

  await t.test('the price says for which part each amount is', async () => {
    const steps = await scope.locator('.waterfall li').allTextContents();
    assert.ok(steps.some((it) => it.startsWith('Drawer 1') && it.includes('74.00')), steps);
    assert.ok(steps.some((it) => it.startsWith('Drawer 2') && it.includes('118.00')), steps);
    await assertAccessible(page, 'with parts that have prices');
  });

  await t.test('what is taken away costs nothing', async () => {
    await part('drawer[1]').getByRole('button', { name: /^(Add|Remove)/ }).click();
    await costs(549.8);
  });
});
