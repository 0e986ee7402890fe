//! How long a click takes: random sessions on a catalog's first product.
//!
//! `cargo run --release -p quotewright-engine --example clicks [-- CATALOG [SESSIONS]]`
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "measuring needs a clock; the engine has none"
)]

use std::error::Error;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use quotewright_compiler::{CatalogSource, translate};
use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::{
    Configuration, Configurator, Domain, Goal, Origin, Possibility, Proof,
};
use quotewright_engine::price::{Purchase, budget_rule, price_formula};
use quotewright_engine::quote::lead_time_formula;

const DAY: Date = date(2026, 11, 20);

/// What a product may cost at most in the sessions with a budget.
const BUDGET: u32 = 5_000;

/// Optima and budgets take longer: so many sessions will do.
const MOST_OPTIMA: u64 = 40;

/// More reasons and repairs than anybody reads.
const ALL: usize = 1_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let default = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalogs/conveyor");
    let folder = PathBuf::from(arguments.next().unwrap_or(default.into()));
    let sessions: u64 = arguments.next().map_or(Ok(300), |it| it.parse())?;
    let catalog = translate(&CatalogSource::read(&folder)?).catalog;
    let catalog = catalog.ok_or("no catalog")?;
    let model = (catalog.models.into_iter().next()).ok_or("no product")?;
    let pack = (catalog.packs.into_iter().next()).ok_or("no prices")?.pack;
    let purchase = Purchase::alone(1, DAY);
    let cheapest = Goal::Minimize(price_formula(&model, &pack, &purchase)?.total(1));
    let fastest = Goal::Minimize(lead_time_formula(&model));
    let start = Instant::now();
    let mut configurator = Configurator::new(model.clone())?;
    println!("{}: made in {:?}", model.product, start.elapsed());
    let mut times = Times::default();
    for session in 0..sessions {
        play(&mut configurator, &model, session + 1, &mut times);
    }
    let goals = [&cheapest, &fastest];
    for session in 0..sessions.min(MOST_OPTIMA) {
        optimize(&mut configurator, &model, goals, session + 1, &mut times);
    }
    let mut limited = model.clone();
    limited
        .rules
        .push(budget_rule(&model, &pack, &purchase, BUDGET.into())?);
    let mut configurator = Configurator::new(limited.clone())?;
    let mut with_budget = Times::default();
    for session in 0..sessions.min(MOST_OPTIMA) {
        play(&mut configurator, &limited, session + 1, &mut with_budget);
    }
    for (what, mut times) in [
        ("click", times.clicks),
        ("explanation", times.explanations),
        ("repair", times.repairs),
        ("all explanations", times.all_explanations),
        ("all repairs", times.all_repairs),
        ("effects of all attributes", times.effects),
        ("click with effects", times.clicks_with_effects),
        ("cheapest", times.cheapest),
        ("fastest", times.fastest),
        ("click with a budget", with_budget.clicks),
        ("explanation with a budget", with_budget.explanations),
    ] {
        times.sort();
        let at = |hundredth: usize| times.get(times.len() * hundredth / 100);
        let (median, p99, max) = (at(50), at(99), times.last());
        println!(
            "{what}: {} times, median {median:?}, p99 {p99:?}, max {max:?}",
            times.len()
        );
    }
    Ok(())
}

#[derive(Default)]
struct Times {
    clicks: Vec<Duration>,
    explanations: Vec<Duration>,
    repairs: Vec<Duration>,
    all_explanations: Vec<Duration>,
    all_repairs: Vec<Duration>,
    effects: Vec<Duration>,
    clicks_with_effects: Vec<Duration>,
    cheapest: Vec<Duration>,
    fastest: Vec<Duration>,
}

