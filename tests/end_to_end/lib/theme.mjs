// Light or dark, as the device prefers it or, in a browser that cannot be told so, as the page asks for it.
import { browser } from './settings.mjs';

/** Shows `page` in `theme`, `light` or `dark`. */
export async function show(page, theme) {
  if (browser.name === 'chromium') return page.emulateMedia({ colorScheme: theme });
  await page.locator('quote-configurator').evaluateAll(
    (elements, wanted) => elements.forEach((element) => element.setAttribute('theme', wanted)), theme);
  await page.locator(`.app[data-theme="${theme}"]`).first().waitFor();
}
