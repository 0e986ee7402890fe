//! The `quotewright` command.
fn main() {}
