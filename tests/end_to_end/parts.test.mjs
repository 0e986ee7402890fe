// A COOM file as a configurator: parts are added, decided and taken away again.
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { expectAttribute } from './lib/buyer.mjs';
import { root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: [join(root, 'catalogs/packing_station.coom')] });

test('parts come and go', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  const part = (path) => scope.locator(`[data-attribute="+${path}"]`);
  const button = (path, name) => part(path).getByRole('button', { name });
  const options = (path) => scope.locator(`[data-attribute="${path}"]`);
  const option = (path, name) => options(path).getByRole('radio', { name });
  const chosen = (path, name) => expectAttribute(option(path, name), 'aria-checked', 'true');
  const focused = (path) => until('the focus is in the part', () =>
    part(path).evaluate((it) => it.contains(it.getRootNode().activeElement)));
  await buyer.open('/?catalog=packing_station');
  await buyer.ready();

  await t.test('only the next part is offered', async () => {
    await part('drawer[0]').waitFor();
    await part('drawer[1]').waitFor({ state: 'detached' });
    await options('drawer[0].height[0]').waitFor({ state: 'detached' });
    await assertAccessible(page, 'without parts');
  });

  await t.test('a part that was added shows what can be chosen for it', async () => {
    await button('drawer[0]', /^Add/).click();
    await option('drawer[0].height[0]', 'D100').click();
    await expectAttribute(option('drawer[0].height[0]', 'D100'), 'aria-checked', 'true');
    await expectAttribute(option('drawer[0].lockable[0]', 'True'), 'aria-disabled', 'true');
    await part('drawer[1]').waitFor();
    await assertAccessible(page, 'with a part');
  });

  await t.test('an option says why it is not possible', async () => {
    await options('drawer[0].lockable[0]').getByRole('button', { name: 'Why not True?' }).click();
    await scope.getByText('D100').first().waitFor();
    await scope.getByRole('button', { name: 'Close' }).click();
  });

  await t.test('what is taken away takes along what was decided in it', async () => {
    await button('drawer[0]', /^Remove/).click();
    await options('drawer[0].height[0]').waitFor({ state: 'detached' });
    await scope.getByRole('button', { name: 'Undo' }).first().click();
    await expectAttribute(option('drawer[0].height[0]', 'D100'), 'aria-checked', 'true');
  });

  await t.test('a copy is decided as its original, and has the focus', async () => {
    await button('drawer[0]', /^Copy/).click();
    await chosen('drawer[1].height[0]', 'D100');
    await focused('drawer[1]');
    await option('drawer[1].height[0]', 'D150').click();
    await chosen('drawer[1].height[0]', 'D150');
    await assertAccessible(page, 'with two parts');
  });

  await t.test('by keyboard: a part moves up, and the focus with it', async () => {
    await button('drawer[1]', /^Move .* up$/).focus();
    await page.keyboard.press('Enter');
    await chosen('drawer[0].height[0]', 'D150');
    await chosen('drawer[1].height[0]', 'D100');
    await focused('drawer[0]');
  });

  await t.test('those behind one that is taken away move up', async () => {
    await button('drawer[0]', /^Remove/).click();
    await chosen('drawer[0].height[0]', 'D100');
    await options('drawer[1].height[0]').waitFor({ state: 'detached' });
  });
});
