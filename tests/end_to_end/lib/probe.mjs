// The probe in Chromium and on the host.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { serveFiles } from './files.mjs';
import { probe } from './settings.mjs';

const run = promisify(execFile);

/** Calls `use` with a file that holds the model at `path`, compiled: a catalog's folder or any model's file. */
export async function withCompiled(path, use) {
  const folder = await mkdtemp(join(tmpdir(), 'quotewright-probe-'));
  try {
    const artifact = join(folder, 'artifact');
    const { stdout } = await run(join(probe, 'probe'), ['compile', path, artifact]);
    return await use(artifact, JSON.parse(stdout));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The hash of each seed's session on the host. */
export async function hashesOnHost(artifact, clicks, seeds) {
  const { stdout } = await run(join(probe, 'probe'), ['hash', artifact, clicks, ...seeds].map(String));
  return stdout.trim().split('\n');
}

/**
 * What Chromium says to the same sessions: the hash of each, and the milliseconds of every call.
 * Hashes are only those of the host if `everything` is asked.
 */
export async function sessionsInBrowser(browser, artifact, clicks, seeds, everything = true) {
  const pages = { '/': '<!doctype html><title>Probe</title>', '/artifact': await readFile(artifact) };
  const files = await serveFiles(pages, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(files.url);
    return await page.evaluate(sessions, { clicks, seeds, everything });
  } finally {
    await context.close();
    await files.close();
  }
}

/** What becomes of the cases in each file on the host. */
export function casesOnHost(files) {
  return Promise.all(files.map(async (file) => (await run(join(probe, 'probe'), ['cases', file])).stdout));
}

/** The same in Chromium. */
export async function casesInBrowser(browser, files) {
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const server = await serveFiles({ '/': '<!doctype html><title>Cases</title>' }, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(server.url);
    return await page.evaluate(async (given) => {
      const { default: start, cases } = await import('/quotewright_probe.js');
      await start();
      return given.map((text) => cases(text));
    }, texts);
  } finally {
    await context.close();
    await server.close();
  }
}

/** Runs in the page. */
async function sessions({ clicks, seeds, everything }) {
  const { default: start, Probe } = await import('/quotewright_probe.js');
  await start();
  const artifact = new Uint8Array(await (await fetch('/artifact')).arrayBuffer());
  const result = { hashes: [], clicks: [], asks: [] };
  const timed = (times, call) => {
    const before = performance.now();
    call();
    times.push(performance.now() - before);
  };
  for (const seed of seeds) {
    const session = new Probe(artifact, seed);
    for (let click = 0; click < clicks; click += 1) {
      timed(result.clicks, () => session.click());
      timed(result.asks, () => session.ask());
      if (everything) session.ask_all();
    }
    result.hashes.push(session.digest());
    session.free();
  }
  return result;
}
