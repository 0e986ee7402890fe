// Pictures of every screen, for people, and the picture of the README.
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { screens } from './lib/screens.mjs';
import { root } from './lib/settings.mjs';
import { show } from './lib/theme.mjs';
import { LOCALES } from './lib/words.mjs';

const FOLDER = join(import.meta.dirname, 'gallery');
/** The pictures of the last time. */
const LAST = join(FOLDER, 'last');
const README = { screen: 'configure-complete', width: 1440, theme: 'light', locale: 'en' };

const wanted = process.argv.slice(2);
await keepLast();
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
await compare();

/** Puts the pictures of the last time aside. */
async function keepLast() {
  const before = await pictures(FOLDER);
  await mkdir(FOLDER, { recursive: true });
  if (before.length === 0) return;
  await rm(LAST, { recursive: true, force: true });
  await mkdir(LAST);
  for (const name of before) await rename(join(FOLDER, name), join(LAST, name));
}

async function pictures(folder) {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.png')).toSorted();
}

/** Says which pictures differ, and writes a page that shows both beside each other. */
async function compare() {
  const [before, after] = [await pictures(LAST), await pictures(FOLDER)];
  const differs = async (name) => {
    const [one, other] = await Promise.all([LAST, FOLDER].map((folder) => readFile(join(folder, name))));
    return !one.equals(other);
  };
  const both = after.filter((name) => before.includes(name));
  const changed = [];
  for (const name of both) if (await differs(name)) changed.push(name);
  const added = after.filter((name) => !before.includes(name));
  const gone = wanted.length ? [] : before.filter((name) => !after.includes(name));
  const told = [['changed', changed], ['new', added], ['gone', gone]];
  for (const [what, names] of told) for (const name of names) console.log(`${what}: ${name}`);
  console.log(`${after.length} pictures, ${changed.length} changed, ${added.length} new, ${gone.length} gone: ${join(FOLDER, 'index.html')}`);
  const figure = (folder, name) => `<a href="${folder}${name}"><img loading="lazy" width="420" src="${folder}${name}" alt=""></a>`;
  const row = (name) => `<h2>${name}</h2>${both.includes(name) && changed.includes(name) ? figure('last/', name) : ''}${figure('', name)}`;
  const rows = [...changed, ...added, ...after.filter((name) => !changed.includes(name) && !added.includes(name))];
  await writeFile(join(FOLDER, 'index.html'),
    `<!doctype html><meta charset="utf-8"><title>Gallery</title><h1>${changed.length} changed, ${added.length} new</h1>${rows.map(row).join('\n')}\n`);
}

async function photograph(locale, width) {
  for await (const { name, page } of screens({ browser, endpoint }, { locale, width })) {
    for (const theme of ['light', 'dark']) {
      const title = `${name}-${locale}-${width}-${theme}`;
      if (wanted.length && !wanted.some((part) => title.includes(part))) continue;
      await show(page, theme);
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(FOLDER, `${title}.png`), fullPage: true });
      const { screen, ...of } = README;
      if (name === screen && locale === of.locale && width === of.width && theme === of.theme) {
        await page.screenshot({ path: join(root, 'docs/screenshot.png') });
      }
    }
  }
}
