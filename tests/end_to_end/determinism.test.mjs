// The engine answers alike, byte for byte, on the host and in the browser.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { compiled, hashesOnHost, sessionsInBrowser } from './lib/probe.mjs';
import { probe, skip } from './lib/settings.mjs';

const CLICKS = 40;
const SEEDS = Array.from({ length: 8 }, (_, index) => index + 1);

test('host and browser answer alike', { skip }, async (t) => {
  assert.ok(existsSync(join(probe, 'quotewright_probe.js')), `build the probe first (README.md): nothing in ${probe}`);
  const endpoint = await Endpoint.start();
  t.after(() => endpoint.stop());
  const browser = await Browser.start();
  t.after(() => browser.stop());

  const catalog = await compiled(endpoint, 'conveyor');
  const { hashes } = await sessionsInBrowser(browser, catalog, CLICKS, SEEDS);
  assert.deepEqual(hashes, await hashesOnHost(catalog, CLICKS, SEEDS));
  assert.equal(new Set(hashes).size, SEEDS.length, 'sessions differ from each other');
});
