// Chromium, by its own protocol.
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { until } from '../wait.mjs';

const OPTIONS = [
  '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--no-default-browser-check', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--disable-default-apps', '--disable-extensions', '--password-store=basic',
  '--use-mock-keychain', '--hide-scrollbars', '--mute-audio', '--disable-dev-shm-usage',
  '--disable-features=Translate,MediaRouter,OptimizationHints', '--remote-debugging-port=0', 'about:blank',
];

/** Starts the browser at `path` on `profile`. */
export async function start(path, profile) {
  const portFile = join(profile, 'DevToolsActivePort');
  await rm(portFile, { force: true });
  const child = spawn(path, [`--user-data-dir=${profile}`, ...OPTIONS], {
    // A process group of its own: killed with all its children.
    detached: true,
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const address = await until('Chromium tells its port', async () => {
    const [port, path] = (await readFile(portFile, 'utf8')).split('\n');
    return path && `ws://127.0.0.1:${port}${path}`;
  }, 30_000);
  const connection = await chromium.connectOverCDP(address);
  return { group: child.pid, ended, connection, lasting: connection.contexts()[0] };
}
