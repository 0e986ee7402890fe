// Why not, all of it: every reason, every way to have the value, one click each, and back.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessibleInThemes } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('other reasons and other ways', { skip }, async (t) => {
  const buyer = await newBuyer(t, world, { reducedMotion: 'reduce' });
  const { page, scope } = buyer;
  await buyer.open();
  await buyer.ready();
  // Castors carry 250 kg over 4 metres at the most, so each of the two stands in the way.
  await buyer.enter('length', '6000');
  await buyer.enter('load', '300');
  await buyer.ready();
  const feet = scope.locator('[data-attribute="feet"]');

  await t.test('two reasons for castors', async () => {
    await feet.getByRole('button', { name: 'Why not Castors' }).click();
    await buyer.button(buyer.words.apply).first().waitFor();
    await scope.getByText('1 other reason').focus();
    await page.keyboard.press('Enter');
    await until('both are told', async () => await scope.locator('.why .reason').count() === 2);
    const told = await scope.locator('.why .reason').allInnerTexts();
    assert.notEqual(told[0], told[1]);
  });

  await t.test('another way for a small motor, taken by keyboard, and back', async () => {
    // Fast enough that no bed lets the smallest motor do.
    await buyer.enter('speed', '2');
    await buyer.enter('width', '400');
    await buyer.ready();
    const motor = scope.locator('[data-attribute="motor"]');
    await motor.getByRole('button', { name: /^Why not/ }).first().click();
    const others = scope.locator('.others summary', { hasText: 'other way' });
    await others.waitFor();
    await assertAccessibleInThemes(page, 'other ways');
    await others.focus();
    await page.keyboard.press('Enter');
    const ways = scope.locator('.others .remedy');
    const before = await buyer.number('length').inputValue() + await buyer.number('speed').inputValue()
      + await buyer.number('load').inputValue();
    assert.ok(await ways.count() >= 1);
    await ways.first().getByRole('button', { name: buyer.words.apply }).focus();
    await page.keyboard.press('Enter');
    await scope.locator('.changed').waitFor();
    const after = async () => await buyer.number('length').inputValue() + await buyer.number('speed').inputValue()
      + await buyer.number('load').inputValue();
    assert.notEqual(await after(), before);
    await scope.locator('.changed').getByRole('button', { name: buyer.words.undo }).click();
    await until('all is as before', async () => await after() === before);
  });
  buyer.complaints.none();
});
