// The element in a page of somebody else, on another origin.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { Browser } from './lib/browser.mjs';
import { Buyer } from './lib/buyer.mjs';
import { listen } from './lib/complaints.mjs';
import { countRequests } from './lib/database.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { serveFiles } from './lib/files.mjs';
import { skip } from './lib/settings.mjs';

const HOST_STYLE = `
  h1 { color: rgb(1, 2, 3); font: 700 33px serif }
  button, input { color: rgb(4, 5, 6); letter-spacing: 3px }
  p { margin: 17px }`;

/** A page with a style of its own and `elements` in it. */
function hostPage(endpoint, elements) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Shop</title>
    <link rel="icon" href="data:,">
    <style>${HOST_STYLE}</style></head><body>
    <h1>Shop</h1><p>Words</p><button>Press</button><input aria-label="Search">
    <script>window.namesBefore = Object.getOwnPropertyNames(window)</script>
    ${elements}
    <script type="module" src="${endpoint.url}/quotewright.js"></script></body></html>`;
}

const element = (endpoint, more = '') =>
  `<quote-configurator catalog="conveyor" endpoint="${endpoint.url}" locale="en" ${more}></quote-configurator>`;

let host, endpoint, browser;

before(async () => {
  if (skip) return;
  const pages = {};
  host = await serveFiles(pages);
  endpoint = await Endpoint.start(['--origin', host.url]);
  pages['/one'] = hostPage(endpoint, element(endpoint));
  pages['/two'] = hostPage(endpoint, element(endpoint, 'id="a"') + element(endpoint, 'id="b" theme="dark"'));
  pages['/none'] = hostPage(endpoint, '');
  browser = await Browser.start();
});

after(async () => {
  await browser?.stop();
  await endpoint?.stop();
  await host?.close();
});

async function open(t, path) {
  const context = await browser.context();
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = listen(page);
  await page.goto(host.url + path);
  return { page, complaints };
}

/** Runs in the page: what the host page looks like. */
function looks() {
  const properties = ['color', 'font', 'margin', 'padding', 'letterSpacing', 'backgroundColor', 'boxSizing'];
  const elements = [...document.querySelectorAll('html, body, h1, p, button, input')];
  return elements.map((found) => properties.map((name) => getComputedStyle(found)[name]));
}

test('a quote is sent from a page of another origin', { skip }, async (t) => {
  const { page, complaints } = await open(t, '/one');
  const buyer = new Buyer(page, host.url);
  await buyer.ready();
  await buyer.prepareQuote();
  await buyer.send();
  await buyer.seesDelivered();
  assert.equal(await countRequests(endpoint), 1);
  assert.equal(page.url(), `${host.url}/one`, 'the address is the host page\'s own');
  complaints.none();
});

test('the host page stays as it was', { skip }, async (t) => {
  const { page: bare } = await open(t, '/none');
  const { page, complaints } = await open(t, '/one');
  await new Buyer(page, host.url).ready();
  assert.deepEqual(await page.evaluate(looks), await bare.evaluate(looks));
  const left = await page.evaluate(() => ({
    // Playwright leaves names of its own.
    globals: Object.getOwnPropertyNames(window).filter(
      (name) => !namesBefore.includes(name) && name !== 'namesBefore' && !name.startsWith('__pw_')),
    styles: document.styleSheets.length + document.adoptedStyleSheets.length,
    storage: Object.keys(localStorage).concat(Object.keys(sessionStorage)),
    cookies: document.cookie,
    body: [...document.body.children].map(({ localName }) => localName),
  }));
  assert.deepEqual(left.globals, []);
  assert.equal(left.styles, 1);
  assert.deepEqual(left.storage.filter((name) => !name.startsWith('quotewright')), []);
  assert.equal(left.cookies, '');
  assert.deepEqual(left.body, ['h1', 'p', 'button', 'input', 'script', 'quote-configurator', 'script']);
  complaints.none();
});

test('two elements on one page keep to themselves', { skip }, async (t) => {
  const { page, complaints } = await open(t, '/two');
  const [one, other] = ['#a', '#b'].map((id) => new Buyer(page, host.url, { scope: page.locator(id) }));
  await Promise.all([one.ready(), other.ready()]);
  await one.choose('belt', 'PVC, grip top');
  await other.seesNoDecision('belt');
  complaints.none();
});

test('an element that is moved keeps its state; one that is removed ends', { skip }, async (t) => {
  const { page, complaints } = await open(t, '/one');
  const buyer = new Buyer(page, host.url);
  await buyer.ready();
  await buyer.choose('belt', 'PVC, grip top');
  await page.evaluate(() => document.body.prepend(document.querySelector('quote-configurator')));
  await buyer.seesDecision('belt', 'PVC, grip top');
  await page.evaluate(() => document.querySelector('quote-configurator').remove());
  await page.evaluate(() => new Promise(requestAnimationFrame));
  complaints.none();
});
