//! The clock of the host, and notes as lines of JSON.

use std::fs;
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

    fn memory(&self) -> Option<u64> {
        peak_memory()
    }

    fn note(&self, note: &Note) {
        println!("{}", serde_json::to_string(note).unwrap_or_default());
    }
}

/// Bytes of memory that this process has had at most, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024)
}
