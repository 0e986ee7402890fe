//! Quantities that change over the term count for other lines from then on.

use quotewright_engine::price::{
    Applies, Base, Counted, Due, Pieces, PriceRule, PriceStep, Ramp, Tier, Tiers,
};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, AskedLine, price_quote};
use rust_decimal::Decimal;

use quotewright_cases::kit::{DAY, amount, bare_model, pack, step};

/// `from+months: each piece` of what is due every month of two pieces, beside one piece that
/// becomes eight from the seventh month on, and none from the tenth.
fn months(discount: PriceStep) -> Vec<String> {
    let mut pack = pack(vec![amount(Decimal::TEN)]);
    let steps = &mut pack.products[0].steps;
    steps.push(discount);
    for it in steps {
        it.due = Due::Monthly;
    }
    let model = bare_model();
    let line = |quantity, ramp| AskedLine {
        model: &model,
        values: &[],
        quantity,
        ramp,
        earlier: 0,
        billed: Decimal::ZERO,
    };
    let ramp = [(6, 8), (9, 0)].map(|(from, quantity)| Ramp { from, quantity });
    let asked = Asked {
        lines: &[line(2, &[]), line(1, &ramp)],
        whole: None,
        date: DAY,
        promotions: &[],
        buyer: Buyer::default(),
        dates: None,
        manual: &[],
    };
    let price = price_quote(&pack, &asked).expect("a price");
    let recurring = price.lines[0].price.recurring.iter();
    let shown = recurring.map(|it| {
        let each = it.charge.piece.total.normalize();
        format!("{}+{}: {each}", it.from, it.months)
    });
    shown.collect()
}

#[test]
fn each_month_counts_the_pieces_that_there_are_then() {
    let off = Decimal::from(-10);
    let tiers = |counts| {
        let tiers = Tiers {
            tiers: vec![Tier {
                from: 10,
                percent: off,
            }],
            of: Base::Before,
            counts,
        };
        step(PriceRule::Tiers(tiers))
    };
    let from_ten = |counts| PriceStep {
        applies: Applies {
            pieces: Some(Pieces {
                least: 10,
                most: None,
                counts,
            }),
            ..Applies::default()
        },
        ..step(amount(Decimal::NEGATIVE_ONE))
    };
    let discounts: [&dyn Fn(Counted) -> PriceStep; 2] = [&tiers, &from_ten];
    for discount in discounts {
        for (counts, expected) in [
            (Counted::Line, &["0+12: 10"][..]),
            (Counted::Group, &["0+6: 10", "6+3: 9", "9+3: 10"]),
            (Counted::Quote, &["0+6: 10", "6+3: 9", "9+3: 10"]),
        ] {
            assert_eq!(months(discount(counts)), expected, "{counts:?}");
        }
    }
}
