//! Thin views over the state.

mod chart;
pub mod configure;
mod contact;
mod dialog;
pub mod documents;
pub mod failure;
pub mod inbox;
pub mod language;
pub mod picture;
pub mod quote;
pub mod requests;
pub mod sign;
pub mod start;
mod term;
mod tiers;
