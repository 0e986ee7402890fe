use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::term::{Recurring, is_open, recurring};
use crate::catalog::{ArithmeticError, Model, Value};
use crate::price::{
    Due, Level, PriceError, PricePack, Priced, Purchase, RoundingMoment, Step, Waterfall,
    applicable, exact, thresholds,
};

/// The price of one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePrice {
    /// Pieces.
    pub quantity: u32,
    /// What is due once, with the order.
    pub once: Charge,
    /// What is due repeatedly, by how often and when; empty where nothing is.
    pub recurring: Vec<Recurring>,
    /// Months for which what is due repeatedly is bought; 0 where nothing is.
    pub term: u32,
    /// Whether the term hangs on what is open: what is due over it is then not known.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub open_term: bool,
    /// What is due once and over the whole term together.
    pub contract_total: Decimal,
    /// Code of the tax category.
    pub tax: String,
    /// Hundredths of tax.
    pub tax_percent: Decimal,
    /// Whether some step still waits for a decision; the amounts are then only what is known so far.
    pub open: bool,
    /// What one piece would cost at the next quantity tier, where there is one.
    pub next_tier: Option<NextTier>,
}

/// What is due at one time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// How the price of one piece comes about.
    pub piece: Waterfall,
    /// What is added for the line as a whole.
    pub steps: Vec<Step>,
    /// What rounding the line added or took: `net` is pieces times the price of one, the
    /// steps, and this.
    pub rounding: Decimal,
    /// Amount of the line, rounded where the policy says so.
    pub net: Decimal,
}

/// The next quantity at which a piece gets cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTier {
    /// Pieces from which it holds.
    pub from: u32,
    /// Net price of one piece from there.
    pub unit_net: Decimal,
}

/// The price of the line `purchase`; `values` as in [`price_unit`](crate::price::price_unit).
///
/// # Errors
/// As [`price_unit`](crate::price::price_unit).
pub fn price_line(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    purchase: &Purchase,
) -> Result<LinePrice, PriceError> {
    let prices = applicable(model, pack, purchase.date)?;
    let tax = pack.taxes.get(prices.tax).ok_or(PriceError::Malformed)?;
    let mut priced = Priced::new(model, pack, values, purchase)?;
    let once = Charge::new(&mut priced, pack, Due::Once, purchase.quantity)?;
    let (term, recurring) = recurring((model, pack, prices), values, purchase)?;
    let totals = recurring.iter().map(|it| it.total);
    let contract_total = exact::sum([once.net].into_iter().chain(totals))?;
    let mut later = thresholds(prices, purchase);
    later.retain(|from| *from > purchase.quantity);
    let same = match later.as_slice() {
        [] => 0,
        _ => priced.same_for_any_pieces(),
    };
    let unit_net = once.piece.total;
    Ok(LinePrice {
        quantity: purchase.quantity,
        contract_total: exact::money(contract_total, pack.currency.minor_units),
        term,
        open_term: term > 0 && purchase.dates.is_none() && is_open(model, prices, values)?,
        tax: tax.code.clone(),
        tax_percent: tax.percent,
        open: !priced.open().is_empty(),
        next_tier: next_tier(later, unit_net, |quantity| {
            priced.piece_total_of(&purchase.of(quantity), same)
        }),
        once,
        recurring,
    })
}

impl LinePrice {
    /// Price of one piece, of what is due once.
    pub fn unit_net(&self) -> Decimal {
        self.once.piece.total
    }
}

/// What is `due` so for `quantity` pieces, however it comes about: the price of one, and the
/// amount of the line.
pub(super) fn amounts(
    priced: &Priced,
    pack: &PricePack,
    due: Due,
    quantity: u32,
) -> Result<(Decimal, Decimal), PriceError> {
    let (piece, line) = priced.amounts(due)?;
    let pieces = exact::multiply(piece, Decimal::from(quantity))?;
    Ok((piece, pack.line_total(exact::add(pieces, line)?)?))
}

impl Charge {
    /// Whether no step is due then.
    pub fn is_empty(&self) -> bool {
        self.piece.steps.is_empty() && self.steps.is_empty()
    }

    /// Whether each step comes to the same, whatever it was worked out from.
    pub(super) fn comes_to_same(&self, other: &Self) -> bool {
        let same = |one: &[Step], other: &[Step]| {
            let amounts = one.iter().map(|it| (&it.code, it.amount));
            amounts.eq(other.iter().map(|it| (&it.code, it.amount)))
        };
        (self.net, self.rounding) == (other.net, other.rounding)
            && same(&self.piece.steps, &other.piece.steps)
            && same(&self.steps, &other.steps)
    }

    /// What is `due` so for `quantity` pieces.
    pub(super) fn new(
        priced: &mut Priced,
        pack: &PricePack,
        due: Due,
        quantity: u32,
    ) -> Result<Self, PriceError> {
        let mut charge = Self {
            piece: priced.piece(due)?,
            steps: priced.steps(due, Level::Line)?,
            rounding: Decimal::ZERO,
            net: Decimal::ZERO,
        };
        charge.add_up(pack, quantity)?;
        Ok(charge)
    }

