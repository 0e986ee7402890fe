// Runs the reasoner: in a web worker of its own, or in the page where there can be none.

import start, { Reasoner } from "./quotewright-reasoner.js";

const started = start();

/**
 * Starts a reasoner that hands each of its replies to `reply`, and what breaks it to
 * `fail`. It works in slices of so many milliseconds, and hears new calls in between.
 */
export async function open(reply, fail, slice) {
  await started;
  const replies = [];
  const reasoner = new Reasoner((text) => replies.push(text), slice);
  // A timer would have to wait some milliseconds each time.
  const { port1, port2 } = new MessageChannel();
  let resting = true;
  const wake = () => {
    if (!resting) return;
    resting = false;
    port2.postMessage(null);
  };
  port1.onmessage = () => {
    resting = true;
    try {
      if (reasoner.work()) wake();
    } catch (error) {
      port1.close();
      return fail(error);
    }
    // Only now: a reply may bring the next call.
    replies.splice(0).forEach(reply);
  };
  return {
    say(call) {
      reasoner.receive(call);
      wake();
    },
    close() {
      port1.close();
      reasoner.free();
    },
  };
}

if (self.DedicatedWorkerGlobalScope) {
  const reasoner = open((text) => postMessage(text), reportError, 25);
  // Waiting for it in turn keeps the order of the calls.
  addEventListener("message", async ({ data }) => (await reasoner).say(data));
  reasoner.then(() => postMessage(null), reportError);
}
