//! What completion, the form and growing bounds have of a model.

use quotewright_compiler::coom::Bounds;
use quotewright_engine::catalog::{Access, Aim};

use crate::{codes, ground};

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
