//! Prices as formulas, and budgets.

use std::path::Path;

use jiff::civil::{Date, date};
use quotewright_compiler::{CatalogSource, translate};
use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Constraint, Decisions, Formula, Model, Text, Value,
};
use quotewright_engine::configure::{Configurator, Goal, Proof, check};
use quotewright_engine::price::scales::{Commitment, Graduated, PriceTier, Volume};
use quotewright_engine::price::{
    Amount, Applies, Base, Between, ByQuantity, Counted, Currency, Due, Fixed, Level, Lookup,
    LookupKey, Measure, Options, Percent, PriceError, PricePack, PriceRow, PriceRule, PriceStep,
    PriceTable, ProductPrices, Purchase, RoundingMode, RoundingMoment, RoundingPolicy, Settlement,
    Spend, Tax, Tier, Tiers, budget_rule, price_formula, price_unit,
};
use quotewright_engine::quote::price_line;
use rust_decimal::Decimal;

use crate::all::{All, Tally, configurator};
use crate::generator;
use crate::random::Random;

/// Models in a run of the tests.
const MODELS: u64 = 400;

/// A table by two attributes has no more rows.
const MOST_ROWS: usize = 40;

const DAY: Date = date(2026, 11, 20);

#[test]
fn formulas_and_budgets_agree_with_prices() {
    let mut tally = Tally::default();
    for seed in 0..MODELS {
        let model = generator::model(seed);
        let mut random = Random::new(seed);
        let pack = pack(&model, &mut random);
        let quantity = random.within(1, 4) as u32;
        let purchase = Purchase::alone(quantity, DAY);
        let all = All::new(&model);
        let formula = match price_formula(&model, &pack, &purchase) {
            Ok(formula) => formula.piece,
            Err(PriceError::Inexact { .. }) => {
                tally.count("rounded units");
                continue;
            }
            Err(other) => panic!("model {seed}: {other}"),
        };
        let mut nets = Vec::new();
        for configuration in &all.valid {
            let values: Vec<_> = configuration.iter().copied().map(Some).collect();
            let line = price_line(&model, &pack, &values, &purchase);
            let Ok(line) = line else {
                tally.count("no price");
                continue;
            };
            let exact = (line.once.piece.steps.iter())
                .filter(|it| it.code != "rounding")
                .filter_map(|it| it.amount)
                .sum();
            let found = formula.evaluate(&model, &values).unwrap();
            assert_eq!(found, Some(exact), "model {seed}: {configuration:?}");
            nets.push((configuration, line.once.net));
        }
        if nets.len() < all.valid.len() || nets.is_empty() {
            continue;
        }
        let (_, net) = random.pick(&nets);
        let amount = net + Decimal::new(random.within(-1, 1), 2);
        budget(&all, &nets, (&pack, quantity, amount), &mut tally);
        if let Some(mut configurator) = configurator(&model, &mut tally) {
            let goal = Goal::Minimize(formula.clone());
            let found = configurator.complete(&Decisions::new(), &goal).unwrap();
            let worth = |values: &[Value]| {
                let values: Vec<_> = values.iter().copied().map(Some).collect();
                formula.evaluate(&model, &values).unwrap()
            };
            let least = all.valid.iter().map(|it| worth(it)).min();
            match found.proof {
                Proof::Optimal => assert_eq!(Some(worth(&found.assignment)), least),
                Proof::Gap { .. } => tally.count("too large to be minimized"),
            }
        }
    }
    tally.print_and_check(&["within budget", "beyond budget", "blamed", "no price"]);
}

/// The budget's rule holds exactly where the price is within, and what is possible follows it.
fn budget(
    all: &All,
    nets: &[(&Vec<Value>, Decimal)],
    (pack, quantity, amount): (&PricePack, u32, Decimal),
    tally: &mut Tally,
) {
    let mut model = all.model.clone();
    let rule = Constraint::Rule(model.rules.len());
    let purchase = Purchase::alone(quantity, DAY);
    model
        .rules
        .push(budget_rule(&model, pack, &purchase, amount).unwrap());
    let what = format!("model {}: {quantity} for {amount}", model.product);
    for (configuration, net) in nets {
        let within = check(&model, configuration) == Ok(vec![]);
        assert_eq!(within, *net <= amount, "{what}: {configuration:?} {net}");
        tally.count(if within {
            "within budget"
        } else {
            "beyond budget"
        });
    }
    let Some(mut configurator) = configurator(&model, tally) else {
        return;
    };
    let within: Vec<_> = nets.iter().filter(|it| it.1 <= amount).collect();
    for attribute in model.indices() {
        for value in all.values(attribute) {
            let possible = within.iter().any(|it| it.0[attribute.0] == value);
            let found = configurator.explain(&Decisions::new(), attribute, value);
            assert_eq!(
                found.is_none(),
                possible,
                "{what}: {attribute:?} = {value:?}"
            );
            if found.is_some_and(|it| it.constraints.contains(&rule)) {
                tally.count("blamed");
            }
        }
    }
}

