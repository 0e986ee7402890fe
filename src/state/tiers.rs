use quotewright_engine::catalog::Text;
use quotewright_engine::price::{Currency, Due, PricePack};
use quotewright_engine::quote::{Asked, LinePrice, TierPoint, tier_points};

/// What a line costs at other quantities than its own.
#[derive(Clone, Debug, PartialEq)]
pub struct LineTiers {
    /// Pieces on the line.
    pub quantity: u32,
    /// When it is due.
    pub due: Due,
    /// By quantity, ascending; the line's own is one of them.
    pub points: Vec<TierPoint>,
    /// What amounts are in.
    pub currency: Currency,
    /// What is counted.
    pub unit: Text,
}

impl LineTiers {
    /// Of the line at `line` of what is asked, which costs `price`; of what is due again first
    /// where a piece costs nothing once.
    pub fn of(pack: &PricePack, asked: &Asked, line: usize, price: &LinePrice) -> Option<Self> {
        let again = price.recurring.first().map(|it| it.due);
        let again = again.filter(|_| price.once.piece.steps.is_empty());
        let due = again.unwrap_or(Due::Once);
        Some(Self {
            quantity: price.quantity,
            due,
            points: tier_points(pack, asked, line, due).ok()?,
            currency: pack.currency.clone(),
            unit: asked.lines.get(line)?.model.unit.clone(),
        })
    }

    /// The next quantity at which a piece gets cheaper, and the line as it is.
    pub fn next(&self) -> Option<(TierPoint, TierPoint)> {
        let mut points = self.points.iter().copied();
        let now = points.find(|it| it.quantity == self.quantity)?;
        let next = points.find(|it| it.each < now.each)?;
        Some((next, now))
    }

    /// Without points at which nothing changes; with whether the line's own quantity is reached
    /// there and at no later one.
    pub fn steps(&self) -> Vec<(bool, TierPoint)> {
        let mut steps: Vec<(bool, TierPoint)> = Vec::new();
        for point in &self.points {
            let here = point.quantity == self.quantity;
            match steps.last_mut() {
                Some((reached, last)) if last.each == point.each => *reached |= here,
                _ => steps.push((here, *point)),
            }
        }
        steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiers(quantity: u32, points: &[(u32, i64)]) -> LineTiers {
        let point = |(quantity, each): &(u32, i64)| TierPoint {
            quantity: *quantity,
            each: (*each).into(),
            net: (*each * i64::from(*quantity)).into(),
        };
        LineTiers {
            quantity,
            due: Due::Once,
            points: points.iter().map(point).collect(),
            currency: Currency {
                code: "EUR".to_owned(),
                minor_units: 2,
            },
            unit: Text::default(),
        }
    }

    #[test]
    fn the_next_tier_is_cheaper_and_the_lines_own_is_where_it_stands() {
        let points = [(1, 50), (20, 45), (30, 45), (50, 45), (100, 40)];
        for (quantity, next, here) in [
            (1, Some(20), 1),
            (30, Some(100), 20),
            (50, Some(100), 20),
            (100, None, 100),
        ] {
            let tiers = tiers(quantity, &points);
            assert_eq!(tiers.next().map(|(next, _)| next.quantity), next);
            let steps = tiers.steps();
            let from: Vec<u32> = steps.iter().map(|(_, it)| it.quantity).collect();
            assert_eq!(from, [1, 20, 100], "{quantity}");
            let reached: Vec<u32> = (steps.iter())
                .filter(|(here, _)| *here)
                .map(|(_, it)| it.quantity)
                .collect();
            assert_eq!(reached, [here], "{quantity}");
        }
    }
}
