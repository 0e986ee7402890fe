// The full page owns its address; the element does not. `?catalog=`, `?product=`,
// `?locale=` and `?theme=` say what the element shows, `#/requests/<id>` which request,
// `#/inbox` what the supplier has received.
// Without `?catalog=` it shows the catalogs that there are.

const element = document.querySelector("quote-configurator");
const PREFIX = "#/requests/";
const INBOX = "#/inbox";

function readAddress() {
  const query = new URLSearchParams(location.search);
  for (const name of ["catalog", "product", "locale", "theme"]) {
    const value = query.get(name) ?? "";
    if (value !== (element.getAttribute(name) ?? "")) element.setAttribute(name, value);
  }
  if (query.get("locale")) document.documentElement.lang = query.get("locale");
  element.setAttribute("view", location.hash === INBOX ? "inbox" : "");
  const id = location.hash.startsWith(PREFIX) ? location.hash.slice(PREFIX.length) : "";
  element.setAttribute("request", decoded(id));
}

// An address that was cut off or mistyped is taken as it stands: no request has that id.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

element.addEventListener("quotewright:view", ({ detail }) => {
  const hash = detail.request ? PREFIX + encodeURIComponent(detail.request) : "";
  element.setAttribute("request", detail.request ?? "");
  element.setAttribute("view", "");
  if (hash !== location.hash) history.pushState(null, "", hash || location.pathname + location.search);
});
// The buyer chose a catalog, where going back leads to the choice again, or a language.
element.addEventListener("quotewright:choose", ({ detail }) => {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(detail)) address.searchParams.set(name, value);
  history[detail.catalog ? "pushState" : "replaceState"](null, "", address);
  readAddress();
});
addEventListener("hashchange", readAddress);
addEventListener("popstate", readAddress);
readAddress();

// The page opens without a network from the second visit on. Browsers have no service
// workers for pages that came over plain HTTP.
navigator.serviceWorker?.register("/service-worker.js").catch(() => {});
