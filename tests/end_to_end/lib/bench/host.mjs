// The engine natively, and other solvers, each model in a process of its own.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';

import { root } from '../settings.mjs';

const run = promisify(execFile);
const engine = process.env.QUOTEWRIGHT_BENCH ?? join(root, 'target/release/bench-engine');
const python = process.env.QUOTEWRIGHT_PYTHON;
const others = join(root, 'tests/oracle/others.py');
const MOST_OUTPUT = 256 * 1024 * 1024;

/** Reads and compiles the model at `path` into `artifact`. */
export async function compile(path, artifact) {
  const report = await json(engine, ['compile', path, artifact]);
  const bytes = await readFile(artifact);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return { ...report, bytes: bytes.length, compressed: brotliCompressSync(bytes, { params: quality }).length };
}

/** Random sessions. */
export function sessions(artifact, { sessions, clicks, seconds }) {
  return json(engine, ['run', artifact, sessions, clicks, seconds], seconds);
}

/** Real orders. */
export function orders(artifact, file, count) {
  return json(engine, ['orders', artifact, file, count]);
}

/** What clingo or a SAT solver takes for the same clicks; null where Python is missing. */
export async function sameByPython(path, report, seconds, folder) {
  if (!python) return null;
  const file = join(folder, 'sessions.json');
  await writeFile(file, JSON.stringify({ sessions: report.sessions }));
  return json(python, [others, 'time', path, file, seconds], 4 * seconds + 300);
}

/** What logic-solver takes for the same clicks, with the clauses that Python makes of the model. */
export async function sameByLogicSolver(path, report, seconds, folder) {
  if (!python) return null;
  const [clauses, file] = [join(folder, 'clauses.json'), join(folder, 'sessions.json')];
  await run(python, [others, 'clauses', path, clauses]);
  await writeFile(file, JSON.stringify({ sessions: report.sessions }));
  return json(process.execPath, [join(import.meta.dirname, 'logic-solver.mjs'), clauses, file, seconds], 4 * seconds + 300);
}

/** The JSON that a program prints; an error after `seconds` and a generous more. */
async function json(program, parameters, seconds = 600) {
  const limits = { maxBuffer: MOST_OUTPUT, timeout: (seconds * 2 + 120) * 1000 };
  const { stdout } = await run(program, parameters.map(String), limits);
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n', stdout.length - 2) + 1));
}
