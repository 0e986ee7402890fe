//! Small random models of everything that becomes a table.

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, AttributeIndex, Cell, Comparison, Condition, Formula,
    Model, NumberRange, OptionItem, OptionList, Part, Relation, Rule, Table, Text, Value,
};
use rust_decimal::Decimal;

use crate::random::Random;

/// Up to seven attributes under a few constraints of each kind.
pub fn model(random: &mut Random) -> Model {
    let mut model = Model::default();
    for index in 0..2 + random.below(4) {
        let domain = match random.below(6) {
            0 => AttributeDomain::Flag,
            1 => number(random),
            _ => options(1 + random.below(4)),
        };
        model.attributes.push(attribute(index, domain));
    }
    if random.once_in(3) {
        add_part(&mut model, random);
    }
    for _ in 0..random.below(4) {
        let relation = relation(&model, random);
        model.relations.extend(relation);
    }
    for _ in 0..random.below(3) {
        let table = table(&model, random);
        model.tables.push(table);
    }
    for _ in 0..random.below(3) {
        let rule = rule(&model, random);
        model.rules.push(rule);
    }
    model
}

fn attribute(index: usize, domain: AttributeDomain) -> Attribute {
    Attribute {
        code: format!("a{index}"),
        label: Text::default(),
        help: Text::default(),
        group: 0,
        domain,
        wish: None,
        formula: None,
        part: None,
        access: Access::Open,
    }
}

fn options(count: usize) -> AttributeDomain {
    let option = |position: usize| OptionItem {
        code: format!("o{position}"),
        part_number: String::new(),
        label: Text::default(),
        description: Text::default(),
        lead_days: 0,
        properties: Vec::new(),
    };
    AttributeDomain::Options(OptionList {
        properties: Vec::new(),
        options: (0..count).map(option).collect(),
    })
}

fn number(random: &mut Random) -> AttributeDomain {
    AttributeDomain::Number(NumberRange {
        min: Decimal::from(2),
        max: Decimal::from(2 + random.below(4)),
        step: Decimal::ONE,
        unit: String::new(),
        unbounded_below: false,
        unbounded_above: false,
    })
}

/// A part that may be there, with an attribute of its own.
fn add_part(model: &mut Model, random: &mut Random) {
    let presence = AttributeIndex(model.attributes.len());
    let part = Part {
        path: "p[0]".to_owned(),
        ..Part::default()
    };
    let there = AttributeDomain::Presence(part);
    model.attributes.push(attribute(presence.0, there));
    let domain = match random.once_in(2) {
        true => number(random),
        false => options(1 + random.below(3)),
    };
    let mut own = attribute(presence.0 + 1, domain);
    own.part = Some(presence);
    model.attributes.push(own);
}

fn columns(model: &Model, random: &mut Random, plain: bool) -> Vec<AttributeIndex> {
    let mut columns: Vec<AttributeIndex> = (model.indices())
        .filter(|it| !plain || model.attributes[it.0].part.is_none())
        .collect();
    let wanted = 1 + random.below(columns.len().min(4));
    while columns.len() > wanted {
        columns.remove(random.below(columns.len()));
    }
    if random.once_in(2) {
        columns.reverse();
    }
    columns
}

fn size(model: &Model, attribute: AttributeIndex) -> usize {
    model.attributes[attribute.0].domain.size().unwrap_or(0)
}

fn relation(model: &Model, random: &mut Random) -> Option<Relation> {
    let columns = columns(model, random, true);
    let sizes: Vec<usize> = columns.iter().map(|it| size(model, *it)).collect();
    let all: usize = sizes.iter().product();
    let rows = all.div_ceil(1 + random.below(4));
    let mut cells = Vec::new();
    for _ in 0..rows {
        cells.extend(sizes.iter().map(|it| random.below(*it) as u16));
    }
    Some(Relation {
        code: "relation".to_owned(),
        columns,
        cells: cells.into(),
        explanation: Text::default(),
    })
}

fn some_values(model: &Model, attribute: AttributeIndex, random: &mut Random) -> Vec<Value> {
    let domain = &model.attributes[attribute.0].domain;
    (0..size(model, attribute))
        .filter(|_| random.once_in(2))
        .filter_map(|it| domain.value_at(it))
        .collect()
}

fn table(model: &Model, random: &mut Random) -> Table {
    let columns = columns(model, random, false);
    let rows = (0..2 + random.below(5))
        .map(|_| {
            (columns.iter())
                .map(|it| match random.once_in(4) {
                    true => Cell::Any,
                    false => Cell::OneOf(some_values(model, *it, random)),
                })
                .collect()
        })
        .collect();
    Table {
        code: "table".to_owned(),
        columns,
        rows,
        explanation: Text::default(),
    }
}

fn rule(model: &Model, random: &mut Random) -> Rule {
    let when = random.once_in(2).then(|| condition(model, random));
    Rule {
        code: "rule".to_owned(),
        when,
        require: condition(model, random),
        explanation: Text::default(),
    }
}

fn condition(model: &Model, random: &mut Random) -> Condition {
    let attribute = AttributeIndex(random.below(model.attributes.len()));
    let simple = match &model.attributes[attribute.0].domain {
        AttributeDomain::Number(_) => Condition::Compare {
            left: Formula::Attribute(attribute),
            comparison: Comparison::LessOrEqual,
            right: Formula::Constant(Decimal::from(3)),
        },
        AttributeDomain::Presence(_) => Condition::There(attribute),
        _ => Condition::Is {
            attribute,
            options: vec![random.below(size(model, attribute))],
        },
    };
    match random.below(4) {
        0 => Condition::Not(Box::new(simple)),
        1 => Condition::Any(vec![simple, condition(model, random)]),
        _ => simple,
    }
}