fn pack(model: &Model, random: &mut Random) -> PricePack {
    let (mut tables, mut steps) = (Vec::new(), Vec::new());
    for position in 0..random.within(2, 6) as usize {
        let rule = rule(model, random, position, &mut tables);
        let when = (model.rules.first()).filter(|_| random.once_in(4));
        steps.push(PriceStep {
            code: format!("s{position}"),
            label: Text::default(),
            level: Level::Piece,
            due: Due::Once,
            applies: Applies::when(when.map(|it| it.require.clone())),
            rounding: None,
            tax: None,
            bearers: Vec::new(),
            rivals: None,
            rule,
        });
    }
    PricePack {
        format: model.format,
        catalog: model.catalog.clone(),
        catalog_hash: model.hash.clone(),
        hash: String::new(),
        book: "book".into(),
        label: Text::default(),
        currency: Currency {
            code: "EUR".into(),
            minor_units: 2,
        },
        rounding: RoundingPolicy {
            mode: random.pick(&[RoundingMode::HalfUp, RoundingMode::HalfEven]),
            moment: random.pick(&[
                RoundingMoment::Unit,
                RoundingMoment::Line,
                RoundingMoment::Document,
            ]),
            step: None,
        },
        valid_from: None,
        valid_until: None,
        taxes: vec![Tax {
            code: "tax".into(),
            label: Text::default(),
            percent: Decimal::ZERO,
            category: None,
            exemption: Text::default(),
        }],
        settlement: Settlement::default(),
        products: vec![ProductPrices {
            product: model.product.clone(),
            tax: 0,
            group: None,
            term: None,
            weight: None,
            quantities: Default::default(),
            tables,
            steps,
        }],
        whole: None,
    }
}

fn amount(random: &mut Random) -> Decimal {
    Decimal::new(random.within(-500, 2_000), random.below(4) as u32)
}

fn rule(
    model: &Model,
    random: &mut Random,
    position: usize,
    tables: &mut Vec<PriceTable>,
) -> PriceRule {
    let attribute = AttributeIndex(random.below(model.attributes.len()));
    let domain = &model.attributes[attribute.0].domain;
    let size = domain.size().unwrap();
    let number = matches!(domain, AttributeDomain::Number(_));
    let per = measure(model, random);
    match random.below(9) {
        5 if per.is_some() => PriceRule::Volume(ByQuantity {
            scale: Volume {
                tiers: price_tiers(random),
            },
            per,
            counts: Counted::Line,
            by: None,
        }),
        6 if per.is_some() => PriceRule::Graduated(ByQuantity {
            scale: Graduated {
                tiers: price_tiers(random),
            },
            per,
            counts: Counted::Line,
            by: None,
        }),
        7 => PriceRule::Spend(Spend {
            bounds: Commitment {
                least: random.once_in(2).then(|| Decimal::from(3)),
                most: Some(Decimal::from(random.within(3, 20))),
            },
            of: Base::Before,
            contract: false,
        }),
        8 if position > 0 => PriceRule::Fixed(Fixed {
            price: amount(random),
            of: Base::Steps(vec![position - 1]),
        }),
        0 if position > 0 => PriceRule::Percent(Percent {
            percent: Decimal::from(random.within(-20, 40)),
            of: Base::Steps((0..position).filter(|_| !random.once_in(3)).collect()),
        }),
        1 if position > 0 => PriceRule::Tiers(Tiers {
            tiers: vec![Tier {
                from: 2,
                percent: Decimal::from(-5),
            }],
            of: Base::Before,
            counts: Counted::Line,
        }),
        2 if !number => PriceRule::Options(Options {
            attribute,
            amounts: (0..size).map(|_| amount(random)).collect(),
        }),
        3 => {
            tables.push(table(model, random));
            let table = tables.len() - 1;
            PriceRule::Lookup(Lookup {
                table,
                per,
                between: Between::Up,
            })
        }
        _ => {
            let amount = amount(random);
            PriceRule::Amount(Amount { amount, per })
        }
    }
}

/// Up to 1, 2.5 and 4 units, then open.
fn price_tiers(random: &mut Random) -> Vec<PriceTier> {
    let ends = ["1", "2.5", "4"].map(|it| it.parse().ok());
    let ends = ends.into_iter().chain([None]);
    let tier = |up_to| PriceTier {
        up_to,
        unit: amount(random),
        flat: amount(random),
    };
    ends.map(tier).collect()
}

