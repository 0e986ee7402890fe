// Makes a page's script stand still right before it writes to the outbox.
import { HOLD } from './proxy.mjs';

/** Before which write the script stands still. */
export const Before = Object.freeze({
  /** The buyer has sent; the request is not written down yet. */
  firstWrite: 'first write',
  /** The request is written down; that it is handed to the network is not. */
  noteOfSending: 'note of sending',
  /** The endpoint has answered; the answer is not written down yet. */
  noteOfAnswer: 'note of the answer',
});

/** Arms `page`; `proxy.held` tells when the script stands still. */
export async function standStill(page, before) {
  const writesToPass = { [Before.firstWrite]: 0, [Before.noteOfSending]: 1 }[before] ?? null;
  await page.evaluate(arm, { hold: HOLD, writesToPass });
}

/** Runs in the page. Without a number of `writesToPass` the endpoint's answer is waited for. */
function arm({ hold, writesToPass }) {
  const fetch = window.fetch;
  window.fetch = async (...parameters) => {
    const response = await fetch(...parameters);
    const [resource, options] = parameters;
    const sending = String(resource.url ?? resource).includes('/api/quote-requests');
    if (sending && (options?.method ?? resource.method) === 'POST') writesToPass = 0;
    return response;
  };
  for (const name of ['add', 'put', 'delete']) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...parameters) {
      const counts = ['outbox', 'requests'].includes(this.name) && writesToPass !== null;
      if (counts && writesToPass-- === 0) {
        const call = new XMLHttpRequest();
        call.open('GET', hold, false);
        call.send();
      }
      return original.apply(this, parameters);
    };
  }
}
