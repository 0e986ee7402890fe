//! What holds of the arithmetic of prices, whatever the numbers are.

use proptest::prelude::*;
use quotewright_engine::money::{
    Capped, Fraction, Leftover, MoneyError, Rounding, RoundingMode, Weights, cash_total, share,
    share_above_floors,
};
use quotewright_engine::price::adjust::{Adjustment, Stacking};
use quotewright_engine::price::scales::{
    BlockTier, Blocks, Commitment, Graduated, Package, PriceTier, Volume,
};
use quotewright_engine::quote::recurring::{Period, segment};
use quotewright_engine::quote::tax::en16931::{
    CategoryAmount, Document, StatedTotals, VatCategory, broken, totals,
};
use quotewright_engine::quote::tax::{contained, on_top};
use rust_decimal::Decimal;

/// Amounts of either sign, up to a million, in thousandths.
fn amounts() -> impl Strategy<Value = Decimal> {
    (-1_000_000_000_i64..=1_000_000_000).prop_map(|it| Decimal::new(it, 3))
}

/// Whole cents of either sign.
fn cents() -> impl Strategy<Value = Decimal> {
    (-10_000_000_i64..=10_000_000).prop_map(|it| Decimal::new(it, 2))
}

/// From nothing to 10,000, in hundredths.
fn quantities() -> impl Strategy<Value = Decimal> {
    (0_i64..=1_000_000).prop_map(|it| Decimal::new(it, 2))
}

fn modes() -> impl Strategy<Value = RoundingMode> {
    prop::sample::select(RoundingMode::NAMED.map(|(_, mode)| mode).to_vec())
}

fn leftovers() -> impl Strategy<Value = Leftover> {
    prop::sample::select(Leftover::NAMED.map(|(_, leftover)| leftover).to_vec())
}

fn steps() -> impl Strategy<Value = Decimal> {
    let steps = [(1, 2), (5, 2), (1, 0), (3, 0), (1, 4), (25, 1)];
    let steps = steps.map(|(digits, scale)| Decimal::new(digits, scale));
    prop::sample::select(steps.to_vec())
}

/// Weights of which at least one is above zero.
fn weights() -> impl Strategy<Value = Vec<i64>> {
    let some = |list: &Vec<i64>| list.iter().any(|it| *it > 0);
    prop::collection::vec(prop_oneof![Just(0), 1_i64..10_000], 1..9).prop_filter("weight", some)
}

fn fractions(list: &[i64]) -> Vec<Fraction> {
    list.iter().map(|it| Fraction::from(*it)).collect()
}

/// Tiers at ascending quantities, the last open; any prices and flat fees.
fn tiers() -> impl Strategy<Value = Vec<PriceTier>> {
    let tier = (1_i64..2_000, 0_i64..10_000, 0_i64..5_000);
    prop::collection::vec(tier, 1..6).prop_map(|list| {
        let last = list.len() - 1;
        let mut up_to = Decimal::ZERO;
        let tier = |(at, (width, unit, flat)): (usize, (i64, i64, i64))| {
            up_to += Decimal::from(width);
            PriceTier {
                up_to: (at < last).then_some(up_to),
                unit: Decimal::new(unit, 2),
                flat: Decimal::new(flat, 2),
            }
        };
        list.into_iter().enumerate().map(tier).collect()
    })
}

/// Anything that a decimal can hold.
fn any_decimal() -> impl Strategy<Value = Decimal> {
    (any::<[u32; 3]>(), any::<bool>(), 0_u32..=28).prop_map(|([low, mid, high], sign, scale)| {
        Decimal::from_parts(low, mid, high, sign, scale)
    })
}

fn exact(result: Result<Decimal, MoneyError>) -> Decimal {
    result.expect("an amount")
}

