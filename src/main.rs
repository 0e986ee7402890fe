//! Registers `<quote-configurator>` in the page.
fn main() {
    quotewright_app::register();
}
