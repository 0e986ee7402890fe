//! Thin views over the state.

pub mod configure;
pub mod failure;
pub mod quote;
pub mod requests;
pub mod sign;
