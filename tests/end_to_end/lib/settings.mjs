// Where things are. Everything can be told by the environment.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../../..');

const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

/** The `quotewright` binary. */
export const quotewright = process.env.QUOTEWRIGHT ?? firstExisting([
  join(target, 'release/quotewright'),
  join(target, 'debug/quotewright'),
]);

/** The built app. */
export const app = process.env.QUOTEWRIGHT_APP ?? join(root, 'dist');

/** The sample catalogs. */
export const catalogs = join(root, 'catalogs');

/** The folder with the probe: `probe` for the host, `quotewright_probe.js` for the browser. */
export const probe = process.env.QUOTEWRIGHT_PROBE ?? join(target, 'probe');

/** The browsers that the tests know: the variable that names each, and its names on `PATH`. */
const BROWSERS = {
  chromium: { variable: 'CHROMIUM', names: ['chromium', 'chromium-browser', 'google-chrome'] },
  firefox: { variable: 'FIREFOX', names: ['firefox', 'firefox-esr'] },
};

/** The browser to test in; without a path where there is none. */
export const browser = found(process.env.QUOTEWRIGHT_BROWSER ?? 'chromium');

/** For `test(name, { skip })`: says why, or is false. */
export const skip = browser.path
  ? false
  : `there is no ${browser.name} on PATH and ${browser.variable} does not name one`;

function found(name) {
  if (!BROWSERS[name]) throw new Error(`QUOTEWRIGHT_BROWSER is ${name}, not ${Object.keys(BROWSERS).join(' or ')}`);
  const { variable, names } = BROWSERS[name];
  return { name, variable, path: process.env[variable] ?? onPath(names) };
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function firstExisting(paths) {
  return paths.find((path) => existsSync(path)) ?? paths[0];
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
