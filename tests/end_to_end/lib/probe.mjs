// The probe in Chromium and on the host.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { serveFiles } from './files.mjs';
import { probe } from './settings.mjs';

const run = promisify(execFile);

/** The compiled model and the public price pack, as JSON, of one product of a running endpoint. */
export async function compiled(endpoint, catalog) {
  const text = async (path) => {
    const response = await fetch(`${endpoint.url}/api/${path}`);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  };
  const manifest = JSON.parse(await text(`catalogs/${catalog}`));
  return {
    model: await text(`models/${manifest.catalog_hash}/${manifest.products[0].code}`),
    pack: await text(`price-packs/${manifest.prices.pack_hash}`),
  };
}

/** The hash of each seed's session on the host. */
export async function hashesOnHost({ model, pack }, clicks, seeds) {
  const folder = await mkdtemp(join(tmpdir(), 'quotewright-probe-'));
  try {
    const files = [join(folder, 'model.json'), join(folder, 'pack.json')];
    await Promise.all([writeFile(files[0], model), writeFile(files[1], pack)]);
    const { stdout } = await run(join(probe, 'probe'), [...files, clicks, ...seeds].map(String));
    return stdout.trim().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The hash of each seed's session in Chromium, and the milliseconds of every call. */
export async function sessionsInBrowser(browser, { model, pack }, clicks, seeds) {
  const files = await serveFiles({ '/': '<!doctype html><title>Probe</title>' }, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(files.url);
    return await page.evaluate(sessions, { model, pack, clicks, seeds });
  } finally {
    await context.close();
    await files.close();
  }
}

/** Runs in the page. */
async function sessions({ model, pack, clicks, seeds }) {
  const { default: start, Probe } = await import('/quotewright_probe.js');
  await start();
  const result = { hashes: [], clicks: [], asks: [] };
  const timed = (times, call) => {
    const before = performance.now();
    call();
    times.push(performance.now() - before);
  };
  for (const seed of seeds) {
    const session = new Probe(model, pack, seed);
    for (let click = 0; click < clicks; click += 1) {
      timed(result.clicks, () => session.click());
      timed(result.asks, () => session.ask());
    }
    result.hashes.push(session.digest());
    session.free();
  }
  return result;
}