fn measure(model: &Model, random: &mut Random) -> Option<Measure> {
    let attribute = AttributeIndex(random.below(model.attributes.len()));
    let AttributeDomain::Number(_) = model.attributes[attribute.0].domain else {
        return None;
    };
    let divisor = Formula::Constant(random.pick(&["1", "4", "3"]).parse().unwrap());
    let number = Box::new(Formula::Attribute(attribute));
    Some(Measure {
        formula: Formula::Divide(number, Box::new(divisor)),
        unit: String::new(),
        price_unit: None,
        rounding: None,
    })
}

/// Rows by one or two attributes, some of which never count.
fn table(model: &Model, random: &mut Random) -> PriceTable {
    let mut keys: Vec<AttributeIndex> = (0..random.within(1, 2))
        .map(|_| AttributeIndex(random.below(model.attributes.len())))
        .collect();
    keys.dedup();
    let sizes = |keys: &[AttributeIndex]| -> usize {
        let size = |it: &AttributeIndex| model.attributes[it.0].domain.size().unwrap();
        keys.iter().map(size).product()
    };
    if sizes(&keys) > MOST_ROWS {
        keys.truncate(1);
    }
    let mut rows = vec![Vec::new()];
    for key in &keys {
        let domain = &model.attributes[key.0].domain;
        let all = (0..domain.size().unwrap()).map(|it| match domain.value_at(it) {
            Some(Value::Number(number)) => LookupKey::UpTo(number),
            _ => LookupKey::Option(it),
        });
        let all: Vec<LookupKey> = all.collect();
        rows = (rows.iter())
            .flat_map(|row| {
                all.iter()
                    .map(move |key| [row.as_slice(), std::slice::from_ref(key)].concat())
            })
            .collect();
    }
    let last = rows.len() - 1;
    let mut kept: Vec<Vec<LookupKey>> = (rows.into_iter().enumerate())
        .filter(|(position, _)| *position == last || !random.once_in(6))
        .map(|(_, row)| row)
        .collect();
    if random.once_in(3) {
        let (one, other) = (random.below(kept.len()), random.below(kept.len()));
        kept.swap(one, other);
    }
    PriceTable {
        code: "table".into(),
        keys,
        rows: (kept.into_iter())
            .map(|keys| PriceRow {
                keys,
                amount: amount(random),
            })
            .collect(),
    }
}

/// The sample conveyor with its price books.
fn conveyor() -> (Model, Vec<PricePack>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/conveyor");
    let catalog = translate(&CatalogSource::read(&folder).unwrap()).catalog;
    let mut catalog = catalog.unwrap();
    let packs = catalog.packs.into_iter().map(|it| it.pack);
    (catalog.models.remove(0), packs.collect())
}

#[test]
fn the_price_of_a_conveyor_is_its_formula() {
    let (model, packs) = conveyor();
    let mut configurator = Configurator::new(model.clone()).unwrap();
    let mut random = Random::new(7);
    let mut prices = 0;
    for _ in 0..60 {
        let mut decisions = Decisions::new();
        for attribute in model.indices() {
            let domain = &model.attributes[attribute.0].domain;
            let position = random.below(domain.size().unwrap());
            let value = domain.value_at(position).unwrap();
            if random.once_in(2) && configurator.possible(&decisions, attribute, value) {
                decisions.insert(attribute, value);
            }
        }
        let whole = configurator.complete(&decisions, &Goal::Default).unwrap();
        assert_eq!(check(&model, &whole.assignment), Ok(vec![]));
        let values: Vec<_> = whole.assignment.iter().copied().map(Some).collect();
        for pack in &packs {
            for quantity in [1, 3, 10] {
                let price = price_unit(&model, pack, &values, &Purchase::alone(quantity, DAY));
                let Ok(price) = price else { continue };
                let formula = price_formula(&model, pack, &Purchase::alone(quantity, DAY))
                    .unwrap()
                    .piece;
                let exact = (price.steps.iter())
                    .filter(|it| it.code != "rounding")
                    .filter_map(|it| it.amount)
                    .sum();
                let found = formula.evaluate(&model, &values);
                assert_eq!(found, Ok(Some(exact)));
                let cents = Decimal::new(1, 2);
                let net = price_line(&model, pack, &values, &Purchase::alone(quantity, DAY))
                    .unwrap()
                    .once
                    .net;
                for amount in [net, net - cents] {
                    let rule =
                        budget_rule(&model, pack, &Purchase::alone(quantity, DAY), amount).unwrap();
                    let within = rule.require.evaluate(&model, &values);
                    assert_eq!(within, Ok(Some(net <= amount)), "{net} of {amount}");
                }
                prices += 1;
            }
        }
    }
    assert!(prices > 100, "{prices}");
}
