//! How fast models made of tables answer: random sessions on an XCSP or DIMACS file.
//!
//! `cargo run --release -p quotewright-compiler --example tables -- FILE [SESSIONS]`

use std::error::Error;
use std::io::Write as _;
use std::time::{Duration, Instant};

use quotewright_compiler::{Diagnostic, dimacs, xcsp};
use quotewright_engine::catalog::{AttributeIndex, Condition, Decisions, Formula, Model, Value};
use quotewright_engine::configure::join_tree::{JoinTree, TreeReasoner};
use quotewright_engine::configure::reasoner::{Answer, Atom, Question, Reasoner as _};
use quotewright_engine::configure::{Configurator, Goal};

/// One click in so many takes a decision back.
const TAKEN_BACK: usize = 8;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: tables FILE [SESSIONS]")?;
    let sessions: u64 = arguments.next().map_or(Ok(200), |it| it.parse())?;
    let model = read(&path)?;

    let start = Instant::now();
    let tree = JoinTree::compile(&model).ok_or("does not fit into a join tree")?;
    println!("compiled in {:?}", start.elapsed());
    let bytes = postcard::to_allocvec(&tree)?;
    let mut compressed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    compressed.write_all(&bytes)?;
    println!(
        "{} bytes, brotli {}",
        bytes.len(),
        compressed.into_inner().len()
    );
    let start = Instant::now();
    let tree: JoinTree = postcard::from_bytes(&bytes)?;
    let mut reasoner = TreeReasoner::new(model.clone(), tree)?;
    println!("made from its bytes in {:?}", start.elapsed());

    let mut times = Times::default();
    for session in 0..sessions {
        play(&mut reasoner, &model, session + 1, &mut times);
    }
    times.print();
    explanations(&model, &bytes)?;
    println!("{}", memory());
    Ok(())
}

fn read(path: &str) -> Result<Model, Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let start = Instant::now();
    let (model, diagnostics): (Option<Model>, Vec<Diagnostic>) = match path.ends_with(".cnf") {
        true => dimacs::read(path, &text),
        false => xcsp::read(path, &text),
    };
    for it in diagnostics {
        eprintln!("{}: {}", it.location, it.message);
    }
    let model = model.ok_or("no model")?;
    println!(
        "{path}: {} attributes, read in {:?}",
        model.attributes.len(),
        start.elapsed()
    );
    Ok(model)
}

#[derive(Default)]
struct Times {
    clicks: Vec<Duration>,
    back: Vec<Duration>,
    counts: Vec<Duration>,
    shares: Vec<Duration>,
    cheapest: Vec<Duration>,
    cores: Vec<Duration>,
}

/// Decides at random, now and then takes back, until everything follows.
fn play(reasoner: &mut TreeReasoner, model: &Model, seed: u64, times: &mut Times) {
    let mut random = Random(seed);
    let costs: Vec<Vec<i64>> = (model.attributes.iter())
        .map(|it| {
            (0..it.domain.size().unwrap_or(0))
                .map(|_| random.below(1_000) as i64)
                .collect()
        })
        .collect();
    let mut atoms: Vec<Atom> = Vec::new();
    let mut back = false;
    loop {
        let (possible, time) = timed(|| reasoner.sweep(&atoms).unwrap_or_default());
        if back {
            &mut times.back
        } else {
            &mut times.clicks
        }
        .push(time);
        if atoms.len().is_multiple_of(4) {
            times.counts.push(timed(|| reasoner.count(&atoms)).1);
            times
                .cheapest
                .push(timed(|| reasoner.cheapest(&atoms, &costs)).1);
        }
        if atoms.len().is_multiple_of(16) {
            times.shares.push(timed(|| reasoner.shares(&atoms)).1);
        }
        let open: Vec<usize> = (0..possible.len())
            .filter(|it| possible[*it].iter().filter(|it| **it).count() > 1)
            .filter(|it| atoms.iter().all(|atom| atom.attribute.0 != *it))
            .collect();
        impossible(reasoner, &atoms, &possible, &mut random, times);
        back = !atoms.is_empty() && random.below(TAKEN_BACK) == 0;
        if back {
            atoms.remove(random.below(atoms.len()));
        } else if open.is_empty() {
            return;
        } else {
            let attribute = open[random.below(open.len())];
            let values: Vec<usize> = (0..possible[attribute].len())
                .filter(|it| possible[attribute][*it])
                .collect();
            let value = values[random.below(values.len())];
            atoms.push(Atom::is(AttributeIndex(attribute), value));
        }
    }
}

