// The drawing of what is configured: it follows every choice, says the same in words, and can be saved.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('the drawing of a conveyor', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope } = buyer;
  const drawing = scope.locator('svg.drawing');
  const spoken = () => drawing.getAttribute('aria-label');
  await buyer.open('/');
  await buyer.ready();

  await t.test('what is open is dashed', async () => {
    assert.match(await spoken(), /^Belt conveyor, 1,000\smm long and 200\smm wide, incline Flat/);
    assert.ok(await drawing.locator('.open').count() > 5);
  });

  await t.test('it follows the choices, in proportion', async () => {
    await buyer.enter('length', '3000');
    await buyer.enter('width', '600');
    await until('the drawing follows', async () => /3,000\smm long and 600\smm wide/.test(await spoken()));
    // In the view from above: the belt is five times as long as wide.
    const belt = drawing.locator('rect.dark:not(.open)').last();
    const [width, height] = await Promise.all(['width', 'height'].map((name) => belt.getAttribute(name)));
    assert.ok(Math.abs(width / height - 5) < 0.05, `${width} / ${height}`);
    assert.deepEqual((await drawing.locator('.measure text').allTextContents()).map((it) => it.replace(/\s/, ' ')).sort(), ['3,000 mm', '600 mm', '850 mm']);
  });

  await t.test('it can be saved', async () => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      scope.getByRole('button', { name: 'Save the drawing' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'belt_conveyor.svg');
    const saved = await readFile(await download.path(), 'utf8');
    assert.match(saved, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    assert.match(saved, /3,000\smm/);
    // A file knows no names of characters but those of XML.
    assert.doesNotMatch(saved, /&(?!amp;|lt;|gt;|quot;|apos;|#)/);
  });

  await t.test('axe finds nothing', async () => {
    await assertAccessibleInThemes(page, 'the drawing');
  });
});
