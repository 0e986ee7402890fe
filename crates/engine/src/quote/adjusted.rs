use rust_decimal::Decimal;

use super::confidential::Confidential;
use super::manual::Manual;
use super::margins::{Margins, margins};
use super::whole::{Asked, QuotePrice, price_quote};
use crate::price::adjust::Adjustment;
use crate::price::{Due, PriceError, PricePack};

/// Why a quote cannot be changed so by hand. Changes and lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManualError {
    /// The line is not there.
    #[error("change {change} is of line {line}, and there are {lines}: name a line that there is")]
    NoLine {
        /// Which change.
        change: usize,
        /// Which line.
        line: usize,
        /// How many lines there are.
        lines: usize,
    },
    /// Nothing of the line is due so.
    #[error("change {change} is of what is due {}, and nothing of line {line} is: leave out `due` for what is due once", .due.word())]
    NotDue {
        /// Which change.
        change: usize,
        /// Which line.
        line: usize,
        /// How often.
        due: Due,
    },
    /// It is of what is due again and again of the quote as a whole.
    #[error("change {change} is of what is due {} of the quote as a whole, which is due once: name a line, or leave out `due`", .due.word())]
    Whole {
        /// Which change.
        change: usize,
        /// How often.
        due: Due,
    },
    /// It takes off more than there is.
    #[error("change {change} takes off more than there is")]
    TooMuch {
        /// Which change.
        change: usize,
    },
    /// It takes a line below its floor, or further below, and no reason is stated for that.
    #[error("change {change} takes line {line} below its floor: it misses {by}")]
    BelowFloor {
        /// Which change.
        change: usize,
        /// Which line.
        line: usize,
        /// What the line then misses to its floor.
        by: Decimal,
    },
    /// There is no price.
    #[error(transparent)]
    Price(#[from] PriceError),
}

impl ManualError {
    /// The same, counted among all changes and lines, where it is about some of them: those at
    /// these positions.
    #[must_use]
    pub fn among(mut self, changes: &[usize], lines: &[usize]) -> Self {
        let count = |number: &mut usize, positions: &[usize]| {
            let position = number.checked_sub(1).and_then(|at| positions.get(at));
            *number = position.map_or(*number, |at| at + 1);
        };
        match &mut self {
            Self::NotDue { change, line, .. } | Self::BelowFloor { change, line, .. } => {
                count(change, changes);
                count(line, lines);
            }
            Self::NoLine { change, .. } | Self::Whole { change, .. } | Self::TooMuch { change } => {
                count(change, changes);
            }
            Self::Price(_) => {}
        }
        self
    }
}

/// The price of what is asked for with the changes by hand, and what it leaves the supplier.
/// Each change is checked as it is made: none passes a floor without a stated reason.
///
/// # Errors
/// [`ManualError`], with the first change that cannot be made.
pub fn adjusted(
    confidential: &Confidential,
    pack: &PricePack,
    asked: &Asked,
    partner: Option<&str>,
) -> Result<(QuotePrice, Margins), ManualError> {
    let work_out = |changes: usize| {
        let manual = asked.manual.get(..changes).unwrap_or_default();
        let asked = Asked { manual, ..*asked };
        let price = price_quote(pack, &asked)?;
        let margins = margins(confidential, pack, &asked, &price, partner)?;
        Ok::<_, PriceError>((price, margins))
    };
    let (mut price, mut left) = work_out(0)?;
    for (at, manual) in asked.manual.iter().enumerate() {
        let change = at + 1;
        check(manual, &price, change)?;
        let (changed, then) = work_out(change)?;
        let lines = left.lines.iter().zip(&then.lines);
        let mut lines = lines.map(|(before, after)| (before.below_floor, after.below_floor));
        let passed = lines.position(|(before, after)| after > before);
        if let Some(at) = passed.filter(|_| !manual.below_floor) {
            let by = then
                .lines
                .get(at)
                .map_or(Decimal::ZERO, |it| it.below_floor);
            let line = at + 1;
            return Err(ManualError::BelowFloor { change, line, by });
        }
        (price, left) = (changed, then);
    }
    Ok((price, left))
}

/// Whether there is something to change, and no more is taken off than that.
fn check(manual: &Manual, price: &QuotePrice, change: usize) -> Result<(), ManualError> {
    let due = manual.due;
    match manual.line {
        None if due == Due::Once => {}
        None => return Err(ManualError::Whole { change, due }),
        Some(at) => {
            let (line, lines) = (at + 1, price.lines.len());
            let Some(changed) = price.lines.get(at) else {
                return Err(ManualError::NoLine {
                    change,
                    line,
                    lines,
                });
            };
            let mut recurring = changed.price.recurring.iter();
            if due != Due::Once && !recurring.any(|it| it.due == due) {
                return Err(ManualError::NotDue { change, line, due });
            }
        }
    }
    let too_much = match manual.change {
        Adjustment::Percent(percent) => percent < -Decimal::ONE_HUNDRED,
        Adjustment::Fixed(price) => price < Decimal::ZERO,
        Adjustment::Amount(_) => false,
    };
    match too_much {
        true => Err(ManualError::TooMuch { change }),
        false => Ok(()),
    }
}
