//! Steps of which only the best for the buyer counts, and limits that cross.

use std::collections::BTreeMap;

use quotewright_engine::price::Level;

use super::amounts::{Amounts, Stated};
use super::rule::{Of, Rule, Step};
use crate::diagnostic::{Diagnostic, Report};

/// Tells steps with one word in `best_of` that cannot compete: their amounts are not of the same,
/// or other steps stand between them.
pub(super) fn check(steps: &[Step<'_>], report: &mut Report) {
    let mut last: BTreeMap<&str, usize> = BTreeMap::new();
    for (position, step) in steps.iter().enumerate() {
        let Some(word) = step.terms.rivals.as_deref() else {
            continue;
        };
        let above = last.insert(word, position);
        let Some((above, rival)) = above.and_then(|it| Some((it, steps.get(it)?))) else {
            continue;
        };
        let other = rival.row.cell("step").text();
        let (message, hint) = if !is_same_level(rival.terms.level, step.terms.level) {
            (
                format!("it competes with `{other}`, and one is for a piece, the other for a line"),
                "write the same in `for`, or give each a word of its own",
            )
        } else if rival.terms.due != step.terms.due {
            (
                format!("it competes with `{other}`, which is due in another rhythm"),
                "write the same in `due`, or give each a word of its own",
            )
        } else if above + 1 < position {
            (
                format!("it does not compete with `{other}`: other steps stand between them"),
                "move the rows together, or give each a word of its own",
            )
        } else {
            continue;
        };
        let told = Diagnostic::error("unfit", step.row.cell("best_of").location(), message);
        let place = rival.row.cell("best_of").location();
        report.push(told.hint(hint).related(place, "the same word is here"));
    }
}

/// Whether both are for a piece, for a line, or for the quote as a whole.
fn is_same_level(one: Level, other: Level) -> bool {
    match (one, other) {
        (Level::Quote(_), Level::Quote(_)) => true,
        _ => one == other,
    }
}

/// Warns of a `minimum` and a `maximum` of the same that cross: the lower one decides nothing.
pub(super) fn check_limits<'b>(
    steps: &[Step<'_>],
    books: impl Iterator<Item = &'b str> + Clone,
    report: &mut Report,
) {
    for (position, step) in steps.iter().enumerate().filter(|(_, it)| it.is_first) {
        let earlier = steps.iter().take(position);
        let opposite = earlier.filter(|it| it.is_first && are_limits(it, step));
        for other in opposite {
            let limits = |book| {
                let amount = |step: &Step<'_>| Stated(book).look_up(step.row, "price");
                let (own, others) = (amount(step)?, amount(other)?);
                let (least, most) = match step.rule {
                    Rule::Spend { most: true, .. } => (others, own),
                    _ => (own, others),
                };
                (least > most).then_some((book, least, most))
            };
            let Some((book, least, most)) = books.clone().find_map(limits) else {
                continue;
            };
            let message = format!("in `{book}` the minimum, {least}, is above the maximum, {most}");
            let place = step.row.cell("kind").location();
            report.push(
                Diagnostic::warning("crossed-limits", place, message)
                    .hint("the later of the two rows decides alone: correct one of them")
                    .related(other.row.cell("kind").location(), "the other is here"),
            );
        }
    }
}

/// Whether one is the least and the other the most of the same, where the same holds.
fn are_limits(one: &Step<'_>, other: &Step<'_>) -> bool {
    let (
        Rule::Spend { of, most },
        Rule::Spend {
            of: of_other,
            most: other_most,
        },
    ) = (&one.rule, &other.rule)
    else {
        return false;
    };
    let is_same = match (of, of_other) {
        (Of::Before, Of::Before) => true,
        (Of::Steps(of), Of::Steps(of_other)) => of.iter().all(|it| of_other.contains(it)),
        (Of::Groups(of), Of::Groups(of_other)) => of == of_other,
        _ => false,
    };
    let (terms, others) = (&one.terms, &other.terms);
    is_same
        && most != other_most
        && terms.level == others.level
        && terms.due == others.due
        && terms.counts == others.counts
        && terms.applies == others.applies
}
