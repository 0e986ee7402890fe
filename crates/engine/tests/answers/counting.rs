//! How many configurations are left.

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Decisions, Model, Value};
use quotewright_engine::configure::Count;
use rust_decimal::Decimal;

use crate::all::{All, Tally, configurator};
use crate::generator;
use crate::random::Random;

/// Models in a run of the tests.
const MODELS: u64 = 1_000;

/// As many values as anybody may try.
const ENOUGH: u32 = 1_000_000;

#[test]
fn counts_are_those_of_trying_everything() {
    let mut tally = Tally::default();
    for seed in 0..MODELS {
        let model = generator::model(seed);
        let all = All::new(&model);
        let Some(mut configurator) = configurator(&model, &mut tally) else {
            continue;
        };
        let mut random = Random::new(seed);
        for turn in 0..3 {
            let decisions = match (turn, all.valid.is_empty()) {
                (0, _) | (_, true) => Decisions::new(),
                _ => all.decisions(&mut random),
            };
            let what = format!("model {seed}: {decisions:?}");
            let whole = all.with(&decisions).count();
            // What was counted in full is remembered: so this one first.
            let hasty = configurator.count(&decisions, random.below(20) as u32);
            let found = configurator.count(&decisions, ENOUGH);
            assert_eq!(found, expected(&all, &decisions), "{what}");
            match hasty {
                Count::AtLeast { power_of_ten } => {
                    assert!(10_usize.pow(power_of_ten) <= whole, "{what}");
                    tally.count("at least");
                }
                found => {
                    assert_eq!(found, expected(&all, &decisions), "{what}");
                    tally.count(match found {
                        Count::Unbounded => "unbounded",
                        _ if whole == 0 => "none",
                        _ => "exact",
                    });
                }
            }
            for attribute in model.indices() {
                if let AttributeDomain::Number(_) = model.attributes[attribute.0].domain {
                    continue;
                }
                let mut others = decisions.clone();
                others.remove(&attribute);
                let (whole, bounded) = (
                    all.with(&others).count(),
                    expected(&all, &others) != Count::Unbounded,
                );
                for share in configurator.shares(&decisions, attribute, ENOUGH) {
                    others.insert(attribute, share.value);
                    let with = all.with(&others).count();
                    let count = expected(&all, &others);
                    assert_eq!(share.count, count, "{what}: {attribute:?}");
                    let bounded = bounded && count != Count::Unbounded;
                    let part =
                        (bounded && whole > 0).then(|| Decimal::from(with) / Decimal::from(whole));
                    let part = part.map(|it| it.trunc_with_scale(4).normalize());
                    assert_eq!(share.share, part, "{what}: {attribute:?}");
                }
            }
        }
    }
    tally.print_and_check(&["none", "exact", "at least"]);
}

/// None where a number without a range can be as far out as was searched.
fn expected(all: &All, decisions: &Decisions) -> Count {
    let outside = |index: AttributeIndex| match &all.model.attributes[index.0].domain {
        AttributeDomain::Number(range) => {
            let far = |value: Value| {
                (range.unbounded_below && value == Value::Number(range.min))
                    || (range.unbounded_above && value == Value::Number(range.max))
            };
            !decisions.contains_key(&index) && all.with(decisions).any(|it| far(it[index.0]))
        }
        _ => false,
    };
    match all.model.indices().any(outside) {
        true => Count::Unbounded,
        false => Count::Exact(all.with(decisions).count().to_string()),
    }
}

#[test]
fn a_number_without_a_range_has_no_count() {
    let number = |it: &usize, model: &Model| {
        let it = &model.attributes[*it];
        it.part.is_none() && it.formula.is_none() && matches!(it.domain, AttributeDomain::Number(_))
    };
    let found = (0..).map(generator::model).find_map(|model| {
        let number = (0..model.attributes.len()).find(|it| number(it, &model))?;
        Some((model, AttributeIndex(number)))
    });
    let (mut model, number) = found.unwrap();
    (model.rules, model.tables, model.relations) = Default::default();
    if let AttributeDomain::Number(range) = &mut model.attributes[number.0].domain {
        range.unbounded_above = true;
    }
    let mut configurator = configurator(&model, &mut Tally::default()).unwrap();
    let found = configurator.count(&Decisions::new(), ENOUGH);
    assert_eq!(found, Count::Unbounded);
    let value: Value = model.attributes[number.0].domain.value_at(0).unwrap();
    let found = configurator.count(&Decisions::from([(number, value)]), ENOUGH);
    assert!(matches!(found, Count::Exact(_)), "{found:?}");
}
