//! The Quotewright configurator as one custom element.
//!
//! Thin views over plain state ([`state`]) and the pure engine. Everything that
//! talks to the browser or the network lives at the edge: `element`, `api`,
//! `format`, `storage`.

mod api;
mod app;
mod audience;
mod clock;
mod draft;
mod element;
mod format;
mod messages;
mod questions;
pub mod state;
mod storage;
mod sync;
mod views;
mod workbench;

pub use element::register;
