// A proxy between browser and endpoint that stops a quote request at a chosen point.
import { createServer, request } from 'node:http';

import { signal } from './wait.mjs';

const SENDING = '/api/quote-requests';

/** A page that asks for this address gets no answer: its script stands still there. */
export const HOLD = '/hold';

/** Where a request can be stopped. */
export const At = Object.freeze({
  /** The endpoint never sees it. */
  request: 'request',
  /** The endpoint has it, and may or may not have kept it. */
  forwarded: 'forwarded',
  /** The endpoint has answered; the browser never sees the answer. */
  answer: 'answer',
});

/** Forwards everything, until told to stop quote requests. */
export class Proxy {
  #server;
  #stop = null;
  #held = signal();

  constructor(endpoint) {
    this.endpoint = endpoint;
  }

  static async start(endpoint) {
    const proxy = new Proxy(endpoint);
    proxy.#server = createServer((incoming, outgoing) => proxy.#serve(incoming, outgoing));
    await new Promise((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  /** A page's script has come to stand still at [`HOLD`]. */
  get held() {
    return this.#held.promise;
  }

  /** Stops every quote request from now on `at` that point; the promise tells of the first. */
  stop(at) {
    const reached = signal();
    this.#stop = { at, reached };
    return reached.promise;
  }

  /** Breaks off what is stopped, and forwards everything again. */
  release() {
    this.#stop = null;
    this.#held = signal();
    this.#server.closeAllConnections();
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming, outgoing) {
    const body = await collect(incoming).catch(() => null);
    if (body === null) return;
    if (incoming.url === HOLD) return this.#held.give();
    const sending = incoming.method === 'POST' && incoming.url.startsWith(SENDING);
    const stop = sending ? this.#stop : null;
    if (stop?.at === At.request) return stop.reached.give();
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port: this.endpoint.port, method, path, headers });
    onward.on('error', () => outgoing.destroy());
    onward.on('finish', () => stop?.at === At.forwarded && stop.reached.give());
    onward.on('response', (answer) => relay(answer, outgoing, stop));
    onward.end(body);
  }
}

async function relay(answer, outgoing, stop) {
  const body = await collect(answer).catch(() => null);
  if (body === null) return outgoing.destroy();
  if (stop?.at === At.forwarded) return;
  if (stop?.at === At.answer) return stop.reached.give();
  outgoing.writeHead(answer.statusCode, answer.headers);
  outgoing.end(body);
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
