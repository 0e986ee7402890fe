//! What `catalog.toml` says to the supplier alone: margins that must be left, commission.

use quotewright_engine::quote::{BelowFloor, Commission, CommissionBase, Confidential};
use rust_decimal::Decimal;

use super::books::Named;
use super::prices::{bad, optional_choice, percent};
use super::toml_table::{Table, Word};
use crate::diagnostic::Report;

/// Reads `least_margin` and `below_floor` of `[prices]`.
pub(super) fn policy(table: &mut Table<'_>, report: &mut Report) -> Confidential {
    let least = table.word("least_margin", report);
    let least_margin = least.and_then(|word| margin(word, report));
    let below = [
        ("confirm", BelowFloor::Confirm),
        ("refuse", BelowFloor::Refuse),
    ];
    let below = optional_choice(table, "below_floor", below, report);
    Confidential {
        least_margin,
        below: below.unwrap_or_default(),
        ..Confidential::default()
    }
}

/// A part of a price: less than all of it.
fn margin(word: Word, report: &mut Report) -> Option<Decimal> {
    let number = Decimal::from_str_exact(&word.text).ok();
    let number = number.filter(|it| (Decimal::ZERO..Decimal::ONE_HUNDRED).contains(it));
    if number.is_none() {
        let what = "is not a percentage from 0 to less than 100";
        bad(word, "bad-number", what, report);
    }
    number.map(|it| it.normalize())
}

/// Reads `[[commissions]]`; the groups that they name besides.
pub(super) fn commissions(
    root: &mut Table<'_>,
    report: &mut Report,
) -> (Vec<Commission>, Vec<Named>) {
    let bases = [
        ("net", CommissionBase::Net),
        ("margin", CommissionBase::Margin),
    ];
    let mut all = Vec::new();
    let mut named: Vec<Named> = Vec::new();
    for mut table in root.tables("commissions", report) {
        let partner = table.required("partner", report);
        let percent = table.required("percent", report);
        let percent = percent.and_then(|word| self::percent(word, report));
        let of = optional_choice(&mut table, "of", bases, report);
        let groups = table.words("groups", report).unwrap_or_default();
        table.finish(report);
        if let (Some(partner), Some(percent)) = (partner, percent) {
            all.push(Commission {
                partner: partner.text,
                percent,
                of: of.unwrap_or_default(),
                groups: groups.iter().map(|it| it.text.clone()).collect(),
            });
        }
        named.extend(groups.into_iter().map(Named::from));
    }
    (all, named)
}
