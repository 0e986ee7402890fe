// The custom element itself. It only hands over what the browser tells a custom
// element; everything else happens in Rust.

const ATTRIBUTES = ["catalog", "product", "endpoint", "locale", "audience", "theme", "token", "request", "view"];

/**
 * Defines the element unless the page has it already (the script was loaded twice).
 * `mount(host, root, token)` answers with an object of `attribute(name, value)` and `unmount()`.
 */
export function define(tag, mount) {
  if (customElements.get(tag)) return;
  customElements.define(
    tag,
    class extends HTMLElement {
      static observedAttributes = ATTRIBUTES;
      #app = null;
      #token = null;

      connectedCallback() {
        if (this.#app) return;
        const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
        this.#takeEarlyToken();
        this.#app = mount(this, root, this.#token ?? "");
      }

      // A token that the page set before this class was there is a property of the
      // element's own, which hides the accessor.
      #takeEarlyToken() {
        if (!Object.hasOwn(this, "token")) return;
        const { token } = this;
        delete this.token;
        this.token = token;
      }

      // An element that is only moved within the page keeps its state.
      disconnectedCallback() {
        queueMicrotask(() => {
          if (this.isConnected) return;
          this.#app?.unmount();
          this.#app = null;
        });
      }

      attributeChangedCallback(name, before, after) {
        if (before !== after) this.#app?.attribute(name, after ?? "");
      }

      // As a property, so that a customer's token need not stand in the markup.
      get token() {
        return this.#token ?? this.getAttribute("token");
      }

      set token(token) {
        this.#token = token || null;
        this.#app?.attribute("token", token || "");
      }
    },
  );
}
