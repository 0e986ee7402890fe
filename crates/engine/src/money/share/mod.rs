//! An amount shared over parts, to the last step.

mod floors;
mod weights;

pub use floors::{Capped, share_above_floors};
pub use weights::Weights;

use std::cmp::Reverse;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::rounding::{of_steps, whole_steps};
use super::{MoneyError, RoundingMode};
use crate::catalog::ArithmeticError;

/// Who takes the steps that do not divide evenly.
///
/// Parts without weight never take any. Of equals, the first in the list goes
/// first, except with [`Leftover::Last`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Leftover {
    /// Shares are cut towards zero; a step each to the first parts. For instalments: the
    /// first are the largest.
    First,
    /// As `First`, to the last parts.
    Last,
    /// As `First`, to the parts with the largest weights: there it shows least.
    LargestWeight,
    /// As `First`, to the parts that cutting took most from: closest to exact. For amounts of
    /// a quote over its lines, where nothing else is agreed.
    LargestRemainder,
    /// As `LargestRemainder`, but shares are cut downwards, below zero as well.
    LargestRemainderFromBelow,
    /// Shares are rounded, the middle towards zero; what is too much or too little goes a step
    /// each to the first parts.
    RoundedFirst,
    /// Shares are cut towards zero; the rest is not given to any part.
    Separate,
    /// Only whole multiples of all weights are shared, so that the parts are in exactly the
    /// proportion of the weights; the rest is not given to any part.
    SeparateBlocks,
}

impl Leftover {
    /// All policies with their names.
    pub const NAMED: [(&'static str, Self); 8] = [
        ("first", Self::First),
        ("last", Self::Last),
        ("largest-weight", Self::LargestWeight),
        ("largest-remainder", Self::LargestRemainder),
        (
            "largest-remainder-from-below",
            Self::LargestRemainderFromBelow,
        ),
        ("rounded-first", Self::RoundedFirst),
        ("separate", Self::Separate),
        ("separate-blocks", Self::SeparateBlocks),
    ];

    /// Whether it is agreed which place in the list gives or takes.
    pub fn goes_by_place(self) -> bool {
        matches!(self, Self::First | Self::Last | Self::RoundedFirst)
    }

    /// Whether the parts add up to the amount without a rest of its own.
    pub fn gives_all(self) -> bool {
        !matches!(self, Self::Separate | Self::SeparateBlocks)
    }
}

/// What became of a shared amount: the parts and the rest add up to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shares {
    /// One for each weight.
    pub parts: Vec<Decimal>,
    /// What no part got; zero unless the policy leaves it out.
    pub rest: Decimal,
}

/// `amount` over parts in proportion to `weights`, in multiples of `step`.
///
/// # Errors
/// Where the step is not above zero, `amount` is not a multiple of it, or steps times weights do
/// not fit.
pub fn share(
    amount: Decimal,
    step: Decimal,
    weights: &Weights,
    leftover: Leftover,
) -> Result<Shares, MoneyError> {
    let steps = whole_steps(amount.into(), step)?;
    // No product of steps and a weight, nor twice one, is larger than this.
    let most = weights.total().checked_mul(steps);
    most.and_then(|it| it.checked_mul(2))
        .ok_or(ArithmeticError)?;
    let parts = share_steps(steps, weights, leftover);
    let rest = steps - parts.iter().sum::<i128>();
    let amounts = parts.into_iter().map(|part| of_steps(part, step));
    Ok(Shares {
        parts: amounts.collect::<Result<_, _>>()?,
        rest: of_steps(rest, step)?,
    })
}

/// `amount` over so many equal parts.
///
/// # Errors
/// As [`share`]; where there are no parts.
pub fn split(
    amount: Decimal,
    step: Decimal,
    parts: u32,
    leftover: Leftover,
) -> Result<Shares, MoneyError> {
    share(amount, step, &Weights::equal(parts)?, leftover)
}

