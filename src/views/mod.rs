//! Thin views over the state.

mod chart;
pub mod configure;
pub mod failure;
pub mod picture;
pub mod language;
pub mod quote;
pub mod requests;
pub mod sign;
pub mod start;
mod term;
mod tiers;
