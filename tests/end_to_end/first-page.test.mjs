// What can be read of a product before any of the app runs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();
const WORDS = '.title, .steps .name, .groups h2, .groups h3, .choice .name, .rows .part-number';

for (const [catalog, locale] of [['conveyor', 'en'], ['conveyor', 'nl'], ['subscription', 'nb'], ['agency', 'pl']]) {
  test(`the page shows the ${catalog} in ${locale}, and the app the same words`, { skip }, async (t) => {
    const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
    const { page } = buyer;
    const held = await holdWasm(page);
    await page.goto(`${world.endpoint.url}/?catalog=${catalog}&locale=${locale}`);
    const first = page.locator('.first-page');
    await first.waitFor();
    const promised = await words(first);
    assert.ok(promised.length > 10, promised.join());
    for (const width of [390, 820, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `fits ${width} px`);
    }
    await assertAccessibleInThemes(page, `first page, ${catalog}`);

    held.letGo();
    await buyer.ready();
    assert.equal(await first.count(), 0);
    const shown = await words(page.locator('.app'));
    assert.deepEqual(promised.filter((it) => !shown.includes(it)), []);
    buyer.complaints.none();
  });
}

// What only follows from rules is not drawn before: a channel of the agency, a row.
for (const [catalog, follows] of [['conveyor', false], ['subscription', false], ['agency', true]]) {
  test(`the ${catalog} is drawn before the app is there, and stays in its place`, { skip }, async (t) => {
    for (const [width, drawn] of [[390, false], [820, true], [1440, true]]) {
      // A new one each time: the service worker of the first would not be held.
      const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
      const { page } = buyer;
      await page.setViewportSize({ width, height: 900 });
      const held = await holdWasm(page);
      await page.goto(`${world.endpoint.url}/?catalog=${catalog}`);
      await page.locator('.first-page').waitFor();
      const promised = page.locator('.first-page svg.drawing');
      assert.equal(await promised.isVisible(), drawn, `at ${width} px`);
      const place = await promised.boundingBox();
      held.letGo();
      await buyer.ready();
      const now = await page.locator('.app svg.drawing').boundingBox();
      // On narrow screens tools come to stand above it.
      const known = { ...(width < 1000 && { y: 0 }), ...(follows && { height: 0 }) };
      const places = [now, place].map((it) => it && { ...hundredths(it), ...known });
      assert.deepEqual(places[0], places[1], `at ${width} px`);
    }
  });
}

test('a request is not covered by a product', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const held = await holdWasm(buyer.page);
  await buyer.page.goto(`${world.endpoint.url}/?catalog=conveyor#/requests/none`);
  await until('the product is hidden', async () => !await buyer.page.locator('.first-page').isVisible());
  held.letGo();
  await until('the product is gone', async () => await buyer.page.locator('.first-page').count() === 0);
});

test('the page of the last visit is there without a network', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  const address = buyer.page.url();
  await until('the page is kept', () => buyer.page.evaluate((wanted) => caches.match(wanted).then(Boolean), address));
  await buyer.context.setOffline(true);
  await buyer.page.addInitScript(() => document.addEventListener('DOMContentLoaded', () => {
    const { shadowRoot } = document.querySelector('quote-configurator');
    globalThis.hadProduct = Boolean(shadowRoot?.querySelector('.first-page h1'));
  }));
  await buyer.page.goto(address);
  assert.ok(await buyer.page.evaluate(() => globalThis.hadProduct));
  await buyer.ready();
});

/** Less than that is not seen, and Firefox counts in sixtieths of a pixel. */
function hundredths(box) {
  return Object.fromEntries(Object.entries(box).map(([side, pixels]) => [side, Math.round(pixels * 100) / 100]));
}

/** Keeps the app's module back until it is let go. */
async function holdWasm(page) {
  let letGo;
  const free = new Promise((resolve) => { letGo = resolve; });
  await page.route(/\.wasm$/, async (route) => {
    await free;
    await route.continue();
  });
  return { letGo };
}

async function words(scope) {
  const texts = await scope.locator(WORDS).allTextContents();
  return texts.map((it) => it.trim()).filter(Boolean);
}
