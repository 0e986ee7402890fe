//! The amounts of a quote that is being put together.

use std::sync::Arc;

use jiff::civil::Date;
use quotewright_engine::catalog::{PartialAssignment, Text, Value};
use quotewright_engine::delivery::{Change, Faster, Plan, Wanted, WantedLine, faster, plan};
use quotewright_engine::price::{Currency, PriceError, PricePack, Ramp};
use quotewright_engine::quote::recurring::ContractDates;
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{
    Asked, AskedLine, IfTaken, LinePrice, QuotePrice, QuotedLine, days_later, has_tiers,
    price_proposed, price_quote,
};
use rust_decimal::Decimal;

use super::totals::Sums;
use crate::state::{BasketLine, Catalog, LineTiers, Terms, counting, entered};

/// What holds for all lines of a quote.
#[derive(Clone, Debug, PartialEq)]
pub struct Wishes {
    /// The questions about the quote as a whole, where there are any, and their answers.
    pub answers: Option<(Arc<Catalog>, PartialAssignment)>,
    /// Promotions, and who buys.
    pub terms: Terms,
    /// The day whose prices hold.
    pub date: Date,
    /// When the contract begins and ends, for what is due again and again.
    pub dates: Option<ContractDates>,
    /// When all of it should arrive, where the buyer says so.
    pub requested: Option<Date>,
}

/// What this buyer may know of the price of a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum Prices {
    /// The supplier hides prices from this buyer.
    Hidden,
    /// The prices do not hold today, or cannot be worked out.
    Unavailable,
    /// The prices.
    Known(Box<KnownPrices>),
}

/// Prices line by line and of the quote as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownPrices {
    /// Those of the lines that count.
    pub quote: QuotePrice,
    /// All lines; one that does not count as it would be if it were taken.
    pub lines: Vec<QuotedLine>,
    /// What taking each line would make of the quote; `None` for those that count.
    pub if_taken: Vec<Option<IfTaken>>,
    /// What amounts are in.
    pub currency: Currency,
    /// Name of the price book.
    pub book: Text,
}

impl KnownPrices {
    /// Whether anything is due again and again, of any line.
    pub fn repeats(&self) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| !line.price.recurring.is_empty())
    }

    /// What it all comes to; `asked` are the questions that its steps look at.
    pub fn sums(&self, asked: Option<&Catalog>) -> Sums {
        let quote = &self.quote;
        let (lines, once) = Sums::lines(quote.lines.iter().map(|line| &line.price));
        Sums {
            lines,
            once,
            steps: quote.steps.clone(),
            totals: quote.totals.clone(),
            payment: quote.payment.clone(),
            recurring: quote.recurring.clone(),
            contract_total: quote.contract_total,
            exchanged: quote.exchanged.clone(),
            requirements: quote.requirements.clone(),
            currency: self.currency.clone(),
            terms: Sums::terms(quote.lines.iter().map(|line| &line.price)),
            asked: asked.map(|asked| asked.model.clone()),
        }
    }
}

impl Prices {
    /// The prices of `lines`, where this holds for all of them.
    pub fn of(lines: &[BasketLine], wishes: &Wishes) -> Self {
        let Some(first) = lines.first() else {
            return Self::Unavailable;
        };
        match &first.catalog.pack {
            None => Self::Hidden,
            Some(pack) => work_out(lines, pack, wishes)
                .map_or(Self::Unavailable, |known| Self::Known(Box::new(known))),
        }
    }

    /// The months for which each line is bought, where they are known; 0 where nothing is due
    /// again and again.
    pub fn terms(&self) -> Vec<u32> {
        let lines = self.known().map(|known| &known.lines);
        let lines = lines.into_iter().flatten();
        lines.map(|line| line.price.term).collect()
    }

    /// The prices, where they are known.
    pub fn known(&self) -> Option<&KnownPrices> {
        match self {
            Self::Known(known) => Some(known),
            Self::Hidden | Self::Unavailable => None,
        }
    }
}

fn work_out(
    lines: &[BasketLine],
    pack: &PricePack,
    wishes: &Wishes,
) -> Result<KnownPrices, PriceError> {
    let counting = counting(lines).ok_or(PriceError::Malformed)?;
    let proposed = price_proposed(pack, &counting, |positions, _| {
        let lines = picked(lines, positions);
        asking(&lines, Some(pack), wishes, |asked| price_quote(pack, asked))
    })?;
    Ok(KnownPrices {
        quote: proposed.quote,
        lines: proposed.lines,
        if_taken: proposed.if_taken,
        currency: pack.currency.clone(),
        book: pack.label.clone(),
    })
}

/// What the line at `place`, which costs `price`, would cost at other quantities.
pub fn tiers(
    lines: &[BasketLine],
    wishes: &Wishes,
    place: usize,
    price: &LinePrice,
) -> Option<LineTiers> {
    let pack = lines.first()?.catalog.pack.as_ref()?;
    let (lines, place) = taken(lines, place)?;
    asking(&lines, Some(pack), wishes, |asked| {
        LineTiers::of(pack, asked, place, price)
    })
}