/// The steps of each part; steps times the total of the weights fit.
fn share_steps(steps: i128, weights: &Weights, leftover: Leftover) -> Vec<i128> {
    let (total, weights) = (weights.total(), weights.list());
    let mode = match leftover {
        Leftover::SeparateBlocks => {
            let blocks = steps / total;
            return weights.iter().map(|weight| blocks * weight).collect();
        }
        Leftover::LargestRemainderFromBelow => RoundingMode::Floor,
        Leftover::RoundedFirst => RoundingMode::HalfDown,
        _ => RoundingMode::Down,
    };
    let exact = weights.iter().map(|weight| steps * weight);
    let cut = |exact| mode.quotient(exact, total);
    let mut parts: Vec<i128> = exact.clone().map(cut).collect();
    let lost: Vec<i128> = exact
        .zip(&parts)
        .map(|(exact, part)| (exact - part * total).abs())
        .collect();
    let rest = steps - parts.iter().sum::<i128>();
    let mut takers: Vec<_> = (0..parts.len()).filter(|at| weights[*at] > 0).collect();
    match leftover {
        Leftover::Separate => return parts,
        Leftover::Last => takers.reverse(),
        Leftover::LargestWeight => takers.sort_by_key(|at| Reverse(weights[*at])),
        Leftover::LargestRemainder | Leftover::LargestRemainderFromBelow => {
            takers.sort_by_key(|at| Reverse(lost[*at]));
        }
        _ => {}
    }
    // There are fewer steps left than takers: each part lost less than one.
    for (at, _) in takers.into_iter().zip(0..rest.abs()) {
        parts[at] += rest.signum();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Fraction;
    use crate::price::kit::{dec, decs, fraction};

    fn weights(list: &[&str]) -> Weights {
        let list: Vec<Fraction> = list.iter().map(|it| fraction(it)).collect();
        Weights::new(&list).expect("weights")
    }

    #[test]
    fn each_policy_gives_the_leftover_to_whom_it_says() {
        use Leftover::*;
        for (leftover, amount, ratios, parts, rest) in [
            (
                First,
                "0.02",
                &["1", "1", "3", "1"][..],
                &["0.01", "0", "0.01", "0"][..],
                "0",
            ),
            (
                First,
                "-100",
                &["30", "20", "40"],
                &["-33.34", "-22.22", "-44.44"],
                "0",
            ),
            (First, "0.01", &["0", "1"], &["0", "0.01"], "0"),
            (
                Last,
                "10",
                &["50", "50", "50"],
                &["3.33", "3.33", "3.34"],
                "0",
            ),
            (
                LargestWeight,
                "0.09",
                &["3", "3", "4"],
                &["0.03", "0.02", "0.04"],
                "0",
            ),
            (
                LargestRemainder,
                "1",
                &["2", "3", "1"],
                &["0.33", "0.50", "0.17"],
                "0",
            ),
            (
                LargestRemainder,
                "100",
                &["1/3", "2/7"],
                &["53.85", "46.15"],
                "0",
            ),
            (
                LargestRemainderFromBelow,
                "-0.05",
                &["7", "3"],
                &["-0.03", "-0.02"],
                "0",
            ),
            (
                RoundedFirst,
                "-2.99",
                &["43", "14", "23"],
                &["-1.61", "-0.52", "-0.86"],
                "0",
            ),
            (
                Separate,
                "-1",
                &["2", "3", "1"],
                &["-0.33", "-0.50", "-0.16"],
                "-0.01",
            ),
            (
                SeparateBlocks,
                "1",
                &["2", "3", "1"],
                &["0.32", "0.48", "0.16"],
                "0.04",
            ),
            (
                SeparateBlocks,
                "100.01",
                &["0.5", "3/2"],
                &["25", "75"],
                "0.01",
            ),
        ] {
            let found = share(dec(amount), dec("0.01"), &weights(ratios), leftover);
            let (parts, rest) = (decs(parts), dec(rest));
            assert_eq!(found, Ok(Shares { parts, rest }), "{leftover:?} {amount}");
        }
    }

    #[test]
    fn equal_parts() {
        for (amount, step, parts, expected) in [
            ("22", "1", 7, &["4", "3", "3", "3", "3", "3", "3"][..]),
            ("100", "0.05", 3, &["33.35", "33.35", "33.30"]),
            ("-2", "1", 3, &["-1", "-1", "0"]),
        ] {
            let found = split(dec(amount), dec(step), parts, Leftover::First);
            assert_eq!(found.map(|it| it.parts), Ok(decs(expected)), "{amount}");
        }
        let none = split(dec("5"), dec("1"), 0, Leftover::First);
        assert_eq!(none, Err(MoneyError::NoParts));
    }

    #[test]
    fn an_amount_is_whole_steps_and_not_too_many() {
        let one = weights(&["1"]);
        for (amount, step) in [("1.001", "0.01"), ("1", "0")] {
            let refused = share(dec(amount), dec(step), &one, Leftover::First);
            assert!(refused.is_err(), "{amount}");
        }
        let most = Decimal::MAX;
        let all = share(most, dec("1"), &one, Leftover::First);
        assert_eq!(all.map(|it| it.parts), Ok(vec![most]));
        let heavy = weights(&["9223372036854775806", "1"]);
        let refused = share(most, dec("1"), &heavy, Leftover::First);
        assert_eq!(refused, Err(MoneyError::Arithmetic(ArithmeticError)));
    }
}
