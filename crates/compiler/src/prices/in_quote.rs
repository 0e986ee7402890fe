//! Numbers of pieces at which a quote costs less than with fewer, by what is taken off all of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use quotewright_engine::catalog::{Condition, Formula, Model, Value};
use quotewright_engine::price::{LookupKey, PricePack, PriceRule, ProductPrices, Quantities};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, AskedLine, answers, price_quote};
use rust_decimal::Decimal;

use super::Prices;
use super::ladders::ANY_DAY;
use super::suggested::{MOST_PACKS, Suggested, bundles_of, groups, left_out};
use crate::diagnostic::{Diagnostic, Report};

/// The most pieces that are looked at.
const MOST_PIECES: u32 = 1_000_000;

/// Warns of the first number of pieces of each product, alone in a quote and as the catalog
/// suggests it, from which the quote costs less than with fewer though the line does not.
///
/// Charges of the quote, such as for small orders or freight, are left out: that they end above
/// some amount is what they are for.
pub(crate) fn tell(
    suggested: &Suggested<'_>,
    prices: &[Prices<'_>],
    (packs, today): (&[&PricePack], Option<Date>),
    report: &mut Report,
) {
    let Some(of_quote) = prices.iter().find(|it| it.is_whole()) else {
        return;
    };
    let mut told: BTreeMap<&str, Diagnostic> = BTreeMap::new();
    for pack in packs.iter().take(MOST_PACKS) {
        let limits = pack.whole.as_ref().map(limits).unwrap_or_default();
        for line in suggested.lines(pack) {
            let product = line.model.product.as_str();
            let sold = pack.products.iter().find(|it| it.product == product);
            let (Some(sold), false) = (sold, told.contains_key(product)) else {
                continue;
            };
            let quote = Quote {
                pack,
                line,
                whole: suggested.whole(),
                day: today.or(pack.valid_from).unwrap_or(ANY_DAY),
                sold: sold.quantities,
            };
            let bundles = bundles_of(sold, pack)
                .filter(|(it, _)| groups(it).len() == 1)
                .map(|(_, pieces)| pieces);
            let Some(fall) = quote.first_fall(&limits, bundles) else {
                continue;
            };
            let step = of_quote.steps.iter().find(|it| it.code == fall.step);
            let place = step.map_or_else(|| of_quote.place(), |it| it.row.cell("step").location());
            let message = format!(
                "in `{}`, a quote of {} of `{product}` costs less in total than one of {}",
                pack.book, fall.to, fall.from
            );
            let hint = "that may be meant: it is what the quote takes off from there on";
            told.insert(
                product,
                Diagnostic::warning("falling-quote", place, message).hint(hint),
            );
        }
    }
    told.into_values().for_each(|it| report.push(it));
    if let Some(left_out) = left_out(packs.len()) {
        let message = format!("quotes are not compared for {left_out} of the kinds of buyers");
        report.push(
            Diagnostic::warning("not-checked", of_quote.place(), message)
                .hint("there are too many: look at the totals of these yourself"),
        );
    }
}

/// A quote of one product.
struct Quote<'a> {
    pack: &'a PricePack,
    line: AskedLine<'a>,
    whole: Option<(&'a Model, &'a [Option<Value>])>,
    day: Date,
    sold: Quantities,
}

/// A number of pieces at which the quote costs less than with fewer.
struct Fall {
    from: u32,
    to: u32,
    /// The step that takes off more.
    step: String,
}

/// What a quote comes to.
struct Total {
    /// Of the line.
    line: Decimal,
    /// Of the quote, without its charges.
    all: Decimal,
    /// What its steps take off.
    off: BTreeMap<String, Decimal>,
    /// What the line says about it.
    facts: Vec<Decimal>,
}