/// Whether there is more to tell about the line at `place` than what it costs.
pub fn is_tiered(lines: &[BasketLine], wishes: &Wishes, place: usize) -> bool {
    let pack = lines.first().and_then(|line| line.catalog.pack.as_ref());
    pack.zip(taken(lines, place))
        .is_some_and(|(pack, (lines, place))| {
            asking(&lines, Some(pack), wishes, |asked| {
                has_tiers(pack, asked, place)
            })
            .unwrap_or(false)
        })
}

/// The lines at these positions.
fn picked<'a>(lines: &'a [BasketLine], positions: &[usize]) -> Vec<&'a BasketLine> {
    let lines = positions.iter().filter_map(|at| lines.get(*at));
    lines.collect()
}

/// The lines that count once the one at `place` does, and its place among them.
fn taken(lines: &[BasketLine], place: usize) -> Option<(Vec<&BasketLine>, usize)> {
    let positions = counting(lines)?.taking(place);
    let among = positions.iter().position(|at| *at == place)?;
    Some((picked(lines, &positions), among))
}

/// The lines that count.
fn counted(lines: &[BasketLine]) -> Vec<&BasketLine> {
    counting(lines).map_or_else(Vec::new, |it| picked(lines, &it.lines()))
}

fn asking<R>(
    basket: &[&BasketLine],
    pack: Option<&PricePack>,
    wishes: &Wishes,
    ask: impl FnOnce(&Asked) -> R,
) -> R {
    let values: Vec<Vec<Option<Value>>> = (basket.iter())
        .map(|line| line.assignment.iter().copied().map(Some).collect())
        .collect();
    let ramps: Vec<Vec<Ramp>> = basket
        .iter()
        .map(|line| line.wishes.ramp(line.catalog.quantities()))
        .collect();
    let lines: Vec<AskedLine> = (basket.iter().zip(&values).zip(&ramps))
        .map(|((line, values), ramp)| AskedLine {
            model: &line.catalog.model,
            values,
            quantity: line.quantity,
            ramp,
            earlier: 0,
            billed: Decimal::ZERO,
        })
        .collect();
    let dated = (basket.iter()).all(|line| line.wishes.date().is_some());
    let promotions = pack.map(|pack| entered(&wishes.terms.promotions, pack));
    let promotions = promotions.unwrap_or_default();
    ask(&Asked {
        lines: &lines,
        whole: (wishes.answers.as_ref()).map(|(asked, values)| (&asked.model, values.as_slice())),
        date: wishes.date,
        promotions: &promotions,
        buyer: Buyer {
            dated: wishes.requested.is_some() || dated,
            ..wishes.terms.buyer.buyer()
        },
        dates: wishes.dates,
        manual: &[],
    })
}

/// Which of `changes` of the lines that count bring something earlier, and at which price.
pub fn sooner(
    lines: &[BasketLine],
    wishes: &Wishes,
    requested: Option<Date>,
    changes: &[Change],
) -> Vec<Faster> {
    let pack = lines.first().and_then(|line| line.catalog.pack.as_ref());
    let lines = counted(lines);
    let wanted = wanted(&lines, requested);
    let found = asking(&lines, pack, wishes, |asked| {
        faster(asked, wishes.date, &wanted, pack, changes)
    });
    found.unwrap_or_default()
}

fn wanted(lines: &[&BasketLine], requested: Option<Date>) -> Wanted {
    let own = lines.iter().map(|line| WantedLine {
        date: line.wishes.date(),
        call_offs: line.wishes.call_offs(line.quantity),
    });
    Wanted {
        date: requested,
        lines: own.collect(),
    }
}

/// When the lines that count can be there, ordered today; by `requested`, where the buyer wants
/// them then and says no other day for a line.
pub fn planned(lines: &[BasketLine], wishes: &Wishes, requested: Option<Date>) -> Option<Plan> {
    plan_of(&counted(lines), wishes, requested)
}

/// Days that all lines arrive later once the one at `place` is taken; `None` where it counts.
pub fn later(
    lines: &[BasketLine],
    wishes: &Wishes,
    requested: Option<Date>,
    (place, now): (usize, &Plan),
) -> Option<i32> {
    counting(lines)?.proposed(place)?;
    let (lines, _) = taken(lines, place)?;
    days_later(now, &plan_of(&lines, wishes, requested)?)
}

fn plan_of(lines: &[&BasketLine], wishes: &Wishes, requested: Option<Date>) -> Option<Plan> {
    let wanted = wanted(lines, requested);
    asking(lines, None, wishes, |asked| {
        plan(asked, wishes.date, &wanted)
    })
    .ok()
}
