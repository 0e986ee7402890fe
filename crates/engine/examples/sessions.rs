//! How long a click takes on any model: random sessions of decisions, and of taking them back.
//!
//! `cargo run --release -p quotewright-engine --example sessions -- MODEL [SESSIONS [CLICKS]]`
//! where MODEL is a file in COOM, UVL or XCSP, or a catalog's folder.
#![expect(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "measuring needs a clock; the engine has none"
)]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use quotewright_compiler::coom::{Bounds, CoomFile};
use quotewright_compiler::{CatalogSource, coom, translate, uvl, xcsp};
use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Domain, Origin, Possibility};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("which model?")?;
    let sessions: u64 = arguments.next().map_or(Ok(20), |it| it.parse())?;
    let clicks: usize = arguments.next().map_or(Ok(30), |it| it.parse())?;
    let start = Instant::now();
    let model = read(Path::new(&path))?;
    println!(
        "{path}: {} attributes, {} rules, {} tables, {} relations, read in {:?}",
        model.attributes.len(),
        model.rules.len(),
        model.tables.len(),
        model.relations.len(),
        start.elapsed()
    );
    let start = Instant::now();
    let mut configurator = Configurator::new(model.clone())?;
    println!("made in {:?}", start.elapsed());
    let (mut times, mut domains) = (Vec::new(), Vec::new());
    for session in 0..sessions {
        let random = &mut (session + 1);
        play(
            &mut configurator,
            &model,
            clicks,
            random,
            &mut times,
            &mut domains,
        );
    }
    report("click", times);
    report("of which domains", domains);
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    if let Some(first) = times.first() {
        print!("{what}: {} times, the first {first:?}", times.len());
        times.sort();
        let at = |hundredth: usize| times[(times.len() - 1) * hundredth / 100];
        let (median, p95, p99, max) = (at(50), at(95), at(99), at(100));
        println!(", median {median:?}, p95 {p95:?}, p99 {p99:?}, max {max:?}");
    }
}

fn read(path: &Path) -> Result<Model, Box<dyn Error>> {
    if path.is_dir() {
        let catalog = translate(&CatalogSource::read(path)?).catalog;
        let model = catalog.and_then(|it| it.models.into_iter().next());
        return Ok(model.ok_or("no product")?);
    }
    let text = std::fs::read_to_string(path)?;
    let name = path.to_string_lossy();
    let (model, diagnostics) = match path.extension().and_then(|it| it.to_str()) {
        Some("coom") => match coom::read(&name, &text) {
            (Some(CoomFile::Model(model)), _) => model.ground(&Bounds::default()),
            (_, diagnostics) => (None, diagnostics),
        },
        Some("uvl") => {
            let folder = path.parent().unwrap_or(Path::new(""));
            let reading = uvl::read(&name, |file| match file == name {
                true => Ok(text.clone().into_bytes()),
                false => std::fs::read(folder.join(file)),
            });
            (reading.model, reading.diagnostics)
        }
        _ => xcsp::read(&name, &text),
    };
    Ok(model.ok_or_else(|| format!("{diagnostics:?}"))?)
}

/// One session: decide, now and then take back.
fn play(
    configurator: &mut Configurator,
    model: &Model,
    clicks: usize,
    random: &mut u64,
    times: &mut Vec<Duration>,
    domains: &mut Vec<Duration>,
) {
    let mut decisions = Decisions::new();
    for _ in 0..clicks {
        let start = Instant::now();
        if configurator.begin(&decisions).is_err() {
            return;
        }
        let mut known = None;
        while !configurator.advance(1) {
            let domains_known = configurator.domains_known();
            if known.is_none() && domains_known {
                known = Some(start.elapsed());
            }
        }
        let configuration = configurator.snapshot();
        times.push(start.elapsed());
        domains.push(known.unwrap_or_else(|| start.elapsed()));
        let open: Vec<AttributeIndex> = (model.indices())
            .filter(|it| {
                let origin = configuration.states[it.0].origin;
                matches!(origin, Origin::Open | Origin::Suggested)
                    && model.attributes[it.0].formula.is_none()
            })
            .collect();
        if below(random, 6) == 0 || open.is_empty() {
            let back = decisions
                .keys()
                .copied()
                .nth(below(random, decisions.len().max(1)));
            back.map(|it| decisions.remove(&it));
            continue;
        }
        let attribute = open[below(random, open.len())];
        let domain = &configuration.states[attribute.0].domain;
        if let Some(value) = choose(model, attribute, domain, random)
            && configurator.possible(&decisions, attribute, value)
        {
            decisions.insert(attribute, value);
        }
    }
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
            (!possible.is_empty()).then(|| Value::Option(possible[below(random, possible.len())]))
        }
        Domain::Number { min, max } => {
            let domain = &model.attributes[attribute.0].domain;
            let low = domain.position_of(Value::Number((*min)?))?;
            let high = domain.position_of(Value::Number((*max)?))?;
            domain.value_at(low + below(random, high - low + 1))
        }
    }
}
