//! Random sessions.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant};

use quotewright_probe::{Click, Drill};
use serde_json::{Value, json};

/// Milliseconds of every answer, by kind of question.
#[derive(Default)]
pub struct Times(BTreeMap<&'static str, Vec<f64>>);

impl Times {
    /// Calls `question` and notes how long it took.
    pub fn take<T>(&mut self, what: &'static str, question: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let answer = question();
        let taken = milliseconds(start.elapsed());
        self.0.entry(what).or_default().push(taken);
        answer
    }

    /// As JSON.
    pub fn told(&self) -> Value {
        json!(self.0)
    }
}

/// Sessions until there are enough or the seconds are over, with all that was clicked, so that
/// others can be asked the same.
pub fn run(mut drill: Drill, sessions: u32, clicks: u32, seconds: u64) -> Value {
    let end = Instant::now() + Duration::from_secs(seconds);
    let (mut times, mut clicked) = (Times::default(), Vec::new());
    times.take("first", || drill.click());
    for seed in 1..=sessions {
        if Instant::now() > end {
            break;
        }
        clicked.push(session(&mut drill, seed, clicks, end, &mut times));
    }
    json!({ "times": times.told(), "sessions": clicked, "memory": peak_memory() })
}

fn session(
    drill: &mut Drill,
    seed: u32,
    clicks: u32,
    end: Instant,
    times: &mut Times,
) -> Vec<Click> {
    drill.start(seed);
    drill.click();
    let mut clicked = Vec::new();
    for _ in 0..clicks {
        if Instant::now() > end {
            break;
        }
        let Some(click) = drill.choose() else {
            continue;
        };
        let kind = if click.value.is_some() {
            "click"
        } else {
            "back"
        };
        times.take(kind, || drill.click());
        clicked.push(click);
        if drill.choose_impossible() {
            times.take("explanation", || drill.explain());
            times.take("repair", || drill.repairs(false));
            times.take("repairs", || drill.repairs(true));
        }
        if drill.has_prices() {
            times.take("effects", || drill.effects());
        }
        times.take("completion", || drill.complete());
        if drill.is_joined() {
            times.take("cheapest", || drill.cheapest());
        }
    }
    clicked
}

/// A duration in milliseconds.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
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
