// axe-core on a page, open shadow roots included.
import assert from 'node:assert/strict';

import axe from 'axe-core';

import { show } from './theme.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails with everything that axe finds on `page` as it is now. */
export async function assertAccessible(page, what) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const findings = await page.evaluate(async (tags) => {
    // Axe takes the places of what is out of sight, and so not laid out, for real.
    const laidOut = new CSSStyleSheet();
    laidOut.replaceSync('* { content-visibility: visible !important }');
    const roots = [...document.querySelectorAll('quote-configurator')].map((it) => it.shadowRoot).filter(Boolean);
    roots.forEach((root) => root.adoptedStyleSheets.push(laidOut));
    const { violations } = await window.axe.run(document, {
      runOnly: tags, resultTypes: ['violations'],
    });
    roots.forEach((root) => root.adoptedStyleSheets.pop());
    return violations.flatMap(({ id, nodes }) => nodes.map((node) =>
      `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary.replaceAll('\n', ' ')}`));
  }, TAGS);
  assert.deepEqual(findings, [], what);
}

/** The same in both themes. */
export async function assertAccessibleInThemes(page, what) {
  for (const theme of ['light', 'dark']) {
    await show(page, theme);
    await assertAccessible(page, `${what}, ${theme}`);
  }
}
