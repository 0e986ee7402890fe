use iso_currency::Currency as IsoCurrency;
use jiff::civil::Date;
use quotewright_engine::money::Leftover;
use quotewright_engine::price::{
    Currency, RoundingMode, RoundingMoment, RoundingPolicy, TaxAt, TaxIn,
};
use rust_decimal::Decimal;

use super::toml_table::{Table, Word};
use super::{Manifest, Merge, Visibility, billing, books, confidential, rates, taxes, terms};
use crate::diagnostic::{Diagnostic, Report};
use crate::suggest::{closest, did_you_mean};

/// Days after its price date that a request may arrive, where the catalog does not say.
const LATE_DAYS: u32 = 30;

/// Reads `[prices]`, `[[taxes]]`, `[[tax_rules]]`, `[[books]]`, `[[rates]]`, `[[terms]]` and
/// `[[commissions]]`.
pub(super) fn read(root: &mut Table<'_>, manifest: &mut Manifest, report: &mut Report) {
    match root.table("prices", report) {
        Some(table) => policy(table, manifest, report),
        None => root.missing("prices", report),
    }
    manifest.taxes = taxes::read(root, manifest, report);
    manifest.settlement.tax_rules = taxes::rules(root, manifest, report);
    manifest.books = books::read(root, manifest, report);
    manifest.rates = rates::read(root, report);
    manifest.terms = terms::read(root, manifest, report);
    let (commissions, groups) = confidential::commissions(root, report);
    manifest.confidential.commissions = commissions;
    manifest.commission_groups = groups;
}

fn policy(mut table: Table<'_>, manifest: &mut Manifest, report: &mut Report) {
    let visibility = [
        ("public", Visibility::Public),
        ("signed-in", Visibility::SignedIn),
    ];
    let moments = [
        ("unit", RoundingMoment::Unit),
        ("line", RoundingMoment::Line),
        ("document", RoundingMoment::Document),
    ];
    manifest.visibility = choice(&mut table, "visibility", visibility, report).unwrap_or_default();
    let mode = choice(&mut table, "rounding", RoundingMode::NAMED, report);
    let moment = choice(&mut table, "round_at", moments, report);
    let step = table.word("step", report);
    let step = step.and_then(|word| above_zero(word, report));
    manifest.rounding =
        mode.zip(moment)
            .map(|(mode, moment)| RoundingPolicy { mode, moment, step });
    let currency = table.required("currency", report);
    manifest.currency = currency.and_then(|word| self::currency(&word, report));
    let merge = optional_choice(&mut table, "merge", Merge::NAMED, report);
    manifest.merge = merge.unwrap_or_default();
    let tax = [("on-top", TaxIn::OnTop), ("contained", TaxIn::Contained)];
    let tax = optional_choice(&mut table, "tax", tax, report);
    manifest.settlement.prices = tax.unwrap_or_default();
    let tax_at = [
        ("document", TaxAt::Document),
        ("line", TaxAt::Line),
        ("unit", TaxAt::Unit),
    ];
    let tax_at = optional_choice(&mut table, "tax_at", tax_at, report);
    manifest.settlement.tax_at = tax_at.unwrap_or_default();
    if let Some(word) = table.word("cash_step", report) {
        manifest.settlement.cash_step = cash_step(word, manifest.currency.as_ref(), report);
    }
    if let Some(leftover) = optional_choice(&mut table, "leftover", Leftover::NAMED, report) {
        manifest.settlement.leftover = leftover;
    }
    manifest.settlement.billing = billing::read(&mut table, report);
    manifest.confidential = confidential::policy(&mut table, report);
    manifest.late_days = LATE_DAYS;
    if let Some(word) = table.word("late_days", report) {
        match word.text.parse() {
            Ok(days) => manifest.late_days = days,
            Err(_) => bad(word, "bad-number", "is not a number of days", report),
        }
    }
    table.finish(report);
}

/// A number above zero.
fn above_zero(word: Word, report: &mut Report) -> Option<Decimal> {
    let number = Decimal::from_str_exact(&word.text).ok();
    let number = number.filter(|it| *it > Decimal::ZERO);
    if number.is_none() {
        bad(word, "bad-number", "is not a number above zero", report);
    }
    number.map(|it| it.normalize())
}

