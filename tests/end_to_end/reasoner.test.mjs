// The second module, which works out what goes together: in a worker, in the page, or missing.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Buyer, expectAttribute } from './lib/buyer.mjs';
import { UNREACHABLE, listen } from './lib/complaints.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { serveFiles } from './lib/files.mjs';
import { skip } from './lib/settings.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();
const SCRIPT = /\/quotewright-worker-[^/]*$/;

test('it runs in a worker', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  const workers = buyer.page.workers().map((worker) => worker.url());
  assert.equal(workers.filter((url) => SCRIPT.test(url)).length, 1, `${workers}`);
  buyer.complaints.none();
});

test('the page is there without it, and keeps what was chosen until it is', { skip }, async (t) => {
  // A service worker could have it all the same.
  const buyer = await newBuyer(t, world, { serviceWorkers: 'block' });
  const { context, scope } = buyer;
  await context.route(SCRIPT, (route) => route.abort());
  await buyer.open();
  await scope.getByText('could not be loaded').waitFor();
  await buyer.choose('frame', 'steel');
  await buyer.seesDecision('frame', 'steel');
  await expectAttribute(buyer.option('environment', 'food'), 'aria-disabled', null);

  await context.unroute(SCRIPT);
  await buyer.button('Try again').click();
  await buyer.ready();
  await buyer.seesDecision('frame', 'steel');
  await expectAttribute(buyer.option('environment', 'food'), 'aria-disabled', 'true');
  await scope.getByText('could not be loaded').waitFor({ state: 'detached' });
  buyer.complaints.none([UNREACHABLE, /blocked by Playwright/]);
});

for (const { policy, workers } of [
  { policy: () => "worker-src 'none'", workers: 0 },
  { policy: (endpoint) => `worker-src blob: ${endpoint}`, workers: 1 },
]) {
  test(`in a page of another origin with ${policy('the endpoint')}`, { skip }, async (t) => {
    const pages = {};
    const host = await serveFiles(pages);
    t.after(() => host.close());
    const endpoint = await Endpoint.start(['--origin', host.url]);
    t.after(() => endpoint.stop());
    const allowed = `script-src ${endpoint.url} 'wasm-unsafe-eval'; connect-src ${endpoint.url}; ${policy(endpoint.url)}`;
    pages['/'] = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
      <meta http-equiv="Content-Security-Policy" content="${allowed}"><link rel="icon" href="data:,"></head><body>
      <quote-configurator catalog="conveyor" endpoint="${endpoint.url}" locale="en"></quote-configurator>
      <script type="module" src="${endpoint.url}/quotewright.js"></script></body></html>`;
    const context = await world.browser.context();
    t.after(() => context.close());
    const page = await context.newPage();
    const complaints = listen(page);
    const buyer = new Buyer(page, host.url);
    await buyer.open();
    await buyer.ready();
    await buyer.choose('frame', 'steel');
    await expectAttribute(buyer.option('environment', 'food'), 'aria-disabled', 'true');
    await buyer.button(buyer.words.whyNot(buyer.words.option.food)).click();
    await buyer.button(buyer.words.apply).click();
    await buyer.seesDecision('environment', 'food');
    assert.equal(page.workers().length, workers);
    complaints.none(workers === 0 ? [/Content.Security.Policy/] : []);
  });
}
