//! Changes of a quote by hand, by its supplier.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::line::LinePrice;
use super::term::Recurring;
use crate::catalog::{ArithmeticError, Text};
use crate::price::adjust::Adjustment;
use crate::price::{Basis, Due, Input, Level, Named, PriceError, PricePack, Sharing, Step, exact};

/// A change of a quote by hand, after all that the price book says.
///
/// Use it for what was agreed with one buyer about one quote. Not for what holds for more than
/// one: that belongs in a price book.
///
/// 5 percent off a line of 320.00 takes off 16.00. Who made it, when and why is kept beside the
/// quote, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manual {
    /// Position of the line; the quote as a whole where `None`, shared over the lines by what
    /// they cost.
    pub line: Option<usize>,
    /// What is changed: what is due once, or each time. For the quote as a whole, once.
    pub due: Due,
    /// The change: of what the line or the quote comes to so far, before tax or with it, as
    /// prices are.
    pub change: Adjustment,
    /// Whether a reason is stated why it may pass a floor.
    pub below_floor: bool,
}

/// The step of the waterfall that stands for the change with this position, of `base`.
fn step(position: usize, change: Adjustment, base: Decimal) -> Result<Step, ArithmeticError> {
    Ok(Step {
        code: format!("manual-{}", position + 1),
        label: Text::default(),
        amount: Some(change.of(base)?),
        inputs: match change {
            Adjustment::Amount(_) => Vec::new(),
            Adjustment::Percent(_) | Adjustment::Fixed(_) => vec![Input::Of {
                named: Named::Before,
                amount: base,
            }],
        },
        basis: match change {
            Adjustment::Percent(percent) => Basis::Percent { percent, base },
            Adjustment::Amount(_) => Basis::Amount,
            Adjustment::Fixed(price) => Basis::Fixed { base, price },
        },
    })
}

/// Changes the lines that `manual` is about.
pub(super) fn change_lines(
    manual: &[Manual],
    pack: &PricePack,
    lines: &mut [LinePrice],
) -> Result<(), PriceError> {
    for (position, it) in manual.iter().enumerate() {
        let Some(at) = it.line else {
            if it.due != Due::Once {
                return Err(PriceError::Malformed);
            }
            continue;
        };
        let line = lines.get_mut(at).ok_or(PriceError::Malformed)?;
        let quantity = line.quantity;
        if it.due == Due::Once {
            line.once
                .change(pack, quantity, |base| step(position, it.change, base))?;
        }
        let due = |charged: &&mut Recurring| charged.due == it.due;
        for charged in line.recurring.iter_mut().filter(due) {
            let quantity = charged.quantity;
            let change = |base| step(position, it.change, base);
            charged.charge.change(pack, quantity, change)?;
            charged.bill(pack)?;
        }
        let totals = line.recurring.iter().map(|it| it.total);
        let total = exact::sum([line.once.net].into_iter().chain(totals))?;
        line.contract_total = exact::money(total, pack.currency.minor_units);
    }
    Ok(())
}

/// The steps that change the quote as a whole, after `steps` and lines that cost `net`.
pub(super) fn whole_steps(
    manual: &[Manual],
    pack: &PricePack,
    net: Decimal,
    steps: &[(Step, Level)],
) -> Result<Vec<(Step, Level)>, PriceError> {
    let mut so_far = exact::sum(steps.iter().filter_map(|(step, _)| step.amount))?;
    so_far = exact::add(so_far, net)?;
    let mut added = Vec::new();
    for (position, it) in manual
        .iter()
        .enumerate()
        .filter(|(_, it)| it.line.is_none())
    {
        let mut step = step(position, it.change, so_far)?;
        let minor_units = pack.currency.minor_units;
        let amount = pack
            .rounding
            .round(step.amount.unwrap_or_default(), minor_units)?;
        so_far = exact::add(so_far, amount)?;
        step.amount = Some(amount);
        added.push((step, Level::Quote(Sharing::ByNet)));
    }
    Ok(added)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{amount, asked, dec, large_box, line, model, pack};
    use crate::quote::{Asked, price_quote};

    /// What two lines of one box at 320.00 and the quote come to, the first or all changed.
    fn changed(
        at: Option<usize>,
        due: Due,
        change: Adjustment,
    ) -> Result<[Decimal; 3], PriceError> {
        let (pack, model, values) = (pack(vec![amount("320")], Vec::new()), model(), large_box());
        let manual = [Manual {
            line: at,
            due,
            change,
            below_floor: false,
        }];
        let lines = [1, 1].map(|quantity| line(&model, &values, quantity));
        let asked = Asked {
            manual: &manual,
            ..asked(&lines)
        };
        let price = price_quote(&pack, &asked)?;
        let net = |at: usize| price.lines[at].price.once.net;
        Ok([net(0), net(1), price.totals.net])
    }

    #[test]
    fn a_line_or_the_quote_is_changed() {
        use Adjustment::{Amount, Fixed, Percent};
        for (at, change, expected) in [
            (Some(0), Percent(dec("-5")), ["304", "320", "624"]),
            (Some(1), Amount(dec("-20")), ["320", "300", "620"]),
            (Some(0), Fixed(dec("250")), ["250", "320", "570"]),
            (None, Percent(dec("-5")), ["320", "320", "608"]),
            (None, Fixed(dec("600")), ["320", "320", "600"]),
        ] {
            let found = changed(at, Due::Once, change);
            assert_eq!(found, Ok(expected.map(dec)), "{at:?} {change:?}");
        }
    }

    #[test]
    fn what_is_not_there_is_refused() {
        let off = Adjustment::Amount(dec("-1"));
        for (at, due) in [(Some(2), Due::Once), (None, Due::Monthly)] {
            assert_eq!(changed(at, due, off), Err(PriceError::Malformed));
        }
    }
}
