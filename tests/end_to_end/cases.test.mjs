// Cases that other systems assert come out in the browser as on the host.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

import { Browser } from './lib/browser.mjs';
import { casesInBrowser, casesOnHost } from './lib/probe.mjs';
import { root, skip } from './lib/settings.mjs';

const FOLDER = process.env.QUOTEWRIGHT_ORACLE ?? join(root, '../shared/oracle');
const missing = !existsSync(FOLDER) && `there is no folder ${FOLDER}`;

let browser;
before(async () => {
  if (!skip && !missing) browser = await Browser.start();
});
after(() => browser?.stop());

test('cases of other systems come out in the browser as asserted, and as on the host', { skip: skip || missing }, async () => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json')).sort();
  const files = names.map((name) => join(FOLDER, name));
  const [onHost, inBrowser] = await Promise.all([casesOnHost(files), casesInBrowser(browser, files)]);
  assert.deepEqual(inBrowser, onHost);
  const told = inBrowser.flatMap((text) => text.trim().split('\n'));
  assert.deepEqual(told.filter((line) => line.includes(': WRONG: ')), []);
  assert.ok(told.some((line) => line.endsWith(': as asserted')), 'some case was run');
});
