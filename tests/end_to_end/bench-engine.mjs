// How fast the engine is, natively and in Chromium, and others at the same questions.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { compile, orders, sameByLogicSolver, sameByPython, sessions } from './lib/bench/host.mjs';
import { chosen } from './lib/bench/models.mjs';
import { sessionsInPage } from './lib/bench/page.mjs';
import { bytes, columns, milliseconds, summary } from './lib/bench/table.mjs';
import { Browser } from './lib/browser.mjs';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string', default: '' }, json: { type: 'string' } },
});
const AMOUNT = options.quick ? { sessions: 3, clicks: 15, seconds: 10 } : { sessions: 30, clicks: 40, seconds: 60 };
const ORDERS = options.quick ? 20 : 500;
const OTHERS_SECONDS = options.quick ? 10 : 60;
const QUESTIONS = ['first', 'click', 'back', 'explanation', 'repair', 'repairs', 'effects', 'completion', 'cheapest', 'count'];

const folder = await mkdtemp(join(tmpdir(), 'quotewright-bench-'));
const browser = await Browser.start();
const results = [];
try {
  for (const model of chosen(options.only)) {
    console.log(`   bench  ${model.name} ...`);
    const result = await measure(model).catch((error) => ({ name: model.name, error: error.stderr || error.message }));
    if (result.error) console.log(`  FAILED  ${model.name}: ${result.error.trim().slice(0, 500)}`);
    results.push(result);
  }
} finally {
  await browser.stop();
  await rm(folder, { recursive: true });
}
print(results);
if (options.json) await writeFile(options.json, JSON.stringify(results, null, 1));

async function measure(model) {
  const artifact = join(folder, 'artifact');
  const compiled = await compile(model.path, artifact);
  const host = await sessions(artifact, AMOUNT);
  const page = await sessionsInPage(browser, artifact, AMOUNT);
  const result = {
    name: model.name, compiled, sessions: host.sessions.length,
    host: { memory: host.memory, ...summaries(host.times) },
    page: { memory: page.memory, made: summary(page.times.made), ...summaries(page.times) },
    others: {},
  };
  if (model.orders) {
    const { times, ...counts } = await orders(artifact, model.orders, ORDERS);
    result.orders = { ...counts, click: summary(times.click) };
  }
  for (const other of model.others ?? []) {
    const ask = other === 'logic-solver' ? sameByLogicSolver : sameByPython;
    const answer = await ask(model.path, host, OTHERS_SECONDS, folder)
      .catch((error) => ({ error: (error.killed ? 'stopped: it took too long' : error.stderr || error.message).trim().slice(-300) }));
    if (answer) result.others[other] = { ...answer, times: undefined, click: summary(answer.times) };
  }
  return result;
}

/** A click in all: decided or taken back. */
function summaries(times) {
  const asked = { ...times, click: [...(times.click ?? []), ...(times.back ?? [])] };
  return Object.fromEntries(QUESTIONS.map((question) => [question, summary(asked[question])]));
}

function print(results) {
  const measured = results.filter(({ error }) => !error);
  console.log('\nA click: every option exact. Milliseconds.\n');
  console.log(columns(
    ['model', 'where', 'sessions', 'clicks', 'median', 'p95', 'p99', 'max', 'back p99', 'first', 'memory', 'compiled', 'in'],
    measured.flatMap((it) => ['host', 'page'].map((where) => {
      const { click, back, first, memory } = it[where];
      const { median, p95, p99, max, count } = click ?? {};
      return [it.name, where, it.sessions, count, ...[median, p95, p99, max, back?.p99, first?.max].map(milliseconds),
        bytes(memory), bytes(it.compiled.compressed), milliseconds(it.compiled.read_ms + it.compiled.compile_ms)];
    })),
  ));
  console.log('\nFurther questions, median / p99 milliseconds.\n');
  const asked = QUESTIONS.slice(3);
  console.log(columns(['model', 'where', ...asked], measured.flatMap((it) => ['host', 'page'].map((where) =>
    [it.name, where, ...asked.map((question) => pair(it[where][question]))]))));
  const withOrders = measured.filter(({ orders }) => orders);
  if (withOrders.length) {
    console.log('\nReal orders in random attribute order, natively.\n');
    console.log(columns(['model', 'orders', 'satisfy the rules', 'replayed', 'clicks', 'median', 'p99', 'max'],
      withOrders.map(({ name, orders: { orders, satisfying, replayed, clicks, click } }) =>
        [name, orders, satisfying, replayed, clicks, ...[click?.median, click?.p99, click?.max].map(milliseconds)])));
  }
  console.log('\nOthers at the same clicks, median milliseconds, and how many times the engine\'s median on the host.\n');
  console.log(columns(['model', 'by', 'clicks', 'ready in', 'median', 'p99', 'times the host', 'times the page'], measured.flatMap((it) =>
    Object.entries(it.others).map(([other, { error, made_ms: made, click, gave_up_after: limit }]) => {
      if (error) return [it.name, other, error.replaceAll('\n', ' ').slice(-60)];
      const median = click?.median ?? limit * 1000;
      const ratio = (where) => `${click ? '' : '>'}${(median / it[where].click.median).toFixed(1)}`;
      return [it.name, other, click?.count ?? 0, milliseconds(made), (click ? '' : '>') + milliseconds(median),
        milliseconds(click?.p99), ratio('host'), ratio('page')];
    }))));
}

function pair(times) {
  return times ? `${milliseconds(times.median)} / ${milliseconds(times.p99)}` : '-';
}
