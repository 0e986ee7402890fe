use std::collections::BTreeSet;

use proptest::prelude::*;
use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, NumberRange, OptionItem, OptionList, Text,
};
use rust_decimal::Decimal;

use super::{Scope, condition, formula};
use crate::parts::{Instance, Kind, PRODUCT, Tree};

fn attribute(code: &str, domain: AttributeDomain) -> Attribute {
    Attribute {
        code: code.to_owned(),
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

fn number(code: &str) -> Attribute {
    let range = NumberRange {
        min: Decimal::ZERO,
        max: Decimal::ONE_HUNDRED,
        step: Decimal::ONE,
        unit: String::new(),
        unbounded_below: false,
        unbounded_above: false,
    };
    attribute(code, AttributeDomain::Number(range))
}

fn options(code: &str, options: &[&str], properties: &[&str]) -> Attribute {
    let item = |code: &&str| OptionItem {
        code: (*code).to_owned(),
        part_number: String::new(),
        label: Text::default(),
        description: Text::default(),
        lead_days: 0,
        properties: vec![Decimal::ONE; properties.len()],
    };
    let list = OptionList {
        properties: properties.iter().map(|it| (*it).to_owned()).collect(),
        options: options.iter().map(item).collect(),
    };
    attribute(code, AttributeDomain::Options(list))
}

/// Numbers `a`, `b`; options `belt` and `frame`, which is an option of `part` too; yes/no `lamp`.
fn with_scope<T>(test: impl FnOnce(&Scope<'_>) -> T) -> T {
    let attributes = [
        number("a"),
        number("b"),
        options("belt", &["pu", "pvc"], &["mass", "food"]),
        options("frame", &["steel", "pvc"], &[]),
        options("part", &["frame", "belt"], &[]),
        attribute("lamp", AttributeDomain::Flag),
    ];
    let codes = attributes.iter().map(|it| it.code.clone());
    let product = Kind {
        attributes: codes.collect(),
        broken: BTreeSet::from(["wrong".to_owned()]),
        ..Kind::default()
    };
    let instance = Instance {
        attributes: (0..attributes.len()).map(AttributeIndex).collect(),
        ..Instance::default()
    };
    let tree = Tree {
        kinds: vec![product],
        instances: vec![instance],
    };
    test(&Scope {
        attributes: &attributes,
        tree: &tree,
        context: PRODUCT,
    })
}

/// The condition in a short notation, or the problems as `code words`.
fn meaning(text: &str) -> String {
    with_scope(|scope| {
        let (condition, problems) = condition(text, scope);
        let problems: Vec<String> = problems
            .iter()
            .map(|it| format!("{} `{}`", it.code, &text[it.span.clone()]))
            .collect();
        match condition {
            Some(condition) if problems.is_empty() => short(&format!("{condition:?}")),
            Some(_) => panic!("{text} has a meaning and problems: {problems:?}"),
            None => problems.join(", "),
        }
    })
}

/// Debug output without what is the same in all of it.
fn short(debug: &str) -> String {
    let mut text = debug.to_owned();
    for (from, to) in [
        ("AttributeIndex", "#"),
        ("attribute: ", ""),
        ("options: ", ""),
        ("property: ", "."),
        ("left: ", ""),
        ("comparison: ", ""),
        ("right: ", ""),
    ] {
        text = text.replace(from, to);
    }
    text
}

#[test]
fn expressions_mean_what_coom_says() {
    let cases = [
        ("lamp", "Is { #(5), [1] }"),
        ("!lamp", "Not(Is { #(5), [1] })"),
        ("lamp = no", "Is { #(5), [0] }"),
        ("lamp = true", "Is { #(5), [1] }"),
        ("true", "Constant(true)"),
        ("belt = pu", "Is { #(2), [0] }"),
        ("pu = belt", "Is { #(2), [0] }"),
        ("belt == pu", "Is { #(2), [0] }"),
        ("belt != pu", "Not(Is { #(2), [0] })"),
        ("belt ≠ pu", "Not(Is { #(2), [0] })"),
        // An option may be called as an attribute is.
        ("part = frame", "Is { #(4), [0] }"),
        ("frame = part", "Is { #(4), [0] }"),
        (
            "belt = frame",
            "Any([All([Is { #(2), [1] }, Is { #(3), [1] }])])",
        ),
        ("a < 5", "Compare { Attribute(#(0)), Less, Constant(5) }"),
        (
            "5 ≥ a",
            "Compare { Constant(5), GreaterOrEqual, Attribute(#(0)) }",
        ),
        (
            "a = -1.50",
            "Compare { Attribute(#(0)), Equal, Constant(-1.5) }",
        ),
        (
            "belt.food = 1",
            "Compare { Property { #(2), .1 }, Equal, Constant(1) }",
        ),
        (
            "a + b * 2 > a - b - 1",
            "Compare { Add(Attribute(#(0)), Multiply(Attribute(#(1)), Constant(2))), Greater, \
             Subtract(Subtract(Attribute(#(0)), Attribute(#(1))), Constant(1)) }",
        ),
        (
            "(a + b) / (4 / 2) > -a",
            "Compare { Divide(Add(Attribute(#(0)), Attribute(#(1))), Constant(2)), Greater, \
             Subtract(Constant(0), Attribute(#(0))) }",
        ),
        (
            "a / b < 5",
            "Compare { Divide(Attribute(#(0)), Attribute(#(1))), Less, Constant(5) }",
        ),
        (
            "a ^ 2 < 5",
            "Compare { Power(Attribute(#(0)), 2), Less, Constant(5) }",
        ),
        (
            "max(a, belt.mass) = min(b, 2)",
            "Compare { Max([Attribute(#(0)), Property { #(2), .0 }]), Equal, \
             Min([Attribute(#(1)), Constant(2)]) }",
        ),
        (
            "sum(a, b) < 5",
            "Compare { Sum([Attribute(#(0)), Attribute(#(1))]), Less, Constant(5) }",
        ),
        (
            "count(lamp) = 1",
            "Compare { Sum([Where(Is { #(5), [1] }, Constant(1))]), Equal, Constant(1) }",
        ),
        (
            "a < b <= 5",
            "All([Compare { Attribute(#(0)), Less, Attribute(#(1)) }, \
             Compare { Attribute(#(1)), LessOrEqual, Constant(5) }])",
        ),
        // `||` is looser than `&&`, which is looser than `!`, which is looser than `=`.
        (
            "!lamp = yes || belt = pu && lamp",
            "Any([Not(Is { #(5), [1] }), All([Is { #(2), [0] }, Is { #(5), [1] }])])",
        ),
        (
            "!(lamp || belt = pu) && lamp",
            "All([Not(Any([Is { #(5), [1] }, Is { #(2), [0] }])), Is { #(5), [1] }])",
        ),
        // What is wrong elsewhere is not told again.
        ("wrong = 3", ""),
        ("wrong", ""),
        ("wrong.mass = 3", ""),
        ("wrong = 3 && c", "unknown-attribute `c`"),
    ];
    for (text, expected) in cases {
        assert_eq!(meaning(text), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_is_underlined() {
    let cases = [
        ("", "syntax ``"),
        ("a <", "syntax ``"),
        ("(a < 5", "syntax ``"),
        ("a < 5)", "syntax `)`"),
        ("a 5", "syntax `5`"),
        ("lamp and lamp", "syntax `and`"),
        ("lamp | lamp", "syntax `|`"),
        ("belt = 'pu'", "syntax `'`"),
        ("belt = 'pu", "syntax `'pu`"),
        ("belt = “pu”", "syntax `“`"),
        ("a < 1,5", "bad-number `,`"),
        (
            "a < 12345678901234567890123456789012",
            "bad-number `12345678901234567890123456789012`",
        ),
        ("max(a 1,5) < 5", "syntax `1`"),
        ("a ^ b < 5", "unsupported `b`"),
        ("a ^ -1 < 5", "unsupported `-1`"),
        ("a ^ 17 < 5", "unsupported `17`"),
        ("count(belt) < 5", "type `belt`"),
        ("tan(a) < 5", "unsupported `tan`"),
        ("exists x in a", "unsupported `exists`"),
        ("a[1] < 5", "index `a`"),
        ("a.b.c < 5", "unsupported `a.b.c`"),
        ("belt ⊇ pu", "unsupported `belt ⊇ pu`"),
        ("a < ∞", "unsupported `∞`"),
        ("foo(a) < 5", "syntax `foo`"),
        ("a / 0 < 5", "division-by-zero `0`"),
        ("a / (2 - 2) < 5", "division-by-zero `(2 - 2)`"),
        ("a", "type `a`"),
        ("belt", "type `belt`"),
        ("5", "type `5`"),
        ("a + 5", "type `a + 5`"),
        ("a < (b < 5)", "type `(b < 5)`"),
        ("belt < pu", "type `belt < pu`"),
        ("belt = 5", "type `5`"),
        ("a + belt > 5", "type `belt`"),
        ("lamp + 1 > 5", "type `lamp`"),
        ("a.mass = 1", "type `mass`"),
        ("belt = steel", "unknown-option `steel`"),
        ("belt.weight = 1", "unknown-property `weight`"),
        ("bell = pu", "unknown-attribute `bell`"),
        ("c = d", "unknown-attribute `c`"),
        ("pu", "unknown-attribute `pu`"),
        (
            "c < 1 && d.e > 2",
            "unknown-attribute `c`, unknown-attribute `d`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(meaning(text), expected, "{text}");
    }
}

#[test]
fn hostile_nesting_is_refused() {
    let deep = 100_000;
    let cases = [
        "(".repeat(deep),
        "!".repeat(deep),
        "-".repeat(deep),
        format!("a < {}1", "1 + ".repeat(300)),
        format!("a < {}1", "-(".repeat(1000)),
        "lamp || ".repeat(deep),
    ];
    for text in cases {
        assert!(meaning(&text).starts_with("too-complex"), "{text:.20}");
    }
    // Long chains of conditions are flat, and people write them.
    assert!(!meaning(&format!("{}lamp", "belt = pu || ".repeat(300))).contains("too-complex"));
}

/// Soups of tokens: nearly right more often than random text is.
fn soup() -> impl Strategy<Value = String> {
    let token = prop::sample::select(vec![
        "a", "b", "belt", "lamp", "pu", "frame", "yes", "true", "mass", "5", "0", "1.5", "=", "!=",
        "<", "<=", ">", "+", "-", "*", "/", "(", ")", "!", "&&", "||", ".", "count", "^", "wrong",
        "max", ",", "[", "contains",
    ]);
    prop::collection::vec(token, 0..30).prop_map(|tokens| tokens.join(" "))
}

fn survives(text: &str) -> Result<(), TestCaseError> {
    with_scope(|scope| {
        let read = [
            (condition(text, scope).1, condition(text, scope).0.is_some()),
            (formula(text, scope).1, formula(text, scope).0.is_some()),
        ];
        for (problems, has_meaning) in read {
            prop_assert!(!has_meaning || problems.is_empty());
            // Only an attribute that is wrong itself leaves neither.
            prop_assert!(has_meaning || !problems.is_empty() || text.contains("wrong"));
            for problem in problems {
                prop_assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
            }
        }
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,80}") {
        survives(&text)?;
    }

    #[test]
    fn any_soup_of_tokens_is_read_or_refused(text in soup()) {
        survives(&text)?;
    }
}
