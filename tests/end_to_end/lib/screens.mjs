// A walk through every screen of the app.
import { Buyer } from './buyer.mjs';
import { listen, UNREACHABLE } from './complaints.mjs';

const PROBLEM = {
  type: 'urn:quotewright:problem:amounts-differ', title: 'Amounts differ', status: 409,
  detail: 'The amounts of the request are not those of the price book.',
  differences: [{ pointer: '/totals/net', sent: '1.00', correct: '2.00' }],
};

/** Yields the name of each screen while `page` shows it. */
export async function* screens({ browser, endpoint }, { locale, width, colorScheme }) {
  const context = await browser.context({
    viewport: { width, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block', colorScheme,
  });
  const page = await context.newPage();
  const complaints = listen(page);
  const buyer = new Buyer(page, endpoint.url, { locale });
  try {
    for await (const name of walk(buyer, context)) yield { name, page };
    // The walk leads to addresses that do not exist, and through times without a network.
    complaints.none([UNREACHABLE, /status of 4\d\d/, /blocked by Playwright/]);
  } finally {
    await context.close();
  }
}

async function* walk(buyer, context) {
  yield* configurator(buyer);
  yield* quote(buyer);
  yield* requests(buyer, context);
  yield* failures(buyer);
}

async function* configurator(buyer) {
  const { words, scope } = buyer;
  await buyer.open();
  await buyer.ready();
  yield 'configure';
  await buyer.button(words.complete).click();
  await buyer.button(words.asSuggested).click();
  await buyer.button(words.take).waitFor();
  yield 'complete';
  await buyer.button(words.close).click();
  await buyer.choose('frame', 'steel');
  await buyer.button(words.whyNot(words.option.food)).click();
  await buyer.button(words.apply).waitFor();
  yield 'configure-why-not';
  await buyer.button(words.apply).click();
  await buyer.seesDecision('environment', 'food');
  yield 'configure-changed';
  await buyer.enter('speed', '99');
  await scope.locator('.why').waitFor();
  yield 'configure-number';
  await buyer.button(words.startOver).click();
  await buyer.enterTask();
  await buyer.button(words.add).waitFor();
  yield 'configure-complete';
  await buyer.button(words.overview).click();
  await scope.getByRole('searchbox').fill('pvc');
  yield 'overview';
  await buyer.button(words.close).click();
  if (await buyer.button(words.details).isVisible()) {
    await buyer.button(words.details).click();
    yield 'configure-price';
  }
}

async function* quote(buyer) {
  const { words } = buyer;
  await buyer.button(words.add).click();
  await buyer.heading(words.quote).waitFor();
  yield 'quote';
  await buyer.send();
  await buyer.scope.getByText(words.missing).first().waitFor();
  yield 'quote-errors';
  await buyer.button(words.removeLine).click();
  await buyer.heading(words.empty).waitFor();
  yield 'quote-empty';
  await buyer.button(words.back).last().click();
  await buyer.button(words.add).click();
  await buyer.fillContact();
  yield 'quote-filled';
}

async function* requests(buyer, context) {
  const { words, page } = buyer;
  await context.setOffline(true);
  await buyer.send();
  await buyer.scope.getByText(words.waiting).waitFor();
  yield 'request-waiting';
  await buyer.openRequests();
  yield 'requests-waiting';
  await context.setOffline(false);
  await buyer.scope.getByText(words.received).first().waitFor();
  yield 'requests';
  await buyer.button(/^Q-/).first().click();
  await buyer.heading(words.request).waitFor();
  await buyer.button(words.deleteData).waitFor();
  yield 'request';
  await buyer.button(words.deleteData).click();
  yield 'request-delete';

  await page.route('**/api/quote-requests', (route) => route.fulfill({
    status: PROBLEM.status, contentType: 'application/problem+json', body: JSON.stringify(PROBLEM),
  }));
  await buyer.open();
  await buyer.prepareQuote();
  await buyer.send();
  await buyer.scope.getByText(words.otherAmounts).waitFor();
  yield 'request-refused';
  await page.unroute('**/api/quote-requests');
}

async function* failures(buyer) {
  const { words } = buyer;
  await buyer.open('/?catalog=none');
  await buyer.heading(words.catalogNotFound).waitFor();
  yield 'catalog-not-found';
  await buyer.open('/#/requests/none');
  await buyer.scope.getByText(words.requestNotFound).waitFor();
  yield 'request-not-found';
}
