//! Charges that are due repeatedly: contracts with dates.

use jiff::civil::Date;
use quotewright_cases::fields::{Expected, Inputs, Not, Run};
use quotewright_engine::money::{Fraction, RoundingMode};
use rust_decimal::Decimal;
use serde_json::json;

use crate::catalog::{Answer, Catalog};

pub fn run(semantics: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    match semantics {
        "whole_periods" => whole_periods(inputs, expected),
        "segment_proration" => segment(inputs, expected),
        "leading_proration" => leading(inputs, expected),
        "fixed_month_days" => fixed_months(inputs, expected),
        _ => Err(Not::Offered(
            "a contract ends on a day, not after so many periods".to_owned(),
        )),
    }
}

fn date(inputs: Inputs<'_>, name: &str) -> Result<Date, Not> {
    let text = inputs.text(name)?;
    text.parse()
        .map_err(|_| Not::Read(format!("`{text}` is not a date")))
}

/// How often something is due.
fn due(inputs: Inputs<'_>) -> Result<&'static str, Not> {
    match inputs.text("period")?.to_lowercase().as_str() {
        "month" | "monthly" => Ok("monthly"),
        "quarter" | "quarterly" => Ok("quarterly"),
        "year" | "yearly" | "annual" => Ok("yearly"),
        _ => Err(Not::Offered(
            "what is due again is due by months, quarters or years".to_owned(),
        )),
    }
}

/// A catalog with one price.
fn due_catalog(due: &str, price: u32, proration: &str) -> Catalog {
    let mut catalog = Catalog::of_item();
    catalog.set("proration", proration);
    catalog.rounds(Decimal::new(1, 9), RoundingMode::HalfUp);
    catalog.step("price", "amount", price, &[("due", due)]);
    catalog
}

/// A contract from a day to the day before another.
fn contract(catalog: &Catalog, start: Date, end: Option<Date>) -> Result<Answer, Not> {
    let until = end.and_then(|it| it.yesterday().ok());
    catalog.request(&json!({
        "start": start.to_string(),
        "until": until.map(|it| it.to_string()),
        "lines": [{}],
    }))
}

/// A value of what is billed first.
fn first(answer: &Answer, name: &str) -> Result<Fraction, Not> {
    answer.at(&format!("/lines/0/recurring/0/billed/0/{name}"))
}

/// With what is left over free of charge, whole periods are all that is due.
fn whole_periods(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let catalog = due_catalog(due(inputs)?, 1, "whole");
    let (start, end) = (date(inputs, "start")?, date(inputs, "end")?);
    let answer = contract(&catalog, start, Some(end))?;
    expected.same("n", answer.at("/lines/0/recurring/0/total")?)
}

fn segment(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let [start, end] = ["start", "end"].map(|it| date(inputs, it));
    let [from, to] = ["period_start", "period_end"].map(|it| date(inputs, it));
    let (start, from) = (start?, from?);
    let months = from
        .until((jiff::Unit::Month, to?))
        .map(|it| it.get_months());
    let due = match months {
        Ok(1) => "monthly",
        Ok(3) if start == from => "quarterly",
        Ok(12) if start == from => "yearly",
        _ => return Err(Not::Offered("a part in the middle of a year".to_owned())),
    };
    let mut catalog = due_catalog(due, 1, "days");
    catalog.set("bill_day", from.day());
    let answer = contract(&catalog, start, Some(end?))?;
    expected.same("fraction", first(&answer, "periods")?)
}

fn leading(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = due_catalog(due(inputs)?, 1, "days");
    catalog.set("bill_day", inputs.text("bill_day")?);
    let answer = contract(&catalog, date(inputs, "start")?, None)?;
    expected.same("fraction", first(&answer, "periods")?)
}

/// A month that costs 1 for each of its days, and one that costs 1.
fn fixed_months(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (start, end) = (date(inputs, "start")?, date(inputs, "end")?);
    let days: u32 = inputs.whole("days_in_month")?;
    for (name, price) in [("days", days), ("fraction", 1)] {
        let mut catalog = due_catalog("monthly", price, "fixed-months");
        catalog.set("days_in_month", days);
        let answer = contract(&catalog, start, Some(end))?;
        expected.same(name, first(&answer, "amount")?)?;
    }
    Ok(())
}
