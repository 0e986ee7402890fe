// The engine in Chromium, each model in a page of its own, in one worker of it.
import { readFile } from 'node:fs/promises';

import { serveFiles } from '../files.mjs';
import { probe } from '../settings.mjs';

const WORKER = `
import start, { measure } from '/quotewright_probe.js';
onmessage = (task) => play(task).catch((error) => setTimeout(() => { throw error; }));
async function play({ data: { amount, given } }) {
  await start();
  const artifact = new Uint8Array(await (await fetch('/artifact')).arrayBuffer());
  measure(artifact, amount, given);
  postMessage(null);
}`;

/** Every note of the worker, until it ends or `seconds` are over. */
export async function notesOfPage(browser, artifact, amount, given, seconds) {
  const pages = { '/': '<!doctype html><title>Bench</title>', '/worker.js': WORKER, '/artifact': await readFile(artifact) };
  const files = await serveFiles(pages, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(files.url);
    const task = { amount: JSON.stringify(amount), given: JSON.stringify(given) };
    const { lines, late, ended, error } = await page.evaluate(listen, { task, seconds });
    if (error) throw new Error(error);
    return { notes: lines.map(([at, line]) => ({ at, ...JSON.parse(line) })), late, ended };
  } finally {
    await context.close();
    await files.close();
  }
}

/** Runs in the page. */
function listen({ task, seconds }) {
  const worker = new Worker('/worker.js', { type: 'module' });
  const lines = [];
  return new Promise((resolve) => {
    const end = (how) => {
      worker.terminate();
      resolve({ lines, ended: performance.now(), ...how });
    };
    setTimeout(() => end({ late: true }), seconds * 1000);
    worker.onerror = ({ message }) => end({ error: message ?? 'the worker has failed' });
    worker.onmessage = ({ data }) => (data === null ? end({ late: false }) : lines.push([performance.now(), data]));
    worker.postMessage(task);
  });
}
