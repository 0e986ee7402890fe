// Light or dark, as the device prefers it.
import { browser } from './settings.mjs';

/**
 * Shows `page` in `theme`, `light` or `dark`.
 * Firefox cannot be told so; there the app is, as if its attribute `theme` said it.
 */
export async function show(page, theme) {
  if (browser.name === 'chromium') return page.emulateMedia({ colorScheme: theme });
  const app = page.locator('.app');
  await app.first().waitFor();
  await app.evaluateAll((all, wanted) => all.forEach((it) => (it.dataset.theme = wanted)), theme);
}
