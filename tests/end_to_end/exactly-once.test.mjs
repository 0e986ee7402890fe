// However sending is interrupted, the endpoint keeps the request exactly once.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Browser } from './lib/browser.mjs';
import { Buyer } from './lib/buyer.mjs';
import { countRequests } from './lib/database.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { At, Proxy } from './lib/proxy.mjs';
import { skip } from './lib/settings.mjs';
import { Before, standStill } from './lib/standstill.mjs';

// `until`: where sending is interrupted; `kill`: what is killed there, with -9.
const CASES = [
  { until: Before.firstWrite, kill: ['browser'], sendsAgain: true },
  { until: Before.noteOfSending, kill: ['browser'] },
  { until: At.request, kill: ['endpoint'] },
  { until: At.request, kill: ['browser'] },
  { until: At.request, kill: ['browser', 'endpoint'] },
  { until: At.forwarded, kill: ['endpoint'] },
  { until: At.forwarded, kill: ['browser', 'endpoint'] },
  { until: At.answer, kill: ['endpoint'] },
  { until: At.answer, kill: ['browser'] },
  { until: At.answer, kill: ['browser', 'endpoint'] },
  { until: Before.noteOfAnswer, kill: ['browser'] },
  { until: Before.noteOfAnswer, kill: ['browser', 'endpoint'] },
];

for (const { until, kill, sendsAgain } of CASES) {
  test(`exactly once: ${kill.join(' and ')} killed at "${until}"`, { skip }, async (t) => {
    const world = await start(t);
    let buyer = await new Buyer(await world.browser.lastingPage(), world.proxy.url).open();
    await buyer.prepareQuote();
    await interrupt(world, buyer, until);
    for (const name of kill) await world[name].kill();

    if (kill.includes('endpoint')) await world.endpoint.start();
    world.proxy.release();
    if (kill.includes('browser')) {
      await world.browser.start();
      buyer = await new Buyer(await world.browser.lastingPage(), world.proxy.url).open();
    }
    if (sendsAgain) {
      assert.equal(await countRequests(world.endpoint), 0);
      await buyer.prepareQuote();
      await buyer.send();
    } else if (kill.includes('browser')) {
      await buyer.openRequests();
    }
    await buyer.seesDelivered();
    assert.equal(await countRequests(world.endpoint), 1);
  });
}

async function start(t) {
  const endpoint = await Endpoint.start();
  const proxy = await Proxy.start(endpoint);
  const browser = await Browser.start();
  t.after(async () => {
    await browser.stop();
    await proxy.close();
    await endpoint.stop();
  });
  return { endpoint, proxy, browser };
}

/** Sends, and comes back when sending has come to the point `until`. */
async function interrupt({ proxy }, buyer, until) {
  const atPage = Object.values(Before).includes(until);
  const reached = atPage ? proxy.held : proxy.stop(until);
  if (atPage) await standStill(buyer.page, until);
  // The page may stand still before the click is answered.
  buyer.send().catch(() => {});
  await reached;
}
