// What a page tells of how it feels: paints, shifts of the layout, times of interactions.

/** As tools for the web commonly call it. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };

/** Has `page` note its paints, shifts and interactions from the first moment on. */
export async function watch(page) {
  await page.addInitScript(() => {
    const noted = { read: 0, painted: 0, moved: 0, interactions: {} };
    globalThis.noted = noted;
    const observe = (type, take, options = {}) =>
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...options });
    observe('paint', ({ name, startTime }) => { if (name === 'first-contentful-paint') noted.read = startTime; });
    observe('largest-contentful-paint', (entry) => { noted.painted = entry.startTime; });
    observe('layout-shift', (entry) => { if (!entry.hadRecentInput) noted.moved += entry.value; });
    observe('event', ({ interactionId, duration }) => {
      if (interactionId) noted.interactions[interactionId] = Math.max(noted.interactions[interactionId] ?? 0, duration);
    }, { durationThreshold: 16 });
  });
}

/** Opens `address` for the first time, on a slow network and processor. */
export async function opened(page, address, slower) {
  await watch(page);
  const devtools = await page.context().newCDPSession(page);
  const sizes = new Map();
  await devtools.send('Network.enable');
  devtools.on('Network.responseReceived', ({ requestId, response }) => {
    sizes.set(requestId, { url: response.url, size: 0 });
  });
  devtools.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
    const known = sizes.get(requestId);
    if (known) known.size += encodedDataLength;
  });
  const received = (wanted = /./) => [...sizes.values()]
    .filter(({ url }) => wanted.test(url)).reduce((total, { size }) => total + size, 0);
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('.groups').first().waitFor({ timeout: 120_000 });
  const first = received();
  await page.locator('.groups[aria-busy]').waitFor({ timeout: 120_000 });
  const [bytes, usable] = [received(), await page.evaluate(() => performance.now())];
  await page.locator('.groups[aria-busy="false"]').waitFor({ timeout: 120_000 });
  const ready = await page.evaluate(() => performance.now());
  const { read, painted, moved } = await page.evaluate(() => globalThis.noted);
  const loader = received(/page-[^/]*\.js$|quotewright\.js$/);
  await page.context().close();
  return { first, bytes, loader, read, painted, usable, ready, moved };
}

/** Opens `address` again, without a network. */
export async function openedOffline(page, address) {
  await page.goto(address);
  await page.locator('.groups[aria-busy="false"]').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await page.locator('.groups[aria-busy="false"]').waitFor();
  await page.close();
  const again = await page.context().newPage();
  await watch(again);
  await again.context().setOffline(true);
  await again.goto(address);
  await again.locator('.groups[aria-busy="false"]').waitFor();
  const ready = await again.evaluate(() => performance.now());
  const { read, painted } = await again.evaluate(() => globalThis.noted);
  await again.context().close();
  return { read, painted, ready };
}

/** A buyer who clicks through the page: the times of all interactions. */
export async function session(page, address, { interactions, slower }) {
  await page.goto(address);
  await page.locator('.groups[aria-busy="false"]').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slower });
  const choices = page.locator('.choice.possible .radio, .stepper button');
  for (let turn = 0; turn < interactions; turn += 1) {
    const count = await choices.count();
    // Over all of the page, and the same each time.
    await choices.nth((turn * 37) % count).click({ timeout: 5_000 }).catch(() => {});
    await page.locator('.groups[aria-busy="false"]').waitFor();
  }
  const noted = await page.evaluate(() => globalThis.noted);
  // An interaction faster than is reported counts as the shortest that is.
  const told = Object.values(noted.interactions);
  const times = [...told, ...Array(Math.max(0, interactions - told.length)).fill(16)].toSorted((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(part * times.length))];
  await page.context().close();
  return { count: times.length, median: at(0.5), p98: at(0.98), moved: noted.moved };
}
