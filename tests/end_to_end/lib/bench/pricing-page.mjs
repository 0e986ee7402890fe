// Prices in Chromium: the engine in wasm, and decimal.js at the same sums.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import { serveFiles } from '../files.mjs';
import { probe } from '../settings.mjs';

/** What `use` comes to with a page that has the probe, an artifact, a pack and decimal.js. */
export async function withPage(browser, artifact, pack, use) {
  const pages = {
    '/': '<!doctype html><title>Prices</title>', '/artifact': await readFile(artifact), '/pack': await readFile(pack),
    '/decimal.js': await readFile(createRequire(import.meta.url).resolve('decimal.js').replace('decimal.js/decimal.js', 'decimal.js/decimal.mjs')),
  };
  const files = await serveFiles(pages, probe);
  const context = await browser.context();
  try {
    const page = await context.newPage();
    await page.goto(files.url);
    return await use(page);
  } finally {
    await context.close();
    await files.close();
  }
}

/** Runs in the page: milliseconds of each run by number of lines, what the last one comes to, and its lines. */
export async function timesOfEngine({ counts, milliseconds, told }) {
  const { default: start, PricedLines } = await import('/quotewright_probe.js');
  await start();
  const lines = new PricedLines(new Uint8Array(await (await fetch('/artifact')).arrayBuffer()));
  const found = { lines: JSON.parse(lines.told(told)).lines, times: {}, nets: {} };
  for (const count of counts) {
    // What is over sooner than the clock can tell is run several times between two looks at it.
    const together = Math.max(1, Math.floor(200 / count));
    const times = [];
    for (const end = performance.now() + milliseconds; performance.now() < end || times.length < 10;) {
      const before = performance.now();
      for (let run = 0; run < together; run += 1) found.nets[count] = lines.net(count);
      times.push((performance.now() - before) / together);
    }
    found.times[count] = times;
  }
  return found;
}

/** Runs in the page: milliseconds of each time that the pack is read. */
export async function timesOfPack({ runs }) {
  const { default: start, read_pack: read } = await import('/quotewright_probe.js');
  await start();
  const bytes = new Uint8Array(await (await fetch('/pack')).arrayBuffer());
  const times = [];
  let products;
  for (let run = 0; run < runs; run += 1) {
    const before = performance.now();
    products = read(bytes);
    times.push(performance.now() - before);
  }
  return { times, products, bytes: bytes.length };
}

/** Runs in the page: the same sums with decimal.js. */
export async function timesOfDecimal({ lines, counts, milliseconds }) {
  const { Decimal } = await import('/decimal.js');
  const found = { times: {}, nets: {} };
  const sum = (steps) => steps.reduce((total, { rate, units, base, percent, amount }) => {
    if (rate !== undefined) return total.plus(new Decimal(rate).times(units));
    return total.plus(percent === undefined ? new Decimal(amount) : new Decimal(base).times(percent).dividedBy(100));
  }, new Decimal(0));
  const quote = (count) => {
    const bases = new Map();
    for (let at = 0; at < count; at += 1) {
      const { piece, line, quantity, tax } = lines[at % lines.length];
      const net = sum(piece).times(quantity).plus(sum(line)).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
      bases.set(tax, (bases.get(tax) ?? new Decimal(0)).plus(net));
    }
    let net = new Decimal(0);
    for (const [tax, base] of bases) {
      base.times(tax).dividedBy(100).toDecimalPlaces(2, Decimal.ROUND_HALF_UP);
      net = net.plus(base);
    }
    return net.toFixed(2);
  };
  for (const count of counts) {
    const together = Math.max(1, Math.floor(200 / count));
    const times = [];
    for (const end = performance.now() + milliseconds; performance.now() < end || times.length < 10;) {
      const before = performance.now();
      for (let run = 0; run < together; run += 1) found.nets[count] = quote(count);
      times.push((performance.now() - before) / together);
    }
    found.times[count] = times;
  }
  return found;
}
