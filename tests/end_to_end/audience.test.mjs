// Texts for engineers, purchasers and users, as the buyer chose once.
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { skip } from './lib/settings.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('texts are for whom the buyer says', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  const menu = scope.getByRole('combobox', { name: 'Explanations for' });
  const reads = (text) => scope.getByText(text).first().waitFor();
  await buyer.open();
  await buyer.ready();

  await t.test('for everyone at first', async () => {
    await reads('At least 50 mm more than your widest product.');
    await reads('Centre to centre of the end drums.');
  });

  await t.test('for a purchaser, from the keyboard', async () => {
    await menu.focus();
    await menu.selectOption({ label: 'For purchasers' });
    await reads('Compare offers by belt width, not by frame width.');
    // What is the same for all stays.
    await reads('Centre to centre of the end drums.');
    await scope.locator('#audience:focus').waitFor();
    await assertAccessible(page, 'for purchasers');
  });

  await t.test('the next time too, in another language as well', async () => {
    await page.reload();
    await buyer.ready();
    await reads('Compare offers by belt width, not by frame width.');
    await scope.getByRole('combobox', { name: 'Language' }).selectOption('nl');
    await reads('Vergelijk offertes op bandbreedte, niet op framebreedte.');
    await scope.getByRole('combobox', { name: 'Toelichting voor' }).selectOption({ label: 'Voor engineers' });
    await reads('Vrije breedte is de band min 50 mm.');
  });

  await t.test('and for everyone again', async () => {
    await scope.getByRole('combobox', { name: 'Toelichting voor' }).selectOption({ label: 'Voor iedereen' });
    await reads('Minstens 50 mm meer dan uw breedste product.');
    await page.reload();
    await buyer.ready();
    await reads('Minstens 50 mm meer dan uw breedste product.');
  });
  buyer.complaints.none();
});
