use jiff::civil::Date;
use quotewright_engine::catalog::Value;
use quotewright_engine::price::{Currency, Due, Purchase, Step};
use quotewright_engine::quote::{
    LinePrice, LineTotals, Recurring, Totals, line_totals, price_line,
};
use rust_decimal::Decimal;

use super::{Catalog, Terms, entered};

/// What this buyer may know of the price of one configuration.
#[derive(Clone, Debug, PartialEq)]
pub enum Offer {
    /// The supplier hides prices from this buyer.
    Hidden,
    /// The prices do not hold today, or cannot be worked out.
    Unavailable,
    /// The price.
    Priced(Box<Priced>),
}

/// A price with all that a screen shows of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Priced {
    /// The line.
    pub line: LinePrice,
    /// What it comes to for this buyer.
    pub due: LineTotals,
    /// What amounts are in.
    pub currency: Currency,
}

impl Priced {
    /// What is due once: what is paid where prices contain tax, else the net amount.
    pub fn once(&self) -> Decimal {
        shown(&self.due.totals)
    }

    /// What is due each time.
    pub fn each(&self, again: &Recurring) -> Decimal {
        self.totals_of(again).map_or(again.charge.net, shown)
    }

    /// The totals of what is due each time.
    pub fn totals_of(&self, again: &Recurring) -> Option<&Totals> {
        let mut totals = self.due.recurring.iter();
        let own = totals.find(|it| (it.due, it.from) == (again.due, again.from))?;
        Some(&own.totals)
    }

    /// What the buyer is shown first, and how often it is due: each time from the first month
    /// on, where anything is due again and again.
    pub fn first(&self) -> (Due, Decimal) {
        let mut again = self.line.recurring.iter().filter(|it| it.from == 0);
        let again = again.find(|it| !it.charge.net.is_zero());
        again.map_or((Due::Once, self.once()), |it| (it.due, self.each(it)))
    }

    /// All steps of the price.
    pub fn steps(&self) -> impl Iterator<Item = &Step> + Clone {
        let again = self.line.recurring.iter().map(|it| &it.charge);
        let charges = std::iter::once(&self.line.once).chain(again);
        charges.flat_map(|it| it.piece.steps.iter().chain(&it.steps))
    }

    /// Whether anything is due once, as far as it is known.
    pub fn is_due_once(&self) -> bool {
        let once = &self.line.once;
        let mut steps = once.piece.steps.iter().chain(&once.steps);
        let again = self.line.recurring.is_empty() || !once.net.is_zero();
        again || steps.any(|step| step.amount.is_none())
    }
}

/// What a buyer looks at: with tax where prices contain it.
pub fn shown(totals: &Totals) -> Decimal {
    match totals.contained {
        true => totals.gross,
        false => totals.net,
    }
}

impl Offer {
    /// The price of `quantity` pieces with these values on `date`.
    pub fn of(
        catalog: &Catalog,
        values: &[Option<Value>],
        quantity: u32,
        date: Date,
        terms: &Terms,
    ) -> Self {
        let Some(pack) = &catalog.pack else {
            return Self::Hidden;
        };
        let promotions = entered(&terms.promotions, pack);
        let purchase = Purchase {
            promotions: &promotions,
            ..Purchase::alone(quantity, date)
        };
        let priced = price_line(&catalog.model, pack, values, &purchase).and_then(|line| {
            Ok(Priced {
                due: line_totals(pack, &line, terms.buyer.buyer())?,
                line,
                currency: pack.currency.clone(),
            })
        });
        priced.map_or(Self::Unavailable, |priced| Self::Priced(Box::new(priced)))
    }

    /// What is due over the whole term, where it is known.
    pub fn net(&self) -> Option<Decimal> {
        self.priced().map(|it| it.due.contract_total)
    }

    /// The price, where it is known.
    pub fn priced(&self) -> Option<&Priced> {
        match self {
            Self::Priced(priced) => Some(priced),
            Self::Hidden | Self::Unavailable => None,
        }
    }
}
