//! What completion, the form and growing bounds have of a model.

use quotewright_compiler::coom::Bounds;
use quotewright_engine::catalog::{Access, Aim, AttributeDomain};

use crate::{codes, ground, read};

#[test]
fn preferences_stand_in_the_order_of_their_weight() {
    let source = "product { A a; A b; 0..2 P p; num 0-9 n }
        structure P { A a; num 0-9 w }
        enumeration A { X Y }
        behavior {
        default b = X
        prefer/2 a = Y
        prefer/5 a = X
        minimize/3 n
        default/4 a = X
        }
        behavior P {
        condition a = X
        maximize w
        default a = Y
        }";
    let (model, _) = ground(source, &Bounds::default());
    let found: Vec<(&str, bool)> = (model.preferences.iter())
        .map(|it| (it.code.as_str(), matches!(it.aim, Aim::Hold(_))))
        .collect();
    let expected = [
        ("default:9", true),
        ("minimize:8", false),
        ("prefer:7", true),
        ("prefer:6", true),
        ("default:5", true),
        ("maximize:13", false),
        ("default:14@p[0]", true),
        ("default:14@p[1]", true),
    ];
    assert_eq!(found, expected);
}

#[test]
fn labels_groups_and_access_follow_the_parts() {
    let source = "product { 0..1 Box lid; Color rearColor; 2 Seat seat }
        structure Box { 0..2 Color inner_color; E e }
        structure Seat { Color color }
        structure E {}
        enumeration Color { Red Green }
        behavior { readonly rearColor; hide lid }
        behavior Seat { hide color }
        behavior { readwrite lid.inner_color[1] }";
    let (model, _) = ground(source, &Bounds::default());
    let found: Vec<String> = (model.attributes.iter())
        .map(|it| {
            let group = &model.groups[it.group];
            let (group, label) = (group.label.get("en"), it.label.get("en"));
            format!("{}|{group}|{label}|{:?}", it.code, it.access)
        })
        .collect();
    let hidden = Access::Hidden;
    let expected = [
        format!("+lid[0]|Product|Lid|{hidden:?}"),
        format!("+lid[0].inner_color[0]|Lid|Inner color 1|{hidden:?}"),
        format!("lid[0].inner_color[0]|Lid|Inner color 1|{hidden:?}"),
        "+lid[0].inner_color[1]|Lid|Inner color 2|Open".to_owned(),
        "lid[0].inner_color[1]|Lid|Inner color 2|Open".to_owned(),
        "rearColor[0]|Product|Rear color|ReadOnly".to_owned(),
        format!("seat[0].color[0]|Seat 1|Color|{hidden:?}"),
        format!("seat[1].color[0]|Seat 2|Color|{hidden:?}"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn larger_bounds_only_add() {
    let source = "product { 1..* Bag bag }
        structure Bag { Color color; 0..* Bag bag }
        enumeration Color { Red Green }";
    let bounds = |instances| Bounds {
        instances: Some(instances),
        ..Bounds::default()
    };
    let (mut before, _) = ground(source, &bounds(0));
    assert_eq!(codes(&before), ["bag[0].color[0]"]);
    for instances in [1, 2, 4] {
        let (after, _) = ground(source, &bounds(instances));
        let known = codes(&after);
        assert!(codes(&before).iter().all(|code| known.contains(code)));
        assert!(known.len() > before.attributes.len());
        before = after;
    }
}

#[test]
fn bounds_grow_until_all_that_can_be_there_is() {
    let closed = "product { 0..* Bag bag }
        structure Bag { num 5-9 size }
        behavior { require sum(bag.size) <= 20 }";
    let open = "product { 0..* Bag bag; num 0-20 n }
        structure Bag { 0..1 num 1-1 size }
        behavior { require n = sum(bag.size) }";
    let limit = Bounds::default().limit;
    for (source, expected) in [(closed, vec![4]), (open, vec![20, 40, limit])] {
        let model = read(source);
        let mut bounds = Bounds::default();
        let mut found = Vec::new();
        loop {
            let [only] = &model.unbounded(&bounds)[..] else {
                panic!("one feature is unbounded: {source}");
            };
            found.push(only.grounded);
            let Some(next) = only.next() else { break };
            bounds.asked.insert(only.path.clone(), next);
        }
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn only_what_was_asked_for_grows() {
    let source = "product { 0..* Bag bag; 1..* Plain plain }
        structure Bag { 0..* Item item } structure Plain { } structure Item { }";
    let asked = |paths: &[(&str, u32)]| Bounds {
        asked: (paths.iter())
            .map(|(path, it)| ((*path).to_owned(), *it))
            .collect(),
        instances: Some(1),
        ..Bounds::default()
    };
    let cases: [(&[(&str, u32)], &str); 3] = [
        (&[], "bag 1, bag[0].item 1, plain 2"),
        (
            &[("bag[1].item", 3), ("bag", 2)],
            "bag 2, bag[0].item 1, bag[1].item 3, plain 2",
        ),
        (
            &[("plain", 1000), ("item", 4)],
            "bag 1, bag[0].item 1, plain 65",
        ),
    ];
    for (paths, expected) in cases {
        let found = read(source).unbounded(&asked(paths));
        let found: Vec<String> = (found.iter())
            .map(|it| format!("{} {}", it.path, it.grounded))
            .collect();
        assert_eq!(found.join(", "), expected);
    }
}

#[test]
fn explanations_are_the_authors_or_the_rule_itself() {
    let source = "product { A a; 0..1 P p }
        structure P { A b }
        enumeration A { X Y }
        behavior {
        explanation \"Because.\"
        require a = X
        }
        behavior P {
        condition b = Y
        require   root.a
                  = Y
        combinations (b root.a)
        allow (X X)
        }";
    let (model, _) = ground(source, &Bounds::default());
    let rules = model.rules.iter().map(|it| (&it.code, &it.explanation));
    let tables = model.tables.iter().map(|it| (&it.code, &it.explanation));
    let found: Vec<String> = (rules.chain(tables))
        .map(|(code, text)| format!("{code}: {}", text.get("en")))
        .collect();
    let expected = [
        "require:6: Because.",
        "require:10@p[0]: p[0]: where b = Y, root.a = Y",
        "combinations:12@p[0]: p[0]: combinations (b, root.a)",
    ];
    assert_eq!(found, expected);
}

/// An unbounded feature: the most, what is useful, what is grounded.
type Known = (&'static str, Option<u32>, Option<u32>, u32);

#[test]
fn rules_tell_how_many_instances_are_of_use() {
    let cases: [(&str, &[Known]); 7] = [
        (
            "product { num 0-200 total; 0..* Bag bags }
             structure Bag { Size size; 0..* P pockets }
             enumeration Size { attribute num v; S = (12); L = (20) }
             enumeration P { X }
             behavior { require total = sum(bags.size.v) }
             behavior Bag { condition size = S; require 10 < count(pockets) }",
            &[
                ("bags", Some(16), Some(17), 16),
                ("pockets", None, Some(11), 11),
            ],
        ),
        (
            "product { num 0-10 rooms; 3 Person person }
             structure Person { 0..* Room room }
             structure Room {}
             behavior { require count(person.room) <= rooms }",
            &[("room", Some(10), None, 10)],
        ),
        (
            "product { 0..* Rack rack; num 0-20 a; num 0-20 b }
             structure Rack { 4..8 Frame frame }
             structure Frame { 1..5 E element }
             enumeration E { attribute num isA; attribute num isB; A = (1 0); B = (0 1) }
             behavior { require a = sum(rack.frame.element.isA)
                        imply b = sum(rack.frame.element.isB) }",
            &[("rack", Some(10), Some(40), 10)],
        ),
        (
            "product { 0..* Frame frame; num 0-10 a; num 0-30 b }
             structure Frame { 0..5 E module }
             enumeration E { attribute num isA; attribute num isB; A = (1 0); B = (0 1) }
             behavior { require a = sum(frame.module.isA)
                        require b = sum(frame.module.isB) }",
            &[("frame", None, Some(40), 40)],
        ),
        (
            "product { 2..* Bag bag; num limit }
             structure Bag { Bool big }
             behavior { condition limit > 3; require count(bag) < 5
                        require count(bag) <= limit }",
            &[("bag", None, None, 10)],
        ),
        (
            "product { 1..* Bag bag; 0..1 num 0-9 limit }
             structure Bag { num 5-9 size; num -1-9 more }
             behavior { define fill = sum(bag.size)
                        require fill <= limit
                        require sum(bag.more) <= 7
                        require fill <= 1000 }",
            &[("bag", Some(200), None, 9)],
        ),
        (
            "product { 0..* Bag bag }
             structure Bag { 0..* Bag bag; num 1-2 size }
             behavior { require sum(bag.size) + sum(bag.bag.size) < 6 }",
            &[("bag", Some(6), None, 6)],
        ),
    ];
    for (source, expected) in cases {
        let unbounded = read(source).unbounded(&Bounds::default());
        let mut found: Vec<_> = (unbounded.iter())
            .map(|it| {
                let feature = it.path.rsplit('.').next().unwrap_or_default();
                (feature, it.most, it.useful, it.grounded)
            })
            .collect();
        found.dedup();
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn numbers_without_bounds_reach_far_and_say_so() {
    let source = "product { num a; num .##/kg b; num /mm -5-\u{221e} c; num .# 0-1 d }";
    let (model, _) = ground(source, &Bounds::default());
    let found: Vec<String> = (model.attributes.iter())
        .filter_map(|it| match &it.domain {
            AttributeDomain::Number(it) => Some(format!(
                "{} {} {} {:?} {} {}",
                it.min, it.max, it.step, it.unit, it.unbounded_below, it.unbounded_above
            )),
            _ => None,
        })
        .collect();
    let expected = [
        "-1000000000 1000000000 1 \"\" true true",
        "-10000000 10000000 0.01 \"kg\" true true",
        "-5 999999995 1 \"mm\" false true",
        "0 1 0.1 \"\" false false",
    ];
    assert_eq!(found, expected);
}
