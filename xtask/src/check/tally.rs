//! Counts tests in what test runners print.

use std::ops::AddAssign;

/// Numbers of tests.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Tally {
    pub passed: u32,
    pub failed: u32,
    pub skipped: u32,
}

impl Tally {
    /// One check without a count of its own.
    pub fn one(passed: bool) -> Self {
        Self {
            passed: u32::from(passed),
            failed: u32::from(!passed),
            skipped: 0,
        }
    }

    /// One check that was left out.
    pub const SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };

    /// The sum of all counts in `output`, as cargo test and Node's TAP reporter print them.
    pub fn of(output: &str) -> Self {
        let mut tally = Self::default();
        for line in output.lines() {
            if let Some(counts) = line.strip_prefix("test result: ") {
                tally.passed += number_before(counts, " passed");
                tally.failed += number_before(counts, " failed");
                tally.skipped += number_before(counts, " ignored");
            } else if let Some(comment) = line.strip_prefix("# ") {
                tally.passed += number_after(comment, "pass ");
                tally.failed += number_after(comment, "fail ");
                tally.failed += number_after(comment, "cancelled ");
                tally.skipped += number_after(comment, "skipped ");
            }
        }
        tally
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    text.split(word)
        .next()
        .filter(|before| before.len() < text.len())
        .and_then(|before| before.rsplit(' ').next()?.parse().ok())
        .unwrap_or(0)
}

fn number_after(text: &str, word: &str) -> u32 {
    text.strip_prefix(word)
        .and_then(|number| number.trim().parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_what_runners_print() {
        let tally = |passed, failed, skipped| Tally {
            passed,
            failed,
            skipped,
        };
        let cases = [
            ("", tally(0, 0, 0)),
            (
                "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out",
                tally(5, 0, 1),
            ),
            (
                "test result: ok. 2 passed; 0 failed; 0 ignored\n\
                 test result: FAILED. 1 passed; 3 failed; 0 ignored",
                tally(3, 3, 0),
            ),
            (
                "ok 1 - buys\n# tests 4\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0",
                tally(2, 1, 1),
            ),
            ("# passing remarks", tally(0, 0, 0)),
        ];
        for (output, expected) in cases {
            assert_eq!(Tally::of(output), expected, "{output}");
        }
    }
}
