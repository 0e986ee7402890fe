//! `[[rates]]`: what a currency is worth in another from a day on.

use quotewright_engine::money::ExchangeRate;
use rust_decimal::Decimal;

use super::prices::{currency, date, decimal};
use super::toml_table::Table;
use crate::diagnostic::{Diagnostic, Location, Report};

/// Reads `[[rates]]`.
pub(super) fn read(root: &mut Table<'_>, report: &mut Report) -> Vec<ExchangeRate> {
    let mut rates: Vec<(ExchangeRate, Location)> = Vec::new();
    for mut table in root.tables("rates", report) {
        let location = table.location();
        let rate = rate(&mut table, report);
        table.finish(report);
        let Some(rate) = rate else { continue };
        let same = |(it, _): &&(ExchangeRate, Location)| {
            (&it.from, &it.to, it.date) == (&rate.from, &rate.to, rate.date)
        };
        if let Some((_, first)) = rates.iter().find(same) {
            let (from, to, date) = (&rate.from, &rate.to, rate.date);
            let message = format!("there is a second rate from {from} to {to} on {date}");
            let diagnostic = Diagnostic::error("duplicate-code", location, message);
            report.push(diagnostic.related(first.clone(), "the first one is here"));
            continue;
        }
        rates.push((rate, location));
    }
    rates.into_iter().map(|(rate, _)| rate).collect()
}

fn rate(table: &mut Table<'_>, report: &mut Report) -> Option<ExchangeRate> {
    let from = table.required("from", report);
    let from = from.and_then(|word| currency(&word, report));
    let to = table.required("to", report);
    let to = to.and_then(|word| currency(&word, report));
    let number = decimal(table, "rate", report);
    if number.is_none_or(|it| it <= Decimal::ZERO) {
        let message = "`rate` must be a number above zero";
        report.push(Diagnostic::error("bad-number", table.location(), message));
    }
    let day = date(table, "valid_from", report);
    if day.is_none() {
        table.missing("valid_from", report);
    }
    Some(ExchangeRate {
        from: from?.code,
        to: to?.code,
        rate: number.filter(|it| *it > Decimal::ZERO)?,
        date: day?,
    })
}
