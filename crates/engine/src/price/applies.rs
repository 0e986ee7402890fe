use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::context::{Context, ascending};
use super::rules::Outcome;
use super::{Counted, PriceError, Purchase};
use crate::catalog::Condition;

/// When a step of the waterfall counts: where all of this holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Applies {
    /// What the configuration has to be; any where `None`.
    pub when: Option<Condition>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Code that the buyer has to have entered.
    pub promotion: Option<String>,
    /// Months of the term, from 0: the first one, and the first one after.
    pub months: Option<(u32, Option<u32>)>,
    /// Positions of earlier steps none of which may count: promotions that exclude it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unless: Vec<usize>,
    /// Codes of steps of products none of which may count on a line; of parts, without the part.
    /// For what is of the quote as a whole.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub unless_on_lines: BTreeSet<String>,
    /// How many pieces there have to be; any number where `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<Pieces>,
}

/// How many pieces there have to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pieces {
    /// At least.
    pub least: u32,
    /// At most; any number where `None`.
    pub most: Option<u32>,
    /// Which pieces count.
    pub counts: Counted,
}

impl Pieces {
    fn hold(&self, purchase: &Purchase) -> bool {
        let pieces = self.counts.pieces(purchase);
        pieces >= u64::from(self.least) && self.most.is_none_or(|most| pieces <= u64::from(most))
    }
}

impl Applies {
    /// Where `when` holds, and always where it is `None`.
    pub fn when(when: Option<Condition>) -> Self {
        Self {
            when,
            ..Self::default()
        }
    }

    /// `None` where the step counts, else what becomes of it.
    pub(super) fn outcome(&self, context: &Context) -> Result<Option<Outcome>, PriceError> {
        if !self.is_on(context.purchase()) || context.is_not_borne() {
            return Ok(Some(Outcome::Skipped));
        }
        let Some(when) = &self.when else {
            return self.excluded(context);
        };
        Ok(match context.holds(when)? {
            Some(true) => self.excluded(context)?,
            Some(false) => Some(Outcome::Skipped),
            None => Some(Outcome::Open(context.open_of(when.attributes()))),
        })
    }

    /// What becomes of the step where one that excludes it counts, or may count.
    fn excluded(&self, context: &Context) -> Result<Option<Outcome>, PriceError> {
        let mut open = Vec::new();
        for position in &self.unless {
            match context.earlier(*position)? {
                Outcome::Adds(amount, _) if !amount.is_zero() => return Ok(Some(Outcome::Skipped)),
                Outcome::Open(attributes) => open.extend(attributes.iter().copied()),
                Outcome::Adds(..) | Outcome::Skipped => {}
            }
        }
        Ok((!open.is_empty()).then(|| Outcome::Open(ascending(open))))
    }

    /// The pieces on the line from which it counts, or no longer does.
    pub(super) fn thresholds(&self, purchase: &Purchase) -> Vec<u32> {
        let Some(Pieces {
            least,
            most,
            counts,
        }) = self.pieces
        else {
            return Vec::new();
        };
        let after = most.and_then(|it| it.checked_add(1));
        let from = [Some(least), after].into_iter().flatten();
        from.filter_map(|it| counts.line_pieces(it, purchase))
            .collect()
    }

    /// Whether day, code, month and pieces are right, and nothing on the lines excludes it.
    pub(super) fn is_on(&self, purchase: &Purchase) -> bool {
        let entered = |code: &String| purchase.promotions.contains(code);
        let counts = |code: &String| purchase.goods.is_some_and(|it| it.steps.contains(code));
        let month = purchase.month;
        self.from.is_none_or(|from| purchase.date >= from)
            && self.until.is_none_or(|until| purchase.date <= until)
            && self.promotion.as_ref().is_none_or(entered)
            && self.pieces.is_none_or(|it| it.hold(purchase))
            && !self.unless_on_lines.iter().any(counts)
            && self.months.is_none_or(|(first, after)| {
                month >= first && after.is_none_or(|after| month < after)
            })
    }
}
