//! `quotewright replay`: a session with a model, as JSON Lines.

mod answers;
mod domains;
mod growth;
mod names;
mod request;
mod session;

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use serde_json::{Map, Value as Json, json};

use crate::product::{Choice, Product, read_input};
use session::Session;

/// Options of `quotewright replay`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    choice: Choice,
    /// A COOM user input that is applied first.
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// An answer without what it has in common with all others.
type Answer = Map<String, Json>;

/// Why a line has no other answer.
enum Refusal {
    /// The line asks for something that there is not; says what and what to do.
    Error(String),
    /// The model does not allow it.
    Conflict(Answer),
}

impl From<String> for Refusal {
    fn from(message: String) -> Self {
        Self::Error(message)
    }
}

/// Answers every line of standard input with one line, until its end.
///
/// # Errors
/// Where the model cannot be read or reasoned about, the user input cannot be applied, or
/// standard input or output fail.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let mut session = Session::new(Product::read(&args.choice)?)?;
    if let Some(path) = &args.input {
        session.apply(&read_input(path)?)?;
    }
    let mut lines = stdin().lock();
    let mut output = stdout().lock();
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if !text.is_empty() {
            writeln!(output, "{}", answer(&mut session, text))?;
            output.flush()?;
        }
        line.clear();
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(session: &mut Session, line: &str) -> Json {
    let result = match serde_json::from_str(line) {
        Ok(request) => session.answer(request),
        Err(error) => Err(Refusal::Error(format!("this line is no request: {error}"))),
    };
    let (ok, mut answer) = match result {
        Ok(answer) => (true, answer),
        Err(Refusal::Conflict(answer)) => (false, answer),
        Err(Refusal::Error(message)) => (
            false,
            Map::from_iter([("error".to_owned(), json!(message))]),
        ),
    };
    answer.insert("ok".to_owned(), json!(ok));
    answer.insert("micros".to_owned(), json!(session.take_micros()));
    Json::Object(answer)
}
