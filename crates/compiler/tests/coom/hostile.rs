//! Whatever is in a file: no panic, no hang, and every place can be shown.

use proptest::prelude::*;
use quotewright_compiler::coom::{Bounds, CoomFile, read};
use quotewright_compiler::{CatalogSource, render};

/// Something of every construct.
const BIKE: &str = r#"// A bike.
product {
    num.#/€ 0-1000.5    price
    0..2 Bag            bag
    reference Person    owner/2
    4x Wheel            wheel
    Color               color
}
structure Bag { 0..* "Big Pocket" pocket; string/n 10 text }
enumeration Color {
    attribute num/l     depth
    attribute           kind
    Red = (10, 'a b')
    Blue = (-2.5 true)
}
behavior Bag {
    define n = count(pocket) + 1
    explanation "Not so many."
    condition n > 2 && !(color ≠ Red || price / 2 ^ 2 <= sum(bag.price, 4))
    require root.wheel[last-1].size contains pocket[0..2]
    combinations (color  price)
    allow        (Red    (5, >= 10))
    forbid       (-*-    -1)
}
behavior {
    condition a < b < c
    { default/2 color = Red; prefer/5 color = Blue }
    exists b in bag, p in b.pocket { message/warn "Ho" }
    minimize/3 price; hide color; imply price = 10 /* done /* */ */
}
"#;

const INPUT: &str = "set color[0] = Red\nadd bag[1]\nblockinput bag[1] {\n set size[0] = 5.5\n}\n";

/// So many cases; `FUZZ=100` runs a hundred times as many.
fn cases(count: u32) -> ProptestConfig {
    let factor = std::env::var("FUZZ").ok();
    let factor = factor.and_then(|factor| factor.parse().ok()).unwrap_or(1);
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(count.saturating_mul(factor))
    }
}

fn survives(text: &str) {
    let (file, mut diagnostics) = read("any.coom", text);
    assert_eq!(file.is_some(), diagnostics.is_empty(), "{text:?}");
    if let Some(CoomFile::Model(model)) = &file {
        let bounds = Bounds {
            instances: Some(2),
            size: 5_000,
            ..Bounds::default()
        };
        let (_, told) = model.ground(&bounds);
        assert_eq!(model.ground(&bounds).1, told, "{text:?}");
        diagnostics.extend(told);
    }
    for diagnostic in &diagnostics {
        let span = &diagnostic.location.span;
        assert!(text.get(span.start..span.end).is_some(), "{diagnostic:?}");
    }
    let source = CatalogSource::from_files([("any.coom", text)]);
    let drawn = render(&diagnostics, &source, false);
    let is_harmless = |character: char| !character.is_control() || character == '\n';
    assert!(drawn.chars().all(is_harmless), "{drawn:?}");
}

/// The words of a text, and what stands between them.
fn pieces(text: &str) -> Vec<&str> {
    let is_word = |character: char| character.is_alphanumeric();
    text.split_inclusive(|character| !is_word(character))
        .collect()
}

/// What is spoiled: something of everything, and models that mean something.
fn texts() -> Vec<String> {
    let mut texts = crate::language::models();
    texts.extend([BIKE, INPUT].map(str::to_owned));
    texts
}

/// Pieces of the texts, in an order that is nearly that of one of them.
fn spoiled() -> impl Strategy<Value = String> {
    let texts = texts();
    let all: Vec<String> = texts
        .iter()
        .flat_map(|text| pieces(text))
        .map(str::to_owned)
        .collect();
    let edit = (
        any::<prop::sample::Index>(),
        0..4_usize,
        prop::sample::select(all),
    );
    let edits = prop::collection::vec(edit, 1..4);
    (prop::sample::select(texts), edits).prop_map(|(text, edits)| {
        let mut pieces = pieces(&text);
        for (at, removed, inserted) in &edits {
            let at = at.index(pieces.len() + 1);
            let end = pieces.len().min(at + removed);
            pieces.splice(at..end, [inserted.as_str()]);
        }
        pieces.concat()
    })
}

#[test]
fn what_is_spoiled_was_right() {
    for text in [BIKE, INPUT] {
        let (_, diagnostics) = read("any.coom", text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn spoiled_files_are_told_about(text in spoiled()) {
        survives(&text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        survives(&text);
        survives(&format!("behavior {{ require {text} }}"));
    }
}

#[test]
fn nesting_and_length_are_limited() {
    let deep = 20_000;
    let in_behavior = |text: String| format!("behavior {{ {text} }}");
    let cases = [
        in_behavior(format!("require {}", "(".repeat(deep))),
        in_behavior(format!("require {}a", "!".repeat(deep))),
        in_behavior(format!("require {}a", "-".repeat(deep))),
        in_behavior(format!("require a{}", " + a".repeat(deep))),
        in_behavior(format!("require a{}", " ^ a".repeat(deep))),
        in_behavior(format!("require {}", "count(".repeat(deep))),
        in_behavior(format!("{}{}", "{".repeat(deep), "}".repeat(deep))),
        in_behavior("{".repeat(deep)),
        in_behavior("exists a in b {".repeat(deep)),
        in_behavior(format!("combinations {}", "(".repeat(deep))),
        "blockinput a {".repeat(deep),
        "/*".repeat(deep),
        "\"".repeat(deep),
        "product {".repeat(deep),
        "}".repeat(deep),
        "set a = \n".repeat(deep),
        " ".repeat(17 << 20),
    ];
    for text in &cases {
        let (file, diagnostics) = read("any.coom", text);
        assert!(file.is_none(), "{text:.40}");
        assert!((1..=100).contains(&diagnostics.len()), "{text:.40}");
    }
    // Long chains of conditions and long tables are flat, and people write them.
    let chain = in_behavior(format!("require {}a", "a = b || ".repeat(10_000)));
    let table = in_behavior(format!("combinations (a) {}", "allow (A)\n".repeat(10_000)));
    for text in [chain, table] {
        let (_, diagnostics) = read("any.coom", &text);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
    }
}
