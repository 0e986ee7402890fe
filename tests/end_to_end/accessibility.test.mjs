// Every screen in all languages, both themes and at two widths: axe finds nothing.
// In Firefox in one language.
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { screens } from './lib/screens.mjs';
import { browser, skip } from './lib/settings.mjs';
import { LOCALES } from './lib/words.mjs';
import { useWorld } from './lib/world.mjs';

const world = useWorld();
// Where words break differs by language, how elements are announced by browser.
const SPOKEN = browser.name === 'chromium' ? LOCALES : ['en'];

for (const locale of SPOKEN) {
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
