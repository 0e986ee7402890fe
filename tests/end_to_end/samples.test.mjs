// The samples of services in every language: their prices, and nothing that axe finds.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAccessible } from './lib/axe.mjs';
import { Buyer, enter } from './lib/buyer.mjs';
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

const COUNTED = {
  subscription: {
    en: 'Number of users', nl: 'Aantal gebruikers', nb: 'Antall brukere', pl: 'Liczba użytkowników',
  },
  agency: {
    en: 'Number of contracts', nl: 'Aantal contracten', nb: 'Antall avtaler', pl: 'Liczba umów',
  },
};

for (const [catalog, names] of Object.entries(NAMES)) {
  const counted = COUNTED[catalog];
  for (const locale of LOCALES) {
    test(`${catalog}, ${locale}`, { skip }, async (t) => {
      const { page, complaints } = await newBuyer(t, world);
      const buyer = new Buyer(page, world.endpoint.url, { locale });
      await buyer.open(`/?catalog=${catalog}`);
      await buyer.ready();
      await buyer.heading(names[locale]).first().waitFor();
      const panel = buyer.scope.locator('.panel');
      await panel.locator('.headline .often').waitFor();
      await panel.getByText(counted[locale], { exact: true }).waitFor();
      assert.doesNotMatch(await panel.innerText(), /(^|\s)0[.,]00(\s|$)/);
      await assertAccessible(page, `${catalog}, ${locale}`);
      complaints.none();
    });
  }
}

test('users in their own word, and one month is one month', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open('/?catalog=subscription');
  await buyer.ready();
  await enter(buyer.scope.locator('#quantity'), '25');
  const panel = buyer.scope.locator('.panel');
  await panel.getByText('Net, 25 users').first().waitFor();
  assert.doesNotMatch(await panel.innerText(), /pieces|months 1 to 1\b/);
  buyer.complaints.none();
});

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
