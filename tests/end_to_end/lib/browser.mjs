// A real Chromium on a profile of its own, to be killed and started again.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import * as settings from './settings.mjs';
import { until } from './wait.mjs';

const OPTIONS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--no-default-browser-check', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-default-apps', '--disable-extensions', '--password-store=basic',
  '--use-mock-keychain', '--hide-scrollbars', '--mute-audio', '--disable-dev-shm-usage',
  '--disable-features=Translate,MediaRouter,OptimizationHints', '--remote-debugging-port=0', 'about:blank',
];

/** Where buyers are. */
export const TIME_ZONE = 'Europe/Amsterdam';

/** One browser: its profile stays the same however often it is started. */
export class Browser {
  #process;
  #connection;

  constructor(profile) {
    this.profile = profile;
  }

  /** Starts a browser on an empty profile. */
  static async start() {
    const browser = new Browser(await mkdtemp(join(tmpdir(), 'quotewright-browser-')));
    await browser.start();
    return browser;
  }

  async start() {
    const portFile = join(this.profile, 'DevToolsActivePort');
    await rm(portFile, { force: true });
    this.#process = spawn(settings.chromium, [`--user-data-dir=${this.profile}`, ...OPTIONS], {
      // A process group of its own: killed with all its children.
      detached: true,
      stdio: 'ignore',
    });
    const address = await until('Chromium tells its port', async () => {
      const [port, path] = (await readFile(portFile, 'utf8')).split('\n');
      return path && `ws://127.0.0.1:${port}${path}`;
    }, 30_000);
    this.#connection = await chromium.connectOverCDP(address);
  }

  /** A page of the lasting profile: its storage survives the browser. */
  async lastingPage() {
    const [context] = this.#connection.contexts();
    return context.newPage();
  }

  /** A context of its own with nothing stored, gone when it is closed. */
  async context(options = {}) {
    return this.#connection.newContext({
      viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: TIME_ZONE, ...options,
    });
  }

  /** Ends all its processes at once, as `kill -9` does. */
  async kill() {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    process.kill(-child.pid, 'SIGKILL');
    await ended;
    await this.#connection?.close().catch(() => {});
  }

  /** Ends it and removes its profile. */
  async stop() {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
