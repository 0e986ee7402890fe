use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::DeliveryError;
use super::plan::Promise;

/// Pieces of a line that are wanted on a day of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallOff {
    /// When they should arrive.
    pub date: Date,
    /// Pieces.
    pub quantity: u32,
}

/// When a call-off can arrive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    /// Pieces.
    pub quantity: u32,
    /// Pieces of the line that have to be made until then, these included.
    pub made: u64,
    /// When they can arrive, and when they should.
    pub arrives: Promise,
}

/// Of each call-off, how many pieces of the line have to be made until then: earlier dates
/// first, of the same date those that stand first.
///
/// # Errors
/// Where one has no pieces, or they do not add up to the line.
pub(super) fn made(
    line: usize,
    quantity: u32,
    call_offs: &[CallOff],
) -> Result<Vec<u64>, DeliveryError> {
    if call_offs.iter().any(|it| it.quantity == 0) {
        return Err(DeliveryError::EmptyCallOff { line });
    }
    let called_off = call_offs.iter().map(|it| u64::from(it.quantity)).sum();
    if !call_offs.is_empty() && called_off != u64::from(quantity) {
        return Err(DeliveryError::CallOffs {
            line,
            called_off,
            quantity,
        });
    }
    let until = |at: usize, date: Date| {
        let earlier = call_offs.iter().enumerate();
        let earlier = earlier.filter(|(place, it)| (it.date, *place) <= (date, at));
        earlier.map(|(_, it)| u64::from(it.quantity)).sum()
    };
    let all = call_offs.iter().enumerate();
    Ok(all.map(|(at, it)| until(at, it.date)).collect())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_called_off_earlier_is_made_earlier_and_all_adds_up() {
        let day = |month| date(2027, month, 1);
        let of = |parts: &[(i8, u32)]| {
            let call_off = |(month, quantity): &(i8, u32)| CallOff {
                date: day(*month),
                quantity: *quantity,
            };
            parts.iter().map(call_off).collect::<Vec<_>>()
        };
        let too_few = DeliveryError::CallOffs {
            line: 0,
            called_off: 9,
            quantity: 10,
        };
        for (parts, expected) in [
            (vec![(3, 4), (1, 5), (3, 1)], Ok(vec![9, 5, 10])),
            (vec![(1, 10)], Ok(vec![10])),
            (vec![], Ok(vec![])),
            (vec![(1, 9)], Err(too_few)),
            (
                vec![(1, 10), (2, 0)],
                Err(DeliveryError::EmptyCallOff { line: 0 }),
            ),
        ] {
            assert_eq!(made(0, 10, &of(&parts)), expected, "{parts:?}");
        }
    }
}
