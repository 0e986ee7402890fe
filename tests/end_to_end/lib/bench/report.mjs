// The tables of a run, from its JSON.
import { bytes, columns, milliseconds, pair } from './table.mjs';

const WHERE = ['host', 'wasm'];
const QUESTIONS = ['explanation', 'repair', 'repairs', 'effects', 'completion', 'cheapest', 'fastest', 'count'];

/** Everything, as Markdown. */
export function report({ results, settings }) {
  const measured = results.filter(({ error }) => !error);
  return [
    `${settings.date}; ${settings.machine}; times in milliseconds. wasm: in a worker of Chromium, one thread.`,
    failures(results),
    'A click: every option exact, what follows and what is suggested; for the conveyor with price and all effects. Every session begins with nothing known. Ready: opening the model and the first look at it.',
    clicks(measured),
    'Further questions after such clicks, median / p99. Effects are those of all attributes; the cheapest configuration is at made-up prices but for the conveyor.',
    questions(measured),
    ...orders(measured.filter((it) => it.orders)),
    ...others(measured.filter((it) => Object.keys(it.others).length)),
  ].filter(Boolean).join('\n\n');
}

function failures(results) {
  const failed = results.filter(({ error }) => error).map(({ name, error }) => `- ${name}: ${error}`);
  const late = results.flatMap((it) => WHERE.filter((where) => it[where]?.late)
    .map((where) => `- ${it.name}, ${where}: stopped after ${it[where].seconds} s, at: ${it[where].late}`));
  return [...failed, ...late].join('\n');
}

function clicks(measured) {
  const headings = ['model', 'where', 'sessions', 'clicks', 'median', 'p95', 'p99', 'max', 'back p99', 'ready', 'memory', 'compiled', 'brotli', 'compiled in'];
  return columns(headings, measured.flatMap(({ name, compiled, ...it }) => WHERE.map((where) => {
    const { click, back, made, first, memory, played } = it[where];
    const times = [click?.median, click?.p95, click?.p99, click?.max, back?.p99, made && first ? made.median + first.median : null];
    const native = where === 'host' ? [bytes(compiled.bytes), bytes(compiled.compressed), milliseconds(compiled.read_ms + compiled.compile_ms)] : [];
    return [name, where, played.random, click?.count, ...times.map(milliseconds), bytes(memory), ...native];
  })));
}

function questions(measured) {
  return columns(['model', 'where', ...QUESTIONS], measured.flatMap((it) => WHERE.map((where) =>
    [it.name, where, ...QUESTIONS.map((question) => asked(it[where], question))])));
}

/** Median / p99; a question that was still open when the run was stopped took at least so long. */
function asked({ further, late, took }, question) {
  const open = late === question ? `>${milliseconds(took)}` : '';
  return [further[question] && pair(further[question]), open].filter(Boolean).join(', ') || '-';
}

function orders(measured) {
  if (measured.length === 0) return [];
  const headings = ['model', 'where', 'orders', 'all values known', 'satisfy the rules', 'replayed', 'clicks', 'median', 'p95', 'p99', 'max'];
  return [
    'Real orders, decided in random attribute order; what is not possible any more is left out.',
    columns(headings, measured.flatMap((it) => WHERE.map((where) => {
      const { replayed, played } = it[where];
      const times = [replayed?.median, replayed?.p95, replayed?.p99, replayed?.max].map(milliseconds);
      return [it.name, where, it.orders.orders, it.orders.known, it.orders.satisfying, played.replayed, replayed?.count, ...times];
    }))),
  ];
}

function others(measured) {
  if (measured.length === 0) return [];
  const headings = ['model', 'by', 'clicks', 'ready', 'median', 'p99', 'times host', 'times wasm', 'p99 times host', 'p99 times wasm'];
  const rows = measured.flatMap((it) => Object.entries(it.others).map(([by, other]) => {
    if (other.error) return [it.name, by, other.error];
    const { made_ms: made, click, gave_up_after: limit } = other;
    const least = click ? '' : '>';
    const theirs = click ?? { median: limit * 1000, p99: limit * 1000 };
    const ratio = (where, part) => (it[where].click ? least + (theirs[part] / it[where].click[part]).toFixed(1) : '-');
    return [it.name, by, click?.count ?? 0, milliseconds(made), least + milliseconds(theirs.median), least + milliseconds(theirs.p99),
      ...['median', 'p99'].flatMap((part) => WHERE.map((where) => ratio(where, part)))];
  }));
  return [
    'Others, natively, at the same clicks of the random sessions: which options are possible, and no more; clingo has unbounded parts up to two times more than they must be. Times: how often the engine\'s median (p99) fits into theirs.',
    columns(headings, rows),
  ];
}
