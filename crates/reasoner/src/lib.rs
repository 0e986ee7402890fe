//! The reasoning of one configurator, apart from its page.
//!
//! The page is a module that only shows; the [`Desk`] thinks, in a second module that
//! runs in a web worker. Between them go [`Call`]s and [`Reply`]s, as JSON. A page uses
//! nothing of this crate but those two, so that no solver gets into it.

mod call;
mod desk;
mod outlook;
mod proposal;

pub use call::{Call, Outcome, Proposal, Reply, WhyNot};
pub use desk::Desk;
