//! Real orders, decided attribute by attribute in random order.

use std::error::Error;

use quotewright_probe::Drill;
use serde_json::{Value, json};

use super::run::Times;

/// The column with how often an order came.
const WEIGHT: usize = 0;

/// Replays every order, or `count` of them spread evenly, and checks all of them.
pub fn replay(mut drill: Drill, text: &str, count: usize) -> Result<Value, Box<dyn Error>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().ok_or("no heading")?.split(',').collect();
    let orders: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let every = orders.len().div_ceil(count.max(1)).max(1);
    let (mut satisfying, mut replayed, mut clicks) = (0, 0, 0);
    let mut times = Times::default();
    for (number, order) in orders.iter().enumerate() {
        let decided: Vec<(&str, &str)> = names.iter().copied().zip(order.iter().copied()).collect();
        let decided = decided.get(WEIGHT + 1..).unwrap_or_default();
        drill.start(0);
        let known = decided
            .iter()
            .all(|(name, value)| drill.decide(name, value));
        satisfying += usize::from(known && drill.holds());
        if number % every == 0 {
            replayed += 1;
            clicks += session(&mut drill, number, decided, &mut times);
        }
    }
    Ok(json!({
        "orders": orders.len(), "satisfying": satisfying,
        "replayed": replayed, "clicks": clicks, "times": times.told(),
    }))
}

/// Decides until the order does not go on; how many clicks that were.
fn session(drill: &mut Drill, seed: usize, decided: &[(&str, &str)], times: &mut Times) -> usize {
    let mut order: Vec<usize> = (0..decided.len()).collect();
    fastrand::Rng::with_seed(seed as u64).shuffle(&mut order);
    drill.start(0);
    drill.click();
    for (done, (name, value)) in order.iter().filter_map(|it| decided.get(*it)).enumerate() {
        let possible = drill.decide(name, value) && times.take("click", || drill.click());
        if !possible {
            return done;
        }
    }
    order.len()
}
