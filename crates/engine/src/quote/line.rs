use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::catalog::{Model, Value};
use crate::price::{
    PriceError, PricePack, RoundingMoment, Waterfall, applicable, exact, price_unit, thresholds,
};

/// The price of one line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePrice {
    /// Pieces.
    pub quantity: u32,
    /// How the price of one piece comes about.
    pub waterfall: Waterfall,
    /// Net price of one piece: the waterfall's total.
    pub unit_net: Decimal,
    /// What rounding the line added or took: `net` is pieces times unit price and this.
    pub rounding: Decimal,
    /// Net amount of the line, rounded where the policy says so.
    pub net: Decimal,
    /// Code of the tax category.
    pub tax: String,
    /// Hundredths of tax.
    pub tax_percent: Decimal,
    /// Whether some step still waits for a decision; the amounts are then only what is known so far.
    pub open: bool,
    /// What one piece would cost at the next quantity tier, where there is one.
    pub next_tier: Option<NextTier>,
}

/// The next quantity at which a piece gets cheaper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextTier {
    /// Pieces from which it holds.
    pub from: u32,
    /// Net price of one piece from there.
    pub unit_net: Decimal,
}

/// The price of a line of `quantity` pieces on `date`; `values` as in [`price_unit`].
///
/// # Errors
/// As [`price_unit`].
pub fn price_line(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    quantity: u32,
    date: Date,
) -> Result<LinePrice, PriceError> {
    let prices = applicable(model, pack, date)?;
    let tax = pack.taxes.get(prices.tax).ok_or(PriceError::Malformed)?;
    let unit = |quantity| price_unit(model, pack, values, quantity, date);
    let waterfall = unit(quantity)?;
    let unit_net = waterfall.total;
    let (net, rounding) = line_net(unit_net, quantity, pack)?;
    let later = thresholds(prices)
        .into_iter()
        .filter(|from| *from > quantity);
    Ok(LinePrice {
        quantity,
        unit_net,
        rounding,
        net,
        tax: tax.code.clone(),
        tax_percent: tax.percent,
        open: waterfall.is_open(),
        next_tier: next_tier(later, unit_net, unit)?,
        waterfall,
    })
}

/// Pieces times unit price, and what rounding it added or took.
fn line_net(
    unit_net: Decimal,
    quantity: u32,
    pack: &PricePack,
) -> Result<(Decimal, Decimal), PriceError> {
    let minor_units = pack.currency.minor_units;
    let exact_net = exact::multiply(unit_net, Decimal::from(quantity))?;
    let net = match pack.rounding.moment {
        RoundingMoment::Line => pack.rounding.round(exact_net, minor_units),
        RoundingMoment::Unit | RoundingMoment::Document => exact::money(exact_net, minor_units),
    };
    let rounding = exact::subtract(net, exact_net)?;
    Ok((net, exact::money(rounding, minor_units)))
}

/// The first of the quantities `later` at which a piece costs less than `unit_net`.
fn next_tier(
    later: impl Iterator<Item = u32>,
    unit_net: Decimal,
    unit: impl Fn(u32) -> Result<Waterfall, PriceError>,
) -> Result<Option<NextTier>, PriceError> {
    for from in later {
        let there = unit(from)?.total;
        if there < unit_net {
            return Ok(Some(NextTier {
                from,
                unit_net: there,
            }));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{DAY, dec, large_box, model, pack, step};
    use crate::price::{Amount, PriceRule, RoundingMode, RoundingMode::*, Tier, Tiers};

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
            of: vec![0],
        };
        let steps = vec![
            step("base", PriceRule::Amount(amount)),
            step("quantity", PriceRule::Tiers(tiers)),
        ];
        pack(steps, Vec::new())
    }

    fn line(pack: &PricePack, quantity: u32) -> LinePrice {
        price_line(&model(), pack, &large_box(), quantity, DAY).expect("a price")
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
            let amounts = [line.unit_net, line.net, line.rounding].map(|it| it.to_string());
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
        let refused = price_line(&model(), &pack, &large_box(), 2, DAY);
        let overflow = crate::catalog::ArithmeticError;
        assert_eq!(refused, Err(PriceError::Arithmetic(overflow)));
    }
}
