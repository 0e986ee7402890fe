//! What holds of every price, whatever the price book says.

use proptest::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Condition, Formula, Value};
use quotewright_engine::configure::Effect;
use quotewright_engine::price::{
    Amount, Base, Measure, Options, PricePack, PriceRule, Purchase, RoundingMode, RoundingMoment,
    TaxIn, Tier,
};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::tax::en16931::{
    CategoryAmount, Document, StatedTotals, VatCategory, VatTotal, broken, totals as en_totals,
};
use quotewright_engine::quote::{Differences, LinePrice, Totals, price_line, totals};
use rust_decimal::Decimal;

use quotewright_cases::kit::{self, DAY, amount, bare_model, box_model, pack, percent, tax, tiers};

const SIZE: AttributeIndex = AttributeIndex(0);
const LENGTH: AttributeIndex = AttributeIndex(3);

/// Most steps of a price book.
const STEPS: usize = 6;

/// Amounts as price books have them: up to six digits and three decimals, of either sign.
fn money() -> BoxedStrategy<Decimal> {
    (-999_999_i64..=999_999, 1_u32..=3)
        .prop_map(|(digits, scale)| Decimal::new(digits, scale))
        .boxed()
}

/// Percentages from half off to half as much again.
fn percents() -> BoxedStrategy<Decimal> {
    (-50_i64..=50).prop_map(Decimal::from).boxed()
}

/// Anything that a decimal can hold.
fn any_decimal() -> BoxedStrategy<Decimal> {
    (any::<[u32; 3]>(), any::<bool>(), 0_u32..=28)
        .prop_map(|([low, middle, high], sign, scale)| {
            Decimal::from_parts(low, middle, high, sign, scale)
        })
        .boxed()
}

/// Tiers at 2, 5, 10 and 50 pieces, each with its percentage.
fn some_tiers(percents: impl Strategy<Value = Decimal>) -> impl Strategy<Value = Vec<Tier>> {
    prop::collection::vec(percents, 4).prop_map(|percents| {
        let pairs = [2, 5, 10, 50].into_iter().zip(percents);
        pairs
            .map(|(from, percent)| Tier { from, percent })
            .collect()
    })
}

/// One rule; percentages and tiers are of the first `earlier` steps.
fn rule(
    number: BoxedStrategy<Decimal>,
    percents: BoxedStrategy<Decimal>,
    earlier: usize,
) -> BoxedStrategy<PriceRule> {
    let metres = Measure {
        formula: Formula::Divide(
            Box::new(Formula::Attribute(LENGTH)),
            Box::new(Formula::Constant(Decimal::ONE_THOUSAND)),
        ),
        unit: "m".to_owned(),
        price_unit: None,
        rounding: None,
    };
    let per_metre = move |amount| {
        let per = Some(metres.clone());
        PriceRule::Amount(Amount { amount, per })
    };
    let by_size = |(small, large)| {
        PriceRule::Options(Options {
            attribute: SIZE,
            amounts: vec![small, large],
        })
    };
    let of = move || (0..earlier).collect::<Vec<_>>();
    prop_oneof![
        number.clone().prop_map(amount),
        number.clone().prop_map(per_metre),
        (number.clone(), number).prop_map(by_size),
        percents
            .clone()
            .prop_map(move |number| percent(number, of())),
        some_tiers(percents).prop_map(move |found| tiers(found, of())),
    ]
    .boxed()
}

/// A price book of up to six steps, some only for large boxes.
fn book(
    number: BoxedStrategy<Decimal>,
    percents: BoxedStrategy<Decimal>,
) -> impl Strategy<Value = PricePack> {
    let rules: Vec<_> = (0..STEPS)
        .map(|earlier| rule(number.clone(), percents.clone(), earlier))
        .collect();
    let moments = [
        RoundingMoment::Unit,
        RoundingMoment::Line,
        RoundingMoment::Document,
    ];
    let modes = [RoundingMode::HalfUp, RoundingMode::HalfEven];
    (
        rules,
        0..=STEPS,
        prop::collection::vec(any::<bool>(), STEPS),
        prop::sample::select(moments.to_vec()),
        prop::sample::select(modes.to_vec()),
    )
        .prop_map(|(rules, length, only_large, moment, mode)| {
            let mut pack = pack(rules.into_iter().take(length).collect());
            pack.rounding.moment = moment;
            pack.rounding.mode = mode;
            for (step, only_large) in pack.products[0].steps.iter_mut().zip(only_large) {
                step.applies.when = only_large.then(|| Condition::Is {
                    attribute: SIZE,
                    options: vec![1],
                });
            }
            pack
        })
}

