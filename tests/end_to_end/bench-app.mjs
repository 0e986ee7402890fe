// What a buyer waits for in Chromium: the first page on a slow network and processor, the
// answer to a click, moved content, and the page opened again without a network.
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { opened, openedOffline, session, watch } from './lib/bench/vitals.mjs';
import { bytes, columns, milliseconds as ms, summary } from './lib/bench/table.mjs';
import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';

const { values: { quick } } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const RUNS = quick ? 2 : 7;
const INTERACTIONS = quick ? 40 : 200;
/** How many times slower than this machine. */
const SLOWER = 4;
const CATALOG = '/?catalog=conveyor';

const endpoint = await Endpoint.start();
const browser = await Browser.start();
try {
  const address = endpoint.url + CATALOG;
  const first = await repeat(async () => opened(await fresh(), address, SLOWER));
  const again = await repeat(async () => openedOffline(await fresh(), address));
  const page = await fresh();
  await watch(page);
  const clicks = await session(page, address, { interactions: INTERACTIONS, slower: SLOWER });
  print(first, again, clicks);
} finally {
  await browser.stop();
  await endpoint.stop();
}

async function fresh() {
  const context = await browser.context();
  return context.newPage();
}

async function repeat(run) {
  const found = [];
  for (let turn = 0; turn < RUNS; turn += 1) found.push(await run());
  return found;
}

function print(first, again, clicks) {
  const median = (list, key) => summary(list.map((it) => it[key])).median;
  const rows = [
    ['bytes until the product can be read', bytes(median(first, 'first')), '150 KB'],
    ['bytes until it can be configured', bytes(median(first, 'bytes')), '-'],
    ['of these the loader', bytes(median(first, 'loader')), '5 KB'],
    ['the product can be read (FCP)', `${ms(median(first, 'read'))} ms`, '-'],
    ['largest content painted (LCP)', `${ms(median(first, 'painted'))} ms`, '1200 ms'],
    ['it can be configured', `${ms(median(first, 'usable'))} ms`, '-'],
    ['all possible options known', `${ms(median(first, 'ready'))} ms`, '-'],
    ['content moved (CLS)', median(first, 'moved').toFixed(3), '0'],
    [`answer to an interaction (INP), p98 of ${clicks.count}`, `${ms(clicks.p98)} ms`, '50 ms'],
    ['the same, median', `${ms(clicks.median)} ms`, '-'],
    ['content moved during the session', clicks.moved.toFixed(3), '0'],
    ['opened again without a network: the product can be read', `${ms(median(again, 'read'))} ms`, '-'],
    ['the same, largest content painted', `${ms(median(again, 'painted'))} ms`, '300 ms'],
    ['the same, all possible options known', `${ms(median(again, 'ready'))} ms`, '-'],
  ];
  console.log(`\n${new Date().toISOString().slice(0, 10)}; ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}; ` +
    `processor ${SLOWER} times slower, slow 4G (1.6 Mbit/s, 150 ms), but for the last three rows; median of ${RUNS}.\n`);
  console.log(columns(['what', 'found', 'aim'], rows, 1));
}
