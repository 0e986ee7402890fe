//! `quotewright serve`: the real binary, killed, stopped and refused.

mod durable;
mod kit;
mod lifecycle;
