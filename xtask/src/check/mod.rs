//! `cargo xtask test`: every check, one after the other, and what came of them.

mod dependencies;
mod end_to_end;
mod oracle;
mod prices;
mod rust;
mod tally;

pub use end_to_end::node;

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::build::{self, Mode};
use crate::context::Context;
use crate::{setup, size};
use tally::Tally;

/// One check.
struct Check {
    name: &'static str,
    run: fn(&Context) -> Outcome,
}

/// What came of a check.
enum Outcome {
    Passed(Tally),
    Failed(Tally, String),
    Skipped(String),
}

/// A check that was run.
struct Report {
    name: &'static str,
    outcome: Outcome,
    time: Duration,
}

const CHECKS: &[Check] = &[
    rust::FORMAT,
    rust::CLIPPY,
    rust::DOCUMENTATION,
    dependencies::RULES,
    dependencies::ADVISORIES,
    rust::BUILD,
    rust::TESTS,
    oracle::COMPARISON,
    prices::COMPARISON,
    Check {
        name: "build the app",
        run: |context| build::app_if_changed(context, Mode::Release).into(),
    },
    Check {
        name: "size of the first page load",
        run: |context| size::print_and_check(context).into(),
    },
    end_to_end::PREPARATION,
    end_to_end::TESTS,
    end_to_end::IN_FIREFOX,
];

/// Sets up, runs every check even after a failure, and counts.
///
/// The last line is `N passed, N failed, N skipped`.
pub fn everything(context: &Context) -> Result<()> {
    let start = Instant::now();
    setup::everything(context)?;
    let setup_time = start.elapsed();
    let reports: Vec<Report> = CHECKS.iter().map(|check| check.perform(context)).collect();
    let total = summary(setup_time, &reports);
    println!("in all {:>6} s\n", start.elapsed().as_secs());
    println!(
        "{} passed, {} failed, {} skipped",
        total.passed, total.failed, total.skipped
    );
    if total.failed > 0 {
        bail!("not everything is in order");
    }
    Ok(())
}

impl Check {
    fn perform(&self, context: &Context) -> Report {
        println!("   check  {} ...", self.name);
        let start = Instant::now();
        let outcome = (self.run)(context);
        let time = start.elapsed();
        let seconds = time.as_secs();
        match &outcome {
            Outcome::Passed(_) => println!("      ok  {}, after {seconds} s", self.name),
            Outcome::Skipped(why) => println!(" SKIPPED  {}: {why}", self.name),
            Outcome::Failed(_, why) => {
                println!("  FAILED  {}, after {seconds} s\n{why}\n", self.name);
            }
        }
        Report {
            name: self.name,
            outcome,
            time,
        }
    }
}

impl Outcome {
    fn tally(&self) -> Tally {
        match self {
            Self::Passed(tally) | Self::Failed(tally, _) => *tally,
            Self::Skipped(_) => Tally::SKIPPED,
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "ok",
            Self::Failed(..) => "FAILED",
            Self::Skipped(_) => "skipped",
        }
    }
}

impl From<Result<()>> for Outcome {
    /// A check without a count of its own.
    fn from(result: Result<()>) -> Self {
        match result {
            Ok(()) => Self::Passed(Tally::one(true)),
            Err(error) => Self::Failed(Tally::one(false), format!("{error:#}")),
        }
    }
}

fn summary(setup_time: Duration, reports: &[Report]) -> Tally {
    let mut total = Tally::default();
    println!("\n{:<9} {:>3} s  set-up", "ok", setup_time.as_secs());
    for report in reports {
        let tally = report.outcome.tally();
        total += tally;
        println!(
            "{:<9} {:>3} s  {}: {} passed, {} failed, {} skipped",
            report.outcome.word(),
            report.time.as_secs(),
            report.name,
            tally.passed,
            tally.failed,
            tally.skipped
        );
    }
    total
}
