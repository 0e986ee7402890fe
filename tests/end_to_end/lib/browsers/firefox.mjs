// An ordinary Firefox, by WebDriver BiDi.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { firefox } from 'playwright-core';

const PREFERENCES = {
  // WebDriver BiDi cannot ask for it page by page.
  'ui.prefersReducedMotion': 1,
  // Nothing is fetched from anywhere but the tests' own servers.
  'app.normandy.enabled': false,
  'services.settings.server': 'data:,',
};

// Playwright does not tell which process it has started, so that process writes it down.
const STARTER = '#!/bin/sh\necho $$ >"$0.pid"\nexec "$FIREFOX" "$@"\n';

/** Starts the browser at `path` on `profile`. */
export async function start(path, profile) {
  const starter = join(profile, 'start');
  await writeFile(starter, STARTER, { mode: 0o755 });
  const lasting = await firefox.launchPersistentContext(profile, {
    channel: 'moz-firefox',
    executablePath: starter,
    env: { ...process.env, FIREFOX: path },
    firefoxUserPrefs: PREFERENCES,
    headless: true,
    viewport: null,
  });
  const ended = new Promise((resolve) => lasting.once('close', resolve));
  const group = Number(await readFile(`${starter}.pid`, 'utf8'));
  return { group, ended, connection: lasting.browser(), lasting };
}
