//! `probe compile MODEL ARTIFACT` reads and compiles a model;
//! `probe orders ARTIFACT ORDERS COUNT` checks real orders and makes sessions of them;
//! `probe measure ARTIFACT AMOUNT [SESSIONS]` times sessions, AMOUNT is JSON;
//! `probe hash ARTIFACT CLICKS SEED...` prints a hash of all answers for each seed;
//! `probe cases FILE` tells what became of each case of another system;
//! `probe pack ARTIFACT PRICES FILE` writes a pack of so many prices.
//! The first three print JSON, the notes of `measure` line by line.

mod clock;
mod load;
mod orders;

use std::error::Error;
use std::{env, fs};

use clock::Clock;
use quotewright_probe::{Artifact, Session, Watch as _, cases, large_pack, measure};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["compile", model, artifact] => compile(model, artifact),
        ["orders", artifact, orders, count] => {
            let artifact = Artifact::read(&fs::read(artifact)?)?;
            let orders = orders::read(&artifact, &fs::read_to_string(orders)?, count.parse()?)?;
            println!("{}", serde_json::to_string(&orders)?);
            Ok(())
        }
        ["measure", artifact, amount, sessions @ ..] => {
            let given = match sessions.first() {
                Some(file) => serde_json::from_str(&fs::read_to_string(file)?)?,
                None => Vec::new(),
            };
            let artifact = Artifact::read(&fs::read(artifact)?)?;
            measure(
                &artifact,
                &serde_json::from_str(amount)?,
                &given,
                &Clock::new(),
            )?;
            Ok(())
        }
        ["hash", artifact, clicks, seeds @ ..] => {
            hash(&fs::read(artifact)?, clicks.parse()?, seeds)
        }
        ["cases", file] => {
            print!("{}", cases(&fs::read_to_string(file)?)?);
            Ok(())
        }
        ["pack", artifact, prices, file] => {
            let pack = Artifact::read(&fs::read(artifact)?)?.pack;
            let pack = large_pack(&pack.ok_or("there are no prices")?, prices.parse()?);
            Ok(fs::write(file, serde_json::to_vec(&pack)?)?)
        }
        _ => Err("usage: see the documentation of this program".into()),
    }
}

fn compile(model: &str, file: &str) -> Result<(), Box<dyn Error>> {
    let clock = Clock::new();
    let (model, pack) = load::load(model.as_ref())?;
    let read = clock.now();
    let sizes = model.attributes.iter().filter_map(|it| it.domain.size());
    let (attributes, values) = (model.attributes.len(), sizes.sum::<usize>());
    let clock = Clock::new();
    let artifact = Artifact::compile(model, pack);
    let (compiled, joined) = (clock.now(), artifact.tree.is_some());
    fs::write(file, artifact.write()?)?;
    let report = json!({
        "attributes": attributes, "values": values, "joined": joined,
        "read_ms": read, "compile_ms": compiled,
    });
    println!("{report}");
    Ok(())
}

fn hash(artifact: &[u8], clicks: u32, seeds: &[&str]) -> Result<(), Box<dyn Error>> {
    for seed in seeds {
        let mut session = Session::new(artifact, seed.parse()?)?;
        for _ in 0..clicks {
            session.click()?;
            session.ask()?;
            session.ask_all()?;
        }
        println!("{}", session.digest());
    }
    Ok(())
}
