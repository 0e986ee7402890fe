use rust_decimal::Decimal;

use super::{Adjusted, AdjustedStep, Adjustment};
use crate::catalog::ArithmeticError;

/// All adjustments of the price that there was at first, in their order; a discount takes no
/// more than the ones before left.
///
/// Use it where percentages are agreed as parts of the list price: 20 and 10
/// percent make 30. Not where one is granted on the other's result (that is
/// [`chained`](super::chained)).
///
/// # Errors
/// Where an amount does not fit.
pub fn additive(price: Decimal, adjustments: &[Adjustment]) -> Result<Adjusted, ArithmeticError> {
    let mut adjusted = Adjusted::new(price);
    for (at, adjustment) in adjustments.iter().enumerate() {
        let left = adjusted.price.max(Decimal::ZERO);
        adjusted.push(AdjustedStep {
            adjustment: at,
            base: price,
            amount: adjustment.of(price)?.max(-left),
        })?;
    }
    Ok(adjusted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn all_are_of_the_list_price() {
        for (off, price) in [
            (&["-20", "-10"][..], "70"),
            (&["10", "-10"], "100"),
            (&["-80", "-30"], "0"),
            (&[], "100"),
        ] {
            let off: Vec<_> = off.iter().map(|it| Adjustment::Percent(dec(it))).collect();
            let found = additive(dec("100"), &off).map(|it| it.price);
            assert_eq!(found, Ok(dec(price)));
        }
    }
}
