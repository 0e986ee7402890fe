//! Explanations, repairs, effects, optima, budgets and counts against trying everything.

mod all;
mod completion;
mod diagnosis;
#[path = "../configure/generator.rs"]
mod generator;
#[path = "../configure/random.rs"]
mod random;
