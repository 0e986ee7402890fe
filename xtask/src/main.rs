//! What people type: `cargo xtask serve`, `cargo xtask test`.
fn main() {}
