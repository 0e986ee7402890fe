// The engine answers alike, byte for byte, on the host and in the browser.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from './lib/browser.mjs';
import { hashesOnHost, sessionsInBrowser, withCompiled } from './lib/probe.mjs';
import { catalogs, probe, root, skip } from './lib/settings.mjs';

const MODELS = process.env.QUOTEWRIGHT_MODELS ?? join(root, '../shared/models');
const OWN = join(import.meta.dirname, 'models');

/** What of the engine each shows: every session also asks for all explanations and repairs,
 * effects, counts, completions and optima. */
const CASES = [
  { name: 'prices and arithmetic', path: join(catalogs, 'conveyor'), clicks: 6, seeds: 2 },
  { name: 'parts within parts', path: join(catalogs, 'packing_station.coom'), clicks: 6, seeds: 2 },
  { name: 'parts, numbers and preferences', path: join(OWN, 'trolley.coom'), clicks: 10, seeds: 3 },
  { name: 'a join tree', path: join(OWN, 'paint.coom'), joined: true, clicks: 12, seeds: 4 },
  { name: 'a public join tree', path: join(MODELS, 'renault/small/constraints.xml'), joined: true, clicks: 10, seeds: 2 },
  { name: 'public parts', path: join(MODELS, 'coom/examples/bike/city-bike.coom'), clicks: 10, seeds: 2 },
];

let browser;
before(async () => {
  if (!skip) browser = await Browser.start();
});
after(() => browser?.stop());

for (const { name, path, joined, clicks, seeds: count } of CASES) {
  const missing = path.startsWith(MODELS) && !existsSync(MODELS) && `there is no folder ${MODELS}`;
  test(`host and browser answer alike: ${name}`, { skip: skip || missing }, async () => {
    assert.ok(existsSync(join(probe, 'quotewright_probe.js')), `build the probe first (README.md): nothing in ${probe}`);
    const seeds = Array.from({ length: count }, (_, index) => index + 1);
    await withCompiled(path, async (artifact, compiled) => {
      if (joined) assert.ok(compiled.joined, 'its tables are joined');
      const [onHost, inBrowser] = await Promise.all([
        hashesOnHost(artifact, clicks, seeds), sessionsInBrowser(browser, artifact, clicks, seeds),
      ]);
      assert.deepEqual(inBrowser.hashes, onHost);
      assert.equal(new Set(onHost).size, seeds.length, 'sessions differ from each other');
    });
  });
}
