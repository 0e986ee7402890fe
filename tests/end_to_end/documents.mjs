// The PDFs of a sample catalog, printed from the HTML in its folder `documents/source`:
//   node documents.mjs conveyor
import { readdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { Browser } from './lib/browser.mjs';
import { catalogs } from './lib/settings.mjs';

const [catalog] = process.argv.slice(2);
const folder = join(catalogs, catalog, 'documents');
const source = join(folder, 'source');
const pages = (await readdir(source)).filter((name) => name.endsWith('.html'));
const browser = await Browser.start();
try {
  const page = await browser.lastingPage();
  for (const name of pages) {
    await page.goto(pathToFileURL(join(source, name)).href);
    const pdf = await page.pdf({ preferCSSPageSize: true, tagged: true });
    await writeFile(join(folder, `${basename(name, '.html')}.pdf`), withoutTime(pdf));
  }
} finally {
  await browser.stop();
}

/** The same page makes the same file, whenever it is printed: a catalog's hash depends on it. */
function withoutTime(pdf) {
  const dated = /(\/(?:Creation|Mod)Date \(D:)\d{14}/g;
  return Buffer.from(pdf.toString('latin1').replace(dated, '$120260101000000'), 'latin1');
}
