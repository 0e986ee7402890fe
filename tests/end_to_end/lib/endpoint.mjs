// The real endpoint on a database file of its own, to be killed and started again.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { app, catalogs, quotewright } from './settings.mjs';
import { until } from './wait.mjs';

/** One endpoint: its port and its database stay the same however often it is started. */
export class Endpoint {
  #process;
  #log = '';

  constructor(port, folder, options, served) {
    this.port = port;
    this.folder = folder;
    this.database = join(folder, 'quotewright.sqlite');
    this.options = options;
    this.served = served;
  }

  /** Starts an endpoint on a free port with an empty database; `served` are catalogs or a model. */
  static async start(options = [], served = ['--catalogs', catalogs]) {
    const folder = await mkdtemp(join(tmpdir(), 'quotewright-endpoint-'));
    const endpoint = new Endpoint(await freePort(), folder, options, served);
    await endpoint.start();
    return endpoint;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Everything that the endpoint has logged. */
  get log() {
    return this.#log;
  }

  async start() {
    const child = spawn(quotewright, [
      'serve', '--app', app, ...this.served, '--data', this.database,
      '--listen', `127.0.0.1:${this.port}`, ...this.options,
    ], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => (this.#log += chunk));
    }
    this.#process = child;
    const ended = new Promise((_, fail) => {
      child.once('error', fail);
      child.once('exit', () => fail(new Error('the endpoint has ended')));
    });
    ended.catch(() => {});
    await Promise.race([ended, until('the endpoint is healthy', () => this.#healthy(), 30_000)])
      .catch((error) => { throw new Error(`${error.message}\n${this.#log}`); });
  }

  /** Ends the process at once, as `kill -9` does. */
  async kill() {
    await this.#end('SIGKILL');
  }

  /** Ends the process in good order and removes its files. */
  async stop() {
    await this.#end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #healthy() {
    return (await fetch(`${this.url}/healthz`)).ok;
  }

  async #end(name) {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(name);
    await ended;
  }
}

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
