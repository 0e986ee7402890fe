use super::Fixed;
use crate::catalog::{AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model};
use crate::configure::kit::{attribute, rule};

/// Where what is required.
type Demand = (Option<Condition>, Condition);

fn yes(attribute: usize) -> Condition {
    Condition::Is {
        attribute: AttributeIndex(attribute),
        options: vec![1],
    }
}

fn no(attribute: usize) -> Condition {
    Condition::Not(Box::new(yes(attribute)))
}

fn count(attributes: &[usize], comparison: Comparison, number: i64) -> Condition {
    Condition::Compare {
        left: Formula::Count(attributes.iter().copied().map(AttributeIndex).collect()),
        comparison,
        right: Formula::Constant(number.into()),
    }
}

/// Five yes/no attributes, and rules of what is required where what holds.
fn model(rules: Vec<Demand>) -> Model {
    Model {
        attributes: vec![attribute(AttributeDomain::Flag, None); 5],
        rules: (rules.into_iter())
            .map(|(when, require)| rule(when, require))
            .collect(),
        ..Model::default()
    }
}

#[test]
fn rules_fix_values_one_after_the_other() {
    use Comparison::{Equal, GreaterOrEqual, LessOrEqual};
    let any = |parts: &[usize]| Condition::Any(parts.iter().copied().map(yes).collect());
    let cases: [(&str, Vec<Demand>, &str); 9] = [
        ("nothing", vec![(Some(yes(0)), yes(1))], "?????"),
        (
            "what follows",
            vec![(Some(yes(0)), yes(1)), (None, yes(0))],
            "11???",
        ),
        (
            "the other way round",
            vec![(Some(yes(0)), yes(1)), (None, no(1))],
            "00???",
        ),
        (
            "the last one left",
            vec![(None, any(&[0, 1, 2])), (None, no(0)), (None, no(2))],
            "010??",
        ),
        (
            "none of them",
            vec![(None, Condition::Not(Box::new(any(&[1, 3]))))],
            "?0?0?",
        ),
        (
            "no more than these",
            vec![(None, yes(2)), (None, count(&[1, 2, 3], Equal, 1))],
            "?010?",
        ),
        (
            "all that are left",
            vec![(None, no(2)), (None, count(&[1, 2, 3], GreaterOrEqual, 2))],
            "?101?",
        ),
        (
            "still open",
            vec![(None, yes(2)), (None, count(&[1, 2, 3], LessOrEqual, 2))],
            "??1??",
        ),
        (
            "contradictions",
            vec![(None, yes(0)), (None, no(0)), (None, yes(1))],
            "?????",
        ),
    ];
    for (what, rules, expected) in cases {
        let fixed = Fixed::by_rules(&model(rules));
        let mut found = vec!['?'; 5];
        for (attribute, position) in fixed.positions() {
            found[attribute.0] = ['0', '1'][position];
        }
        assert_eq!(found.into_iter().collect::<String>(), expected, "{what}");
    }
}

#[test]
fn what_is_fixed_no_longer_connects() {
    let rules = vec![
        (None, yes(0)),
        (Some(yes(1)), yes(0)),
        (None, Condition::Any(vec![no(0), yes(1), yes(2)])),
        (Some(yes(0)), count(&[0, 3, 4], Comparison::LessOrEqual, 2)),
    ];
    let model = model(rules);
    let (joined, _) = super::super::components::split(&model);
    let written = Fixed::by_rules(&model).written_into(&model);
    let (apart, _) = super::super::components::split(&written);
    let sizes = |components: &[super::super::components::Component]| {
        components
            .iter()
            .map(|it| it.attributes.len())
            .collect::<Vec<_>>()
    };
    assert_eq!(sizes(&joined), [5]);
    assert_eq!(sizes(&apart), [1, 2, 2]);
}