    /// Adds a step that is worked out of all there is so far, before rounding.
    pub(super) fn change(
        &mut self,
        pack: &PricePack,
        quantity: u32,
        step: impl FnOnce(Decimal) -> Result<Step, ArithmeticError>,
    ) -> Result<(), ArithmeticError> {
        let mut step = step(self.sum(quantity)?)?;
        let minor_units = pack.currency.minor_units;
        step.amount = step.amount.map(|it| exact::money(it, minor_units));
        self.steps.push(step);
        self.add_up(pack, quantity)
    }

    fn sum(&self, quantity: u32) -> Result<Decimal, ArithmeticError> {
        let pieces = exact::multiply(self.piece.total, Decimal::from(quantity))?;
        let line = exact::sum(self.steps.iter().filter_map(|it| it.amount))?;
        exact::add(pieces, line)
    }

    fn add_up(&mut self, pack: &PricePack, quantity: u32) -> Result<(), ArithmeticError> {
        let sum = self.sum(quantity)?;
        self.net = pack.line_total(sum)?;
        let rounding = exact::subtract(self.net, sum)?;
        self.rounding = exact::money(rounding, pack.currency.minor_units);
        Ok(())
    }
}

impl PricePack {
    /// The amount of a line that adds up to `sum`.
    ///
    /// Where the price of a piece is rounded, so are the steps for the whole line.
    pub(super) fn line_total(&self, sum: Decimal) -> Result<Decimal, ArithmeticError> {
        let minor_units = self.currency.minor_units;
        match self.rounding.moment {
            RoundingMoment::Line | RoundingMoment::Unit => self.rounding.round(sum, minor_units),
            RoundingMoment::Document => Ok(exact::money(sum, minor_units)),
        }
    }
}

/// The first of the quantities `later` at which a piece costs less than `unit_net`; one that has no
/// price, such as one above the last tier, is none.
fn next_tier(
    later: Vec<u32>,
    unit_net: Decimal,
    unit: impl Fn(u32) -> Result<Decimal, PriceError>,
) -> Option<NextTier> {
    let mut there = later.into_iter().filter_map(|from| {
        let unit_net = unit(from).ok()?;
        Some(NextTier { from, unit_net })
    });
    there.find(|it| it.unit_net < unit_net)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{DAY, dec, large_box, model, pack, step};
    use crate::price::{
        Amount, Base, Counted, PriceRule, RoundingMode, RoundingMode::*, Tier, Tiers,
    };

    /// One amount, and tiers on it.
    fn priced(amount: &str, tiers: &[(u32, &str)]) -> PricePack {
        let amount = Amount {
            amount: dec(amount),
            per: None,
        };
        let tier = |(from, percent): &(u32, &str)| Tier {
            from: *from,
            percent: dec(percent),
        };
        let tiers = Tiers {
            tiers: tiers.iter().map(tier).collect(),
            of: Base::Before,
            counts: Counted::Line,
        };
        let steps = vec![
            step("base", PriceRule::Amount(amount)),
            step("quantity", PriceRule::Tiers(tiers)),
        ];
        pack(steps, Vec::new())
    }

    fn line(pack: &PricePack, quantity: u32) -> LinePrice {
        price_line(
            &model(),
            pack,
            &large_box(),
            &Purchase::alone(quantity, DAY),
        )
        .expect("a price")
    }

    #[test]
    fn rounding_happens_where_the_policy_says() {
        use RoundingMoment::{Document, Line, Unit};
        // Three pieces of 1.115 are 3.345.
        let cases: [(RoundingMoment, RoundingMode, [&str; 3]); 5] = [
            (Unit, HalfUp, ["1.12", "3.36", "0.00"]),
            (Unit, HalfEven, ["1.12", "3.36", "0.00"]),
            (Line, HalfUp, ["1.115", "3.35", "0.005"]),
            (Line, HalfEven, ["1.115", "3.34", "-0.005"]),
            (Document, HalfUp, ["1.115", "3.345", "0.00"]),
        ];
        for (moment, mode, expected) in cases {
            let mut pack = priced("1.115", &[]);
            pack.rounding.moment = moment;
            pack.rounding.mode = mode;
            let line = line(&pack, 3);
            let amounts =
                [line.unit_net(), line.once.net, line.once.rounding].map(|it| it.to_string());
            assert_eq!(amounts, expected, "{moment:?} {mode:?}");
        }
    }

    #[test]
    fn the_next_tier_is_the_next_quantity_at_which_a_piece_gets_cheaper() {
        // From 3 on nothing changes, so 3 is not announced.
        let pack = priced("100", &[(2, "-5"), (3, "-5"), (5, "-8")]);
        for (quantity, next) in [
            (1, Some((2, "95"))),
            (2, Some((5, "92"))),
            (4, Some((5, "92"))),
            (5, None),
        ] {
            let next = next.map(|(from, unit_net)| NextTier {
                from,
                unit_net: dec(unit_net),
            });
            assert_eq!(line(&pack, quantity).next_tier, next, "{quantity}");
        }
    }

    #[test]
    fn a_line_too_large_for_an_exact_decimal_is_an_error() {
        let pack = priced("79228162514264337593543950335", &[]);
        let refused = price_line(&model(), &pack, &large_box(), &Purchase::alone(2, DAY));
        let overflow = crate::catalog::ArithmeticError;
        assert_eq!(refused, Err(PriceError::Arithmetic(overflow)));
    }
}
