// Products that are sold from a least number on and in multiples: on the product's page, in the
// quote, and where the quantity changes over a term.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { enter } from './lib/buyer.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: ['--catalogs', join(root, 'tests/catalogs')] });
const RULE = 'From 10 to 100,000, in multiples of 5.';

test('a least number of pieces', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope, words } = buyer;
  const pieces = scope.locator('#quantity');
  const holds = (field, number) =>
    until(`there are ${number}`, async () => await field.inputValue() === number);
  await buyer.open('/?catalog=kinds&product=part');
  await buyer.ready();

  await t.test('begins with it, and steps by multiples', async () => {
    await holds(pieces, '10');
    await scope.getByText(RULE).waitFor();
    await scope.getByRole('button', { name: 'One more' }).click();
    await holds(pieces, '15');
    await scope.getByRole('button', { name: 'One less' }).click();
    await scope.getByRole('button', { name: 'One less' }).click();
    await holds(pieces, '10');
  });

  await t.test('what is typed becomes the next number that is sold', async () => {
    for (const [typed, sold] of [['3', '10'], ['11', '15'], ['100001', '100000'], ['20', '20']]) {
      await enter(pieces, typed);
      await holds(pieces, sold);
    }
  });

  await t.test('in the quote it is told what is sold', async () => {
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    const line = scope.getByRole('textbox', { name: /^Quantity of line 1/ });
    assert.equal(await line.inputValue(), '20');
    await line.fill('12');
    await scope.getByText(RULE).waitFor();
    assert.equal(await line.getAttribute('aria-invalid'), 'true');
    await assertAccessibleInThemes(page, 'a number that is not sold');
    await line.fill('25');
    await until('it is right', async () => await scope.getByText(RULE).count() === 0);
  });
  buyer.complaints.none();
});
