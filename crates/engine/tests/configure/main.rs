//! The configurator against brute force on small random models.

mod brute;
mod census;
mod generator;
mod meaning;
mod oracle;
mod random;
mod seeded;
