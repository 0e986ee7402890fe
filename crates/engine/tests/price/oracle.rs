//! Cases that other systems' tests and public documents assert, as far as the
//! engine offers their policy.
//!
//! The cases are not part of this repository: they are read from the folder in
//! `QUOTEWRIGHT_ORACLE`, or `../shared/oracle` beside the workspace.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use quotewright_cases::{Outcome, run};

/// What became of cases, by semantics.
#[derive(Default)]
struct Tally {
    passed: BTreeMap<String, usize>,
    left_out: BTreeMap<String, usize>,
    wrong: Vec<String>,
}

impl Tally {
    /// Runs the cases of one source, given as JSON text.
    fn add(&mut self, text: &str) {
        for case in run(text).expect("JSON") {
            let semantics = case.semantics;
            match case.outcome {
                Outcome::AsAsserted => *self.passed.entry(semantics).or_default() += 1,
                Outcome::NotOffered(why) => {
                    let key = format!("{semantics}: {why}");
                    *self.left_out.entry(key).or_default() += 1;
                }
                Outcome::Otherwise(what) => {
                    self.wrong.push(format!("{} {semantics}: {what}", case.id));
                }
            }
        }
    }
}

#[test]
fn cases_of_other_systems_come_out_as_asserted() {
    let Some(files) = read() else {
        say("price oracle: SKIPPED, no folder of cases (set QUOTEWRIGHT_ORACLE)");
        return;
    };
    let mut tally = Tally::default();
    files.iter().for_each(|text| tally.add(text));
    report(&tally.passed, &tally.left_out);
    let wrong = tally.wrong;
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    assert!(!tally.passed.is_empty(), "no case was run");
}

/// The sums on the terminal, each semantics with `--nocapture`.
fn report(passed: &BTreeMap<String, usize>, left_out: &BTreeMap<String, usize>) {
    let total = |counts: &BTreeMap<_, usize>| counts.values().sum::<usize>();
    let (run, out) = (total(passed), total(left_out));
    say(&format!("price oracle: {run} cases run, {out} not offered"));
    for (semantics, count) in passed {
        println!("  run {count:3}  {semantics}");
    }
    for (semantics, count) in left_out {
        println!("  out {count:3}  {semantics}");
    }
}

/// Straight to the terminal: the test harness hides what passing tests print.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("stderr");
}

fn read() -> Option<Vec<String>> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/oracle");
    let folder = std::env::var_os("QUOTEWRIGHT_ORACLE").map_or(beside.into(), PathBuf::from);
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .ok()?
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    paths.sort();
    let text = |path: PathBuf| std::fs::read_to_string(path).expect("a file of cases");
    Some(paths.into_iter().map(text).collect())
}
