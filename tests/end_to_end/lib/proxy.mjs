// A proxy between browser and endpoint that stops a quote request at a chosen point.
import { createServer, request } from 'node:http';

import { signal } from './wait.mjs';

const SENDING = '/api/quote-requests';

/** Where a request can be stopped. */
export const At = Object.freeze({
  /** The endpoint never sees it. */
  request: 'before it reaches the endpoint',
  /** The endpoint sees it; what becomes of the answer is up to the test. */
  forwarded: 'while the endpoint works on it',
  /** The endpoint has answered; the browser never sees the answer. */
  answer: 'before the answer reaches the browser',
});

/** Forwards everything, until told to stop the next quote request. */
export class Proxy {
  #server;
  #stop = null;

  constructor(endpoint) {
    this.endpoint = endpoint;
    /** How many quote requests the endpoint was given. */
    this.forwarded = 0;
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

  /** Stops every quote request from now on `at` that point; the promise tells of the first. */
  stop(at) {
    const reached = signal();
    this.#stop = { at, reached };
    return reached.promise;
  }

  /** Forwards everything again. */
  release() {
    this.#stop = null;
  }

  async close() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming, outgoing) {
    const body = await collect(incoming);
    const sending = incoming.method === 'POST' && incoming.url.startsWith(SENDING);
    const stop = sending ? this.#stop : null;
    if (stop?.at === At.request) return stop.reached.give();
    if (sending) this.forwarded += 1;
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
  if (stop?.at === At.answer) return stop.reached.give();
  outgoing.writeHead(answer.statusCode, answer.headers);
  outgoing.end(body);
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}
