// The supplier's side: margins and floors, and changes by hand with their reasons.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { Browser } from './lib/browser.mjs';
import { Endpoint } from './lib/endpoint.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer } from './lib/world.mjs';

const TOKEN = 'a token that is long enough for the inbox, 0123456789';

test('a change by hand', { skip }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'quotewright-token-'));
  await writeFile(join(folder, 'token'), TOKEN);
  const endpoint = await Endpoint.start(
    ['--inbox-token-file', join(folder, 'token')], ['--catalogs', join(root, 'tests/catalogs')]);
  const browser = await Browser.start();
  t.after(async () => {
    await browser.stop();
    await endpoint.stop();
    await rm(folder, { recursive: true });
  });
  const buyer = await newBuyer(t, { browser, endpoint }, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  await buyer.open('/?catalog=floors&product=desk');
  await buyer.ready();
  await buyer.button(words.add).click();
  await buyer.fillContact();
  await buyer.send();
  await buyer.requestNumber();
  await buyer.seesDelivered();

  await t.test('only with the token', async () => {
    await page.goto(`${endpoint.url}/?catalog=floors#/inbox`);
    await scope.getByLabel("Supplier's token").fill('another');
    await buyer.button('Open the inbox').click();
    await scope.getByText('This token does not open the inbox.').waitFor();
    await scope.getByLabel("Supplier's token").fill(TOKEN);
    await page.keyboard.press('Enter');
    await scope.getByRole('button', { name: /^Q-.*Acme Foods/ }).click();
    await scope.locator('.margins').waitFor();
  });

  const net = async () => scope.locator('.margins tr.here td').first().innerText();

  await t.test('costs, margins and floors', async () => {
    const heads = await scope.locator('.margins th[scope=col]').allInnerTexts();
    assert.deepEqual(heads, ['Product', 'Net', 'Cost', 'Margin', 'Floor']);
    for (const theme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: theme });
      await assertAccessible(page, `the inbox, ${theme}`);
    }
  });

  await t.test('a discount with its reason', async () => {
    const before = Number(await net());
    await scope.getByLabel('Number, below zero for a discount').fill('-1');
    await buyer.button('Make the change').click();
    await scope.getByText('Fill in a number, a reason and your name.').waitFor();
    await scope.getByLabel('Reason', { exact: true }).fill('Agreed by telephone');
    await scope.getByLabel('Your name').fill('S. Eller');
    await buyer.button('Make the change').click();
    await scope.getByText('Agreed by telephone').waitFor();
    await until('one percent less', async () => Math.abs(Number(await net()) - before * 0.99) < 0.011);
  });

  await t.test('none below the floor without one more reason', async () => {
    await scope.getByLabel('How').selectOption('percent');
    await scope.getByLabel('Number, below zero for a discount').fill('-90');
    await scope.getByLabel('Reason', { exact: true }).fill('Last piece');
    await scope.getByLabel('Your name').fill('S. Eller');
    await buyer.button('Make the change').click();
    await scope.getByLabel('Why it may go below the floor').fill('End of the series');
    await buyer.button('Make the change').click();
    await scope.getByText('End of the series').waitFor();
    await scope.getByText(/below the floor/).first().waitFor();
    await assertAccessible(page, 'changes by hand');
  });
  buyer.complaints.none([/status of 4\d\d/]);
});
