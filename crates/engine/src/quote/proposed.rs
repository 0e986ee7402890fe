//! Optional lines and alternatives: lines that a quote proposes and that do not count.
//!
//! The totals are those of the lines that count, as if the others were not there. A line that
//! does not count is priced by working the quote out again with it: added where it is optional,
//! in place of its line where it is an alternative. So what is told of it is what would be paid.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::manual::Manual;
use super::recurring_totals::RecurringTotals;
use super::totals::Totals;
use super::whole::{QuotePrice, QuotedLine};
use crate::delivery::Plan;
use crate::price::{Due, PriceError, PricePack, exact};

/// What a line that does not count is proposed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proposed {
    /// It may be added.
    Optional,
    /// It may stand instead of the line at this position, from zero, which counts.
    AlternativeTo(usize),
}

/// Why lines cannot be proposed so. People count lines from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProposalError {
    /// No line counts.
    #[error("no line counts: let at least one count, that is neither optional nor an alternative")]
    NothingCounts,
    /// It is an alternative to a line that is not there.
    #[error("line {} is an alternative to line {}, which is not there: name a line that counts", .line + 1, .of.saturating_add(1))]
    NoSuchLine {
        /// Position of the alternative.
        line: usize,
        /// What it names.
        of: usize,
    },
    /// It is an alternative to itself.
    #[error("line {} is an alternative to itself: name another line, one that counts", .line + 1)]
    Itself {
        /// Its position.
        line: usize,
    },
    /// It is changed by hand and does not count.
    #[error("line {} does not count, so it cannot be changed by hand: change a line that counts, or the whole", .line + 1)]
    Changed {
        /// Its position.
        line: usize,
    },
    /// It is an alternative to a line that does not count.
    #[error("line {} is an alternative to line {}, which does not count: name a line that counts, or let that one count", .line + 1, .of + 1)]
    DoesNotCount {
        /// Position of the alternative.
        line: usize,
        /// Position of the other.
        of: usize,
    },
}

impl ProposalError {
    /// Position of the line that it is about; `None` where it is about all.
    pub fn line(self) -> Option<usize> {
        match self {
            Self::NothingCounts => None,
            Self::NoSuchLine { line, .. }
            | Self::Itself { line }
            | Self::Changed { line }
            | Self::DoesNotCount { line, .. } => Some(line),
        }
    }
}

/// Which lines of a quote count, and what the others are proposed as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counting(Vec<Option<Proposed>>);

impl Counting {
    /// Of lines in the order of the request; `None` for those that count.
    ///
    /// # Errors
    /// Where no line counts, or an alternative is to no other line that does.
    pub fn new(lines: impl IntoIterator<Item = Option<Proposed>>) -> Result<Self, ProposalError> {
        let lines: Vec<Option<Proposed>> = lines.into_iter().collect();
        for (line, it) in lines.iter().enumerate() {
            let Some(Proposed::AlternativeTo(of)) = *it else {
                continue;
            };
            match lines.get(of) {
                _ if of == line => return Err(ProposalError::Itself { line }),
                None => return Err(ProposalError::NoSuchLine { line, of }),
                Some(Some(_)) => return Err(ProposalError::DoesNotCount { line, of }),
                Some(None) => {}
            }
        }
        match lines.contains(&None) {
            true => Ok(Self(lines)),
            false => Err(ProposalError::NothingCounts),
        }
    }

    /// Positions of the lines that count.
    pub fn lines(&self) -> Vec<usize> {
        self.positions(|_, it| it.is_none())
    }

    /// Positions of the lines that count once the one at `line` is taken: beside the others, or
    /// instead of the one that it is an alternative to.
    pub fn taking(&self, line: usize) -> Vec<usize> {
        let instead = match self.proposed(line) {
            Some(Proposed::AlternativeTo(of)) => Some(of),
            Some(Proposed::Optional) | None => None,
        };
        self.positions(|at, it| at == line || it.is_none() && Some(at) != instead)
    }

    /// The place of a line among those that count.
    pub fn place(&self, line: usize) -> Option<usize> {
        self.lines().iter().position(|at| *at == line)
    }

    /// What the line is proposed as; `None` where it counts.
    pub fn proposed(&self, line: usize) -> Option<Proposed> {
        self.0.get(line).copied().flatten()
    }

