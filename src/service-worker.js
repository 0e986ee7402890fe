// Service worker of the full page: the app itself, without a network.
//
// It serves the app's own files and nothing else. What comes from the API is kept
// by the app in its database, where one customer's prices stay apart from
// another's (src/storage); the worker never touches those calls, so nothing
// private and nothing that is sent ever gets into the shared cache. Pages that
// embed the element have no part in this: only the full page registers it.

const FILES = /*PRECACHE*/[];
const VERSION = /*VERSION*/"";

const PREFIX = "quotewright-app-";
const CACHE = PREFIX + VERSION;

addEventListener("install", (event) => {
  event.waitUntil(precache());
});

addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([removeOldVersions(), keepOpen()]));
});

addEventListener("message", ({ data }) => {
  if (data === "take over") skipWaiting();
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate" && url.pathname === "/") {
    event.respondWith(page(request));
    event.waitUntil(keep(addressOf(request.url)));
  } else if (FILES.includes(url.pathname)) {
    event.respondWith(file(url.pathname));
  }
});

/** All files of this version, or the version is not installed at all. */
async function precache() {
  const cache = await caches.open(CACHE);
  // What the browser's own cache holds may be of another version.
  await cache.addAll(FILES.map((path) => new Request(path, { cache: "no-cache" })));
}

async function removeOldVersions() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/**
 * The page. A newer version takes over when this is the only open page, so that
 * no page ever mixes files of two versions; the page is then asked for again.
 *
 * What an address was answered with is kept: it shows its product before the app runs.
 */
async function page(request) {
  const { waiting } = registration;
  if (waiting && (await clients.matchAll()).length < 2) {
    waiting.postMessage("take over");
    return new Response("", { headers: { "Content-Type": "text/html", Refresh: "0" } });
  }
  const cache = await caches.open(CACHE);
  return (await cache.match(addressOf(request.url))) ?? file("/");
}

/** Keeps the page at an address as the endpoint has it now, where it is of this version. */
async function keep(url) {
  try {
    const answer = await fetch(url, { cache: "no-cache" });
    const text = await answer.clone().text();
    const own = FILES.some((path) => path.endsWith(".wasm") && text.includes(path));
    if (answer.ok && own) await (await caches.open(CACHE)).put(url, answer);
  } catch {
    // What is kept already stays.
  }
}

/** Keeps the pages that are open: they came before this worker was there. */
async function keepOpen() {
  const open = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const pages = open.filter(({ url }) => new URL(url).pathname === "/");
  await Promise.all(pages.map(({ url }) => keep(addressOf(url))));
}

/** An address without what only the page itself reads. */
function addressOf(url) {
  return url.split("#")[0];
}

async function file(path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(path);
}
