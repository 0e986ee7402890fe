//! What holds of every quote that is changed by hand.

use proptest::prelude::*;
use quotewright_engine::price::adjust::Adjustment;
use quotewright_engine::price::{Due, PricePack, Step};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{
    Asked, AskedLine, Confidential, Manual, ManualError, Margins, QuotePrice, adjusted,
};
use rust_decimal::Decimal;

use quotewright_cases::kit::{DAY, amount, bare_model, pack};

fn cents(cents: i64) -> Decimal {
    Decimal::new(cents, 2)
}

fn changes() -> impl Strategy<Value = Adjustment> {
    prop_oneof![
        (-10_000_i64..5_000).prop_map(|it| Adjustment::Percent(cents(it))),
        (-50_000_i64..50_000).prop_map(|it| Adjustment::Amount(cents(it))),
        (0_i64..100_000).prop_map(|it| Adjustment::Fixed(cents(it))),
    ]
}

fn manual(lines: usize) -> impl Strategy<Value = Manual> {
    let line = prop::option::of(0..lines);
    (line, changes(), any::<bool>()).prop_map(|(line, change, below_floor)| Manual {
        line,
        due: Due::Once,
        change,
        below_floor,
    })
}

/// Quantities of the lines, and changes.
fn quotes() -> impl Strategy<Value = (Vec<u32>, Vec<Manual>)> {
    prop::collection::vec(1_u32..50, 1..6).prop_flat_map(|quantities| {
        let manual = prop::collection::vec(manual(quantities.len()), 0..6);
        (Just(quantities), manual)
    })
}

fn work_out(
    pack: &PricePack,
    floors: &Confidential,
    quantities: &[u32],
    manual: &[Manual],
) -> Result<(QuotePrice, Margins), ManualError> {
    let model = bare_model();
    let line = |quantity: &u32| AskedLine {
        model: &model,
        values: &[],
        quantity: *quantity,
        ramp: &[],
        earlier: 0,
        billed: Decimal::ZERO,
    };
    let lines: Vec<AskedLine> = quantities.iter().map(line).collect();
    let asked = Asked {
        lines: &lines,
        whole: None,
        date: DAY,
        promotions: &[],
        buyer: Buyer::default(),
        dates: None,
        manual,
    };
    adjusted(floors, pack, &asked, None)
}

fn sum<'s>(steps: impl IntoIterator<Item = &'s Step>) -> Decimal {
    steps.into_iter().filter_map(|it| it.amount).sum()
}

proptest! {
    #[test]
    fn steps_and_shares_add_up((quantities, manual) in quotes(), price in 1_i64..200_000) {
        // Thousandths, so that lines are rounded.
        let pack = pack(vec![amount(Decimal::new(price, 3))]);
        let free = Confidential::default();
        let (quote, margins) = work_out(&pack, &free, &quantities, &manual).expect("a price");
        let mut net = Decimal::ZERO;
        for (line, quantity) in quote.lines.iter().zip(&quantities) {
            let once = &line.price.once;
            let pieces = once.piece.total * Decimal::from(*quantity);
            prop_assert_eq!(pieces + sum(&once.steps) + once.rounding, once.net);
            net += once.net;
        }
        for (at, step) in quote.steps.iter().enumerate() {
            let shares = quote.lines.iter().map(|line| line.shares[at].amount);
            prop_assert_eq!(Some(shares.sum::<Decimal>()), step.amount);
        }
        let total = net + sum(&quote.steps);
        prop_assert_eq!(total, quote.totals.net);
        prop_assert_eq!(total, margins.net);
        let by_hand = quote.lines.iter().flat_map(|line| &line.price.once.steps);
        let by_hand = by_hand.chain(&quote.steps).filter(|it| it.code.starts_with("manual-"));
        prop_assert_eq!(by_hand.count(), manual.len());
    }

    #[test]
    fn no_change_passes_a_floor_unless_it_says_why(
        (quantities, manual) in quotes(),
        price in 1_i64..20_000,
        part in 0_i64..=100,
    ) {
        let price = cents(price);
        let prices = pack(vec![amount(price)]);
        let floor = price * cents(part);
        let floors = Confidential {
            floors: Some(pack(vec![amount(floor)])),
            ..Confidential::default()
        };
        let stated = manual.iter().any(|it| it.below_floor);
        match work_out(&prices, &floors, &quantities, &manual) {
            Ok((_, margins)) => prop_assert!(stated || !margins.is_below_floor()),
            Err(ManualError::BelowFloor { change, line, by }) => {
                prop_assert!(!manual[change - 1].below_floor && by > Decimal::ZERO);
                // Up to there, all can be made.
                let before = &manual[..change - 1];
                let (_, margins) = work_out(&prices, &floors, &quantities, before)
                    .expect("the changes before");
                prop_assert!(margins.lines[line - 1].below_floor < by);
            }
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
