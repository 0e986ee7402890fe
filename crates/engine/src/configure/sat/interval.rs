//! Bounds of products of integers. Callers make sure that no result leaves 64 bits.

/// All integers from `low` to `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    pub low: i64,
    pub high: i64,
}

impl Interval {
    /// One number.
    pub fn single(number: i64) -> Self {
        Self {
            low: number,
            high: number,
        }
    }

    /// The smallest interval that holds every product of one number of each.
    pub fn times(self, other: Self) -> Self {
        let corners = [
            self.low * other.low,
            self.low * other.high,
            self.high * other.low,
            self.high * other.high,
        ];
        let (mut low, mut high) = (corners[0], corners[0]);
        for corner in &corners[1..] {
            low = low.min(*corner);
            high = high.max(*corner);
        }
        Self { low, high }
    }

    fn negated(self) -> Self {
        Self {
            low: -self.high,
            high: -self.low,
        }
    }
}

/// The largest `x <= high` for which some `w` in `weight` has `w * x <= slack`; `None` without any.
pub fn tightened_high(high: i64, weight: Interval, slack: i64) -> Option<i64> {
    // The smallest w * x is concave in x and zero at zero, so what fits is
    // everything outside one gap; only a high end within the gap moves.
    let smallest = if high >= 0 { weight.low } else { weight.high };
    if smallest * high <= slack {
        return Some(high);
    }
    match slack {
        0.. if high > 0 => Some(slack.div_euclid(weight.low)),
        ..0 if weight.high > 0 => Some(slack.div_euclid(weight.high)),
        _ => None,
    }
}

/// The smallest `x >= low` for which some `w` in `weight` has `w * x <= slack`; `None` without any.
pub fn tightened_low(low: i64, weight: Interval, slack: i64) -> Option<i64> {
    tightened_high(-low, weight.negated(), slack).map(|high| -high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_those_of_trying_every_number() {
        for (low, high, slack) in all(-5..=5, -5..=5, -12..=12) {
            if low > high {
                continue;
            }
            let weight = Interval { low, high };
            let fits = |x: i64| (low..=high).any(|w| w * x <= slack);
            for end in -6..=6 {
                let brute_high = (-100..=end).rev().find(|x| fits(*x));
                assert_eq!(tightened_high(end, weight, slack), brute_high);
                let brute_low = (end..=100).find(|x| fits(*x));
                assert_eq!(tightened_low(end, weight, slack), brute_low);
            }
        }
    }

    fn all(
        a: std::ops::RangeInclusive<i64>,
        b: std::ops::RangeInclusive<i64>,
        c: std::ops::RangeInclusive<i64>,
    ) -> impl Iterator<Item = (i64, i64, i64)> {
        a.flat_map(move |a| {
            let c = c.clone();
            b.clone()
                .flat_map(move |b| c.clone().map(move |c| (a, b, c)))
        })
    }
}
