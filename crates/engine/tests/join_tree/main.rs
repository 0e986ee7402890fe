//! Join trees against brute force on small random models, and against the boolean solver on
//! real ones.

mod brute;
mod generator;
mod random;
mod renault;
mod small;
