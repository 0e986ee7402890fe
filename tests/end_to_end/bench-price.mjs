// How long prices take in Chromium, and what decimal.js and zen-engine take for the same sums.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';

import { timesOfDecimal, timesOfEngine, timesOfPack, withPage } from './lib/bench/pricing-page.mjs';
import { sumsOf } from './lib/bench/sums.mjs';
import { bytes, columns, milliseconds as ms, summary } from './lib/bench/table.mjs';
import { timesOfZen } from './lib/bench/zen.mjs';
import { Browser } from './lib/browser.mjs';
import { withCompiled } from './lib/probe.mjs';
import { catalogs, probe } from './lib/settings.mjs';

const { values: { quick } } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const COUNTS = [1, 10, 100, 1_000, 10_000];
/** Lines of which every other is a repetition: eight configurations, each in seven quantities. */
const DIFFERENT = 56;
const PRICES = 100_000;
const MILLISECONDS = quick ? 300 : 3_000;
const RUNS = quick ? 5 : 20;

const browser = await Browser.start();
const folder = await mkdtemp(join(tmpdir(), 'quotewright-bench-'));
try {
  await withCompiled(join(catalogs, 'conveyor'), async (artifact) => {
    const pack = join(folder, 'pack.json');
    await promisify(execFile)(join(probe, 'probe'), ['pack', artifact, String(PRICES), pack]);
    const figures = await withPage(browser, artifact, pack, measure);
    print(figures);
  });
} finally {
  await browser.stop();
  await rm(folder, { recursive: true });
}

async function measure(page) {
  const engine = await page.evaluate(timesOfEngine, { counts: COUNTS, milliseconds: MILLISECONDS, told: DIFFERENT });
  const lines = engine.lines.map(sumsOf);
  const decimal = await page.evaluate(timesOfDecimal, { lines, counts: COUNTS, milliseconds: MILLISECONDS });
  const zen = { times: {}, nets: {} };
  for (const count of COUNTS.filter((it) => it <= 1_000)) {
    const found = await timesOfZen(lines, count, Math.max(3, Math.floor((quick ? 200 : 2_000) / count)));
    if (found) [zen.times[count], zen.nets[count]] = [found.times, found.net];
  }
  for (const count of COUNTS) {
    const nets = [decimal.nets[count], zen.nets[count]].filter((net) => net !== undefined && net !== engine.nets[count]);
    if (nets.length) throw new Error(`${count} lines come to ${engine.nets[count]}, and elsewhere to ${nets.join(', ')}`);
  }
  return { engine, decimal, zen, pack: await page.evaluate(timesOfPack, { runs: RUNS }) };
}

function print({ engine, decimal, zen, pack }) {
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}`;
  console.log(`\n${new Date().toISOString().slice(0, 10)}; ${machine}; times in milliseconds, median / p95.\n`);
  const both = (times) => (times ? `${ms(times.median)} / ${ms(times.p95)}` : '-');
  const rows = COUNTS.map((count) => {
    const own = summary(engine.times[count]);
    const others = [decimal, zen].flatMap(({ times }) => {
      const theirs = summary(times[count]);
      return [both(theirs), theirs ? (theirs.median / own.median).toFixed(1) : '-'];
    });
    return [String(count), both(own), `${(own.median * 1000 / count).toFixed(1)} µs`, ...others];
  });
  const headings = ['lines', 'engine', 'by line', 'decimal.js', 'times', 'zen-engine', 'times'];
  console.log(columns(headings, rows, 0));
  console.log(`\nA pack of ${PRICES} prices (${bytes(pack.bytes)}, ${pack.products} products) is read in ${both(summary(pack.times))}.`);
}
