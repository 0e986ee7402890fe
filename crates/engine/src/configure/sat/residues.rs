//! Remainders: which numbers linear equalities leave possible at all.
//!
//! Bounds alone never refute "a sum of multiples of ten is 523"; remainders do, before any search.

use std::collections::BTreeMap;

use batsat::Lit;
use num_integer::{Integer as _, gcd};

use super::attributes::Encoded;
use super::encoding::{Encoding, LARGEST};
use super::inequality::{common_denominator, scaled_up};
use super::integer::Grid;
use super::polynomial::Polynomial;
use super::theory::IntegerIndex;
use crate::catalog::AttributeIndex;

/// The integers `low`, `low + step`, ... up to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    pub low: i64,
    pub high: i64,
    pub step: i64,
}

/// For number attributes, fewer values than their ranges have.
pub type Refinements = BTreeMap<AttributeIndex, Steps>;

/// "The polynomial is zero", demanded always or wherever the literal is false.
pub type Equality = (Option<Lit>, Polynomial);

/// All integers that leave this remainder; a modulus of zero means only this one.
#[derive(Clone, Copy, Debug)]
struct Residue {
    modulus: i128,
    remainder: i128,
}

/// An equality in whole numbers: its terms, each with its factor, and what they add up to.
struct Linear {
    unless: Option<Lit>,
    terms: Vec<(i128, Vec<IntegerIndex>)>,
    total: i128,
}

/// The number attribute that an integer stands for.
struct Number {
    attribute: AttributeIndex,
    there: Lit,
    steps: Steps,
}

impl Steps {
    /// The value at `position`.
    pub fn at(&self, position: usize) -> i64 {
        self.low + self.step * position as i64
    }

    /// The position of `value`, one of them.
    pub fn position(&self, value: i64) -> usize {
        ((value - self.low) / self.step) as usize
    }

    /// How many there are.
    pub fn size(&self) -> usize {
        self.position(self.high) + 1
    }

    fn residue(&self) -> Residue {
        Residue {
            modulus: if self.low == self.high {
                0
            } else {
                self.step.into()
            },
            remainder: self.low.into(),
        }
    }

    /// Those of them that are in `residue`; `None` where that is all or none of them.
    fn within(&self, residue: Residue) -> Option<Self> {
        let both = self.residue().and(residue)?;
        if both.modulus == 0 || both.modulus == i128::from(self.step) {
            return None;
        }
        let (low, high) = (i128::from(self.low), i128::from(self.high));
        let refined = Self {
            low: i64::try_from(low + (both.remainder - low).mod_floor(&both.modulus)).ok()?,
            high: i64::try_from(high - (high - both.remainder).mod_floor(&both.modulus)).ok()?,
            step: i64::try_from(both.modulus).ok()?,
        };
        (refined.low <= refined.high).then_some(refined)
    }
}

impl Residue {
    /// What is in both; `None` where that is nothing, or too large to be of use.
    fn and(self, other: Self) -> Option<Self> {
        if self.modulus == 0 || other.modulus == 0 {
            return None;
        }
        let bezout = self.modulus.extended_gcd(&other.modulus);
        let apart = other.remainder - self.remainder;
        let modulus = self.modulus / bezout.gcd * other.modulus;
        if apart % bezout.gcd != 0 || modulus > LARGEST {
            return None;
        }
        let rounds = other.modulus / bezout.gcd;
        let times = (apart / bezout.gcd).mod_floor(&rounds) * bezout.x.mod_floor(&rounds);
        let remainder = self.remainder + self.modulus * times.mod_floor(&rounds);
        Some(Self {
            modulus,
            remainder: remainder.mod_floor(&modulus),
        })
    }

    /// The `x` for which `factor` times `x` is in it.
    fn divided(self, factor: i128) -> Option<Self> {
        let bezout = factor.abs().extended_gcd(&self.modulus);
        if self.modulus == 0 || self.remainder % bezout.gcd != 0 {
            return None;
        }
        let modulus = self.modulus / bezout.gcd;
        let quotient = (self.remainder / bezout.gcd * factor.signum()).mod_floor(&modulus);
        Some(Self {
            modulus,
            remainder: (quotient * bezout.x.mod_floor(&modulus)).mod_floor(&modulus),
        })
    }
}

/// Follows the equalities from what is `known` until nothing new follows.
pub fn refinements(
    encoding: &Encoding,
    equalities: &[Equality],
    known: Refinements,
) -> Refinements {
    let linear: Vec<Linear> = equalities.iter().filter_map(Linear::new).collect();
    let mut numbers = BTreeMap::new();
    for (index, encoded) in encoding.attributes.iter().enumerate() {
        if let Encoded::Number {
            integer,
            there,
            range,
        } = encoded
        {
            let attribute = AttributeIndex(index);
            let number = Number {
                attribute,
                there: *there,
                steps: known.get(&attribute).copied().unwrap_or(*range),
            };
            numbers.insert(*integer, number);
        }
    }
    let mut refined = known;
    loop {
        let mut news = false;
        for equality in &linear {
            for (integer, steps) in equality.consequences(encoding, &numbers) {
                if let Some(number) = numbers.get_mut(&integer) {
                    number.steps = steps;
                    refined.insert(number.attribute, steps);
                    news = true;
                }
            }
        }
        if !news {
            return refined;
        }
    }
}

