//! Recurring charges.

use jiff::civil::Date;
use quotewright_engine::money::{Rounding, RoundingMode};
use quotewright_engine::quote::recurring::{
    Period, days_of_fixed_months, leading_part, part_of_fixed_months, segment,
};

use super::fields::{Expected, Inputs, Not, Run};

fn date(inputs: Inputs<'_>, name: &str) -> Result<Date, Not> {
    let text = inputs.text(name)?;
    text.parse()
        .map_err(|_| Not::Read(format!("`{text}` is not a date")))
}

/// The engine's period for a case's.
fn period(inputs: Inputs<'_>) -> Result<Period, Not> {
    let name = inputs.text("period")?.to_lowercase().replace('_', "-");
    let name = match name.as_str() {
        "month" => "monthly",
        "week" => "weekly",
        "day" => "daily",
        "quarter" => "quarterly",
        "year" | "yearly" => "annual",
        "bimestrial" => "bimonthly",
        "triannual" => "four-monthly",
        "biannual" | "semiannual" => "half-yearly",
        "sesquiennial" => "eighteen-months",
        other => other,
    };
    let named = Period::NAMED.into_iter().find(|(it, _)| *it == name);
    let period = named.map(|(_, period)| period);
    period.ok_or_else(|| Not::Offered(format!("period {name}")))
}

pub fn fixed_month_days(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (start, end) = (date(inputs, "start")?, date(inputs, "end")?);
    let length = inputs.whole("days_in_month")?;
    expected.same("days", days_of_fixed_months(start, end, length)?)?;
    // Nine decimals, as the source has it.
    let nine = Rounding::to_decimals(9, RoundingMode::HalfUp);
    let part = part_of_fixed_months(start, end, length)?;
    expected.same("fraction", part.round(&nine)?)
}

pub fn whole_periods(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let (start, end) = (date(inputs, "start")?, date(inputs, "end")?);
    expected.same("n", period(inputs)?.whole(start, end)?)
}

pub fn advance(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let start = date(inputs, "start")?;
    let found = period(inputs)?.advance(start, inputs.whole("n")?)?;
    expected.text_is("date", &found.to_string())
}

pub fn leading(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let start = date(inputs, "start")?;
    let found = leading_part(start, inputs.whole("bill_day")?, period(inputs)?)?;
    expected.text_is("first", &found.first.to_string())?;
    expected.same("fraction", found.part)
}

pub fn part(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let [start, end, from, to] = ["start", "end", "period_start", "period_end"];
    let found = segment(
        date(inputs, start)?,
        date(inputs, end)?,
        date(inputs, from)?,
        date(inputs, to)?,
    )?;
    expected.same("fraction", found)
}
