// How fast the engine is, natively and in Chromium, and others at the same questions.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { compile, notes, orders, sameByLogicSolver, sameByPython } from './lib/bench/host.mjs';
import { chosen } from './lib/bench/models.mjs';
import { gathered } from './lib/bench/notes.mjs';
import { notesOfPage } from './lib/bench/page.mjs';
import { report } from './lib/bench/report.mjs';
import { summary } from './lib/bench/table.mjs';
import { Browser } from './lib/browser.mjs';

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false }, markdown: { type: 'boolean', default: false },
    only: { type: 'string', default: '' }, json: { type: 'string' },
  },
});
const FULL = {
  // Seconds of random sessions, replayed ones, and sessions with further questions.
  amount: { sessions: 25, clicks: 40, seconds: [3, 1.5, 3] },
  compiling: 60, spare: 8, orders: 200, others: { ready: 10, seconds: 3 },
};
const QUICK = {
  amount: { sessions: 5, clicks: 20, seconds: [1, 0.5, 1] },
  compiling: 20, spare: 4, orders: 10, others: { ready: 6, seconds: 1 },
};
const SETTINGS = options.quick ? QUICK : FULL;

if (!options.markdown) await measureAll();
console.log('\n' + report(JSON.parse(await readFile(options.json, 'utf8'))));

async function measureAll() {
  const folder = await mkdtemp(join(tmpdir(), 'quotewright-bench-'));
  const browser = await Browser.start();
  const results = [];
  try {
    for (const model of chosen(options)) {
      const start = performance.now();
      const result = await measure(model, folder, browser).catch((error) => ({ name: model.name, error: error.message.trim().slice(0, 300) }));
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(`${result.error ? ' FAILED' : '  bench'}  ${model.name}: ${result.error ?? `${seconds} s`}`);
      results.push(result);
    }
  } finally {
    await browser.stop();
    await rm(folder, { recursive: true });
  }
  const machine = `${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}`;
  const settings = { ...SETTINGS, machine, date: new Date().toISOString().slice(0, 10) };
  await writeFile(options.json, JSON.stringify({ settings, results }, null, 1));
}

async function measure(model, folder, browser) {
  const artifact = join(folder, 'artifact');
  const { amount, compiling, spare, others } = SETTINGS;
  const compiled = await compile(model.path, artifact, compiling);
  const replayed = model.orders && await orders(artifact, model.orders, SETTINGS.orders, compiling);
  const given = replayed?.sessions ?? [];
  const givenFile = join(folder, 'given.json');
  await writeFile(givenFile, JSON.stringify(given));

  const seconds = amount.seconds.reduce((sum, it) => sum + it, spare);
  const { sessions, ...host } = gathered(await notes(artifact, amount, [givenFile], seconds));
  const { sessions: _, ...wasm } = gathered(await notesOfPage(browser, artifact, amount, given, seconds));
  const result = { name: model.name, compiled, host: { ...host, seconds }, wasm: { ...wasm, seconds }, others: {} };
  if (replayed) result.orders = { ...replayed, sessions: undefined };
  for (const other of model.others ?? []) {
    const ask = other === 'logic-solver' ? sameByLogicSolver : sameByPython;
    const answer = await ask(model.path, sessions, others, folder).catch((error) => ({ error: error.message.trim().split('\n').at(-1) }));
    if (answer) result.others[other] = { ...answer, times: undefined, click: summary(answer.times) };
  }
  return result;
}
