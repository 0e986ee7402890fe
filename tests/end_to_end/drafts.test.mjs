// Several quotes in work on one device: names, copies, another tab, and what earlier versions kept.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { Buyer } from './lib/buyer.mjs';
import { asEarlierVersion, draftHolds } from './lib/draft.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

const row = (buyer, name) => buyer.scope.locator('.draft').filter({ has: buyer.scope.getByRole('button', { name, exact: true }) });
const names = (buyer) => buyer.scope.locator('.draft .link').allTextContents();

async function withOneLine(t) {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  await buyer.addToQuote();
  return buyer;
}

async function rename(buyer, from, to) {
  await row(buyer, from).getByRole('button', { name: 'Rename' }).press('Enter');
  const field = buyer.scope.getByRole('textbox', { name: 'Name of this quote' });
  await until('the focus is in the field', () => field.evaluate((it) => it.getRootNode().activeElement === it));
  await field.fill(to);
  await field.press('Enter');
  await row(buyer, to).waitFor();
}

test('several quotes are in work at once', { skip }, async (t) => {
  const buyer = await withOneLine(t);
  const { page, scope, words } = buyer;
  await buyer.openRequests();

  await t.test('the first is called by its product and day, and can be renamed by keyboard', async () => {
    await until('it is listed', async () => /^Belt conveyor, .*\d{4}$/.test((await names(buyer))[0]));
    const [name] = await names(buyer);
    await rename(buyer, name, 'Hall 3');
    const again = row(buyer, 'Hall 3').getByRole('button', { name: 'Rename' });
    await until('the focus is back', () => again.evaluate((it) => it.getRootNode().activeElement === it));
    await until('the name is kept', () => page.evaluate(draftHolds, 'Hall 3'));
  });

  await t.test('another begins empty, and the first is as it was', async () => {
    await buyer.button('Begin another quote').click();
    await buyer.ready();
    await until('nothing is decided', async () => await buyer.number('length').inputValue() === '');
    await buyer.enter('length', '3000');
    await until('it is kept', () => page.evaluate(draftHolds, '3000'));
    await buyer.openRequests();
    await until('both are listed', async () => (await names(buyer)).length === 2);
    assert.equal(await row(buyer, 'Hall 3').getByText('Open now').count(), 0);
    await row(buyer, 'Hall 3').getByRole('button', { name: 'Hall 3', exact: true }).click();
    await buyer.heading(words.quote).waitFor();
    await scope.locator('li.line').waitFor();
    assert.equal(await scope.locator('li.line').count(), 1);
  });

  await t.test('a reload opens the same one again', async () => {
    await page.reload();
    await buyer.ready();
    await buyer.openRequests();
    await row(buyer, 'Hall 3').getByText('Open now').waitFor();
  });

  await t.test('a copy stands beside, and is deleted after a question', async () => {
    await row(buyer, 'Hall 3').getByRole('button', { name: 'Copy' }).click();
    await row(buyer, 'Hall 3 (copy)').getByText('1 line').waitFor();
    await assertAccessible(page, 'with three drafts');
    await row(buyer, 'Hall 3 (copy)').getByRole('button', { name: 'Delete' }).click();
    await assertAccessible(page, 'with the question');
    await buyer.button('Delete it').click();
    await row(buyer, 'Hall 3 (copy)').waitFor({ state: 'detached' });
    assert.equal((await names(buyer)).length, 2);
  });

  await t.test('the open one can be deleted, and the other opens', async () => {
    await row(buyer, 'Hall 3').getByRole('button', { name: 'Delete' }).click();
    await buyer.button('Delete it').click();
    await row(buyer, 'Hall 3').waitFor({ state: 'detached' });
    await scope.locator('.draft').getByText('Open now').waitFor();
    assert.equal((await names(buyer)).length, 1);
  });

  await t.test('no width makes the list overflow', async () => {
    for (const width of [390, 820, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const overflows = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
      assert.equal(await page.evaluate(overflows), false, `${width} px`);
    }
  });
  buyer.complaints.none();
});

test('what was sent leaves the others in work', { skip }, async (t) => {
  const buyer = await withOneLine(t);
  await buyer.openRequests();
  await until('it is listed', async () => (await names(buyer)).length === 1);
  await rename(buyer, (await names(buyer))[0], 'Stays');
  await buyer.button('Begin another quote').click();
  await buyer.prepareQuote();
  await buyer.send();
  await buyer.seesDelivered();
  await buyer.openRequests();
  await row(buyer, 'Stays').getByText('1 line').waitFor();
  buyer.complaints.none();
});

test('a request that was sent is copied to a new quote', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope, words } = buyer;
  await buyer.open();
  await buyer.prepareQuote();
  await buyer.send();
  await buyer.seesDelivered();
  await buyer.button('Copy to a new quote').press('Enter');
  await buyer.heading(words.quote).waitFor();
  await scope.locator('li.line').waitFor();
  assert.equal(await scope.locator('li.line').count(), 1);
  assert.notEqual(await buyer.field('company').inputValue(), '');
  await scope.locator('.own-name').getByText(/^Q-\d{4}-\d+ \(copy\)$/).waitFor();
  await assertAccessible(page, 'with the copy');
  await buyer.openRequests();
  await scope.locator('.draft').getByText('Open now').waitFor();
  assert.match((await names(buyer))[0], /\(copy\)$/);
  await scope.locator('.request:not(.draft)').getByText(/^Q-/).waitFor();
  buyer.complaints.none();
});

