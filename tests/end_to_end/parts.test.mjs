// A COOM file as a configurator: parts are added, decided and taken away again.
import { join } from 'node:path';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { expectAttribute } from './lib/buyer.mjs';
import { root, skip } from './lib/settings.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld({ served: [join(root, 'catalogs/packing_station.coom')] });

test('parts come and go', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope } = buyer;
  const part = (path) => scope.locator(`[data-attribute="+${path}"]`);
  const options = (path) => scope.locator(`[data-attribute="${path}"]`);
  const option = (path, name) => options(path).getByRole('radio', { name });
  await buyer.open('/?catalog=packing_station');
  await buyer.ready();

  await t.test('only the next part is offered', async () => {
    await part('drawer[0]').waitFor();
    await part('drawer[1]').waitFor({ state: 'detached' });
    await options('drawer[0].height[0]').waitFor({ state: 'detached' });
    await assertAccessible(page, 'without parts');
  });

  await t.test('a part that was added shows what can be chosen for it', async () => {
    await part('drawer[0]').getByRole('button').click();
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
    await part('drawer[0]').getByRole('button').click();
    await options('drawer[0].height[0]').waitFor({ state: 'detached' });
    await scope.getByRole('button', { name: 'Undo' }).first().click();
    await expectAttribute(option('drawer[0].height[0]', 'D100'), 'aria-checked', 'true');
  });
});
