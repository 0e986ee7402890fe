use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Leftover, Shares, Weights, share};
use crate::money::{Fraction, MoneyError, exact};

/// A line that a discount may lower, and how far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capped {
    /// What the line costs before the discount; above zero.
    pub total: Decimal,
    /// What it costs at least, such as minimum price times quantity.
    pub floor: Decimal,
}

impl Capped {
    fn room(&self) -> Result<Decimal, MoneyError> {
        Ok(exact::subtract(self.total, self.floor)?.max(Decimal::ZERO))
    }
}

/// `discount` over `lines` in proportion to their totals, none below its floor; what a floor
/// keeps back is shared again over the lines that still have room.
///
/// Use it for an amount off the whole quote where lines have minimum prices.
/// The rest is what no line has room for: the buyer does not get it.
///
/// # Errors
/// As [`share`]; a `leftover` that does not give all away leaves its part in the rest.
pub fn share_above_floors(
    discount: Decimal,
    step: Decimal,
    lines: &[Capped],
    leftover: Leftover,
) -> Result<Shares, MoneyError> {
    if lines.is_empty() {
        return Err(MoneyError::NoParts);
    }
    let mut parts = vec![Decimal::ZERO; lines.len()];
    let rooms = lines.iter().map(Capped::room);
    let mut rooms = rooms.collect::<Result<Vec<_>, _>>()?;
    let mut rest = discount;
    loop {
        let open: Vec<_> = (0..lines.len())
            .filter(|at| !rooms[*at].is_zero())
            .collect();
        if rest.is_zero() || open.is_empty() {
            return Ok(Shares { parts, rest });
        }
        let totals: Vec<_> = open
            .iter()
            .map(|at| Fraction::from(lines[*at].total))
            .collect();
        let shares = share(rest, step, &Weights::new(&totals)?, leftover)?;
        let mut kept_back = false;
        for (at, wanted) in open.into_iter().zip(shares.parts) {
            let given = wanted.min(rooms[at]);
            kept_back |= given < wanted;
            parts[at] = exact::add(parts[at], given)?;
            rooms[at] = exact::subtract(rooms[at], given)?;
            rest = exact::subtract(rest, given)?;
        }
        if !kept_back {
            return Ok(Shares { parts, rest });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, decs};

    #[test]
    fn no_line_goes_below_its_floor() {
        for (discount, lines, parts, rest) in [
            (
                "2500",
                &[("5000", "4500"), ("6000", "0")][..],
                &["500", "2000"][..],
                "0",
            ),
            (
                "2500",
                &[("5000", "5000"), ("6000", "4500")],
                &["0", "1500"],
                "1000",
            ),
            (
                "300",
                &[("4000", "0"), ("2000", "0"), ("2000", "0")],
                &["150", "75", "75"],
                "0",
            ),
            ("10", &[("100", "200")], &["0"], "10"),
        ] {
            let line = |(total, floor): &(&str, &str)| Capped {
                total: dec(total),
                floor: dec(floor),
            };
            let lines: Vec<_> = lines.iter().map(line).collect();
            let found = share_above_floors(dec(discount), dec("1"), &lines, Leftover::RoundedFirst);
            let (parts, rest) = (decs(parts), dec(rest));
            assert_eq!(found, Ok(Shares { parts, rest }));
        }
    }
}