    /// The changes by hand where the lines at these positions are all there are.
    ///
    /// # Errors
    /// Where one is of a line that does not count.
    pub fn manual(&self, manual: &[Manual], lines: &[usize]) -> Result<Vec<Manual>, ProposalError> {
        let mut of_lines = Vec::with_capacity(manual.len());
        for it in manual {
            let Some(line) = it.line.filter(|line| *line < self.0.len()) else {
                // A line that is not there is refused by who makes the change.
                of_lines.push(*it);
                continue;
            };
            if self.proposed(line).is_some() {
                return Err(ProposalError::Changed { line });
            }
            let place = lines.iter().position(|at| *at == line);
            of_lines.extend(place.map(|place| Manual {
                line: Some(place),
                ..*it
            }));
        }
        Ok(of_lines)
    }

    /// Positions of the changes by hand that [`manual`](Self::manual) makes of these lines.
    pub fn changes(&self, manual: &[Manual], lines: &[usize]) -> Vec<usize> {
        let made = |it: &Manual| {
            let line = it.line.filter(|line| *line < self.0.len());
            line.is_none_or(|line| lines.contains(&line))
        };
        let changes = manual.iter().enumerate().filter(|(_, it)| made(it));
        changes.map(|(at, _)| at).collect()
    }

    fn positions(&self, wanted: impl Fn(usize, Option<Proposed>) -> bool) -> Vec<usize> {
        let lines = self.0.iter().enumerate();
        let wanted = lines.filter(|(at, it)| wanted(*at, **it));
        wanted.map(|(at, _)| at).collect()
    }
}

/// A quote with lines that do not count.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedQuote {
    /// The quote of the lines that count.
    pub quote: QuotePrice,
    /// All lines, in the order of the request; one that does not count as it would be if it
    /// were taken.
    pub lines: Vec<QuotedLine>,
    /// What taking each line would make of the quote; `None` for those that count.
    pub if_taken: Vec<Option<IfTaken>>,
}

/// What the quote comes to more where a line is taken; less, where below zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IfTaken {
    /// Of what is due once, without tax.
    pub net: Decimal,
    /// Of what is due once, with tax.
    pub gross: Decimal,
    /// Of what is due repeatedly, by how often and when; without what stays the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recurring: Vec<IfTakenEach>,
    /// Of all that is due, once and over the terms, as the quote tells it.
    pub contract_total: Decimal,
}

/// What is due more each time in some months of the term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IfTakenEach {
    /// How often.
    pub due: Due,
    /// First month of the term, from zero.
    pub from: u32,
    /// For how many months.
    pub months: u32,
    /// Without tax.
    pub net: Decimal,
    /// With tax.
    pub gross: Decimal,
}

/// Prices a quote of which some lines may not count. `price` works it out with the lines at
/// some positions as all there are, ascending; it is also told which line is taken that does
/// not count.
///
/// # Errors
/// As `price`; where a difference does not fit.
pub fn price_proposed<E: From<PriceError>>(
    pack: &PricePack,
    counting: &Counting,
    mut price: impl FnMut(&[usize], Option<usize>) -> Result<QuotePrice, E>,
) -> Result<ProposedQuote, E> {
    let quote = price(&counting.lines(), None)?;
    let mut counted = quote.lines.iter().cloned();
    let mut lines = Vec::with_capacity(counting.0.len());
    let mut if_taken = Vec::with_capacity(counting.0.len());
    for (at, proposed) in counting.0.iter().enumerate() {
        let line = if proposed.is_none() {
            if_taken.push(None);
            counted.next()
        } else {
            let taken = counting.taking(at);
            let then = price(&taken, Some(at))?;
            if_taken.push(Some(IfTaken::new(pack, &quote, &then)?));
            let place = taken.iter().position(|it| *it == at);
            place.and_then(|place| then.lines.into_iter().nth(place))
        };
        lines.push(line.ok_or(PriceError::Malformed)?);
    }
    Ok(ProposedQuote {
        quote,
        lines,
        if_taken,
    })
}

