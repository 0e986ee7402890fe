// Pictures of every screen, for people, and the picture of the README.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { screens } from './lib/screens.mjs';
import { root } from './lib/settings.mjs';
import { LOCALES } from './lib/words.mjs';

const FOLDER = join(import.meta.dirname, 'gallery');
const README = { screen: 'configure-complete', width: 1440, theme: 'light', locale: 'en' };

const wanted = process.argv.slice(2);
await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER);
const endpoint = await Endpoint.start();
const browser = await Browser.start();
try {
  for (const locale of LOCALES) {
    for (const width of [390, 820, 1440]) await photograph(locale, width);
  }
} finally {
  await browser.stop();
  await endpoint.stop();
}

async function photograph(locale, width) {
  for await (const { name, page } of screens({ browser, endpoint }, { locale, width })) {
    for (const theme of ['light', 'dark']) {
      const title = `${name}-${locale}-${width}-${theme}`;
      if (wanted.length && !wanted.some((part) => title.includes(part))) continue;
      await page.emulateMedia({ colorScheme: theme });
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(FOLDER, `${title}.png`), fullPage: true });
      const { screen, ...of } = README;
      if (name === screen && locale === of.locale && width === of.width && theme === of.theme) {
        await page.screenshot({ path: join(root, 'docs/screenshot.png') });
      }
    }
  }
}
