use std::collections::BTreeSet;

use super::Twins;
use crate::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Part,
};
use crate::configure::kit::{attribute, digits, rule};
use crate::configure::reasoner::{ABSENT, Atom};

/// Three boxes, each with a number: the presences are 0, 2 and 4, the numbers 1, 3 and 5.
fn boxes(rules: Vec<Condition>) -> Model {
    let mut attributes = Vec::new();
    for number in 0..3 {
        let presence = AttributeIndex(2 * number);
        let part = Part {
            previous: number.checked_sub(1).map(|it| AttributeIndex(2 * it)),
            ..Part::default()
        };
        attributes.push(attribute(AttributeDomain::Presence(part), None));
        attributes.push(attribute(digits(), Some(presence)));
    }
    Model {
        attributes,
        rules: rules.into_iter().map(|it| rule(None, it)).collect(),
        ..Model::default()
    }
}

fn at_least(left: Formula, number: i64) -> Condition {
    Condition::Compare {
        left,
        comparison: Comparison::GreaterOrEqual,
        right: Formula::Constant(number.into()),
    }
}

fn number(attribute: usize) -> Formula {
    Formula::Attribute(AttributeIndex(attribute))
}

fn later(model: &Model, attribute: usize, chosen: &[usize]) -> Vec<usize> {
    let atom = Atom::at_least(AttributeIndex(attribute), 7);
    let later = Twins::new(model).after(atom, |it| chosen.contains(&it.0));
    later.into_iter().map(|it| it.0).collect()
}

#[test]
fn rules_about_one_instance_set_it_apart() {
    let all = Formula::Sum([1, 3, 5].map(number).to_vec());
    let each = [1, 3, 5].map(|it| at_least(number(it), 2));
    let some = Condition::There(AttributeIndex(2));
    let cases = [
        ("no rule", vec![], vec![3, 5]),
        ("a sum of all", vec![at_least(all, 4)], vec![3, 5]),
        ("the same of each", each.to_vec(), vec![3, 5]),
        ("one of all but the last", each[..2].to_vec(), vec![3]),
        ("one of the first", each[..1].to_vec(), vec![]),
        ("one of a part", vec![some], vec![]),
    ];
    for (what, rules, expected) in cases {
        assert_eq!(later(&boxes(rules), 1, &[]), expected, "{what}");
    }
}

#[test]
fn what_is_chosen_stays_where_it_is() {
    let model = boxes(Vec::new());
    assert_eq!(later(&model, 1, &[3]), [5]);
    assert_eq!(later(&model, 1, &[1]), [0; 0]);
    assert_eq!(later(&model, 3, &[]), [5]);
}

#[test]
fn what_is_there_changes_places() {
    let twins = Twins::new(&boxes(Vec::new()));
    let shown = |witness: [usize; 6], chosen: &[usize]| {
        let mut found = BTreeSet::new();
        let is_chosen = |it: AttributeIndex| chosen.contains(&it.0);
        twins.shown(&witness, is_chosen, |it, position| {
            _ = found.insert((it.0, position))
        });
        found.into_iter().collect::<Vec<_>>()
    };
    let all = [1, 4, 1, 6, 0, ABSENT];
    assert_eq!(shown(all, &[]), [(1, 4), (1, 6), (3, 4), (3, 6)]);
    assert_eq!(shown(all, &[3]), []);
}