/** Two tabs with one quote open; the second has changed it. */
async function inTwoTabs(t) {
  const buyer = await withOneLine(t);
  await until('the line is kept', () => buyer.page.evaluate(draftHolds, '\\"lines\\":[{'));
  const page = await buyer.context.newPage();
  const second = new Buyer(page, world.endpoint.url);
  await second.open();
  await second.ready();
  await second.button(second.words.toQuote).click();
  await second.field('company').fill('Second');
  await until('the second tab is kept', () => page.evaluate(draftHolds, 'Second'));
  await buyer.scope.getByText('Another tab has changed this quote.').waitFor();
  return { buyer, second };
}

const takeOver = (buyer) => buyer.button('Show it as it is there');

test('another tab writes over nothing', { skip }, async (t) => {
  const { buyer, second } = await inTwoTabs(t);
  await takeOver(buyer).waitFor();
  await assertAccessible(buyer.page, 'changed in another tab');
  await buyer.field('company').fill('First');
  await until('the first tab is kept', () => second.page.evaluate(draftHolds, 'First'));
  assert.ok(await second.page.evaluate(draftHolds, 'Second'));
  await takeOver(buyer).waitFor({ state: 'detached' });
  await buyer.scope.getByText('Another tab has changed this quote.').waitFor();
  await buyer.openRequests();
  await until('both are listed', async () => (await names(buyer)).length === 2);
  buyer.complaints.none();
});

test('what another tab has changed can be taken over, and lists show it at once', { skip }, async (t) => {
  const { buyer, second } = await inTwoTabs(t);
  await takeOver(buyer).press('Enter');
  await until('what was typed there is here', async () => (await buyer.field('company').inputValue()) === 'Second');
  await takeOver(buyer).waitFor({ state: 'detached' });
  await until('the focus is on the heading', () =>
    buyer.scope.locator('#top').evaluate((it) => it.getRootNode().activeElement === it));
  await buyer.openRequests();
  await second.button('Rename').press('Enter');
  const field = second.scope.getByRole('textbox', { name: 'Name of this quote' });
  await field.fill('Hall 4');
  await field.press('Enter');
  await second.scope.locator('.own-name').getByText('Hall 4').waitFor();
  await until('the focus is back', () =>
    second.button('Rename').evaluate((it) => it.getRootNode().activeElement === it));
  await assertAccessible(second.page, 'with a name');
  await until('the other tab lists the name', async () => (await names(buyer)).join() === 'Hall 4');
  buyer.complaints.none();
});

test('the draft of an earlier version is the first of several', { skip }, async (t) => {
  const buyer = await withOneLine(t);
  await until('the line is kept', () => buyer.page.evaluate(draftHolds, '\\"lines\\":[{'));
  await buyer.page.evaluate(() => sessionStorage.clear());
  await buyer.page.evaluate(asEarlierVersion);
  await buyer.page.reload();
  await buyer.ready();
  await buyer.openRequests();
  await row(buyer, 'Belt conveyor').getByText('1 line').waitFor();
  assert.equal((await names(buyer)).length, 1);
  buyer.complaints.none();
});
