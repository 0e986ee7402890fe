use std::cmp::Reverse;

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::plan::Plan;
use super::working_days::distance;
use super::{DeliveryError, Wanted, plan};
use crate::catalog::{AttributeIndex, PartialAssignment, Value};
use crate::money::exact;
use crate::price::PricePack;
use crate::quote::{Asked, price_quote};

/// What might be decided otherwise, with the whole configuration that it comes to: of a
/// [`Configurator`](crate::configure::Configurator), an
/// [`Effect`](crate::configure::Effect) or the completion with the fewest working days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Position of the line; `None` for the quote as a whole.
    pub line: Option<usize>,
    /// What is decided otherwise.
    pub attributes: Vec<(AttributeIndex, Value)>,
    /// One entry for each attribute.
    pub values: PartialAssignment,
}

/// A change that makes something arrive earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Faster {
    /// Position of the line; `None` for the quote as a whole.
    pub line: Option<usize>,
    /// What is decided otherwise.
    pub attributes: Vec<(AttributeIndex, Value)>,
    /// When the line can arrive, or of a change to the quote as a whole, all lines together.
    pub arrives: Date,
    /// Days earlier than without the change; above zero.
    pub days: u32,
    /// When all lines together can arrive.
    pub together: Date,
    /// What the whole quote costs more with it, once and over its terms, before tax; `None`
    /// where there is no price.
    pub price: Option<Decimal>,
    /// Whether it is in time where it would be late without the change.
    pub in_time: bool,
}

/// Which of `changes` make something arrive earlier, those first that gain most days, of
/// those the cheapest, then in the order given. A change that costs as much and gains as many
/// days as another is kept.
///
/// # Errors
/// As [`plan`] for what is asked for as it is.
pub fn faster(
    asked: &Asked,
    ordered: Date,
    wanted: &Wanted,
    pack: Option<&PricePack>,
    changes: &[Change],
) -> Result<Vec<Faster>, DeliveryError> {
    let now = plan(asked, ordered, wanted)?;
    let price = pack.and_then(|pack| total(pack, asked));
    let mut found: Vec<Faster> = Vec::new();
    for change in changes {
        let then = changed(asked, change, |then| {
            let gained = gained(&now, &plan(then, ordered, wanted).ok()?, change)?;
            let then = pack.and_then(|pack| total(pack, then));
            let price = then.zip(price);
            let price = price.and_then(|(then, now)| exact::subtract(then, now).ok());
            let price = price.zip(pack);
            let price = price.map(|(it, pack)| exact::money(it, pack.currency.minor_units));
            Some(Faster { price, ..gained })
        });
        found.extend(then);
    }
    found.sort_by_key(|it| (Reverse(it.days), it.price.is_none(), it.price));
    Ok(found)
}

/// What `work` comes to for what is asked for, with a change.
fn changed<T>(asked: &Asked, change: &Change, work: impl FnOnce(&Asked) -> Option<T>) -> Option<T> {
    let Some(at) = change.line else {
        let (model, _) = asked.whole?;
        let whole = Some((model, change.values.as_slice()));
        return work(&Asked { whole, ..*asked });
    };
    let mut lines = asked.lines.to_vec();
    lines.get_mut(at)?.values = &change.values;
    work(&Asked {
        lines: &lines,
        ..*asked
    })
}

/// What a change gains; nothing where nothing arrives earlier, or that is not known yet.
fn gained(now: &Plan, then: &Plan, change: &Change) -> Option<Faster> {
    let (earlier, open) = match change.line {
        Some(at) => (then.lines.get(at)?.arrives, then.lines.get(at)?.open),
        None => (
            then.together.as_ref()?.arrives,
            then.together.as_ref()?.open,
        ),
    };
    let before = match change.line {
        Some(at) => now.lines.get(at)?.arrives,
        None => now.together.as_ref()?.arrives,
    };
    let days = u32::try_from(distance(earlier.possible, before.possible)).ok()?;
    (days > 0 && !open).then(|| Faster {
        line: change.line,
        attributes: change.attributes.clone(),
        arrives: earlier.possible,
        days,
        together: then
            .together
            .as_ref()
            .map_or(earlier.possible, |it| it.arrives.possible),
        price: None,
        in_time: before.late_days > 0 && earlier.late_days == 0,
    })
}

/// All that is due, once and over the terms, before tax.
fn total(pack: &PricePack, asked: &Asked) -> Option<Decimal> {
    price_quote(pack, asked).ok().map(|it| it.contract_total)
}
