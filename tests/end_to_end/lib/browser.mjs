// A real browser on a profile of its own, to be killed and started again.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as chromium from './browsers/chromium.mjs';
import * as firefox from './browsers/firefox.mjs';
import * as settings from './settings.mjs';

const BROWSERS = { chromium, firefox };

/** Where buyers are. */
export const TIME_ZONE = 'Europe/Amsterdam';

/** One browser: its profile stays the same however often it is started. */
export class Browser {
  #running;

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
    this.#running = await BROWSERS[settings.browser.name].start(settings.browser.path, this.profile);
  }

  /** A page of the lasting profile: its storage survives the browser. */
  async lastingPage() {
    return this.#running.lasting.newPage();
  }

  /** A context of its own with nothing stored, gone when it is closed. */
  async context(options = {}) {
    return this.#running.connection.newContext({
      viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: TIME_ZONE, ...options,
    });
  }

  /** Ends all its processes at once, as `kill -9` does. */
  async kill() {
    if (!this.#running) return;
    const { group, ended, connection } = this.#running;
    this.#running = null;
    process.kill(-group, 'SIGKILL');
    await ended;
    await connection.close().catch(() => {});
  }

  /** Ends it and removes its profile. */
  async stop() {
    await this.kill();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }
}