proptest! {
    #[test]
    fn extreme_numbers_are_worked_out_or_refused(
        numbers in prop::collection::vec(any_decimal(), 4),
        step in prop_oneof![any_decimal(), steps()],
        mode in modes(),
        leftover in leftovers(),
    ) {
        let [a, b, c, d] = numbers[..] else { unreachable!() };
        let rounding = Rounding { step, mode };
        let _ = rounding.round(a);
        let _ = cash_total(&numbers, &rounding);
        let all: Vec<Fraction> = numbers.iter().copied().map(Fraction::from).collect();
        for weights in [Weights::new(&all), Weights::or_equal(&all), Weights::of_amounts(&all)] {
            let _ = weights.and_then(|weights| share(a, step, &weights, leftover));
        }
        let whole = a.trunc();
        let _ = share(whole, Decimal::ONE, &Weights::equal(7).expect("weights"), leftover);
        let lines = [Capped { total: a, floor: b }, Capped { total: c, floor: d }];
        let _ = share_above_floors(whole, Decimal::ONE, &lines, leftover);
        let tier = |up_to, unit| PriceTier { up_to, unit, flat: d };
        let tiers = vec![tier(Some(b), c), tier(None, d)];
        let _ = Volume { tiers: tiers.clone() }.amount(a);
        let _ = Graduated { tiers: tiers.clone() }.slice(c, a);
        let _ = Package { size: b, price: c, free: d }.amount(a);
        let blocks = Blocks { tiers: vec![BlockTier { block: b, most: Some(c), price: d }] };
        let _ = (blocks.volume(a), blocks.graduated(a));
        let spend = Commitment { least: Some(b), most: Some(c) };
        let _ = spend.apply(a, d, Some(&rounding));
        let adjustments = [Adjustment::Percent(b), Adjustment::Amount(c), Adjustment::Fixed(d)];
        for stacking in [Stacking::Chained, Stacking::Additive, Stacking::BestOf] {
            let _ = stacking.apply(a, &adjustments);
        }
        let _ = on_top(a, b, Some(&rounding));
        let _ = contained(a, b, Some(&rounding));
        let (category, percent) = (VatCategory::Standard, b);
        let lines = numbers.iter().map(|it| CategoryAmount { amount: *it, category, percent });
        let _ = totals(&Document { lines: lines.collect(), prepaid: c, ..Document::default() });
    }

    #[test]
    fn rounding_goes_to_a_multiple_next_to_it_and_no_further(
        amount in amounts(), step in steps(), mode in modes(),
    ) {
        let rounding = Rounding { step, mode };
        let rounded = exact(rounding.round(amount));
        prop_assert!((rounded - amount).abs() < step);
        prop_assert_eq!(Rounding::unnecessary(rounded, step), Ok(rounded));
        prop_assert_eq!(exact(rounding.round(rounded)), rounded);
        let halves = !matches!(
            mode,
            RoundingMode::Up | RoundingMode::Down | RoundingMode::Ceiling | RoundingMode::Floor
        );
        prop_assert!(!halves || (rounded - amount).abs() * Decimal::TWO <= step);
    }

    #[test]
    fn rounding_keeps_order(left in amounts(), right in amounts(), step in steps(), mode in modes()) {
        let rounding = Rounding { step, mode };
        let (less, more) = (left.min(right), left.max(right));
        prop_assert!(exact(rounding.round(less)) <= exact(rounding.round(more)));
    }

    #[test]
    fn rounding_to_decimals_is_rounding_to_their_step(
        amount in amounts(), decimals in 0_u32..5, mode in modes(),
    ) {
        let step = Rounding::to_decimals(decimals, mode);
        prop_assert_eq!(mode.round(amount, decimals), exact(step.round(amount)));
    }

    #[test]
    fn what_cash_rounding_adds_is_told(
        amounts in prop::collection::vec(amounts(), 0..6), step in steps(), mode in modes(),
    ) {
        let found = cash_total(&amounts, &Rounding { step, mode }).expect("a total");
        prop_assert_eq!(found.total - found.rounding, amounts.iter().sum::<Decimal>());
    }

    #[test]
    fn shares_add_up_to_what_was_shared(
        steps_shared in -1_000_000_i64..1_000_000,
        step in steps(),
        list in weights(),
        leftover in leftovers(),
    ) {
        let amount = Decimal::from(steps_shared) * step;
        let weights = Weights::new(&fractions(&list)).expect("weights");
        let found = share(amount, step, &weights, leftover).expect("shares");
        prop_assert_eq!(found.parts.iter().sum::<Decimal>() + found.rest, amount);
        prop_assert!(!leftover.gives_all() || found.rest.is_zero());
        let total: i64 = list.iter().sum();
        for (part, weight) in found.parts.iter().zip(&list) {
            prop_assert!(*weight > 0 || part.is_zero());
            prop_assert_eq!(Rounding::unnecessary(*part, step), Ok(*part));
            // Within two steps of its exact share, where there are no blocks.
            let off = (*part * Decimal::from(total) - amount * Decimal::from(*weight)).abs();
            let near = off < Decimal::TWO * step * Decimal::from(total);
            prop_assert!(leftover == Leftover::SeparateBlocks || near);
        }
    }

    #[test]
    fn shares_of_the_negative_are_the_negatives(
        steps_shared in 0_i64..1_000_000, list in weights(), leftover in leftovers(),
    ) {
        let symmetric = leftover != Leftover::LargestRemainderFromBelow;
        let weights = Weights::new(&fractions(&list)).expect("weights");
        let parts = |steps| share(steps, Decimal::ONE, &weights, leftover).expect("shares").parts;
        let negative: Vec<_> = parts((-steps_shared).into()).into_iter().map(|it| -it).collect();
        prop_assert!(!symmetric || parts(steps_shared.into()) == negative);
    }

    #[test]
    fn no_line_goes_below_its_floor(
        discount in 0_i64..30_000,
        lines in prop::collection::vec((1_i64..5_000, 0_i64..6_000), 1..8),
        leftover in leftovers(),
    ) {
        let lines: Vec<_> = lines
            .into_iter()
            .map(|(total, floor)| Capped { total: total.into(), floor: floor.into() })
            .collect();
        let found = share_above_floors(discount.into(), Decimal::ONE, &lines, leftover);
        let found = found.expect("shares");
        prop_assert_eq!(found.parts.iter().sum::<Decimal>() + found.rest, Decimal::from(discount));
        let mut room = Decimal::ZERO;
        for (part, line) in found.parts.iter().zip(&lines) {
            prop_assert!(part.is_zero() || line.total - *part >= line.floor);
            prop_assert!(*part >= Decimal::ZERO);
            room += (line.total - line.floor).max(Decimal::ZERO);
        }
        if leftover.gives_all() {
            prop_assert_eq!(found.rest, (Decimal::from(discount) - room).max(Decimal::ZERO));
        }
    }

    #[test]
    fn fractions_add_and_take_away_the_same(left in amounts(), right in amounts(), by in 1_i64..1_000) {
        let third = Fraction::from(left).over(by).expect("a fraction");
        let sum = third.plus(right).expect("a sum");
        prop_assert_eq!(sum.minus(right), Ok(third));
        prop_assert_eq!(third.times(by), Ok(Fraction::from(left)));
        let text = third.to_string();
        prop_assert_eq!(text.parse::<Fraction>(), Ok(third));
    }

    #[test]
    fn more_never_costs_less_where_tiers_are_graduated(
        tiers in tiers(), quantity in quantities(), more in quantities(),
    ) {
        let graduated = Graduated { tiers };
        prop_assert_eq!(graduated.check(), Ok(()));
        let here = graduated.amount(quantity).expect("an amount");
        let there = graduated.amount(quantity + more).expect("an amount");
        prop_assert!(here.total <= there.total);
        let between = graduated.slice(quantity, quantity + more).expect("an amount");
        // A slice from zero includes what is due without any quantity.
        let due = if quantity.is_zero() { Decimal::ZERO } else { here.total };
        prop_assert_eq!(due + between.total, there.total);
    }

    #[test]
    fn parts_of_tiers_add_up(tiers in tiers(), quantity in quantities()) {
        for found in [
            Volume { tiers: tiers.clone() }.amount(quantity),
            Graduated { tiers: tiers.clone() }.amount(quantity),
        ] {
            let found = found.expect("an amount");
            let units: Decimal = found.parts.iter().map(|part| part.units).sum();
            prop_assert_eq!(units, quantity);
            for part in &found.parts {
                prop_assert_eq!(part.units * part.rate + part.flat, part.amount);
            }
            let sum: Decimal = found.parts.iter().map(|part| part.amount).sum();
            prop_assert_eq!(sum, found.total);
        }
    }

    #[test]
    fn within_a_volume_tier_more_never_costs_less(
        tiers in tiers(), quantity in quantities(), more in quantities(),
    ) {
        let volume = Volume { tiers };
        let here = volume.amount(quantity).expect("an amount");
        let there = volume.amount(quantity + more).expect("an amount");
        prop_assert!(here.parts[0].tier != there.parts[0].tier || here.total <= there.total);
    }

    #[test]
    fn packages_and_blocks_of_one_size_cost_the_same(
        quantity in quantities(), more in quantities(), size in 1_i64..500, price in cents(),
    ) {
        let size = Decimal::from(size);
        let package = Package { size, price, free: Decimal::ZERO };
        let blocks = Blocks { tiers: vec![BlockTier { block: size, most: None, price }] };
        let total = package.amount(quantity).expect("an amount").total;
        prop_assert_eq!(blocks.volume(quantity).expect("an amount").total, total);
        prop_assert_eq!(blocks.graduated(quantity).expect("an amount").total, total);
        let further = package.slice(quantity, quantity + more).expect("an amount").total;
        let together = package.amount(quantity + more).expect("an amount").total;
        prop_assert_eq!(total + further, together);
    }

    #[test]
    fn spending_stays_between_least_and_most(
        base in quantities(), billed in quantities(), least in quantities(), more in quantities(),
    ) {
        let commitment = Commitment { least: Some(least), most: Some(least + more) };
        let found = commitment.apply(base, billed, None).expect("an amount");
        prop_assert_eq!(found.base - found.discount + found.top_up, found.total);
        prop_assert!(found.total + billed >= least);
        prop_assert!(found.total + billed <= (least + more).max(billed));
    }

    #[test]
    fn chained_discounts_are_a_product_and_added_ones_a_sum(
        list in quantities(), percents in prop::collection::vec(0_i64..40, 0..3),
    ) {
        let off: Vec<_> = percents.iter().map(|it| Adjustment::Percent((-it).into())).collect();
        let left = percents.iter().map(|it| Decimal::new(100 - it, 2));
        let chained = Stacking::Chained.apply(list, &off).expect("a price").price;
        prop_assert_eq!(chained, list * left.product::<Decimal>());
        let sum: i64 = percents.iter().sum();
        let additive = Stacking::Additive.apply(list, &off).expect("a price").price;
        prop_assert_eq!(additive, (list * Decimal::new(100 - sum, 2)).max(Decimal::ZERO));
        let best = Stacking::BestOf.apply(list, &off).expect("a price").price;
        let most = percents.iter().max().copied().unwrap_or(0);
        prop_assert_eq!(best, list * Decimal::new(100 - most, 2));
        prop_assert!(additive <= chained && chained <= best);
    }

    #[test]
    fn tax_on_top_and_contained_undo_each_other(
        net in cents(), percent in 0_i64..4_000, mode in modes(),
    ) {
        let percent = Decimal::new(percent, 2);
        let exact = on_top(net, percent, None).expect("tax");
        prop_assert_eq!(contained(exact.gross, percent, None), Ok(exact));
        let rounding = Rounding::to_decimals(2, mode);
        let up = on_top(net, percent, Some(&rounding)).expect("tax");
        prop_assert_eq!(up.net.plus(up.tax), Ok(up.gross));
        let back = contained(up.gross, percent, Some(&rounding)).expect("tax");
        let off = back.net.minus(net).expect("a difference").to_decimal().expect("cents");
        prop_assert!(off.abs() <= Decimal::new(2, 2));
    }

    #[test]
    fn totals_keep_their_rules_in_any_order(
        rows in prop::collection::vec((cents(), 0_usize..3), 1..10), prepaid in cents(),
    ) {
        let rates = [
            (VatCategory::Standard, 2_100),
            (VatCategory::Standard, 900),
            (VatCategory::ReverseCharge, 0),
        ];
        let mut lines: Vec<_> = rows
            .into_iter()
            .map(|(amount, at)| CategoryAmount {
                amount,
                category: rates[at].0,
                percent: Decimal::new(rates[at].1, 2),
            })
            .collect();
        let mut document = Document { lines: lines.clone(), prepaid, ..Document::default() };
        let found = totals(&document).expect("totals");
        let stated = StatedTotals {
            line_total: found.line_total,
            allowance_total: None,
            charge_total: None,
            tax_exclusive: found.tax_exclusive,
            vat: found.vat.clone(),
            tax_total: found.tax_total,
            tax_inclusive: found.tax_inclusive,
            payable: found.payable,
        };
        prop_assert_eq!(broken(&document, &stated), Ok(Vec::new()));
        lines.reverse();
        document.lines = lines;
        prop_assert_eq!(totals(&document), Ok(found));
    }

    #[test]
    fn whole_periods_and_what_follows_are_the_time_between(
        start in 0_i32..20_000, days in 0_i64..4_000, period in 0_usize..Period::NAMED.len(),
    ) {
        let first = jiff::civil::date(1990, 1, 1);
        let start = Period::Days(1).advance(first, start.into()).expect("a date");
        let end = Period::Days(1).advance(start, days).expect("a date");
        let period = Period::NAMED[period].1;
        let whole = period.whole(start, end).expect("periods");
        let reached = period.advance(start, whole).expect("a date");
        let next = period.advance(start, whole + 1).expect("a date");
        prop_assert!(reached <= end && end < next);
        let part = segment(reached, end, reached, next).expect("a part");
        let rest = segment(end, next, reached, next).expect("a part");
        prop_assert_eq!(part.plus(rest), Ok(Fraction::ONE));
    }
}
