//! Files that are wrong, or that nobody could reason about exactly.

use crate::kit::read_files;

/// Code of a mistake, the words that are marked, and a part of the message.
type Mistake = (&'static str, &'static str, &'static str);

/// A text, and its mistakes.
const CASES: &[(&str, &[Mistake])] = &[
    ("", &[("no-features", "", "no features")]),
    (
        "features\n  A\n  mandatory\n      B",
        &[("second-root", "mandatory", "one root")],
    ),
    (
        "features\n  A\n    mandatory\n        12B",
        &[("illegal-name", "12B", "begin with a digit")],
    ),
    (
        "features\n  A\n    mandatory\n      B\nconstraints\n  C | B\n  B => D\n",
        &[
            ("unknown-feature", "C", "no feature `C`"),
            ("unknown-feature", "D", "no feature `D`"),
        ],
    ),
    (
        "features\n  A\n    optional\n      B\n        optional\n          C\n      C",
        &[("duplicate-feature", "C", "two features called `C`")],
    ),
    ("features\n  A\n    B", &[("syntax", "B", "`optional`")]),
    (
        "features\n  A\n    optional\n  B",
        &[
            ("empty-group", "optional", "no features"),
            ("second-root", "B", "one root"),
        ],
    ),
    (
        "features\n        A\n    B",
        &[("syntax", "B", "`features`")],
    ),
    (
        "features\n  A\n    optional\n      or\n        B",
        &[("indentation", "or", "kind of group")],
    ),
    ("features\n  A {p 'x", &[("syntax", "'", "not closed")]),
    ("features\n  A /* x", &[("syntax", "/*", "does not end")]),
    (
        "features\n  A\n    [3..2]\n      B",
        &[("cardinality", "[3..2]", "below the lower")],
    ),
    (
        "features\n  A\nconstraints\n  A &\n  A $ A",
        &[("syntax", "$", "means nothing")],
    ),
    (
        "features\n  A\nconstraints\n  A &\n  (A",
        &[
            ("syntax", "", "a number is expected, but the line ends"),
            ("syntax", "", "`)` is expected"),
        ],
    ),
    (
        "features\n  A\nconstraints\n  A + A",
        &[("syntax", "", "a comparison")],
    ),
    (
        "features\n  A {p 2}\nconstraints\n  A.p",
        &[("type", "A.p", "neither true nor false")],
    ),
    (
        "features\n  A {p 2}\nconstraints\n  A.q > 1",
        &[("unknown-attribute", "A.q", "no attribute `q`")],
    ),
    (
        "features\n  A {p 'x'}\nconstraints\n  A.p > 1",
        &[("type", "A.p", "not a number")],
    ),
    (
        "features\n  A\nconstraints\n  A > 1",
        &[("type", "A", "no value")],
    ),
    (
        "features\n  A {p 2}\nconstraints\n  sum(q) > 1",
        &[("unknown-attribute", "q", "no feature has")],
    ),
    (
        "features\n  A\nconstraints\n  len(A) > 1",
        &[("type", "A", "no text")],
    ),
    (
        "features\n  String A\nconstraints\n  A > 'x'",
        &[("type", "A", "`==` and `!=`")],
    ),
    (
        "features\n  String A\nconstraints\n  A + 1 == 2",
        &[("type", "A", "calculated")],
    ),
    (
        "features\n  A\nconstraints\n  A == 'x'",
        &[("type", "A", "no value")],
    ),
    (
        "features\n  A\n    optional\n      B cardinality [1..1000]\n        optional\n          C cardinality [1..1000]",
        &[("unsupported", "[1..1000]", "too many instances")],
    ),
    (
        "imports\n  other\nfeatures\n  A",
        &[("missing-import", "other", "other.uvl")],
    ),
    (
        "features\n  A\n    optional\n      x.B",
        &[("unknown-import", "x.B", "no import")],
    ),
];

#[test]
fn mistakes_are_told_with_their_place() {
    for (text, expected) in CASES {
        let reading = read_files(&[("model.uvl", text)]);
        assert!(reading.model.is_none(), "{text}");
        let told = &reading.diagnostics;
        assert_eq!(told.len(), expected.len(), "{text}\n{told:#?}");
        for (diagnostic, (code, words, message)) in told.iter().zip(*expected) {
            let span = &diagnostic.location.span;
            let marked = text.get(span.start..span.end);
            assert_eq!(
                (diagnostic.code, marked),
                (*code, Some(*words)),
                "{text}\n{told:#?}"
            );
            assert!(diagnostic.message.contains(message), "{text}\n{told:#?}");
        }
    }
}

#[test]
fn hostile_files_are_refused() {
    let deep = |open: &str, close: &str| {
        let (open, close) = (open.repeat(100_000), close.repeat(100_000));
        format!("features\n  A\nconstraints\n  {open}A{close}")
    };
    let mut indented = "features\n".to_owned();
    for depth in 1..2_000 {
        indented.push_str(&format!("{}A{depth}\n", " ".repeat(depth)));
    }
    let texts = [
        deep("(", ")"),
        deep("!", ""),
        deep("A => ", ""),
        deep("A <=> ", ""),
        deep("-", " == 1"),
        deep("1 * ", " == 1"),
        format!("features\n  A {}", "{a ".repeat(100_000)),
        format!("features\n  A {{a {}", "[".repeat(100_000)),
        indented,
    ];
    for text in texts {
        assert!(read_files(&[("model.uvl", &text)]).model.is_none());
    }
}

#[test]
fn files_that_import_each_other_are_refused() {
    let files = [
        (
            "a.uvl",
            "imports\n  b\nfeatures\n  A\n    optional\n      b.B",
        ),
        ("b.uvl", "imports\n  a\nfeatures\n  B"),
    ];
    let told = read_files(&files).diagnostics;
    assert!(
        told.iter().any(|it| it.message.contains("imports itself")),
        "{told:#?}"
    );
}
