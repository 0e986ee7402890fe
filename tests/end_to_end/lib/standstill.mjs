// Makes a page's script stand still right before it writes to IndexedDB.
import { HOLD } from './proxy.mjs';

/** Before which write the script stands still. */
export const Before = Object.freeze({
  /** The first one after the buyer sends: the request is not written down yet. */
  firstWrite: 'first write',
  /** The first one after the endpoint's answer: the answer is not noted yet. */
  noteOfAnswer: 'note of the answer',
});

/** Arms `page`; `proxy.held` tells when the script stands still. */
export async function standStill(page, before) {
  await page.evaluate(arm, { hold: HOLD, waitForAnswer: before === Before.noteOfAnswer });
}

/** Runs in the page. */
function arm({ hold, waitForAnswer }) {
  let armed = !waitForAnswer;
  const fetch = window.fetch;
  window.fetch = async (...parameters) => {
    const response = await fetch(...parameters);
    const url = parameters[0].url ?? String(parameters[0]);
    const method = parameters[1]?.method ?? parameters[0].method;
    if (method === 'POST' && url.includes('/api/quote-requests')) armed = true;
    return response;
  };
  for (const name of ['add', 'put', 'delete']) {
    const original = IDBObjectStore.prototype[name];
    IDBObjectStore.prototype[name] = function (...parameters) {
      if (armed) {
        const call = new XMLHttpRequest();
        call.open('GET', hold, false);
        call.send();
      }
      return original.apply(this, parameters);
    };
  }
}
