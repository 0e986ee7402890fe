// From an empty configurator to a request that the supplier has: by mouse, by keyboard, in Dutch.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Buyer, CONTACT, TASK, amountIn, expectAttribute, enter } from './lib/buyer.mjs';
import { countRequests, rows } from './lib/database.mjs';
import { draftHolds } from './lib/draft.mjs';
import { skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

const world = useWorld();

test('by mouse', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  const { page, scope, words } = buyer;
  await buyer.open();
  await buyer.ready();

  await t.test('an impossible option says why and can be had', async () => {
    await buyer.choose('frame', 'steel');
    await buyer.seesDecision('frame', 'steel');
    await expectAttribute(buyer.option('environment', 'food'), 'aria-disabled', 'true');
    await buyer.button(words.whyNot(words.option.food)).click();
    await scope.getByText('Where open food is handled').waitFor();
    await buyer.button(words.apply).click();
    await buyer.seesDecision('environment', 'food');
    await expectAttribute(buyer.option('frame', 'steel'), 'aria-disabled', 'true');
  });

  await t.test('what a repair changed can be undone', async () => {
    await buyer.button(words.undo).first().click();
    await buyer.seesDecision('frame', 'steel');
    await buyer.seesNoDecision('environment');
    await buyer.button(words.redo).click();
    await buyer.seesDecision('environment', 'food');
    await buyer.button(words.startOver).click();
    await buyer.seesNoDecision('environment');
  });

  await t.test('price and lead time follow each choice', async () => {
    await buyer.enterTask();
    await scope.getByText(/^Ready in \d+ working days?$/).waitFor();
    const before = await buyer.netTotal();
    await buyer.choose('documents', 'with STEP model');
    await until('the price follows', async () => await buyer.netTotal() === before + 95);
  });

  await t.test('more pieces reach a lower price', async () => {
    const one = await buyer.netTotal();
    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await enter(scope.getByRole('textbox', { name: words.pieces }), '10');
    const tenLess9Percent = one * 10 * 0.91;
    const net = scope.locator('.line .net');
    await until('the line follows', async () => Math.abs(amountIn(await net.innerText()) - tenLess9Percent) < 0.1);
  });

  await t.test('what is missing is said beside its field', async () => {
    await buyer.send();
    assert.equal(await scope.getByText(words.missing).count(), 3);
    await expectAttribute(buyer.field('company'), 'aria-invalid', 'true');
    await until('the focus is on the first mistake', () => hasFocus(buyer.field('company')));
    assert.equal(await countRequests(world.endpoint), 0);
  });

  await t.test('the request is kept and its page can be opened again', async () => {
    await buyer.fillContact();
    await buyer.send();
    const number = await buyer.requestNumber();
    await buyer.seesDelivered();
    assert.deepEqual(await rows(world.endpoint.database, 'SELECT number FROM quote_requests'), [[number]]);
    await until('the address names the request', () => /#\/requests\/./.test(page.url()));
    await page.reload();
    assert.equal(await buyer.requestNumber(), number);

    const colleague = await newBuyer(t, world);
    await colleague.page.goto(page.url());
    assert.equal(await colleague.requestNumber(), number);
    await colleague.scope.getByText(CONTACT.company).waitFor();
    colleague.complaints.none();
  });
  buyer.complaints.none();
});

test('a reload loses nothing', { skip }, async (t) => {
  const buyer = await newBuyer(t, world);
  await buyer.open();
  await buyer.ready();
  await buyer.enterTask();
  await buyer.choose('belt', 'PVC, grip top');
  await buyer.seesDecision('belt', 'PVC, grip top');
  await until('the draft is kept', () => buyer.page.evaluate(draftHolds, 'pvc_grip'));
  await buyer.page.reload();
  await buyer.ready();
  await buyer.seesDecision('belt', 'PVC, grip top');
  assert.equal((await buyer.number('length').inputValue()).replace(',', ''), TASK.length);
  buyer.complaints.none();
});

test('by keyboard alone', { skip }, async (t) => {
  const kept = await countRequests(world.endpoint);
  const buyer = await newBuyer(t, world);
  const { page, words } = buyer;
  const keys = async (...names) => { for (const name of names) await page.keyboard.press(name); };
  await buyer.open();
  await buyer.ready();

  for (const [attribute, number] of Object.entries(TASK)) {
    await tabTo(page, buyer.number(attribute));
    await page.keyboard.type(number);
  }
  await tabTo(page, buyer.option('environment', 'Dry, indoors'));
  await keys('ArrowDown', 'ArrowDown', 'Space');
  await buyer.seesDecision('environment', 'food');

  const why = buyer.button(words.whyNot(words.option.steel));
  await why.waitFor();
  await tabTo(page, why);
  await keys('Enter');
  await buyer.button(words.apply).waitFor();
  await tabTo(page, buyer.button(words.apply));
  await keys('Enter');
  await buyer.seesDecision('frame', 'steel');
  await until('the focus stays at the option', () => hasFocus(buyer.option('frame', 'steel')));

  await tabTo(page, buyer.button(words.add));
  await keys('Enter');
  await buyer.heading(words.quote).waitFor();
  for (const [name, text] of Object.entries(CONTACT)) {
    await tabTo(page, buyer.field(name));
    await page.keyboard.type(text);
  }
  await tabTo(page, buyer.button(words.send));
  await keys('Enter');
  await buyer.requestNumber();
  assert.equal(await countRequests(world.endpoint), kept + 1);
  buyer.complaints.none();
});

for (const { locale, how, options = {}, address = '/', heading, amount, date } of [
  {
    locale: 'nl', how: 'asked for in the address', address: '/?locale=nl', heading: 'Bandtransporteur',
    amount: /^\d\.\d{3},\d\d$/, date: /\d{1,2} (jan|feb|maa|mrt|apr|mei|jun|jul|aug|sep|okt|nov|dec)\w* \d{4}/,
  },
  {
    locale: 'nl', how: 'as the browser speaks it', options: { locale: 'nl-NL' }, heading: 'Bandtransporteur',
    amount: /^\d\.\d{3},\d\d$/, date: /\d{1,2} \w+ \d{4}/,
  },
  {
    locale: 'nb', how: 'as the browser calls Norwegian', options: { locale: 'no' }, heading: 'Båndtransportør',
    amount: /^\d\s\d{3},\d\d$/, date: /\d{1,2}\. (jan|feb|mar|apr|mai|jun|jul|aug|sep|okt|nov|des)\w* \d{4}/,
  },
  {
    locale: 'pl', how: 'asked for in the address', address: '/?locale=pl', heading: 'Przenośnik taśmowy',
    amount: /^\d{4},\d\d$/, date: /\d{1,2} (sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru)\S* \d{4}/,
  },
]) {
  test(`in ${locale}, ${how}`, { skip }, async (t) => {
    const buyer = await newBuyer(t, world, options);
    const native = new Buyer(buyer.page, world.endpoint.url, { locale });
    const { scope } = native;
    await buyer.open(address);
    await native.ready();
    await native.heading(heading).first().waitFor();
    assert.equal((await scope.locator('[lang]:not(option)').last().getAttribute('lang')).slice(0, 2), locale);
    await native.addToQuote();
    await scope.getByText(amount).first().waitFor();
    await scope.getByText(date).first().waitFor();
    await native.fillContact();
    await native.send();
    await native.requestNumber();
    await native.seesDelivered();
    buyer.complaints.none();
  });
}

test('Polish counts one, a few and many', { skip }, async (t) => {
  const polish = await newBuyer(t, world);
  const buyer = new Buyer(polish.page, world.endpoint.url, { locale: 'pl' });
  await buyer.open();
  await buyer.ready();
  const left = (words) => buyer.scope.getByText(words, { exact: true }).waitFor();
  await left('Pozostały 4 wybory');
  await buyer.enter('length', '6000');
  await buyer.enter('width', '400');
  await buyer.enter('load', '80');
  await left('Pozostał 1 wybór');
  polish.complaints.none();
});

/** Presses Tab until `locator` has the focus. */
async function tabTo(page, locator) {
  for (let presses = 0; presses < 150; presses += 1) {
    if (await hasFocus(locator)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the Tab key does not lead to ${locator}`);
}

function hasFocus(locator) {
  return locator.evaluate((element) => element.getRootNode().activeElement === element);
}
