//! A budget as a rule of the model, so that what would exceed it is impossible and says why.

use num_integer::Integer;
use rust_decimal::{Decimal, RoundingStrategy};

use super::unit::ROUNDING;
use super::{PriceError, PricePack, Purchase, RoundingMode, RoundingMoment, exact, price_formula};
use crate::catalog::{ArithmeticError, Comparison, Condition, Formula, Model, Rule, Text};

/// The rule that the line `purchase` costs `amount` at most, before tax: exactly where
/// the net amount of [`price_line`](crate::quote::price_line), rounding included, is at most
/// that. To be added to the model's rules; its code is `budget`, its explanation is empty.
///
/// # Errors
/// As [`price_formula`].
pub fn budget_rule(
    model: &Model,
    pack: &PricePack,
    purchase: &Purchase,
    amount: Decimal,
) -> Result<Rule, PriceError> {
    let price = price_formula(model, pack, purchase)?;
    let pieces = Decimal::from(purchase.quantity);
    let minor_units = pack.currency.minor_units;
    if pack.rounding.step.is_some() && pack.rounding.moment != RoundingMoment::Document {
        return Err(rounded());
    }
    let (left, comparison, limit) = match (pack.rounding.moment, &price.line) {
        (RoundingMoment::Document, _) => {
            let line = price.total(purchase.quantity);
            (line, Comparison::LessOrEqual, amount)
        }
        (RoundingMoment::Line, _) => {
            let (comparison, limit) = rounds_to(amount, minor_units, pack.rounding.mode)?;
            (price.total(purchase.quantity), comparison, limit)
        }
        (RoundingMoment::Unit, None) => {
            let each = whole_minor_units(amount, minor_units, pieces)?;
            let (comparison, limit) = rounds_to(each, minor_units, pack.rounding.mode)?;
            (price.piece, comparison, limit)
        }
        // The rounded price of a piece is no formula.
        (RoundingMoment::Unit, Some(_)) => return Err(rounded()),
    };
    Ok(Rule {
        code: "budget".to_owned(),
        when: None,
        require: Condition::Compare {
            left,
            comparison,
            right: Formula::Constant(limit),
        },
        explanation: Text::default(),
    })
}

/// What rounding comes to is no formula.
fn rounded() -> PriceError {
    PriceError::Inexact {
        step: ROUNDING.to_owned(),
    }
}

/// The largest amount in whole minor units of which so many pieces cost `amount` at most.
fn whole_minor_units(
    amount: Decimal,
    minor_units: u32,
    pieces: Decimal,
) -> Result<Decimal, ArithmeticError> {
    let unit = Decimal::new(1, minor_units);
    let each = amount.checked_div(pieces).ok_or(ArithmeticError)?;
    let each = each.round_dp_with_strategy(minor_units, RoundingStrategy::ToNegativeInfinity);
    // Where the division was rounded up.
    if exact::multiply(each, pieces)? > amount {
        return exact::subtract(each, unit);
    }
    Ok(each)
}

/// How an exact amount has to compare, and with what, so that rounded it is at most `amount`.
fn rounds_to(
    amount: Decimal,
    minor_units: u32,
    mode: RoundingMode,
) -> Result<(Comparison, Decimal), ArithmeticError> {
    let amount = amount.round_dp_with_strategy(minor_units, RoundingStrategy::ToNegativeInfinity);
    // Just above are the amounts up to the next minor unit; which of them become `amount`?
    let next = Decimal::new(10, minor_units + 1);
    let half = Decimal::new(5, minor_units + 1);
    let mut whole = amount;
    whole.rescale(minor_units);
    let even = whole.mantissa().is_even();
    let negative = whole.mantissa() < 0;
    let (beyond, down) = match mode {
        RoundingMode::Floor => (next, false),
        RoundingMode::Ceiling => (Decimal::ZERO, true),
        RoundingMode::Down if negative => (Decimal::ZERO, true),
        RoundingMode::Down => (next, false),
        RoundingMode::Up if negative => (next, false),
        RoundingMode::Up => (Decimal::ZERO, true),
        RoundingMode::HalfUp => (half, negative),
        RoundingMode::HalfDown => (half, !negative),
        RoundingMode::HalfEven => (half, even),
        RoundingMode::HalfOdd => (half, !even),
        RoundingMode::HalfCeiling => (half, false),
        RoundingMode::HalfFloor => (half, true),
    };
    let limit = exact::add(amount, beyond)?;
    let comparison = match down {
        true => Comparison::LessOrEqual,
        false => Comparison::Less,
    };
    Ok((comparison, limit))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::RoundingPolicy;
    use crate::price::kit::dec;

    #[test]
    fn an_amount_is_below_the_limit_exactly_where_it_rounds_to_no_more() {
        let budgets = ["-0.02", "-0.01", "0", "0.01", "0.02", "0.015"];
        for (_, mode) in RoundingMode::NAMED {
            let moment = RoundingMoment::Line;
            let step = None;
            let policy = RoundingPolicy { mode, moment, step };
            for budget in budgets.map(dec) {
                let (comparison, limit) = rounds_to(budget, 2, mode).expect("a limit");
                for thousandths in -60..60 {
                    let amount = Decimal::new(thousandths, 3);
                    let rounded = policy.round(amount, 2).expect("an amount");
                    let fits = rounded <= budget;
                    let found = comparison.holds(&amount, &limit);
                    assert_eq!(found, fits, "{amount} of {budget} {mode:?}");
                }
            }
        }
    }

    #[test]
    fn the_budget_of_a_piece_is_what_all_pieces_can_cost() {
        for (amount, pieces, each) in [
            ("10.00", "3", "3.33"),
            ("9.99", "3", "3.33"),
            ("9.98", "3", "3.32"),
            ("-1", "3", "-0.34"),
        ] {
            let found = whole_minor_units(dec(amount), 2, dec(pieces));
            assert_eq!(found, Ok(dec(each)), "{amount} / {pieces}");
        }
    }
}
