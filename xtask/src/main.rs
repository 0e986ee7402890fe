//! What people type: set-up, build, serve, test, size, bench.
//!
//! Every command does the set-up that it needs by itself, and skips what is
//! already there.

mod bench;
mod build;
mod check;
mod context;
mod gallery;
mod oracle;
mod prices;
mod process;
mod serve;
mod setup;
mod size;
mod tools;

use anyhow::{Result, bail};
use context::Context;
use lexopt::prelude::*;

const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--dev]   build everything and serve it with the sample catalogs
  test                       check everything: style, tests, size, real browsers
  build [--dev]              build the app into dist/
  size                       bytes of the first page load, by file, against the budget
  oracle [--long]            compare the engine with clingo and a SAT solver on public models
  prices [--long] [--seed N] [--quotes N]
                             compare random quotes with a model of exact fractions
  bench [click|endpoint]     time of a click in the browser, requests a second
  bench app                  first page on a slow network and processor, answers to clicks,
                             the page opened again without a network
  bench price                prices of long quotes in the browser, and others at the same sums
  bench engine               time of every kind of question natively and in the browser,
                             and of clingo, a SAT solver and logic-solver at the same
  gallery                    pictures of every screen, and which differ from the last ones
  setup                      fetch the tools that the others need (they do it themselves)

  --dev   a quick build to try things out: larger and slower code
  --port  the port to listen on, 8787 by default
  --long  towards a million checks, on more models: takes up to two hours (oracle);
          ten million quotes instead of twenty thousand (prices)
  --quick fewer models and sessions: two minutes instead of a quarter of an hour
  --markdown  measure nothing: the tables of the last `bench engine` with the same options
  --only  the models whose name contains this (oracle, bench engine)

QUOTEWRIGHT_CACHE names the folder for tools, ~/.cache/quotewright by default.
QUOTEWRIGHT_MODELS names the folder of public models, ../shared/models by default.
CHROMIUM and FIREFOX name the browsers of the end-to-end tests, when they are not on PATH.";

/// What follows the command's name.
struct Options {
    dev: bool,
    long: bool,
    quick: bool,
    markdown: bool,
    only: Option<String>,
    port: u16,
    seed: Option<u64>,
    quotes: Option<u64>,
    what: Option<String>,
}

fn main() {
    if let Err(error) = run() {
        eprintln!("\nxtask: {error:#}");
        std::process::exit(1);
    }
}

fn run() -> Result<()> {
    let (command, options) = parse()?;
    let context = Context::new()?;
    match command.as_deref() {
        Some("setup") => setup::everything(&context),
        Some("build") => {
            setup::for_building(&context)?;
            build::app(&context, build::Mode::of(options.dev))
        }
        Some("serve") => serve::serve(&context, options.port, build::Mode::of(options.dev)),
        Some("size") => {
            tools::build_quotewright(&context)?;
            size::print_and_check(&context)
        }
        Some("bench") => {
            let amount = bench::Amount {
                quick: options.quick,
                only: options.only,
                markdown: options.markdown,
            };
            bench::bench(&context, options.what.as_deref(), &amount)
        }
        Some("oracle") => oracle::oracle(&context, options.long, options.only.as_deref()),
        Some("prices") => {
            let amount = prices::Amount {
                long: options.long,
                quotes: options.quotes,
                seed: options.seed,
            };
            prices::prices(&context, &amount)
        }
        Some("gallery") => gallery::gallery(&context),
        Some("test") => check::everything(&context),
        None | Some("help") => {
            println!("{HELP}");
            Ok(())
        }
        Some(other) => bail!("there is no command `{other}`\n\n{HELP}"),
    }
}

fn parse() -> Result<(Option<String>, Options)> {
    let mut command = None;
    let mut options = Options {
        dev: false,
        long: false,
        quick: false,
        markdown: false,
        only: None,
        port: 8787,
        seed: None,
        quotes: None,
        what: None,
    };
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("dev") => options.dev = true,
            Long("long") => options.long = true,
            Long("quick") => options.quick = true,
            Long("markdown") => options.markdown = true,
            Long("only") => options.only = Some(arguments.value()?.string()?),
            Long("port") => options.port = arguments.value()?.parse()?,
            Long("seed") => options.seed = Some(arguments.value()?.parse()?),
            Long("quotes") => options.quotes = Some(arguments.value()?.parse()?),
            Long("help") | Short('h') => command = Some("help".to_owned()),
            Value(value) if command.is_none() => command = Some(value.string()?),
            Value(value) if command.as_deref() == Some("bench") && options.what.is_none() => {
                options.what = Some(value.string()?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok((command, options))
}
