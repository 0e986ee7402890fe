//! Quotewright's engine: catalog, configure, price, quote.
//!
//! Everything here is pure: a plain value goes in, a plain value comes out. No
//! I/O, no clock, no randomness, no threads, no browser; today's date is an
//! argument. The same input gives the same bytes on every platform.

// clippy.toml bans the types by name; this catches literals, whose type is not written.
#![deny(clippy::float_arithmetic)]

pub mod catalog;
pub mod configure;
pub mod delivery;
pub mod money;
pub mod picture;
pub mod price;
pub mod quote;