impl Quote<'_> {
    /// What so many multiples of what is sold come to; `None` where they have no price.
    fn total(&self, multiples: u32) -> Option<Total> {
        let lines = [AskedLine {
            quantity: multiples.checked_mul(self.sold.step)?,
            ..self.line
        }];
        let asked = Asked {
            lines: &lines,
            whole: self.whole,
            date: self.day,
            promotions: &[],
            buyer: Buyer::default(),
            dates: None,
            manual: &[],
        };
        let price = price_quote(self.pack, &asked).ok()?;
        let said = answers(self.pack, &asked, &price).ok()?;
        let number = |value: &Option<Value>| match value {
            Some(Value::Number(number)) => *number,
            _ => Decimal::ZERO,
        };
        let facts = self.whole.iter().flat_map(|(model, _)| &model.facts);
        let steps = price.steps.iter();
        let steps = steps.filter_map(|it| Some((it.code.clone(), it.amount?)));
        let off: BTreeMap<String, Decimal> = steps
            .filter(|(_, amount)| *amount < Decimal::ZERO)
            .collect();
        let line = price.lines.first()?.price.contract_total;
        Some(Total {
            line,
            all: off
                .values()
                .try_fold(line, |sum, it| sum.checked_add(*it))?,
            off,
            facts: (facts.filter_map(|(at, _)| said.get(at.0)).map(number)).collect(),
        })
    }

    /// The first fall where something that the line says reaches one of `limits`, or its pieces
    /// are one of the bundles with so many.
    fn first_fall(
        &self,
        limits: &BTreeSet<Decimal>,
        bundles: impl Iterator<Item = u32>,
    ) -> Option<Fall> {
        let least = self.sold.least.div_ceil(self.sold.step).max(1);
        let most = MOST_PIECES / self.sold.step;
        let facts = self.total(least)?.facts.len();
        let reached = limits.iter().flat_map(|limit| {
            (0..facts).filter_map(|fact| self.reaching((least, most), fact, *limit))
        });
        // What holds above a limit begins after the number of pieces that reaches it.
        let ends = reached.flat_map(|at| [at, at + 1]);
        let complete = bundles.map(|pieces| pieces.div_ceil(self.sold.step));
        let ends: BTreeSet<u32> = ends.chain(complete).collect();
        ends.into_iter().filter(|at| *at > least).find_map(|at| {
            let (before, after) = (self.total(at - 1)?, self.total(at)?);
            if after.all >= before.all || after.line < before.line {
                return None;
            }
            let more = |code: &String| {
                let of = |total: &Total| total.off.get(code).copied().unwrap_or_default();
                of(&after) - of(&before)
            };
            Some(Fall {
                from: (at - 1) * self.sold.step,
                to: at * self.sold.step,
                step: after.off.keys().min_by_key(|code| more(code))?.clone(),
            })
        })
    }

    /// The least number of multiples from which a fact is at a limit or above.
    fn reaching(
        &self,
        (mut low, mut high): (u32, u32),
        fact: usize,
        limit: Decimal,
    ) -> Option<u32> {
        let is_there = |at: u32| Some(*self.total(at)?.facts.get(fact)? >= limit);
        while low < high {
            let middle = low + (high - low) / 2;
            match is_there(middle)? {
                true => high = middle,
                false => low = middle + 1,
            }
        }
        is_there(low)?.then_some(low)
    }
}

/// The numbers at which steps of the quote begin to come to something else.
fn limits(whole: &ProductPrices) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    for step in &whole.steps {
        step.applies
            .when
            .iter()
            .for_each(|it| compared(it, &mut found));
        match &step.rule {
            PriceRule::TiersBy(it) => found.extend(it.tiers.iter().map(|it| it.from)),
            PriceRule::Volume(it) => {
                found.extend(it.scale.tiers.iter().filter_map(|it| it.up_to));
            }
            _ => {}
        }
    }
    let rows = whole.tables.iter().flat_map(|it| &it.rows);
    let keys = rows.flat_map(|it| &it.keys);
    found.extend(keys.filter_map(|key| match key {
        LookupKey::UpTo(number) => Some(*number),
        LookupKey::Option(_) => None,
    }));
    found
}

/// The numbers that a condition compares with.
fn compared(condition: &Condition, found: &mut BTreeSet<Decimal>) {
    match condition {
        Condition::Compare { left, right, .. } => {
            found.extend([left, right].into_iter().filter_map(|it| match it {
                Formula::Constant(number) => Some(*number),
                _ => None,
            }));
        }
        Condition::All(all) | Condition::Any(all) => {
            all.iter().for_each(|it| compared(it, found));
        }
        Condition::Not(inner) | Condition::Certain(inner) => compared(inner, found),
        Condition::Constant(_) | Condition::Is { .. } | Condition::There(_) => {}
    }
}
