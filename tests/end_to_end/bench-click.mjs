// Milliseconds per click in Chromium on the conveyor.
import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { compiled, sessionsInBrowser } from './lib/probe.mjs';

const CLICKS = 50;
const SEEDS = Array.from({ length: 40 }, (_, index) => index + 1);

const endpoint = await Endpoint.start();
const browser = await Browser.start();
try {
  const catalog = await compiled(endpoint, 'conveyor');
  const { clicks, asks } = await sessionsInBrowser(browser, catalog, CLICKS, SEEDS);
  print('click: all domains, price, lead time', clicks);
  print('question: why impossible, its repair', asks);
} finally {
  await browser.stop();
  await endpoint.stop();
}

function print(what, times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(2);
  console.log(`${what}: median ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms (${sorted.length} times)`);
}
