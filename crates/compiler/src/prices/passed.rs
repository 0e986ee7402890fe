//! Floors that a configuration as the catalog suggests it passes, whatever takes it there:
//! amounts off, agreed prices, bundles.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::price::PricePack;
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, Confidential, Margins, margins, price_quote};

use super::Prices;
use super::floors::{own_place, tell_not_compared};
use super::ladders::ANY_DAY;
use super::suggested::{MOST_PACKS, Suggested, left_out};
use crate::diagnostic::{Diagnostic, Report};

/// A pack, and what only the supplier may know about it.
type Book<'p> = (&'p PricePack, &'p Confidential);

/// Warns of products that are below their floor as the catalog suggests them, the least number
/// of each: alone, and in one quote with so many of all products that bundles are complete.
pub(crate) fn tell(
    suggested: &Suggested<'_>,
    prices: &[Prices<'_>],
    (packs, today): (&[Book<'_>], Option<Date>),
    report: &mut Report,
) {
    let with_floors: Vec<&Prices<'_>> = (prices.iter())
        .filter(|it| own_place(it).is_some() && !it.is_told(report))
        .collect();
    if with_floors.is_empty() {
        return;
    }
    let mut told: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for (pack, confidential) in packs.iter().take(MOST_PACKS) {
        let lines = suggested.lines(pack);
        let alone = lines.iter().map(std::slice::from_ref);
        for lines in alone.chain([lines.as_slice()]) {
            let asked = Asked {
                lines,
                whole: suggested.whole(),
                date: today.or(pack.valid_from).unwrap_or(ANY_DAY),
                promotions: &[],
                buyer: Buyer::default(),
                dates: None,
                manual: &[],
            };
            let Some(found) = found(pack, confidential, &asked) else {
                continue;
            };
            for (line, margin) in lines.iter().zip(&found.lines) {
                let product = line.model.product.as_str();
                let mut own = with_floors.iter().filter(|it| it.product() == product);
                if let (Some(prices), false) = (own.next(), margin.below_floor.is_zero())
                    && let Some(place) = own_place(prices)
                {
                    let beside = if lines.len() > 1 {
                        ", with the other products"
                    } else {
                        ""
                    };
                    let message = format!(
                        "in `{}`, {} of `{product}` as suggested{beside} come to {}, {} below the floor",
                        pack.book, line.quantity, margin.net, margin.below_floor
                    );
                    told.entry(product).or_insert_with(|| {
                        Diagnostic::warning("floor-passed", place, message).hint(
                            "lower what is taken off, or the floor; without promotions and tax",
                        )
                    });
                }
            }
        }
    }
    told.into_values().for_each(|it| report.push(it));
    if let Some(left_out) = left_out(packs.len()) {
        for prices in with_floors {
            tell_not_compared(prices, left_out, report);
        }
    }
}

fn found(pack: &PricePack, confidential: &Confidential, asked: &Asked<'_>) -> Option<Margins> {
    let price = price_quote(pack, asked).ok()?;
    margins(confidential, pack, asked, &price, None).ok()
}
