// Starts the reasoner: in a worker, or where the page's policy allows none, in the page.

const SCRIPT = new URL("../../../../quotewright-worker.js", import.meta.url);
// Milliseconds that it may hold up a page that it shares the thread with.
const SLICE = 10;

let tries = 0;

/**
 * Answers at once with an object of `say(call)` and `close()`. What is said before the
 * reasoner is there waits for it. `lost()` is called at most once: when it cannot be
 * started, or has broken down.
 */
export function hire(reply, lost) {
  let open = true;
  let reasoner = null;
  const waiting = [];
  const close = () => {
    open = false;
    reasoner?.close();
    reasoner = null;
  };
  const fail = () => {
    if (!open) return;
    close();
    lost();
  };
  const hear = (text) => {
    if (open) reply(text);
  };
  const script = address();
  inWorker(script, hear, fail)
    .catch(() => inPage(script, hear, fail))
    .then((started) => {
      if (!open) return started.close();
      reasoner = started;
      waiting.forEach((call) => reasoner.say(call));
    })
    .catch(fail);
  const say = (call) => {
    if (reasoner) reasoner.say(call);
    else waiting.push(call);
  };
  return { say, close };
}

/** A browser may remember that a script could not be loaded: each try has its own name. */
function address() {
  const script = new URL(SCRIPT);
  if (tries > 0) script.searchParams.set("try", tries);
  tries += 1;
  return script.href;
}

function inWorker(script, hear, fail) {
  return new Promise((resolve, reject) => {
    const [worker, started] = workerOf(script);
    const close = () => worker.terminate();
    worker.onerror = (event) => {
      event.preventDefault();
      started();
      close();
      reject();
    };
    // The first message says that it is there.
    worker.onmessage = () => {
      started();
      worker.onmessage = ({ data }) => hear(data);
      worker.onerror = (event) => {
        event.preventDefault();
        fail();
      };
      resolve({ say: (call) => worker.postMessage(call), close });
    };
  });
}

/**
 * A worker's script has to be of the page's own origin; what that one imports need not be.
 * An import of this kind is under `script-src`, where the page allows the endpoint anyway.
 */
function workerOf(script) {
  if (new URL(script).origin === location.origin) {
    return [new Worker(script, { type: "module" }), () => {}];
  }
  const line = `import(${JSON.stringify(script)}).catch(reportError);`;
  const source = new Blob([line], { type: "text/javascript" });
  const own = URL.createObjectURL(source);
  return [new Worker(own, { type: "module" }), () => URL.revokeObjectURL(own)];
}

async function inPage(script, hear, fail) {
  const { open } = await import(script);
  return open(hear, fail, SLICE);
}
