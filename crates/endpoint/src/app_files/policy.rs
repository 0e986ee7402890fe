use super::inline_scripts::inline_script_hashes;

/// The Content-Security-Policy of a page: scripts, styles and data of this server
/// alone, WebAssembly, and those inline scripts that the page was built with.
/// (Constructed style sheets, which the element uses, are none of `style-src`'s business.)
pub fn content_security_policy(page: &[u8]) -> String {
    let scripts: String = inline_script_hashes(page)
        .iter()
        .map(|hash| format!(" '{hash}'"))
        .collect();
    let directives = [
        "default-src 'self'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ];
    directives.join("; ")
}
