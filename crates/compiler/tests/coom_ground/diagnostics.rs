//! What is told about a model that cannot be used as it is.

use quotewright_compiler::Severity::{Error, Warning};
use quotewright_compiler::coom::Bounds;

use crate::read;

#[test]
fn each_fault_is_told_with_its_line() {
    let cases = [
        ("product { A a }", vec![(Warning, "unknown-type", 1)]),
        (
            "product { num 0-1 a\nnum 0-1 a }",
            vec![(Error, "duplicate-name", 2)],
        ),
        ("product { string a }", vec![(Error, "unsupported", 1)]),
        (
            "product { num .#### 0-9999999999 a }",
            vec![(Error, "too-large", 1)],
        ),
        ("product { num 0.2-0.8 a }", vec![(Error, "empty-range", 1)]),
        (
            "product { 3..2 num 0-1 a }",
            vec![(Error, "cardinality", 1)],
        ),
        (
            "product { A a }\nenumeration A { }",
            vec![(Error, "empty-enumeration", 2)],
        ),
        (
            "product { A a }\nenumeration A { attribute num v\nX = (1)\nY }",
            vec![(Error, "missing-value", 4)],
        ),
        (
            "product { A a }\nenumeration A { attribute num v\nX = (1, 2) }",
            vec![(Warning, "superfluous-value", 3)],
        ),
        (
            "product { A a }\nenumeration A { attribute num v\nX = (p) }",
            vec![(Error, "not-a-number", 3)],
        ),
        (
            "product { S s }\nstructure S { S s }",
            vec![(Error, "endless", 2)],
        ),
        (
            "product { num 0-1 a }\nbehavior { require sqrt(a) = 1 }",
            vec![(Error, "unsupported", 2)],
        ),
        (
            "product { num 0-1 a }\nbehavior { require a ^ a = 1 }",
            vec![(Error, "unsupported", 2)],
        ),
        (
            "product { num 0-1 a }\nbehavior { require a = big }",
            vec![(Error, "unknown-name", 2)],
        ),
        (
            "product { A a }\nenumeration A { X }\nbehavior { require a < X }",
            vec![(Error, "type-mismatch", 3)],
        ),
        (
            "product { A a }\nenumeration A { X }\nbehavior { require a = 3 }",
            vec![(Error, "type-mismatch", 3)],
        ),
        (
            "product { A a }\nenumeration A { X }\nbehavior B { require a = X }",
            vec![(Error, "unknown-type", 3)],
        ),
        (
            "product { A a }\nenumeration A { X }\nbehavior {\nrequire a = Y\nrequire b.c = X }",
            vec![(Warning, "unknown-option", 4), (Warning, "unknown-path", 5)],
        ),
        (
            "product { A a }\nenumeration A { X }\nbehavior {\ncombinations (a a)\nallow (X) }",
            vec![(Error, "row-length", 5)],
        ),
        (
            "product { 900 num 0-9 a }\nbehavior {\nrequire a = a || a = a }",
            vec![(Error, "too-large", 3)],
        ),
        (
            "product { 999999999 num 0-9 a }",
            vec![(Error, "too-large", 1)],
        ),
    ];
    for (source, expected) in cases {
        let (model, diagnostics) = read(source).ground(&Bounds::default());
        let found: Vec<_> = diagnostics
            .iter()
            .map(|it| (it.severity, it.code, it.location.row.unwrap_or_default()))
            .collect();
        assert_eq!(found, expected, "{source}\n{diagnostics:#?}");
        let fails = expected.iter().any(|(severity, ..)| *severity == Error);
        assert_eq!(model.is_none(), fails, "{source}");
    }
}
