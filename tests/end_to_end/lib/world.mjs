// One endpoint and one browser for all tests of a file; a context of its own for each test.
import { after, before } from 'node:test';

import { Browser } from './browser.mjs';
import { Buyer } from './buyer.mjs';
import { listen } from './complaints.mjs';
import { Endpoint } from './endpoint.mjs';
import { skip } from './settings.mjs';

/** Starts the world before the tests of the file and ends it after them; `served` as in Endpoint. */
export function useWorld({ served } = {}) {
  const world = {};
  before(async () => {
    if (skip) return;
    world.endpoint = await Endpoint.start([], served);
    world.browser = await Browser.start();
  });
  after(async () => {
    await world.browser?.stop();
    await world.endpoint?.stop();
  });
  return world;
}

/** A new buyer on a device where nothing was ever stored. */
export async function newBuyer(t, { browser, endpoint }, { locale, ...options } = {}) {
  const context = await browser.context(options);
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = listen(page);
  return Object.assign(new Buyer(page, endpoint.url, { locale }), { context, complaints });
}
