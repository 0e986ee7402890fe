//! The clock of the host, and notes as lines of JSON.

use std::time::Instant;

use quotewright_probe::{Note, Watch};

/// Counts from when it was made.
pub struct Clock(Instant);

impl Clock {
    /// A clock at zero.
    pub fn new() -> Self {
        Self(Instant::now())
    }
}

impl Watch for Clock {
    fn now(&self) -> f64 {
        self.0.elapsed().as_secs_f64() * 1_000.0
    }

    fn note(&self, note: &Note) {
        println!("{}", serde_json::to_string(note).unwrap_or_default());
    }
}
