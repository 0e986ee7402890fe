// An endpoint whose supplier can read what was received.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Browser } from './browser.mjs';
import { Endpoint } from './endpoint.mjs';
import { root } from './settings.mjs';
import { newBuyer } from './world.mjs';

/** The token of the inbox. */
export const TOKEN = 'a token that is long enough for the inbox, 0123456789';

/** A buyer at an endpoint with an inbox and the catalogs of a folder, in a browser of their own. */
export async function buyerWithInbox(t, catalogs = 'tests/catalogs') {
  const folder = await mkdtemp(join(tmpdir(), 'quotewright-token-'));
  await writeFile(join(folder, 'token'), TOKEN);
  const endpoint = await Endpoint.start(
    ['--inbox-token-file', join(folder, 'token')], ['--catalogs', join(root, catalogs)]);
  const browser = await Browser.start();
  t.after(async () => {
    await browser.stop();
    await endpoint.stop();
    await rm(folder, { recursive: true });
  });
  return newBuyer(t, { browser, endpoint }, { reducedMotion: 'reduce' });
}