impl IfTaken {
    fn new(pack: &PricePack, now: &QuotePrice, then: &QuotePrice) -> Result<Self, PriceError> {
        let more = |then, now| {
            let more = exact::subtract(then, now)?;
            Ok::<_, PriceError>(exact::money(more, pack.currency.minor_units))
        };
        let mut recurring: Vec<IfTakenEach> = Vec::new();
        for (due, from, until) in spans(&now.recurring, &then.recurring) {
            let of = |totals: &[RecurringTotals], amount: fn(&Totals) -> Decimal| {
                let there = totals.iter().filter(|it| it.due == due);
                let mut there = there.filter(|it| it.from <= from && from < it.from + it.months);
                there
                    .next()
                    .map(|it| amount(&it.totals))
                    .unwrap_or_default()
            };
            let change = |amount| more(of(&then.recurring, amount), of(&now.recurring, amount));
            let (net, gross) = (change(|it| it.net)?, change(|it| it.gross)?);
            let same = recurring.last_mut().filter(|it| {
                (it.due, it.from + it.months, it.net, it.gross) == (due, from, net, gross)
            });
            match same {
                Some(before) => before.months += until - from,
                None => recurring.push(IfTakenEach {
                    due,
                    from,
                    months: until - from,
                    net,
                    gross,
                }),
            }
        }
        recurring.retain(|it| !it.net.is_zero() || !it.gross.is_zero());
        Ok(Self {
            net: more(then.totals.net, now.totals.net)?,
            gross: more(then.totals.gross, now.totals.gross)?,
            recurring,
            contract_total: more(then.contract_total, now.contract_total)?,
        })
    }
}

/// The months, first and behind the last, in which neither of the two changes what is due.
fn spans(one: &[RecurringTotals], other: &[RecurringTotals]) -> Vec<(Due, u32, u32)> {
    let all = || one.iter().chain(other);
    let bounds: BTreeSet<(Due, u32)> = all()
        .flat_map(|it| [(it.due, it.from), (it.due, it.from + it.months)])
        .collect();
    let next = bounds.iter().skip(1);
    let pairs = bounds.iter().zip(next);
    let pairs = pairs.filter(|((due, _), (next, _))| due == next);
    pairs
        .map(|((due, from), (_, until))| (*due, *from, *until))
        .collect()
}

/// Days that all lines together arrive later in `then` than in `now`; earlier, where below
/// zero. `None` where nothing is delivered together in one of them.
pub fn days_later(now: &Plan, then: &Plan) -> Option<i32> {
    let arrives = |plan: &Plan| Some(plan.together.as_ref()?.arrives.possible);
    let span = arrives(now)?.until(arrives(then)?).ok()?;
    Some(span.get_days())
}

#[cfg(test)]
mod tests {
    use super::Proposed::{AlternativeTo, Optional};
    use super::*;

    #[test]
    fn an_alternative_is_to_another_line_that_counts() {
        type Case<'a> = (&'a [Option<Proposed>], Result<&'a [usize], &'a str>);
        let cases: [Case; 7] = [
            (&[None, None], Ok(&[0, 1])),
            (&[Some(Optional), None], Ok(&[1])),
            (&[None, Some(AlternativeTo(0)), None], Ok(&[0, 2])),
            (
                &[Some(Optional), Some(Optional)],
                Err(
                    "no line counts: let at least one count, that is neither optional nor an alternative",
                ),
            ),
            (
                &[None, Some(AlternativeTo(7))],
                Err(
                    "line 2 is an alternative to line 8, which is not there: name a line that counts",
                ),
            ),
            (
                &[None, Some(AlternativeTo(1))],
                Err("line 2 is an alternative to itself: name another line, one that counts"),
            ),
            (
                &[None, Some(Optional), Some(AlternativeTo(1))],
                Err(
                    "line 3 is an alternative to line 2, which does not count: name a line that counts, or let that one count",
                ),
            ),
        ];
        for (lines, expected) in cases {
            let found = Counting::new(lines.iter().copied());
            let found = found
                .map(|it| it.lines())
                .map_err(|error| error.to_string());
            let expected = expected.map(<[usize]>::to_vec).map_err(str::to_owned);
            assert_eq!(found, expected, "{lines:?}");
        }
    }

    #[test]
    fn a_line_is_taken_beside_the_others_or_instead_of_its_own() {
        let lines = [None, Some(AlternativeTo(0)), Some(Optional), None];
        let counting = Counting::new(lines).expect("lines that count");
        assert_eq!(counting.taking(1), [1, 3]);
        assert_eq!(counting.taking(2), [0, 2, 3]);
        assert_eq!(
            [0, 1, 3].map(|it| counting.place(it)),
            [Some(0), None, Some(1)]
        );
    }
}
