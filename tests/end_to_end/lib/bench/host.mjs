// The engine natively, and other solvers, each model in a process of its own.
import { execFile, spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

import { probe, root } from '../settings.mjs';

const run = promisify(execFile);
const engine = process.env.QUOTEWRIGHT_BENCH ?? join(probe, 'probe');
const python = process.env.QUOTEWRIGHT_PYTHON;
const others = join(root, 'tests/oracle/others.py');
const MOST_OUTPUT = 256 * 1024 * 1024;
/** Above this, the best compression takes longer than anybody waits for a table. */
const LARGE = 4 * 1024 * 1024;

/** Reads and compiles the model at `path` into `artifact`. */
export async function compile(path, artifact, seconds) {
  const report = await json(engine, ['compile', path, artifact], seconds);
  const bytes = await readFile(artifact);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: bytes.length > LARGE ? 9 : 11 };
  const compressed = await promisify(brotliCompress)(bytes, { params: quality });
  return { ...report, bytes: bytes.length, compressed: compressed.length };
}

/** Real orders: how many there are, satisfy the rules, and `count` of them as sessions. */
export function orders(artifact, file, count, seconds) {
  return json(engine, ['orders', artifact, file, count], seconds);
}

/** Every note of the program, until it ends or `seconds` are over. */
export async function notes(artifact, amount, given, seconds) {
  const child = spawn(engine, ['measure', artifact, JSON.stringify(amount), ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve, fail) => child.once('error', fail).once('close', resolve));
  const limit = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push({ at: performance.now(), ...JSON.parse(line) }));
  await ended;
  clearTimeout(limit);
  return { notes: lines, late: child.signalCode !== null, ended: performance.now() };
}

/** What clingo or a SAT solver takes for the same clicks; null where Python is missing. */
export async function sameByPython(path, sessions, { ready, seconds }, folder) {
  if (!python) return null;
  const file = await told(sessions, folder);
  return json(python, [others, 'time', path, file, seconds], ready + seconds);
}

/** What logic-solver takes for the same clicks, with the clauses that Python makes of the model. */
export async function sameByLogicSolver(path, sessions, { ready, seconds }, folder) {
  if (!python) return null;
  const clauses = join(folder, 'clauses.json');
  await run(python, [others, 'clauses', path, clauses]);
  const program = [join(import.meta.dirname, 'logic-solver.mjs'), clauses, await told(sessions, folder)];
  return json(process.execPath, [...program, seconds], ready + seconds);
}

async function told(sessions, folder) {
  const file = join(folder, 'sessions.json');
  await writeFile(file, JSON.stringify({ sessions }));
  return file;
}

/** The JSON that a program prints; an error after `seconds`. */
async function json(program, parameters, seconds) {
  const limits = { maxBuffer: MOST_OUTPUT, timeout: seconds * 1000, killSignal: 'SIGKILL' };
  const { stdout } = await run(program, parameters.map(String), limits).catch((error) => {
    throw new Error(error.killed ? `more than ${seconds} s` : error.stderr || error.message);
  });
  return JSON.parse(stdout.slice(stdout.lastIndexOf('\n', stdout.length - 2) + 1));
}
