// One date for one thing: beside the price, on the quote page and from the command.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';

import { TIME_ZONE } from './lib/browser.mjs';
import { TASK, enter } from './lib/buyer.mjs';
import { quotewright, root, skip } from './lib/settings.mjs';
import { until } from './lib/wait.mjs';
import { newBuyer, useWorld } from './lib/world.mjs';

/** What the command says of the first line: the day, and the working days that lead to it. */
function commanded(folder, line) {
  // The day where the buyer is, who may be a day ahead of the machine.
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE }).format(new Date());
  const input = JSON.stringify({ date, delivery: {}, lines: [line] });
  const { delivery } = JSON.parse(execFileSync(quotewright, ['price', join(root, folder)], { input }));
  const { possible, steps, transit } = delivery.lines[0];
  const drives = [...steps, ...transit].filter((step) => step.drives);
  return { date: possible, days: drives.reduce((sum, step) => sum + step.working_days, 0) };
}

/** The first day and the first number of working days in an English text. */
function told(text) {
  const date = text.match(/\d{1,2} [A-Z][a-z]+ \d{4}|[A-Z][a-z]+ \d{1,2}, \d{4}/)?.[0];
  return { date: date && isoDay(new Date(date)), days: Number(text.match(/(\d+) working day/)?.[1]) };
}

function isoDay(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const worlds = {
  catalogs: useWorld(),
  'tests/catalogs': useWorld({ served: ['--catalogs', join(root, 'tests/catalogs')] }),
};

const CASES = [
  // More pieces than the plant makes in one batch, and steps by calendars of three countries.
  { catalog: 'conveyor', folder: 'catalogs', configuration: TASK, quantity: 25 },
  // A line that is brought: the days of the quote as a whole count as well.
  { catalog: 'deliveries', folder: 'tests/catalogs', product: 'desk', quantity: 60 },
];

for (const { catalog, folder, product, configuration, quantity } of CASES) {
  test(`the date of ${quantity} from ${catalog}`, { skip }, async (t) => {
    const buyer = await newBuyer(t, worlds[folder]);
    const { scope, words } = buyer;
    await buyer.open(`/?catalog=${catalog}${product ? `&product=${product}` : ''}`);
    await buyer.ready();
    if (configuration) await buyer.enterTask();
    await buyer.ready();
    const panel = async () => told(await scope.locator('.panel .delivery').innerText());
    const one = commanded(`${folder}/${catalog}`, { product, configuration });
    await until('one piece has the date of the command', async () => same(await panel(), one));
    await enter(scope.locator('#quantity'), String(quantity));
    const many = commanded(`${folder}/${catalog}`, { product, configuration, quantity });
    assert.notEqual(many.date, one.date, 'more pieces take longer');
    await until('many pieces have the date of the command', async () => same(await panel(), many));

    await buyer.button(words.add).click();
    await buyer.heading(words.quote).waitFor();
    await until('the line has it', async () =>
      told(await scope.locator('.line-text').innerText()).days === many.days);
    await scope.getByText('Delivery plan').click();
    await until('the plan has it', async () =>
      told(await scope.locator('.plan > li > p').first().innerText()).date === many.date);
    buyer.complaints.none();
  });
}

function same(one, other) {
  return one.date === other.date && one.days === other.days;
}
