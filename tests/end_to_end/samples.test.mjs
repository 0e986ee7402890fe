// The samples of services in every language: their prices, and nothing that axe finds.
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { Buyer } from './lib/buyer.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { LOCALES } from './lib/words.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

const NAMES = {
  subscription: {
    en: 'Warehouse suite, per user', nl: 'Magazijnpakket, per gebruiker',
    nb: 'Lagersystem, per bruker', pl: 'System magazynowy, na użytkownika',
  },
  agency: {
    en: 'Marketing retainer', nl: 'Marketingabonnement',
    nb: 'Fast markedsføringsavtale', pl: 'Stała obsługa marketingowa',
  },
};

for (const [catalog, names] of Object.entries(NAMES)) {
  for (const locale of LOCALES) {
    test(`${catalog}, ${locale}`, { skip }, async (t) => {
      const { page, complaints } = await newBuyer(t, world);
      const buyer = new Buyer(page, world.endpoint.url, { locale });
      await buyer.open(`/?catalog=${catalog}`);
      await buyer.ready();
      await buyer.heading(names[locale]).first().waitFor();
      await buyer.scope.locator('.headline .amount').waitFor();
      await assertAccessible(page, `${catalog}, ${locale}`);
      complaints.none();
    });
  }
}

test('a channel of a retainer takes the hours that it needs', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open('/?catalog=agency');
  await buyer.ready();
  const attribute = (code) => buyer.scope.locator(`[data-attribute="${code}"]`);
  await attribute('search_ads').getByRole('radio', { name: 'Yes' }).click();
  const hours = attribute('ads').getByRole('textbox');
  await until('four hours of a specialist', async () => await hours.inputValue() === '4');
  buyer.complaints.none();
});