impl Linear {
    fn new((unless, polynomial): &Equality) -> Option<Self> {
        let whole = common_denominator(polynomial).ok()?;
        let (mut terms, mut total) = (Vec::new(), 0);
        for (product, factor) in polynomial.terms() {
            let factor = scaled_up(factor, whole).ok()?;
            if factor.abs() > LARGEST {
                return None;
            }
            match product {
                [] => total = -factor,
                _ => terms.push((factor, product.to_vec())),
            }
        }
        Some(Self {
            unless: *unless,
            terms,
            total,
        })
    }

    /// Number attributes of which fewer values are possible than so far.
    fn consequences(
        &self,
        encoding: &Encoding,
        numbers: &BTreeMap<IntegerIndex, Number>,
    ) -> Vec<(IntegerIndex, Steps)> {
        let residue = |(factor, product): &(i128, Vec<IntegerIndex>)| {
            of_term(encoding, numbers, *factor, product)
        };
        let Some(residues) = self.terms.iter().map(residue).collect::<Option<Vec<_>>>() else {
            return Vec::new();
        };
        // The greatest common divisors of all moduli after each term.
        let mut after = vec![0; residues.len()];
        for position in (1..residues.len()).rev() {
            after[position - 1] = gcd(after[position], residues[position].modulus);
        }
        let mut before = 0;
        let mut consequences = Vec::new();
        let sum: i128 = residues.iter().map(|it| it.remainder).sum();
        for (((factor, product), own), after) in self.terms.iter().zip(&residues).zip(after) {
            let others = Residue {
                modulus: gcd(before, after),
                remainder: self.total - (sum - own.remainder),
            };
            before = gcd(before, own.modulus);
            let [integer] = product.as_slice() else {
                continue;
            };
            let Some(number) = numbers.get(integer) else {
                continue;
            };
            if self.unless.is_none_or(|it| it == !number.there)
                && let Some(residue) = others.divided(*factor)
                && let Some(steps) = number.steps.within(residue)
            {
                consequences.push((*integer, steps));
            }
        }
        consequences
    }
}

/// What a product times a factor can be; `None` where that is too large.
fn of_term(
    encoding: &Encoding,
    numbers: &BTreeMap<IntegerIndex, Number>,
    factor: i128,
    product: &[IntegerIndex],
) -> Option<Residue> {
    let (mut modulus, mut remainder) = (1, 0);
    if let [integer] = product {
        let own = of_integer(encoding, numbers, *integer);
        (modulus, remainder) = (own.modulus, own.remainder);
    } else {
        for integer in product {
            let own = of_integer(encoding, numbers, *integer);
            let divisor: i128 = gcd(own.modulus, own.remainder);
            modulus = divisor.checked_mul(modulus).filter(|it| *it <= LARGEST)?;
        }
    }
    let fits = |it: &i128| it.abs() <= LARGEST;
    Some(Residue {
        modulus: modulus.checked_mul(factor.abs()).filter(fits)?,
        remainder: remainder.checked_mul(factor).filter(fits)?,
    })
}

fn of_integer(
    encoding: &Encoding,
    numbers: &BTreeMap<IntegerIndex, Number>,
    integer: IntegerIndex,
) -> Residue {
    if let Some(number) = numbers.get(&integer) {
        let there = number.steps.residue();
        return match number.there == encoding.truth {
            true => there,
            false => Residue {
                modulus: gcd(there.modulus, there.remainder),
                remainder: 0,
            },
        };
    }
    let it = &encoding.arithmetic.integers[integer];
    match &it.grid {
        Grid::List(values) => {
            let first = i128::from(values[0]);
            let apart = |modulus, it: &i64| gcd(modulus, i128::from(*it) - first);
            Residue {
                modulus: values.iter().fold(0, apart),
                remainder: first,
            }
        }
        Grid::Steps { low, step } => Steps {
            low: *low,
            high: it.root.high,
            step: *step,
        }
        .residue(),
        Grid::StepsOrZero { low, step, .. } => Residue {
            modulus: gcd(*step, *low).into(),
            remainder: 0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> impl Iterator<Item = Residue> {
        (1..=12).flat_map(|modulus| (-5..=15).map(move |remainder| Residue { modulus, remainder }))
    }

    fn holds(residue: Residue, number: i128) -> bool {
        (number - residue.remainder).mod_floor(&residue.modulus) == 0
    }

    #[test]
    fn residues_are_those_of_trying_every_number() {
        let same = |found: Option<Residue>, fits: &dyn Fn(i128) -> bool| {
            let brute: Vec<i128> = (-150..150).filter(|it| fits(*it)).collect();
            let found = |it: &i128| found.is_some_and(|found| holds(found, *it));
            assert_eq!(brute, (-150..150).filter(found).collect::<Vec<_>>());
        };
        for one in all() {
            for other in all().step_by(5) {
                same(one.and(other), &|it| holds(one, it) && holds(other, it));
            }
            for factor in (-9..=9).filter(|it| *it != 0) {
                same(one.divided(factor), &|it| holds(one, factor * it));
            }
        }
    }

    #[test]
    fn steps_within_are_those_of_trying_every_number() {
        let steps = Steps {
            low: -7,
            high: 41,
            step: 4,
        };
        for residue in all() {
            let fits = |it: &i128| holds(residue, *it) && (it + 7) % 4 == 0;
            let brute: Vec<i128> = (-7..=41).filter(fits).collect();
            match steps.within(residue) {
                Some(found) => {
                    let found: Vec<i128> =
                        (0..found.size()).map(|it| found.at(it).into()).collect();
                    assert_eq!(brute, found);
                }
                None => assert!(brute.is_empty() || brute.len() == steps.size()),
            }
        }
    }
}
