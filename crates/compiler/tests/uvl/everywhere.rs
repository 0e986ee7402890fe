//! Constraints over features with cardinalities hold for every choice of instances.

use crate::kit::{configurations, model};

const FEATURES: &str = "features
  A
    optional
      B cardinality [0..2] {P 1}
        optional
          C
      D cardinality [0..2] {P 2}
        optional
          E
      F";

/// Whether an instance is there, and what is below it; then the same of the other feature.
type Holds = fn(b: bool, c: bool, d: bool, e: bool, f: bool) -> bool;

const CASES: &[(&str, Holds)] = &[
    ("C | E", |_, c, _, e, _| c || e),
    ("C & E | F", |_, c, _, e, f| c && e || f),
    ("C <=> E", |_, c, _, e, _| c == e),
    ("!(C <=> E) | F", |_, c, _, e, f| c != e || f),
    ("C <=> E <=> F", |_, c, _, e, f| (c == e) == f),
    ("B & !C => E", |b, c, _, e, _| !b || c || e),
    ("!(C => E) => F", |_, c, _, e, f| !c || e || f),
    ("B <=> E", |b, _, _, e, _| b == e),
    ("B <=> D", |b, _, d, _, _| b == d),
    ("(C | E) & (!C | F)", |_, c, _, e, f| (c || e) && (!c || f)),
    ("(C | E) & !(D & F) | B & C", |b, c, d, e, f| {
        (c || e) && !(d && f) || b && c
    }),
    ("B.P + D.P == 3 | C", |b, c, d, _, _| (b && d) || c),
    ("B.P == 1 & C => E & D.P == 2", |b, c, d, e, _| {
        !(b && c) || e && d
    }),
];

#[test]
fn constraints_hold_for_every_choice_of_instances() {
    let all = configurations(&model(FEATURES), &[]);
    for (constraint, holds) in CASES {
        let text = format!("{FEATURES}\nconstraints\n  {constraint}");
        let expected = all.iter().filter(|it| everywhere(it, *holds));
        let expected: Vec<String> = expected.cloned().collect();
        assert_eq!(configurations(&model(&text), &[]), expected, "{constraint}");
    }
}

fn everywhere(configuration: &str, holds: Holds) -> bool {
    let words: Vec<&str> = configuration.split(' ').collect();
    let f = words.contains(&"F");
    let choices = |feature: &str, below: &str| {
        let there = (0..2).filter(|it| words.contains(&format!("+{feature}[{it}]").as_str()));
        let below = |it| words.contains(&format!("{feature}[{it}].{below}").as_str());
        let choices: Vec<(bool, bool)> = there.map(|it| (true, below(it))).collect();
        match choices.is_empty() {
            true => vec![(false, false)],
            false => choices,
        }
    };
    let others = choices("D", "E");
    let one = |(b, c)| others.iter().all(|(d, e)| holds(b, c, *d, *e, f));
    choices("B", "C").into_iter().all(one)
}

#[test]
fn a_constraint_over_many_features_with_cardinalities_is_short() {
    let names: Vec<String> = (0..9).map(|it| format!("C{it}")).collect();
    let features: Vec<String> = (names.iter().enumerate())
        .map(|(at, name)| {
            format!("\n      B{at} cardinality [1..5]\n        optional\n          {name}")
        })
        .collect();
    let constraint = names.join(" <=> ");
    let text = format!(
        "features\n  A\n    mandatory{}\nconstraints\n  {constraint}",
        features.concat()
    );
    assert!(model(&text).rules.len() < 1000);
}
