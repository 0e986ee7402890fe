// What options would change, all choices at a glance, and completing what is open.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { amountIn, TASK, enter } from './lib/buyer.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('what an option would change is what it changes', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  await buyer.enterTask();
  const steel = await buyer.netTotal();
  const stainless = buyer.option('frame', 'stainless');
  await until('the difference is told', async () => /[+\u2212]/.test(await stainless.textContent()));
  const told = amountIn(await stainless.locator('.effect').textContent());
  await stainless.click();
  await buyer.seesDecision('frame', 'stainless');
  assert.equal(((await buyer.netTotal()) - steel).toFixed(2), told.toFixed(2));
  await t.test('and for more pieces, for all of them', async () => {
    const quantity = buyer.scope.locator('#quantity');
    await enter(quantity, '3');
    const three = await buyer.netTotal();
    const effect = buyer.option('frame', 'steel').locator('.effect');
    await until('it is told for three', async () => {
      const text = await effect.textContent().catch(() => '');
      return Math.abs(amountIn(text) ?? 0) > 2 * told;
    });
    const less = amountIn(await effect.textContent());
    await buyer.choose('frame', 'steel');
    await buyer.seesDecision('frame', 'steel');
    assert.equal((three - (await buyer.netTotal())).toFixed(2), less.toFixed(2));
  });
  buyer.complaints.none();
});

test('all choices at a glance', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { scope, words } = buyer;
  await buyer.open();
  await buyer.ready();
  await buyer.choose('frame', 'steel');
  await buyer.button(words.overview).click();
  const list = scope.locator('.overview');

  await t.test('with where each comes from', async () => {
    const frame = list.locator('li', { hasText: 'Frame' }).first();
    assert.match(await frame.textContent(), /Steel, powder-coated.*Your choice/);
    assert.match(await list.locator('li', { hasText: 'Length' }).first().textContent(), /Please choose/);
  });

  await t.test('are found by words and part numbers', async () => {
    for (const [wanted, expected] of [['fr-304', /FR-304/], ['food', /Environment|Belt/], ['zzz', /Nothing here/]]) {
      await scope.getByRole('searchbox').fill(wanted);
      await list.getByText(expected).first().waitFor();
    }
  });

  await t.test('and gone to', async () => {
    await scope.getByRole('searchbox').fill('fr-304');
    await buyer.button('Change Frame').click();
    await until('the attribute has the focus', () => scope.locator('quote-configurator')
      .evaluate((it) => it.shadowRoot.activeElement?.textContent === 'Frame'));
    assert.equal(await list.isVisible(), false);
  });

  await t.test('and left with Escape, which gives the focus back', async () => {
    await buyer.button(words.overview).click();
    await scope.getByRole('searchbox').waitFor();
    await buyer.page.keyboard.press('Escape');
    await until('the button has the focus', () => scope.locator('quote-configurator')
      .evaluate((it) => it.shadowRoot.activeElement?.textContent === 'All choices'));
  });
  buyer.complaints.none();
});

test('what is open is completed', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { scope, words } = buyer;
  await buyer.open();
  await buyer.ready();
  for (const attribute of ['length', 'width', 'load', 'speed']) {
    if (attribute !== 'speed') await buyer.enter(attribute, TASK[attribute]);
  }
  const proposal = scope.locator('.proposal');
  const price = async () => amountIn(await proposal.locator('.strong').textContent());

  await t.test('at the lowest price, which nothing beats', async () => {
    await buyer.button(words.complete).click();
    await buyer.button('As suggested').click();
    await buyer.button(words.take).waitFor();
    const suggested = await price();
    await buyer.button('Cheapest').click();
    await proposal.getByText('There is none that does better.').waitFor();
    assert.ok((await price()) <= suggested);
    assert.equal(await buyer.number('speed').inputValue(), '');
  });

  await t.test('within a budget, or not at all', async () => {
    const budget = scope.getByRole('textbox', { name: /^Budget/ });
    await budget.fill('1');
    await budget.press('Enter');
    await proposal.getByText('there is no such configuration').waitFor();
    await budget.fill('9000');
    await budget.press('Enter');
    await buyer.button(words.take).waitFor();
    assert.ok((await price()) <= 9000);
    await budget.fill('much');
    await budget.press('Enter');
    await scope.getByText('Enter a number').first().waitFor();
  });

  await t.test('shown first, taken then, and undone', async () => {
    const told = await price();
    await buyer.button(words.take).click();
    await buyer.button(words.add).waitFor();
    assert.equal(await buyer.netTotal(), told);
    await buyer.button(words.undo).click();
    await until('the speed is open again', async () => (await buyer.number('speed').inputValue()) === '');
    assert.equal(await buyer.number('length').inputValue(), '6,000');
  });
  buyer.complaints.none();
});

test('a number is dragged', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  const slider = buyer.scope.locator('[data-attribute="length"] .slider');
  await slider.fill('6000');
  await until('the box follows', async () => (await buyer.number('length').inputValue()) === '6,000');
  buyer.complaints.none();
});

test('somebody can be asked where a buyer hesitates', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { locale: 'pl' });
  await buyer.open();
  await buyer.ready();
  const { words } = buyer;
  await buyer.choose('frame', 'steel');
  await buyer.button(words.whyNot(words.option.food)).click();
  await buyer.scope.locator('.why .contact').getByText('Piotr Kowalczyk').waitFor();
  const phone = buyer.scope.locator('.why .contact a').first();
  assert.equal(await phone.getAttribute('href'), 'tel:+48615550123');
  buyer.complaints.none();
});

test('a window that is made narrow keeps the groups in it', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  await buyer.choose('frame', 'steel');
  await buyer.seesDecision('frame', 'steel');
  await buyer.page.setViewportSize({ width: 390, height: 900 });
  const groups = buyer.scope.locator('.groups .group').first();
  await until('they fit', async () => (await groups.boundingBox()).width <= 390);
});
