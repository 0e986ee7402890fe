// Which catalog, and in which language.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('the start page', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope } = buyer;
  const language = scope.locator('#language');
  await page.goto(world.endpoint.url);

  await t.test('lists the catalogs', async () => {
    await buyer.heading('What would you like to configure?').waitFor();
    assert.equal(await scope.locator('.catalogs li').count(), 4);
    await assertAccessibleInThemes(page, 'start');
  });

  await t.test('in the language that is chosen, by keyboard', async () => {
    await language.focus();
    await language.selectOption('nl');
    await buyer.heading('Wat wilt u samenstellen?').waitFor();
    await until('the menu or the new heading has the focus', () =>
      language.evaluate((it) => ['language', 'top'].includes(it.getRootNode().activeElement?.id)));
    assert.match(page.url(), /locale=nl/);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'nl');
  });

  await t.test('a catalog, and back to the list', async () => {
    await scope.getByRole('button', { name: /Magazijn/ }).click();
    await buyer.ready();
    assert.match(page.url(), /catalog=subscription/);
    await language.selectOption('pl');
    await buyer.heading('System magazynowy').waitFor();
    await page.goBack();
    await scope.locator('.catalogs li').first().waitFor();
  });
  buyer.complaints.none();
});