/// Above zero, and in whole minor units.
fn cash_step(word: Word, currency: Option<&Currency>, report: &mut Report) -> Option<Decimal> {
    let minor_units = currency?.minor_units;
    let step = Decimal::from_str_exact(&word.text).map(|it| it.normalize());
    let step = step.ok();
    let step = step.filter(|it| *it > Decimal::ZERO && it.scale() <= minor_units);
    if step.is_none() {
        bad(word, "bad-number", "is not an amount of cash", report);
    }
    step
}

pub(super) fn bad(word: Word, code: &'static str, what: &str, report: &mut Report) {
    let message = format!("`{}` {what}", word.text);
    report.push(Diagnostic::error(code, word.location, message));
}

/// One of a few words.
fn choice<T: Copy, const N: usize>(
    table: &mut Table<'_>,
    key: &'static str,
    choices: [(&'static str, T); N],
    report: &mut Report,
) -> Option<T> {
    let word = table.required(key, report)?;
    chosen(word, key, choices, report)
}

/// As [`choice`], where it need not be there.
pub(super) fn optional_choice<T: Copy, const N: usize>(
    table: &mut Table<'_>,
    key: &'static str,
    choices: [(&'static str, T); N],
    report: &mut Report,
) -> Option<T> {
    let word = table.word(key, report)?;
    chosen(word, key, choices, report)
}

/// The value of a word.
pub(super) fn chosen<T: Copy, const N: usize>(
    word: Word,
    key: &'static str,
    choices: [(&'static str, T); N],
    report: &mut Report,
) -> Option<T> {
    let found = choices.iter().find(|(name, _)| *name == word.text);
    if found.is_none() {
        let message = format!("`{}` is not a choice for `{key}`", word.text);
        let hint = did_you_mean(&word.text, choices.iter().map(|(name, _)| *name));
        let location = word.location.clone();
        report.push(Diagnostic::error("unknown-word", location, message).maybe_hint(hint));
    }
    found.map(|(_, value)| *value)
}

pub(super) fn currency(word: &Word, report: &mut Report) -> Option<Currency> {
    let found = IsoCurrency::from_code(&word.text);
    let minor_units = found.and_then(IsoCurrency::exponent);
    if minor_units.is_none() {
        let message = format!("`{}` is not a currency of ISO 4217", word.text);
        let upper = word.text.to_uppercase();
        let hint = match IsoCurrency::from_code(&upper) {
            Some(_) => Some(format!("write `{upper}`")),
            None => closest(&upper, ["EUR", "USD", "GBP", "CHF"])
                .map(|code| format!("did you mean `{code}`?")),
        };
        let location = word.location.clone();
        report.push(Diagnostic::error("unknown-currency", location, message).maybe_hint(hint));
    }
    Some(Currency {
        code: word.text.clone(),
        minor_units: u32::from(minor_units?),
    })
}

pub(super) fn percent(word: Word, report: &mut Report) -> Option<Decimal> {
    let number = Decimal::from_str_exact(&word.text).ok();
    let number = number.filter(|number| (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(number));
    if number.is_none() {
        bad(
            word,
            "bad-number",
            "is not a percentage from 0 to 100",
            report,
        );
    }
    number.map(|number| number.normalize())
}

/// A number; what is no number is told.
pub(super) fn decimal(
    table: &mut Table<'_>,
    key: &'static str,
    report: &mut Report,
) -> Option<Decimal> {
    let word = table.word(key, report)?;
    let number = Decimal::from_str_exact(&word.text).ok();
    if number.is_none() {
        bad(word, "bad-number", "is not a number", report);
    }
    number.map(|number| number.normalize())
}

pub(super) fn date(table: &mut Table<'_>, key: &'static str, report: &mut Report) -> Option<Date> {
    let word = table.word(key, report)?;
    let date = word.text.parse::<Date>().ok();
    if date.is_none() {
        let message = format!("`{}` is not a date", word.text);
        report.push(
            Diagnostic::error("bad-date", word.location, message).hint("write it as 2026-12-31"),
        );
    }
    date
}
