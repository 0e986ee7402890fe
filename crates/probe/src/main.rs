//! `probe MODEL PACK CLICKS SEED...`: one line for each seed, the hash of all answers.

use std::env;
use std::error::Error;
use std::fs;

use quotewright_probe::Session;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [model, pack, clicks, seeds @ ..] = arguments.as_slice() else {
        return Err("usage: probe MODEL PACK CLICKS SEED...".into());
    };
    let (model, pack) = (fs::read_to_string(model)?, fs::read_to_string(pack)?);
    for seed in seeds {
        let mut session = Session::new(&model, &pack, seed.parse()?)?;
        for _ in 0..clicks.parse::<u32>()? {
            session.click()?;
            session.ask()?;
        }
        println!("{}", session.digest());
    }
    Ok(())
}
