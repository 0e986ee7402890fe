// A buyer at a page, who knows things by their role and name as a screen reader says them.
import { until } from './wait.mjs';
import { WORDS } from './words.mjs';

/** A complete conveyor that is valid with all suggestions of the catalog. */
export const TASK = { length: '6000', width: '400', load: '80', speed: '0.5' };

export const CONTACT = { company: 'Acme Foods', name: 'Ann Jansen', email: 'ann@acme.example' };

export class Buyer {
  /** `scope`: the element, where there is more than one on the page. */
  constructor(page, url, { locale = 'en', scope = page } = {}) {
    Object.assign(this, { page, url, scope, locale, words: WORDS[locale] });
  }

  /** Opens the full page, by default at the configurator. */
  async open(address = '/') {
    const place = new URL(address, this.url);
    if (!place.searchParams.has('catalog')) place.searchParams.set('catalog', 'conveyor');
    if (this.locale !== 'en') place.searchParams.set('locale', this.locale);
    await this.page.goto(place.href);
    return this;
  }

  /** The configurator is there, and all that is possible is known. */
  async ready() {
    await this.scope.getByRole('heading', { level: 1 }).first().waitFor();
    await this.scope.locator('.groups[aria-busy="false"]').waitFor();
    return this;
  }

  button(name) {
    return this.scope.getByRole('button', { name, exact: typeof name === 'string' });
  }

  number(attribute) {
    return this.scope.getByRole('textbox', { name: this.words.attribute[attribute], exact: true });
  }

  option(attribute, option) {
    return this.scope
      .getByRole('radiogroup', { name: this.words.attribute[attribute], exact: true })
      .getByRole('radio', { name: this.words.option[option] ?? option });
  }

  async enter(attribute, number) {
    await enter(this.number(attribute), number);
  }

  async choose(attribute, option) {
    await this.option(attribute, option).click();
  }

  async enterTask() {
    for (const [attribute, number] of Object.entries(TASK)) {
      await this.enter(attribute, this.locale === 'en' ? number : number.replace('.', ','));
    }
  }

  async addToQuote() {
    await this.enterTask();
    await this.button(this.words.add).click();
    await this.heading(this.words.quote).waitFor();
  }

  /** The large amount. */
  async netTotal() {
    await this.ready();
    return amountIn(await this.scope.locator('.headline .amount > span').first().textContent());
  }

  heading(name) {
    return this.scope.getByRole('heading', { name });
  }

  field(name) {
    return this.scope.getByRole('textbox', { name: this.words.field[name] });
  }

  async fillContact() {
    for (const [name, text] of Object.entries(CONTACT)) await this.field(name).fill(text);
  }

  /** Everything up to the button that sends. */
  async prepareQuote() {
    await this.ready();
    await this.addToQuote();
    await this.fillContact();
  }

  async send() {
    await this.button(this.words.send).click();
  }

  async openRequests() {
    await this.button(this.words.requests).click();
    await this.heading(this.words.requests).waitFor();
  }

  /** The request, or the list of requests, says so. */
  async seesWaiting() {
    await this.scope.getByText(this.words.waiting).first().waitFor();
  }

  /** The request, or the list of requests, says so. */
  async seesDelivered() {
    await this.scope.getByText(this.words.received).first().waitFor({ timeout: 90_000 });
  }

  /** The number that the supplier gave to the request on the screen. */
  async requestNumber() {
    const heading = this.heading(this.words.request);
    await heading.waitFor();
    return (await heading.textContent()).split(' ').at(-1);
  }

  /** The option is the current one, by the buyer's decision. */
  async seesDecision(attribute, option) {
    await expectAttribute(this.option(attribute, option), 'aria-checked', 'true');
    await this.clearButton(attribute).waitFor();
  }

  async seesNoDecision(attribute) {
    await this.clearButton(attribute).waitFor({ state: 'detached' });
  }

  clearButton(attribute) {
    return this.button(this.words.clear(this.words.attribute[attribute]));
  }
}

/**
 * Types `text` in place of what `field` holds, and leaves the field.
 * By key, as a person does: after `fill` not every browser says that the field has changed.
 */
export async function enter(field, text) {
  await field.selectText();
  await field.pressSequentially(text);
  await field.press('Tab');
}

/** Waits until `name` of what `locator` finds is `value`. */
export async function expectAttribute(locator, name, value) {
  await until(`${name} is ${value}`, async () => await locator.getAttribute(name) === value);
}

/** The last amount in an English text. */
export function amountIn(text) {
  return Number(text.match(/[\d,]+\.\d\d/g)?.at(-1).replaceAll(',', ''));
}
