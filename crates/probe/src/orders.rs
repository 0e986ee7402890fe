//! Real orders: a table with a column for how often each came, and one for each attribute.

use std::error::Error;

use quotewright_probe::{Artifact, Buyer, Click};
use serde::Serialize;

/// The column with how often an order came.
const WEIGHT: usize = 0;

/// What the orders are, and some of them as sessions.
#[derive(Serialize)]
pub struct Orders {
    orders: usize,
    /// Those of which every value is known to the model.
    known: usize,
    /// Those that are, or are part of, a configuration.
    satisfying: usize,
    /// The decisions of each in random order.
    sessions: Vec<Vec<Click>>,
}

/// Checks all orders; makes sessions of `count` of them, spread evenly.
pub fn read(artifact: &Artifact, text: &str, count: usize) -> Result<Orders, Box<dyn Error>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().ok_or("no heading")?.split(',').collect();
    let orders: Vec<Vec<Click>> = lines.map(|line| clicks(&names, line)).collect();
    let mut buyer = Buyer::new(artifact, 0)?;
    let every = orders.len().div_ceil(count.max(1)).max(1);
    Ok(Orders {
        orders: orders.len(),
        known: orders.iter().filter(|it| buyer.knows(it)).count(),
        satisfying: orders.iter().filter(|it| buyer.could_have(it)).count(),
        sessions: orders
            .iter()
            .enumerate()
            .step_by(every)
            .map(|(seed, order)| shuffled(order, seed))
            .collect(),
    })
}

fn clicks(names: &[&str], line: &str) -> Vec<Click> {
    let columns = names.iter().zip(line.split(',')).skip(WEIGHT + 1);
    columns
        .map(|(attribute, value)| Click {
            attribute: (*attribute).to_owned(),
            value: Some(value.to_owned()),
        })
        .collect()
}

fn shuffled(order: &[Click], seed: usize) -> Vec<Click> {
    let mut order = order.to_vec();
    fastrand::Rng::with_seed(seed as u64).shuffle(&mut order);
    order
}