/// Times whole explanations of random impossible values, with the constraints, and repairs;
/// and the cheapest configuration with the decisions.
fn explanations(model: &Model, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let reasoner = TreeReasoner::new(model.clone(), postcard::from_bytes(bytes)?)?;
    let mut configurator = Configurator::with_reasoner(model.clone(), Box::new(reasoner));
    let mut random = Random(1);
    let goal = Goal::Minimize(price(model, &mut random));
    let (mut times, mut most) = (Vec::new(), 0);
    let (mut first, mut all, mut least) = (Vec::new(), Vec::new(), Vec::new());
    let mut decisions = Decisions::new();
    while times.len() < 200 {
        let attribute = AttributeIndex(random.below(model.attributes.len()));
        let size = model.attributes[attribute.0].domain.size().unwrap_or(1);
        let value = Value::Option(random.below(size));
        if configurator.possible(&decisions, attribute, value) {
            decisions.insert(attribute, value);
        } else {
            let why = || configurator.explain(&decisions, attribute, value);
            let (conflict, time) = timed(why);
            most = most.max(conflict.map_or(0, |it| it.constraints.len()));
            times.push(time);
            first.push(timed(|| configurator.repair(&decisions, attribute, value)).1);
            all.push(timed(|| configurator.repairs(&decisions, attribute, value, 100)).1);
            least.push(timed(|| configurator.complete(&decisions, &goal)).1);
        }
        if decisions.len() + 1 >= model.attributes.len() || random.below(40) == 0 {
            decisions.clear();
        }
    }
    println!("explanations name up to {most} constraints");
    for (what, times) in [
        ("explanation", times),
        ("first repair", first),
        ("all repairs", all),
        ("cheapest of all", least),
    ] {
        print(what, times);
    }
    Ok(())
}

/// Something for every option.
fn price(model: &Model, random: &mut Random) -> Formula {
    let mut parts = Vec::new();
    for attribute in model.indices() {
        for option in 0..model.attributes[attribute.0].domain.size().unwrap_or(0) {
            let options = vec![option];
            let amount = Formula::Constant((random.below(1_000) as u64).into());
            let chosen = Condition::Is { attribute, options };
            parts.push(Formula::Where(Box::new(chosen), Box::new(amount)));
        }
    }
    Formula::Sum(parts)
}

/// Which decisions make one impossible value impossible, minimal.
fn impossible(
    reasoner: &mut TreeReasoner,
    atoms: &[Atom],
    possible: &[Vec<bool>],
    random: &mut Random,
    times: &mut Times,
) {
    let attribute = random.below(possible.len());
    let Some(value) = possible[attribute].iter().position(|it| !it) else {
        return;
    };
    let mut kept: Vec<Atom> = (atoms.iter().copied())
        .filter(|it| it.attribute.0 != attribute)
        .collect();
    kept.push(Atom::is(AttributeIndex(attribute), value));
    let (_, time) = timed(|| {
        for position in (0..kept.len() - 1).rev() {
            let mut rest = kept.clone();
            rest.remove(position);
            let question = Question {
                atoms: &rest,
                constraints: None,
                effort: None,
            };
            if let Answer::Impossible(_) = reasoner.ask(&question) {
                kept = rest;
            }
        }
    });
    times.cores.push(time);
}

impl Times {
    fn print(self) {
        for (what, times) in [
            ("click", self.clicks),
            ("taken back", self.back),
            ("count", self.counts),
            ("shares", self.shares),
            ("cheapest", self.cheapest),
            ("decisions to blame", self.cores),
        ] {
            print(what, times);
        }
    }
}

fn print(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |hundredth: usize| times.get(times.len() * hundredth / 100);
    let at = |hundredth| at(hundredth).copied().unwrap_or_default();
    let max = times.last().copied().unwrap_or_default();
    println!(
        "{what}: {} times, median {:?}, p95 {:?}, p99 {:?}, max {max:?}",
        times.len(),
        at(50),
        at(95),
        at(99),
    );
}

struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// What the system says of this process, where it says so.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let lines = status
        .lines()
        .filter(|it| it.starts_with("VmHWM") || it.starts_with("VmRSS"));
    lines.collect::<Vec<_>>().join(", ")
}
