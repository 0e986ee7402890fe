//! The `quotewright` command: one file for each subcommand.

mod check;
mod compile;
mod dev;
mod forget;
mod import;
mod init;
mod logs;
mod price;
mod product;
mod replay;
mod secret;
mod serve;
mod token;
mod values;
mod verify;

use std::error::Error;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Configures, prices and quotes complex products.
#[derive(Parser)]
#[command(name = "quotewright", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Starts a catalog: a small one that passes `check`.
    Init(init::Args),
    /// Shows a catalog in the browser, anew after every change.
    Dev(dev::Args),
    /// Says everything that is wrong with a catalog.
    Check(check::Args),
    /// Compiles a catalog to models and price packs.
    Compile(compile::Args),
    /// Writes a model of another format in COOM.
    Import(import::Args),
    /// Prices a quote, step by step.
    Price(price::Args),
    /// Works a proof of a price out again.
    Verify(verify::Args),
    /// Answers questions about a model, line by line.
    Replay(replay::Args),
    /// Serves app, catalogs and API, and keeps quote requests.
    Serve(serve::Args),
    /// Prints a token that signs a customer in.
    Token(token::Args),
    /// Deletes all requests of one person.
    Forget(forget::Args),
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Init(args) => init::run(args),
        Command::Dev(args) => dev::run(args),
        Command::Check(args) => check::run(args),
        Command::Compile(args) => compile::run(args),
        Command::Import(args) => import::run(args),
        Command::Price(args) => price::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Replay(args) => replay::run(args),
        Command::Serve(args) => serve::run(args),
        Command::Token(args) => token::run(args),
        Command::Forget(args) => forget::run(args),
    };
    result.unwrap_or_else(|error| report(error.as_ref()))
}

fn report(error: &dyn Error) -> ExitCode {
    eprintln!("quotewright: {error}");
    ExitCode::FAILURE
}
