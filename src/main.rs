//! Registers `<quote-configurator>` in the page.
fn main() {}
