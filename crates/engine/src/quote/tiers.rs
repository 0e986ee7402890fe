//! What a line would cost at other quantities.

use rust_decimal::Decimal;

use super::beside::{Beside, beside};
use super::line::Charge;
use super::whole::Asked;
use crate::catalog::ArithmeticError;
use crate::price::{Due, PriceError, PricePack, Priced, applicable, exact, reachable};

/// What a line costs from a quantity on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierPoint {
    /// Pieces on the line.
    pub quantity: u32,
    /// What one piece costs; where there are steps for the line with its share of them, rounded
    /// to the minor unit, or to as many decimals as a piece has without them.
    pub each: Decimal,
    /// What the line costs.
    pub net: Decimal,
}

/// Whether the price of a piece depends on how many there are: whether there are other points
/// than that of one piece and that of as many as are asked.
///
/// # Errors
/// As [`tier_points`].
pub fn has_tiers(pack: &PricePack, asked: &Asked, line: usize) -> Result<bool, PriceError> {
    let line = asked.lines.get(line).ok_or(PriceError::Malformed)?;
    let alone = Beside::default();
    let purchase = line.purchase(asked, &alone);
    Ok(!reachable(line.model, pack, line.values, &purchase)?.is_empty())
}

/// What is `due` so for the line at `line` of what is asked: for one piece, for as many as are
/// asked, and from each quantity on at which some step of its price gives another amount in the
/// first month; ascending by quantity. The other lines stay as they are.
///
/// Use it to show what more pieces would bring. Between two points the price of a piece is
/// that of the first where it goes by volume, and lies between the two where each tier prices
/// its own pieces.
///
/// # Errors
/// As [`price_line`](super::price_line); [`PriceError::Malformed`], where there is no such line.
pub fn tier_points(
    pack: &PricePack,
    asked: &Asked,
    line: usize,
    due: Due,
) -> Result<Vec<TierPoint>, PriceError> {
    let beside = beside(pack, asked)?;
    let (line, beside) =
        (asked.lines.get(line).zip(beside.get(line))).ok_or(PriceError::Malformed)?;
    let purchase = line.purchase(asked, beside);
    let mut quantities = reachable(line.model, pack, line.values, &purchase)?;
    quantities.extend([1, line.quantity]);
    let allowed = applicable(line.model, pack, asked.date)?.quantities;
    quantities.retain(|it| allowed.allow(*it));
    quantities.sort_unstable();
    quantities.dedup();
    let point = |quantity: u32| {
        let purchase = purchase.of(quantity);
        let mut priced = Priced::new(line.model, pack, line.values, &purchase)?;
        let charge = Charge::new(&mut priced, pack, due, quantity)?;
        Ok(TierPoint {
            quantity,
            each: each(&charge, quantity, pack)?,
            net: charge.net,
        })
    };
    let points = quantities.into_iter().map(point);
    // Where a tier has no price at all, it has no point.
    let priced = |it: &Result<_, _>| !matches!(it, Err(PriceError::Scale(_)));
    points.filter(priced).collect()
}

