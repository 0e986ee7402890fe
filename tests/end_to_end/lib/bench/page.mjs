// The engine in Chromium, each model in a page of its own.
import { readFile } from 'node:fs/promises';

import { serveFiles } from '../files.mjs';
import { probe } from '../settings.mjs';

/** Random sessions on a compiled model. */
export async function sessionsInPage(browser, artifact, amount) {
  const pages = { '/': '<!doctype html><title>Bench</title>', '/artifact': await readFile(artifact) };
  const files = await serveFiles(pages, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(files.url);
    return await page.evaluate(play, amount);
  } finally {
    await context.close();
    await files.close();
  }
}

/** Runs in the page: the same sessions as the program of the host. */
async function play({ sessions, clicks, seconds }) {
  const { default: start, Bench } = await import('/quotewright_probe.js');
  const wasm = await start();
  const artifact = new Uint8Array(await (await fetch('/artifact')).arrayBuffer());
  const times = {};
  const take = (what, question) => {
    const before = performance.now();
    const answer = question();
    (times[what] ??= []).push(performance.now() - before);
    return answer;
  };
  const bench = take('made', () => new Bench(artifact));
  take('first', () => bench.click());
  const end = performance.now() + seconds * 1000;
  const late = () => performance.now() > end;
  for (let seed = 1; seed <= sessions && !late(); seed += 1) {
    bench.start(seed);
    bench.click();
    for (let click = 0; click < clicks && !late(); click += 1) {
      const did = bench.choose();
      if (!did) continue;
      take(did, () => bench.click());
      if (bench.choose_impossible()) {
        take('explanation', () => bench.explain());
        take('repair', () => bench.repairs(false));
        take('repairs', () => bench.repairs(true));
      }
      if (bench.has_prices()) take('effects', () => bench.effects());
      take('completion', () => bench.complete());
      if (bench.is_joined()) take('cheapest', () => bench.cheapest());
    }
  }
  return { times, memory: wasm.memory.buffer.byteLength };
}
