// Every screen in all languages, both themes and at two widths: axe finds nothing.
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { screens } from './lib/screens.mjs';
import { skip } from './lib/settings.mjs';
import { LOCALES } from './lib/words.mjs';
import { useWorld } from './lib/world.mjs';

const world = useWorld();

for (const locale of LOCALES) {
  for (const width of [390, 1440]) {
    test(`axe finds nothing, ${locale}, ${width} px`, { skip }, async (t) => {
      for await (const { name, page } of screens(world, { locale, width })) {
        for (const theme of ['light', 'dark']) {
          await t.test(`${name}, ${theme}`, async () => {
            await page.evaluate((wanted) => document.querySelector('quote-configurator').setAttribute('theme', wanted), theme);
            await page.emulateMedia({ colorScheme: theme });
            await assertAccessible(page, `${name}, ${theme}`);
          });
        }
      }
    });
  }
}
