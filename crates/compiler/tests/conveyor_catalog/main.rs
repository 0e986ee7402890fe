//! The conveyor: every rule and table fires, prices come out as worked out by
//! hand, and nobody's terms are in anybody else's prices.

mod catalog;
mod leaks;
mod prices;
mod rules;
mod suggestions;
