// Without a network, and without a supplier's server.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { UNREACHABLE } from './lib/complaints.mjs';
import { countRequests } from './lib/database.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('what is sent while the server is down arrives later, once', { skip }, async (t) => {
  const before = await countRequests(world.endpoint);
  const buyer = await visitor(t);
  await buyer.prepareQuote();
  await world.endpoint.kill();
  await buyer.send();
  await buyer.seesWaiting();

  await buyer.open();
  await buyer.ready();
  await buyer.openRequests();
  await buyer.seesWaiting();

  await world.endpoint.start();
  await buyer.seesDelivered();
  assert.equal(await countRequests(world.endpoint), before + 1);
  buyer.complaints.none([UNREACHABLE]);
});

test('what is sent without a network goes out by itself when there is one', { skip }, async (t) => {
  const before = await countRequests(world.endpoint);
  const buyer = await visitor(t);
  await buyer.context.setOffline(true);
  await buyer.prepareQuote();
  await buyer.send();
  await buyer.seesWaiting();
  await buyer.context.setOffline(false);
  await buyer.requestNumber();
  assert.equal(await countRequests(world.endpoint), before + 1);
  buyer.complaints.none([UNREACHABLE]);
});

test('the page opens and configures while the server is down', { skip }, async (t) => {
  const buyer = await visitor(t);
  await world.endpoint.kill();
  await buyer.open();
  await buyer.ready();
  await buyer.addToQuote();
  await world.endpoint.start();
  buyer.complaints.none([UNREACHABLE]);
});

/** A buyer who has been here before. */
async function visitor(t) {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  await until('the app is kept for later', () => buyer.page.evaluate(
    async () => (await navigator.serviceWorker.getRegistration())?.active?.state === 'activated'));
  return buyer;
}
