//! Values as text, formulas and conditions while something is open, and what is refused.

use quotewright_engine::catalog::{
    ArithmeticError, Attribute, AttributeDomain, AttributeIndex, Comparison, Condition, Constraint,
    FORMAT, Formula, Model, NumberRange, OptionItem, OptionList, Rule, Text, Value,
};
use quotewright_engine::configure::{CheckError, Configurator, Unsupported, check};
use rust_decimal::Decimal;

const SIZE: AttributeIndex = AttributeIndex(0);
const MOTOR: AttributeIndex = AttributeIndex(1);
const STOP: AttributeIndex = AttributeIndex(2);

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn number(text: &str) -> Value {
    Value::Number(decimal(text))
}

fn constant(text: &str) -> Formula {
    Formula::Constant(decimal(text))
}

fn attribute(code: &str, domain: AttributeDomain) -> Attribute {
    Attribute {
        code: code.into(),
        label: Text::default(),
        help: Text::default(),
        group: 0,
        domain,
        wish: None,
        formula: None,
        part: None,
        access: Default::default(),
    }
}

fn range(min: &str, max: &str, step: &str) -> AttributeDomain {
    AttributeDomain::Number(NumberRange {
        min: decimal(min),
        max: decimal(max),
        step: decimal(step),
        unit: String::new(),
        unbounded_below: false,
        unbounded_above: false,
    })
}

fn option(code: &str, power: &str) -> OptionItem {
    OptionItem {
        code: code.into(),
        part_number: String::new(),
        label: Text::default(),
        description: Text::default(),
        lead_days: 0,
        properties: vec![decimal(power)],
    }
}

/// A size from 0.5 to 3, a motor, an emergency stop.
fn model() -> Model {
    let motors = OptionList {
        properties: vec!["power".into()],
        options: vec![option("small", "250"), option("large", "750")],
    };
    Model {
        format: FORMAT,
        catalog: "test".into(),
        hash: String::new(),
        product: "test".into(),
        name: Text::default(),
        description: Text::default(),
        lead_days: 0,
        locales: vec!["en".into()],
        groups: Vec::new(),
        attributes: vec![
            attribute("size", range("0.5", "3", "0.25")),
            attribute("motor", AttributeDomain::Options(motors)),
            attribute("stop", AttributeDomain::Flag),
        ],
        rules: Vec::new(),
        tables: Vec::new(),
        ..Model::default()
    }
}

#[test]
fn values_are_read_and_written() {
    for (attribute, text, value, back) in [
        (SIZE, "0.50", Some(number("0.5")), "0.5"),
        (SIZE, "3", Some(number("3")), "3"),
        (SIZE, "0.6", None, ""),
        (SIZE, "3.25", None, ""),
        (SIZE, "0.25", None, ""),
        (SIZE, "-1", None, ""),
        (SIZE, "wide", None, ""),
        (MOTOR, "large", Some(Value::Option(1)), "large"),
        (MOTOR, "huge", None, ""),
        (STOP, "yes", Some(Value::Option(1)), "yes"),
        (STOP, "no", Some(Value::Option(0)), "no"),
        (STOP, "true", None, ""),
        (AttributeIndex(9), "yes", None, ""),
    ] {
        let found = model().value_from_text(attribute, text);
        assert_eq!(found, value, "{text}");
        if let Some(value) = found {
            assert_eq!(model().value_to_text(attribute, value), back);
        }
    }
}

#[test]
fn formulas_wait_for_what_is_open() {
    let size = || Box::new(Formula::Attribute(SIZE));
    let power = Formula::Property {
        attribute: MOTOR,
        property: 0,
    };
    let third = Formula::Divide(size(), Box::new(Formula::Constant(decimal("3"))));
    let whole = Formula::Multiply(Box::new(third.clone()), Box::new(constant("3")));
    let half = Formula::Divide(size(), Box::new(Formula::Constant(Decimal::ZERO)));
    let huge = || Box::new(constant("79228162514264337593543950335"));
    let one = [Some(number("1")), None, None];
    for (formula, values, expected) in [
        (*size(), one, Ok(Some(decimal("1")))),
        (*size(), [None; 3], Ok(None)),
        (whole, one, Ok(Some(decimal("1")))),
        (
            third,
            one,
            Ok(Some(decimal("0.3333333333333333333333333333"))),
        ),
        (half, one, Ok(None)),
        (power.clone(), one, Ok(None)),
        (
            power,
            [None, Some(Value::Option(1)), None],
            Ok(Some(decimal("750"))),
        ),
        (Formula::Multiply(huge(), huge()), one, Err(ArithmeticError)),
    ] {
        assert_eq!(formula.evaluate(&model(), &values), expected, "{formula:?}");
    }
}