fn each(charge: &Charge, quantity: u32, pack: &PricePack) -> Result<Decimal, PriceError> {
    if charge.steps.is_empty() {
        return Ok(charge.piece.total);
    }
    let each = charge.net.checked_div(Decimal::from(quantity));
    let each = each.ok_or(ArithmeticError)?;
    let decimals = charge.piece.total.normalize().scale();
    let minor_units = pack.currency.minor_units;
    let each = (pack.rounding.mode).round(each, decimals.max(minor_units));
    Ok(exact::money(each, minor_units))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{asked, dec, large_box, line, model, pack, step};
    use crate::price::scales::{Graduated, PriceTier, Volume};
    use crate::price::{Amount, Applies, Base, ByQuantity, Counted, Level, PriceRule, Tier, Tiers};
    use crate::quote::AskedLine;

    fn tiers(written: &[(Option<&str>, &str)]) -> Vec<PriceTier> {
        let tier = |(up_to, unit): &(Option<&str>, &str)| PriceTier {
            up_to: up_to.map(dec),
            unit: dec(unit),
            flat: Decimal::ZERO,
        };
        written.iter().map(tier).collect()
    }

    /// `quantity: each, net` of each point of the first of these lines of boxes.
    fn points(pack: &PricePack, quantities: &[u32]) -> Vec<String> {
        let (model, values) = (model(), large_box());
        let line = |quantity: &u32| line(&model, &values, *quantity);
        let lines: Vec<AskedLine> = quantities.iter().map(line).collect();
        let points = tier_points(pack, &asked(&lines), 0, Due::Once).expect("points");
        let shown = |it: &TierPoint| format!("{}: {}, {}", it.quantity, it.each, it.net);
        points.iter().map(shown).collect()
    }

    /// 4.50 a piece; 5 percent off from 20 pieces that `counts`, 10 percent from 100.
    fn discounts(counts: Counted) -> PricePack {
        let amount = Amount {
            amount: dec("4.50"),
            per: None,
        };
        let tier = |from, percent| Tier {
            from,
            percent: dec(percent),
        };
        let tiers = Tiers {
            tiers: vec![tier(20, "-5"), tier(100, "-10")],
            of: Base::Before,
            counts,
        };
        let steps = vec![
            step("base", PriceRule::Amount(amount)),
            step("quantity", PriceRule::Tiers(tiers)),
        ];
        pack(steps, Vec::new())
    }

    #[test]
    fn each_threshold_is_a_point_and_so_are_one_piece_and_those_asked() {
        // 4.50 x 0.95 = 4.275, x 20 = 85.50; 4.50 x 0.9 = 4.05.
        let pack = discounts(Counted::Line);
        let of_one = ["1: 4.50, 4.50", "20: 4.275, 85.50", "100: 4.05, 405.00"];
        assert_eq!(points(&pack, &[1]), of_one);
        let of_fifty = [
            "1: 4.50, 4.50",
            "20: 4.275, 85.50",
            "50: 4.275, 213.75",
            "100: 4.05, 405.00",
        ];
        assert_eq!(points(&pack, &[50]), of_fifty);
        // Other lines do not count.
        assert_eq!(points(&pack, &[50, 70]), of_fifty);
    }

    #[test]
    fn pieces_on_other_lines_bring_a_tier_nearer() {
        // With 70 beside them, 30 make 100; 20 are reached with the first piece.
        let pack = discounts(Counted::Quote);
        let expected = ["1: 4.275, 4.28", "5: 4.275, 21.38", "30: 4.05, 121.50"];
        assert_eq!(points(&pack, &[5, 70]), expected);
    }

    #[test]
    fn steps_for_the_line_are_shared_over_its_pieces() {
        // 3 x 10 + 8 = 38, / 4 = 9.50; 30 + 7 x 8 + 7 = 93, / 11 = 8.4545...
        let mut graduated = step(
            "seats",
            ByQuantity {
                scale: Graduated {
                    tiers: tiers(&[(Some("3"), "10"), (Some("10"), "8"), (None, "7")]),
                },
                per: None,
                counts: Counted::Line,
                by: None,
            },
        );
        graduated.level = Level::Line;
        let pack = pack(vec![graduated], Vec::new());
        let expected = ["1: 10.00, 10.00", "4: 9.50, 38.00", "11: 8.45, 93.00"];
        assert_eq!(points(&pack, &[1]), expected);
    }

    #[test]
    fn what_does_not_count_has_no_say() {
        let mut pack = discounts(Counted::Line);
        pack.products[0].steps[1].applies = Applies {
            promotion: Some("MANY".to_owned()),
            ..Applies::default()
        };
        assert_eq!(points(&pack, &[50]), ["1: 4.50, 4.50", "50: 4.50, 225.00"]);
    }

    #[test]
    fn a_quantity_that_has_no_price_has_no_point() {
        // Sold up to 100 pieces.
        let volume = ByQuantity {
            scale: Volume {
                tiers: tiers(&[(Some("10"), "3"), (Some("100"), "2.5")]),
            },
            per: None,
            counts: Counted::Line,
            by: None,
        };
        let pack = pack(vec![step("screw", volume)], Vec::new());
        let expected = ["1: 3.00, 3.00", "11: 2.50, 27.50"];
        assert_eq!(points(&pack, &[1]), expected);
    }
}
