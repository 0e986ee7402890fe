//! `bench-engine compile MODEL ARTIFACT` reads and compiles a model;
//! `bench-engine run ARTIFACT SESSIONS CLICKS SECONDS` times random sessions on it;
//! `bench-engine orders ARTIFACT ORDERS COUNT` times real orders. Each prints a line of JSON.

mod load;
mod orders;
mod run;

use std::error::Error;
use std::time::Instant;
use std::{env, fs};

use quotewright_probe::{Artifact, Drill};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let report = match arguments.as_slice() {
        ["compile", model, artifact] => compile(model, artifact)?,
        ["run", artifact, sessions, clicks, seconds] => {
            let drill = Drill::new(Artifact::read(&fs::read(artifact)?)?)?;
            run::run(drill, sessions.parse()?, clicks.parse()?, seconds.parse()?)
        }
        ["orders", artifact, orders, count] => {
            let drill = Drill::new(Artifact::read(&fs::read(artifact)?)?)?;
            orders::replay(drill, &fs::read_to_string(orders)?, count.parse()?)?
        }
        _ => return Err("usage: see the documentation of this program".into()),
    };
    println!("{report}");
    Ok(())
}

fn compile(model: &str, file: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    let start = Instant::now();
    let (model, pack) = load::load(model.as_ref())?;
    let read = start.elapsed();
    let attributes = model.attributes.len();
    let values: usize = model
        .attributes
        .iter()
        .filter_map(|it| it.domain.size())
        .sum();
    let start = Instant::now();
    let artifact = Artifact::compile(model, pack);
    let (compiled, joined) = (start.elapsed(), artifact.tree.is_some());
    fs::write(file, artifact.write()?)?;
    Ok(json!({
        "attributes": attributes, "values": values, "joined": joined,
        "read_ms": run::milliseconds(read), "compile_ms": run::milliseconds(compiled),
    }))
}