/// Values of the box, some of them open.
fn values() -> impl Strategy<Value = Vec<Option<Value>>> {
    let size = prop::option::of((0_usize..2).prop_map(Value::Option));
    let length = prop::option::of(
        (1_i64..=200).prop_map(|hundreds| Value::Number(Decimal::from(hundreds * 100))),
    );
    (size, length).prop_map(|(size, length)| vec![size, None, None, length])
}

/// Values of the box, with the size and length decided.
fn decided() -> impl Strategy<Value = Vec<Option<Value>>> {
    (0_usize..2, 1_i64..=4).prop_map(|(size, metres)| {
        let length = Value::Number(Decimal::from(metres * 1_000));
        vec![Some(Value::Option(size)), None, None, Some(length)]
    })
}

fn priced(pack: &PricePack, values: &[Option<Value>], quantity: u32) -> LinePrice {
    price_line(&box_model(), pack, values, &Purchase::alone(quantity, DAY)).expect("a price")
}

proptest! {
    #[test]
    fn steps_add_up(pack in book(money(), percents()), values in values(), quantity in 1_u32..=1_000) {
        let line = priced(&pack, &values, quantity);
        let amounts = line.once.piece.steps.iter().filter_map(|step| step.amount);
        prop_assert_eq!(amounts.sum::<Decimal>(), line.once.piece.total);
        prop_assert_eq!(line.once.piece.total, line.unit_net());
        prop_assert_eq!(line.unit_net() * Decimal::from(quantity) + line.once.rounding, line.once.net);
        let open = line.once.piece.steps.iter().any(|step| step.amount.is_none());
        prop_assert_eq!(line.open, open);
        if pack.rounding.moment != RoundingMoment::Document {
            prop_assert!(line.once.net.normalize().scale() <= 2);
            prop_assert!(line.once.rounding.abs() <= Decimal::new(5, 3));
        }
    }

    #[test]
    fn what_is_decided_is_priced_and_what_is_not_may_only_wait(
        pack in book(money(), percents()),
        values in values(),
    ) {
        let line = priced(&pack, &values, 7);
        let decided = values[SIZE.0].is_some() && values[LENGTH.0].is_some();
        prop_assert!(!(decided && line.open));
    }

    #[test]
    fn what_another_configuration_costs_more_is_the_difference_of_both_prices(
        mut pack in book(money(), percents()),
        links in prop::collection::vec(0_u8..6, STEPS),
        contained in any::<bool>(),
        (now, then) in (decided(), decided()),
        quantity in 1_u32..=100,
    ) {
        if contained {
            pack.settlement.prices = TaxIn::Contained;
        }
        for (position, (step, link)) in pack.products[0].steps.iter_mut().zip(links).enumerate() {
            match (link, &mut step.rule) {
                // Steps that compete do not look at one another.
                (0, PriceRule::Amount(_) | PriceRule::Options(_)) => step.rivals = Some(0),
                (1, _) => step.applies.unless = (0..position).collect(),
                (2 | 3, PriceRule::Percent(rule)) => rule.of = Base::Before,
                _ => {}
            }
        }
        let paid = |values: &[Option<Value>]| {
            let totals = totals(&[priced(&pack, values, quantity)], &pack).expect("totals");
            if contained { totals.gross } else { totals.net }
        };
        let effect = Effect { value: Value::Option(0), result: Some(then.clone()) };
        let (model, purchase) = (box_model(), Purchase::alone(quantity, DAY));
        let asked = (&purchase, Buyer::default());
        let found = Differences::new(&model, &pack, &now, asked).expect("prices").of(&[effect]);
        let changes = found[0].as_ref().expect("a difference");
        let more: Decimal = changes.iter().map(|it| it.1).sum();
        prop_assert_eq!(more, paid(&then) - paid(&now));
    }

    #[test]
    fn the_same_request_gives_the_same_bytes(
        pack in book(money(), percents()),
        values in values(),
        quantity in 1_u32..=1_000,
    ) {
        let bytes = || serde_json::to_vec(&priced(&pack, &values, quantity)).expect("JSON");
        prop_assert_eq!(bytes(), bytes());
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        lines in prop::collection::vec((money(), 0_usize..3), 0..12),
        moment in prop::sample::select(vec![RoundingMoment::Line, RoundingMoment::Document]),
        contained in any::<bool>(),
    ) {
        let mut pack = pack(Vec::new());
        pack.rounding.moment = moment;
        if contained {
            pack.settlement.prices = TaxIn::Contained;
        }
        pack.taxes = [("zero", 0), ("reduced", 9), ("standard", 21)]
            .map(|(code, percent)| tax(code, Decimal::from(percent)))
            .to_vec();
        let lines = lines.into_iter().map(|(net, tax)| kit::line(net, &pack.taxes[tax]));
        let mut lines: Vec<_> = lines.collect();
        let forwards = totals(&lines, &pack).expect("totals");
        lines.reverse();
        let half = lines.len() / 2;
        lines.rotate_left(half);
        let backwards = totals(&lines, &pack).expect("totals");
        let bytes = |totals: &Totals| {
            // These follow the lines.
            let line_nets = Vec::new();
            serde_json::to_vec(&Totals { line_nets, ..totals.clone() }).expect("JSON")
        };
        prop_assert_eq!(bytes(&forwards), bytes(&backwards));
        prop_assert_eq!(forwards.line_nets.iter().sum::<Decimal>(), forwards.line_total);
        prop_assert_eq!(forwards.line_total, forwards.net);
        prop_assert_eq!(forwards.net + forwards.tax, forwards.gross);
        let nets: Decimal = lines.iter().map(|line| line.once.net).sum();
        let shown = if contained { forwards.gross } else { forwards.net };
        prop_assert_eq!(nets + forwards.rounding, shown);
        for tax in &forwards.taxes {
            // The tax is what its rate makes of the base, to the minor unit (BR-CO-17).
            let exact = tax.base * tax.percent / Decimal::ONE_HUNDRED;
            let most = if contained { Decimal::new(61, 4) } else { Decimal::new(5, 3) };
            prop_assert!((tax.amount - exact).abs() <= most);
        }
    }

    #[test]
    fn totals_break_no_rule_of_en_16931(lines in prop::collection::vec((-99_999_i64..=99_999, 0_usize..3), 0..12)) {
        let mut pack = pack(Vec::new());
        let rates = [(VatCategory::ZeroRated, 0), (VatCategory::Standard, 9), (VatCategory::Standard, 21)]
            .map(|(category, percent)| (category, Decimal::from(percent)));
        pack.taxes = rates.map(|(_, percent)| tax(&percent.to_string(), percent)).to_vec();
        let lines = lines.into_iter().map(|(cents, rate)| (Decimal::new(cents, 2), rate));
        let lines: Vec<_> = lines.collect();
        let category = |(amount, rate): &(Decimal, usize)| {
            let (category, percent) = rates[*rate];
            CategoryAmount { amount: *amount, category, percent }
        };
        let document = Document { lines: lines.iter().map(category).collect(), ..Document::default() };
        let priced = lines.iter().map(|(net, rate)| kit::line(*net, &pack.taxes[*rate]));
        let found = totals(&priced.collect::<Vec<_>>(), &pack).expect("totals");
        let vat = found.taxes.iter().map(|it| VatTotal {
            category: VatCategory::of_rate(it.percent),
            percent: it.percent,
            base: it.base,
            tax: it.amount,
        });
        let stated = StatedTotals {
            line_total: found.line_total,
            allowance_total: Some(found.allowance_total),
            charge_total: Some(found.charge_total),
            tax_exclusive: found.net,
            vat: vat.collect(),
            tax_total: found.tax,
            tax_inclusive: found.gross,
            payable: found.payable(),
        };
        prop_assert_eq!(broken(&document, &stated), Ok(Vec::new()));
        let mut bases = en_totals(&document).expect("totals").vat;
        bases.sort_by_key(|it| it.percent);
        prop_assert_eq!(stated.vat, bases);
    }

    #[test]
    fn growing_discounts_never_make_a_piece_dearer(
        list in 0_i64..1_000_000,
        mut discounts in prop::collection::vec(0_i64..=10_000, 4),
        quantity in 1_u32..60,
    ) {
        discounts.sort_unstable();
        let found = [2, 5, 10, 50].into_iter().zip(discounts).map(|(from, hundredths)| Tier {
            from,
            percent: Decimal::new(-hundredths, 2),
        });
        let pack = pack(vec![amount(Decimal::new(list, 2)), tiers(found.collect(), vec![0])]);
        let line = |quantity| {
            price_line(&bare_model(), &pack, &[], &Purchase::alone(quantity, DAY)).expect("a price")
        };
        let here = line(quantity);
        prop_assert!(line(quantity + 1).unit_net() <= here.unit_net());
        if let Some(next) = here.next_tier {
            prop_assert_eq!(line(next.from).unit_net(), next.unit_net);
            prop_assert!(next.unit_net < here.unit_net());
            prop_assert_eq!(line(next.from - 1).unit_net(), here.unit_net());
        } else {
            prop_assert_eq!(line(60).unit_net(), here.unit_net());
        }
    }

    #[test]
    fn extreme_numbers_are_priced_exactly_or_refused(
        pack in book(any_decimal(), any_decimal()),
        values in values(),
        quantity in any::<u32>(),
    ) {
        if let Ok(line) = price_line(&box_model(), &pack, &values, &Purchase::alone(quantity, DAY)) {
            let lines = [line];
            let _ = totals(&lines, &pack);
        }
    }
}