/// One session: decide, now and then take back, until nothing is open or suggested.
fn play(configurator: &mut Configurator, model: &Model, seed: u64, times: &mut Times) {
    let mut random = seed;
    let mut decisions = Decisions::new();
    for _ in 0..model.attributes.len() * 2 {
        let (configuration, time) = timed(|| configurator.configure(&decisions));
        times.clicks.push(time);
        let click = time;
        let Ok(configuration) = configuration else {
            return;
        };
        let (_, time) = timed(|| effects(configurator, &decisions, model));
        times.effects.push(time);
        times.clicks_with_effects.push(click + time);
        if let Some((attribute, value)) = impossible(&configuration, &mut random) {
            let (_, time) = timed(|| configurator.explain(&decisions, attribute, value));
            times.explanations.push(time);
            let (_, time) = timed(|| configurator.repair(&decisions, attribute, value));
            times.repairs.push(time);
            let asked = (&decisions, attribute, value);
            let (_, time) = timed(|| configurator.explanations(asked.0, asked.1, asked.2, ALL));
            times.all_explanations.push(time);
            let (_, time) = timed(|| configurator.repairs(asked.0, asked.1, asked.2, ALL));
            times.all_repairs.push(time);
        }
        let open: Vec<AttributeIndex> = (model.indices())
            .filter(|it| {
                let origin = configuration.states[it.0].origin;
                matches!(origin, Origin::Open | Origin::Suggested)
                    && model.attributes[it.0].formula.is_none()
            })
            .collect();
        if open.is_empty() {
            return;
        }
        if below(&mut random, 6) == 0 {
            decisions.pop_first();
        }
        let attribute = open[below(&mut random, open.len())];
        let domain = &configuration.states[attribute.0].domain;
        if let Some(value) = choose(model, attribute, domain, &mut random) {
            decisions.insert(attribute, value);
            if !configurator.possible(&decisions, attribute, value) {
                decisions.remove(&attribute);
            }
        }
    }
}

/// The best configurations for a few random decisions.
fn optimize(
    configurator: &mut Configurator,
    model: &Model,
    [cheapest, fastest]: [&Goal; 2],
    seed: u64,
    times: &mut Times,
) {
    let mut random = seed;
    let mut decisions = Decisions::new();
    for _ in 0..5 {
        let (completed, time) = timed(|| configurator.complete(&decisions, cheapest));
        times.cheapest.push(time);
        if completed.is_ok_and(|it| it.proof != Proof::Optimal) {
            println!("not proven: {decisions:?}");
        }
        let (_, time) = timed(|| configurator.complete(&decisions, fastest));
        times.fastest.push(time);
        let attribute = AttributeIndex(below(&mut random, model.attributes.len()));
        let domain = &model.attributes[attribute.0].domain;
        let position = below(&mut random, domain.size().unwrap_or(1));
        if let Some(value) = domain.value_at(position)
            && configurator.possible(&decisions, attribute, value)
        {
            decisions.insert(attribute, value);
        }
    }
}

/// What every option of every attribute would change; how many results that are.
fn effects(configurator: &mut Configurator, decisions: &Decisions, model: &Model) -> usize {
    let of = |it| configurator.effects(decisions, it).len();
    model.indices().map(of).sum()
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

fn below(random: &mut u64, end: usize) -> usize {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
    (*random % end as u64) as usize
}

/// A possible option, or a number of the range.
fn choose(
    model: &Model,
    attribute: AttributeIndex,
    domain: &Domain,
    random: &mut u64,
) -> Option<Value> {
    match domain {
        Domain::Options(options) => {
            let possible: Vec<usize> = (0..options.len())
                .filter(|it| options[*it] == Possibility::Possible)
                .collect();
            Some(Value::Option(possible[below(random, possible.len())]))
        }
        Domain::Number { min, max } => {
            let domain = &model.attributes[attribute.0].domain;
            let low = domain.position_of(Value::Number((*min)?))?;
            let high = domain.position_of(Value::Number((*max)?))?;
            domain.value_at(low + below(random, high - low + 1))
        }
    }
}

/// Some impossible option.
fn impossible(configuration: &Configuration, random: &mut u64) -> Option<(AttributeIndex, Value)> {
    let mut found = Vec::new();
    for (index, state) in configuration.states.iter().enumerate() {
        if let Domain::Options(options) = &state.domain {
            let impossible =
                (0..options.len()).filter(|it| options[*it] == Possibility::Impossible);
            found.extend(impossible.map(|it| (AttributeIndex(index), Value::Option(it))));
        }
    }
    (!found.is_empty()).then(|| found[below(random, found.len())])
}
