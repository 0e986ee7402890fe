// What recurs, on the screen: the chart over the term with its amounts, the catalog's own word
// for what is counted, and a promotion that is for something else.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { enter } from './lib/buyer.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('the cost over the term', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce', viewport: { width: 390, height: 900 } });
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=subscription');
  await buyer.ready();
  await buyer.button(words.details).click();
  await enter(scope.locator('#quantity'), '25');

  await t.test('a month is told where it is pointed at or gone to by the arrow keys', async () => {
    await scope.getByText(/^Cost over \d+ months$/).focus();
    await page.keyboard.press('Enter');
    const chart = scope.getByRole('slider', { name: /over \d+ months/ });
    await chart.focus();
    await page.keyboard.press('Home');
    const told = () => scope.locator('.read-out').innerText();
    await until('the first month', async () => /^month 1: [\d,.]+; so far [\d,.]+$/.test(await told()));
    const first = await told();
    await page.keyboard.press('ArrowRight');
    await until('the second month', async () => (await told()).startsWith('month 2:'));
    assert.equal(await chart.getAttribute('aria-valuetext'), await told());
    await scope.locator('.pick').first().dispatchEvent('pointerdown');
    await until('the first again', async () => await told() === first);
    assert.ok(await scope.locator('.scale span').count() > 2, 'the scale has amounts');
    await assertAccessible(page, 'a chart with a scale');
  });

  await t.test('users are called users', async () => {
    await scope.getByText('Price by quantity').click();
    await scope.getByText('As a table').first().click();
    const heads = await scope.locator('table.behind th[scope=col]').allTextContents();
    assert.ok(heads.includes('Number of users'), heads.join());
    assert.ok(!heads.includes('Pieces'), heads.join());
  });

  await t.test('a promotion for what is paid monthly does nothing for what is paid yearly', async () => {
    await scope.locator('[data-attribute="billing"] [aria-checked="true"]', { hasText: 'Yearly in advance' }).waitFor();
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await enter(scope.getByRole('textbox', { name: /^Promotion code/ }), 'HALF');
    await scope.getByText('HALF changes nothing here').waitFor();
    assert.doesNotMatch(await scope.locator('.sheet-sums').innerText(), /(^|\s)0\.00(\s|$)|Per month/);
  });
  buyer.complaints.none();
});
