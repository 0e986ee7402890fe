//! Lines that do not count change no total, and what is told of them is what would be paid.

use proptest::prelude::*;
use quotewright_engine::money::Leftover;
use quotewright_engine::price::{PriceError, TaxAt, TaxIn};
use quotewright_engine::quote::{Counting, Proposed, price_proposed};

use super::order::{PRODUCTS, SHARINGS, prices, quote};

/// What line `at` is proposed as; lines before it may count.
fn proposed(at: usize, draw: usize, before: &[Option<Proposed>]) -> Option<Proposed> {
    let counting: Vec<usize> = (0..at).filter(|it| before[*it].is_none()).collect();
    match draw % 4 {
        1 if !counting.is_empty() => {
            Some(Proposed::AlternativeTo(counting[draw / 4 % counting.len()]))
        }
        2 if !counting.is_empty() => Some(Proposed::Optional),
        _ => None,
    }
}

proptest! {
    #[test]
    fn what_is_told_of_a_line_that_does_not_count_is_what_is_paid_once_it_does(
        drawn in prop::collection::vec((0..PRODUCTS.len(), 1_u32..4, 0_usize..40), 1..7),
        steps in prop::collection::vec((0..SHARINGS.len(), -3_000_i64..3_000), 0..4),
        contained in any::<bool>(),
        at in prop::sample::select(vec![TaxAt::Document, TaxAt::Line, TaxAt::Unit]),
        leftover in prop::sample::select(vec![Leftover::LargestRemainder, Leftover::First]),
    ) {
        let mut pack = prices(&steps);
        pack.settlement.tax_at = at;
        pack.settlement.leftover = leftover;
        if contained {
            pack.settlement.prices = TaxIn::Contained;
        }
        let mut roles = Vec::new();
        for (at, (.., draw)) in drawn.iter().enumerate() {
            let role = proposed(at, *draw, &roles);
            roles.push(role);
        }
        let line = |at: &usize| (drawn[*at].0, drawn[*at].1);
        let priced = |positions: &[usize]| {
            let lines: Vec<_> = positions.iter().map(line).collect();
            quote(&pack, &lines).0
        };
        let counting = Counting::new(roles.iter().copied()).expect("a line that counts");
        let found = price_proposed::<PriceError>(&pack, &counting, |lines, _| Ok(priced(lines)));
        let found = found.expect("a price");
        // The others are as if they were not there.
        let all = || 0..drawn.len();
        let counted: Vec<usize> = all().filter(|at| roles[*at].is_none()).collect();
        let now = priced(&counted);
        prop_assert_eq!(&found.quote, &now);
        for at in all() {
            // What is paid where the buyer says of this line that it counts.
            let counts = |it: usize| match roles[at] {
                Some(Proposed::AlternativeTo(of)) if it == of => false,
                _ => it == at || roles[it].is_none(),
            };
            let lines: Vec<usize> = all().filter(|it| counts(*it)).collect();
            let then = priced(&lines);
            let place = lines.iter().position(|it| *it == at).expect("the line");
            prop_assert_eq!(&found.lines[at], &then.lines[place]);
            prop_assert_eq!(found.if_taken[at].is_none(), roles[at].is_none());
            let Some(more) = &found.if_taken[at] else {
                continue;
            };
            prop_assert_eq!(now.totals.net + more.net, then.totals.net);
            prop_assert_eq!(now.totals.gross + more.gross, then.totals.gross);
            prop_assert_eq!(now.contract_total + more.contract_total, then.contract_total);
        }
    }
}
