use num_integer::Integer;

use super::super::{Fraction, MoneyError};
use crate::catalog::ArithmeticError;

/// In which proportion an amount is shared: whole numbers, of which at least one is above zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    list: Vec<i128>,
    total: i128,
}

impl Weights {
    /// Weights as they are agreed: 2 to 3, or 1/3 to 2/7.
    ///
    /// # Errors
    /// Where there are none, one is below zero, all are zero, or they add up to more than
    /// 2^63 - 1 once they are whole numbers in lowest terms.
    pub fn new(weights: &[Fraction]) -> Result<Self, MoneyError> {
        let weights = Self::of_any_size(weights)?;
        match weights.total <= i64::MAX.into() {
            true => Ok(weights),
            false => Err(ArithmeticError.into()),
        }
    }

    fn of_any_size(weights: &[Fraction]) -> Result<Self, MoneyError> {
        if weights.is_empty() {
            return Err(MoneyError::NoParts);
        }
        if weights.iter().any(|it| *it < Fraction::ZERO) {
            return Err(MoneyError::NegativeWeight);
        }
        let list = whole(weights)?;
        let total = list.iter().try_fold(0_i128, |sum, it| sum.checked_add(*it));
        match total.ok_or(ArithmeticError)? {
            0 => Err(MoneyError::NoWeight),
            total => Ok(Self { list, total }),
        }
    }

    /// As [`Weights::new`]; all-zero weights are equal ones. For amounts over lines that may
    /// all be free of charge, and may have as many digits as they come to.
    ///
    /// # Errors
    /// As [`Weights::new`], but for all-zero weights and large totals.
    pub fn or_equal(weights: &[Fraction]) -> Result<Self, MoneyError> {
        match weights.iter().all(|it| it.is_zero()) {
            true => Self::of_any_size(&vec![Fraction::ONE; weights.len()]),
            false => Self::of_any_size(weights),
        }
    }

    /// In proportion to amounts that may all be below zero, as the lines of a credit note are.
    ///
    /// # Errors
    /// As [`Weights::new`]; where amounts have both signs.
    pub fn of_amounts(amounts: &[Fraction]) -> Result<Self, MoneyError> {
        if amounts.iter().any(|it| *it > Fraction::ZERO) {
            return Self::new(amounts);
        }
        let sizes = amounts.iter().map(|it| Fraction::ZERO.minus(*it));
        Self::new(&sizes.collect::<Result<Vec<_>, _>>()?)
    }

    /// So many equal weights.
    ///
    /// # Errors
    /// Where there are none.
    pub fn equal(parts: u32) -> Result<Self, MoneyError> {
        match parts {
            0 => Err(MoneyError::NoParts),
            _ => Ok(Self {
                list: (0..parts).map(|_| 1).collect(),
                total: parts.into(),
            }),
        }
    }

    pub(super) fn list(&self) -> &[i128] {
        &self.list
    }

    pub(super) fn total(&self) -> i128 {
        self.total
    }
}

/// `weights` as whole numbers in the same proportion, in lowest terms.
fn whole(weights: &[Fraction]) -> Result<Vec<i128>, MoneyError> {
    let mut denominator = 1_i128;
    for weight in weights {
        let own = weight.parts().1;
        let factor = own / denominator.gcd(&own);
        denominator = denominator.checked_mul(factor).ok_or(ArithmeticError)?;
    }
    let mut list = Vec::with_capacity(weights.len());
    for weight in weights {
        let (numerator, own) = weight.parts();
        let number = numerator.checked_mul(denominator / own);
        list.push(number.ok_or(ArithmeticError)?);
    }
    let common = list
        .iter()
        .fold(0, |common: i128, it| common.gcd(it))
        .max(1);
    Ok(list.into_iter().map(|it| it / common).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::fraction;

    fn list(weights: &[&str]) -> Vec<Fraction> {
        weights.iter().map(|it| fraction(it)).collect()
    }

    #[test]
    fn weights_are_whole_numbers_in_lowest_terms() {
        for (written, whole) in [
            (&["0.5", "3/2"][..], &[1, 3][..]),
            (&["1/3", "2/7"], &[7, 6]),
            (&["30", "20", "0"], &[3, 2, 0]),
        ] {
            let weights = Weights::new(&list(written)).expect("weights");
            assert_eq!(weights.list(), whole);
        }
    }

    #[test]
    fn what_is_no_proportion_is_refused() {
        let huge = "9223372036854775807";
        for (written, error) in [
            (&[][..], MoneyError::NoParts),
            (&["-50", "-50"], MoneyError::NegativeWeight),
            (&["0", "0"], MoneyError::NoWeight),
            (&[huge, "1"], MoneyError::Arithmetic(ArithmeticError)),
        ] {
            assert_eq!(Weights::new(&list(written)), Err(error));
        }
    }

    #[test]
    fn other_ways_to_a_proportion() {
        let equal = Weights::equal(2);
        assert_eq!(Weights::or_equal(&list(&["0", "0"])), equal);
        assert_eq!(Weights::of_amounts(&list(&["-50", "-50"])), equal);
        assert_eq!(Weights::of_amounts(&list(&["50", "50"])), equal);
        assert!(Weights::of_amounts(&list(&["-50", "50"])).is_err());
        assert!(Weights::or_equal(&[]).is_err());
        // An unrounded amount has more digits than anybody agrees on.
        let long = list(&["12345.6789012345678901", "1"]);
        assert!(Weights::new(&long).is_err() && Weights::or_equal(&long).is_ok());
        assert!(Weights::equal(0).is_err());
    }
}
