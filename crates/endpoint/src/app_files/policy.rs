/// The Content-Security-Policy of the app's web worker, which is under its own: its two
/// scripts and its WebAssembly.
pub const WORKER_POLICY: &str = "default-src 'none'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    connect-src 'self'";

/// The Content-Security-Policy of a page: scripts, styles and data of this server
/// alone, and WebAssembly. The app is built without inline scripts, and constructed
/// style sheets, which the element uses, are none of `style-src`'s business.
pub const PAGE_POLICY: &str = "default-src 'self'; \
    script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; \
    img-src 'self' data:; \
    connect-src 'self'; \
    worker-src 'self'; \
    object-src 'none'; \
    base-uri 'none'; \
    form-action 'self'; \
    frame-ancestors 'none'";
