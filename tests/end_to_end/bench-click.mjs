// Milliseconds per click in Chromium on the conveyor.
import { join } from 'node:path';

import { Browser } from './lib/browser.mjs';
import { sessionsInBrowser, withCompiled } from './lib/probe.mjs';
import { catalogs } from './lib/settings.mjs';

const CLICKS = 50;
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

const browser = await Browser.start();
try {
  const sessions = (artifact) => sessionsInBrowser(browser, artifact, CLICKS, SEEDS, false);
  const { clicks, asks } = await withCompiled(join(catalogs, 'conveyor'), sessions);
  print('click: all domains, price, lead time', clicks);
  print('question: why impossible, its repair', asks);
} finally {
  await browser.stop();
}

function print(what, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(2);
  console.log(`${what}: median ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${sorted.length} times)`);
}