#[test]
fn conditions_hold_as_soon_as_that_is_certain() {
    let stop = || Condition::Is {
        attribute: STOP,
        options: vec![1],
    };
    let large = || Condition::Compare {
        left: Formula::Attribute(SIZE),
        comparison: Comparison::Greater,
        right: constant("2"),
    };
    let both = || vec![stop(), large()];
    let no = Some(Value::Option(0));
    let yes = Some(Value::Option(1));
    for (condition, values, expected) in [
        (Condition::All(both()), [None, None, no], Some(false)),
        (Condition::All(both()), [None, None, yes], None),
        (
            Condition::All(both()),
            [Some(number("3")), None, yes],
            Some(true),
        ),
        (Condition::Any(both()), [None, None, yes], Some(true)),
        (Condition::Any(both()), [None, None, no], None),
        (
            Condition::Not(Box::new(stop())),
            [None, None, no],
            Some(true),
        ),
        (Condition::Not(Box::new(stop())), [None; 3], None),
        (Condition::All(vec![]), [None; 3], Some(true)),
        (Condition::Any(vec![]), [None; 3], Some(false)),
    ] {
        assert_eq!(
            condition.evaluate(&model(), &values),
            Ok(expected),
            "{condition:?}"
        );
    }
    let mentioned = Condition::All(both()).attributes();
    assert_eq!(mentioned.into_iter().collect::<Vec<_>>(), [SIZE, STOP]);
}

#[test]
fn assignments_of_another_shape_are_refused() {
    let good = [number("1"), Value::Option(0), Value::Option(1)];
    let refused = |index| Err(CheckError::Value(AttributeIndex(index)));
    for (values, expected) in [
        (good.to_vec(), Ok(vec![])),
        (
            good[..2].to_vec(),
            Err(CheckError::Length {
                expected: 3,
                found: 2,
            }),
        ),
        (vec![number("1.1"), good[1], good[2]], refused(0)),
        (vec![good[1], good[1], good[2]], refused(0)),
        (vec![good[0], Value::Option(2), good[2]], refused(1)),
        (vec![good[0], good[1], number("1")], refused(2)),
    ] {
        assert_eq!(check(&model(), &values), expected, "{values:?}");
    }
}

#[test]
fn what_cannot_be_reasoned_about_exactly_is_refused() {
    let compare = |left| Condition::Compare {
        left,
        comparison: Comparison::Less,
        right: constant("1"),
    };
    let size = || Box::new(Formula::Attribute(SIZE));
    let square = |it: Formula| Formula::Multiply(Box::new(it.clone()), Box::new(it));
    let rule = |require| Model {
        rules: vec![Rule {
            code: "rule".into(),
            when: None,
            require,
            explanation: Text::default(),
        }],
        ..model()
    };
    let with = |domain| Model {
        attributes: vec![attribute("only", domain)],
        ..model()
    };
    let constraint = Constraint::Rule(0);
    let only = || "only".to_owned();
    let too_wide = Some(Unsupported::Range { attribute: only() });
    let size_to_the_32 = (0..5).fold(*size(), |it, _| square(it));
    for (model, expected) in [
        (model(), None),
        (rule(compare(square(*size()))), None),
        // Few values are tried one by one, whatever they come to.
        (rule(compare(size_to_the_32.clone())), None),
        (
            Model {
                attributes: vec![attribute("size", range("0", "10000", "1"))],
                ..rule(compare(size_to_the_32.clone()))
            },
            Some(Unsupported::TooLarge { constraint }),
        ),
        (
            rule(compare(Formula::Attribute(STOP))),
            Some(Unsupported::Type { constraint }),
        ),
        (
            rule(Condition::Is {
                attribute: SIZE,
                options: vec![0],
            }),
            Some(Unsupported::Type { constraint }),
        ),
        (with(range("0", "9000000000", "1")), too_wide.clone()),
        (with(range("0", "1", "0")), too_wide.clone()),
        (with(range("0", "1", "-1")), too_wide),
        (
            with(AttributeDomain::Options(OptionList {
                properties: vec![],
                options: vec![],
            })),
            Some(Unsupported::NoValues { attribute: only() }),
        ),
    ] {
        assert_eq!(Configurator::new(model).err(), expected);
    }
}
