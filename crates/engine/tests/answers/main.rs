//! Explanations, repairs, effects, optima, budgets and counts against trying everything.

mod all;
mod completion;
mod counting;
mod diagnosis;
#[path = "../configure/generator.rs"]
mod generator;
mod pricing;
#[path = "../configure/random.rs"]
mod random;
