use jiff::civil::Date;
use quotewright_engine::delivery::CallOff;
use quotewright_engine::price::{Quantities, Ramp};
use quotewright_protocol::limits::QUANTITY;

use crate::storage::drafts::{LineWishes, TypedPart};

impl TypedPart {
    /// The month of the term, from 1.
    pub fn month(&self) -> Option<u32> {
        self.at.trim().parse().ok()
    }

    /// The day.
    pub fn date(&self) -> Option<Date> {
        self.at.trim().parse().ok()
    }

    /// Pieces, as many as a line may have.
    pub fn pieces(&self) -> Option<u32> {
        let pieces = self.quantity.trim().parse().ok();
        pieces.filter(|it| (1..=QUANTITY).contains(it))
    }
}

impl LineWishes {
    /// When all of it is wanted.
    pub fn date(&self) -> Option<Date> {
        self.wanted.trim().parse().ok()
    }

    /// How the quantity changes over the term, as far as what was typed is right and `sold`: by
    /// ascending month, of each the first.
    pub fn ramp(&self, sold: Quantities) -> Vec<Ramp> {
        let step = |it: &TypedPart| {
            let from = it.month()?.checked_sub(1).filter(|from| *from > 0)?;
            Some(Ramp {
                from,
                quantity: it.pieces().filter(|it| sold.allow(*it))?,
            })
        };
        let mut ramp: Vec<Ramp> = self.ramp.iter().filter_map(step).collect();
        ramp.sort_by_key(|it| it.from);
        ramp.dedup_by_key(|it| it.from);
        ramp
    }

    /// The parts with dates of their own, where all that was typed is right and they add up to
    /// `quantity`.
    pub fn call_offs(&self, quantity: u32) -> Vec<CallOff> {
        let part = |it: &TypedPart| {
            Some(CallOff {
                date: it.date()?,
                quantity: it.pieces()?,
            })
        };
        let parts: Option<Vec<CallOff>> = self.call_offs.iter().map(part).collect();
        let adds_up = self.called_off() == u64::from(quantity);
        parts.filter(|_| adds_up).unwrap_or_default()
    }

    /// Pieces of all parts.
    pub fn called_off(&self) -> u64 {
        let pieces = self.call_offs.iter().filter_map(TypedPart::pieces);
        pieces.map(u64::from).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(parts: &[(&str, &str)]) -> Vec<TypedPart> {
        let part = |(at, quantity): &(&str, &str)| TypedPart {
            at: (*at).to_owned(),
            quantity: (*quantity).to_owned(),
        };
        parts.iter().map(part).collect()
    }

    #[test]
    fn a_ramp_ascends_and_holds_what_is_right() {
        let any = Quantities::default();
        let boxes = Quantities { least: 10, step: 5 };
        for (parts, sold, expected) in [
            (
                &[("13", "40"), ("7", "30")][..],
                any,
                &[(6, 30), (12, 40)][..],
            ),
            (&[("1", "40"), ("x", "40"), ("2", "0")], any, &[]),
            (&[("3", "5"), (" 3 ", "6"), ("4", "100001")], any, &[(2, 5)]),
            (&[("3", "5"), ("4", "12"), ("5", "15")], boxes, &[(4, 15)]),
        ] {
            let ramp = typed(parts);
            let wishes = LineWishes {
                ramp,
                ..LineWishes::default()
            };
            let found = wishes.ramp(sold).into_iter();
            let found: Vec<_> = found.map(|it| (it.from, it.quantity)).collect();
            assert_eq!(found, expected, "{parts:?}");
        }
    }

    #[test]
    fn call_offs_count_where_they_add_up() {
        for (parts, count) in [
            (&[("2027-02-01", "40"), ("2027-06-01", "20")][..], 2),
            (&[("2027-02-01", "40")], 0),
            (&[("2027-02-01", "40"), ("", "20")], 0),
            (&[("2027-02-01", "60"), ("2027-06-01", "0")], 0),
            (&[], 0),
        ] {
            let call_offs = typed(parts);
            let wishes = LineWishes {
                call_offs,
                ..LineWishes::default()
            };
            assert_eq!(wishes.call_offs(60).len(), count, "{parts:?}");
        }
    }
}
