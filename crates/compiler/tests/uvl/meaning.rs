//! What models mean, as the list of all their configurations.

use crate::kit::{configurations, model, read_files};

/// A model, written with two spaces for each level, and all its configurations.
const CASES: &[(&str, &[&str])] = &[
    ("features\n  A", &["A"]),
    (
        "features\n  A\n    optional\n      B\n      C",
        &["A", "A B", "A B C", "A C"],
    ),
    ("features\n  A\n    mandatory\n      B\n      C", &["A B C"]),
    (
        "features\n  A\n    or\n      B\n      C",
        &["A B", "A B C", "A C"],
    ),
    (
        "features\n  A\n    alternative\n      B\n      C\n      D",
        &["A B", "A C", "A D"],
    ),
    // A group with a single child means what its keyword says.
    ("features\n  A\n    or\n      B", &["A B"]),
    ("features\n  A\n    alternative\n      B", &["A B"]),
    ("features\n  A\n    optional\n      B", &["A", "A B"]),
    // A group counts only where its parent is selected.
    (
        "features\n  A\n    optional\n      B\n        alternative\n          C\n          D",
        &["A", "A B C", "A B D"],
    ),
    (
        "features\n  A\n    optional\n      B\n        mandatory\n          C\n        optional\n          D",
        &["A", "A B C", "A B C D"],
    ),
    // Cardinalities of groups.
    (
        "features\n  A\n    [2..3]\n      B\n      C\n      D",
        &["A B C", "A B C D", "A B D", "A C D"],
    ),
    (
        "features\n  A\n    [2]\n      B\n      C\n      D",
        &["A B C", "A B D", "A C D"],
    ),
    (
        "features\n  A\n    [0..1]\n      B\n      C",
        &["A", "A B", "A C"],
    ),
    (
        "features\n  A\n    [1..*]\n      B\n      C",
        &["A B", "A B C", "A C"],
    ),
    ("features\n  A\n    [3..4]\n      B\n      C", &[]),
    // Several groups below one parent are independent.
    (
        "features\n  A\n    alternative\n      B\n      C\n    alternative\n      D\n      E",
        &["A B D", "A B E", "A C D", "A C E"],
    ),
    // Constraints and how their signs bind.
    (
        "features\n  A\n    optional\n      B\n      C\nconstraints\n  B => C",
        &["A", "A B C", "A C"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\nconstraints\n  B <=> C",
        &["A", "A B C"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\nconstraints\n  !B & C",
        &["A C"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\nconstraints\n  !(B & C)",
        &["A", "A B", "A C"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\n      D\nconstraints\n  B & C | D\n  !D",
        &["A B C"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\n      D\nconstraints\n  B | C => D\n  B",
        &["A B C D", "A B D"],
    ),
    (
        "features\n  A\n    optional\n      B\n      C\n      D\nconstraints\n  B <=> C => D\n  !C",
        &["A B", "A B D"],
    ),
    // From the left: (B => C) => D.
    (
        "features\n  A\n    optional\n      B\n      C\n      D\nconstraints\n  B => C => D\n  !D",
        &["A B"],
    ),
    // (B <=> C) <=> D: an odd number of them, or all.
    (
        "features\n  A\n    optional\n      B\n      C\n      D\nconstraints\n  B <=> C <=> D",
        &["A B", "A B C D", "A C", "A D"],
    ),
    (
        "features\n  A\n    optional\n      B\nconstraints\n  B | true\n  false => B",
        &["A", "A B"],
    ),
    // Constraints of attributes.
    (
        "features\n  A {constraint !B}\n    optional\n      B",
        &["A"],
    ),
    (
        "features\n  A {constraints [B => C, C => B]}\n    optional\n      B\n      C",
        &["A", "A B C"],
    ),
    // Attributes: those of features that are not selected count 0.
    (
        "features\n  A\n    or\n      B {Price 3, Fun 8}\n      C {Price 7, Fun 1}\nconstraints\n  B.Price + C.Price < 10",
        &["A B", "A C"],
    ),
    (
        "features\n  A\n    or\n      B {Price 3, Fun 8}\n      C {Price 7}\nconstraints\n  B.Price * B.Fun > 20",
        &["A B", "A B C"],
    ),
    (
        "features\n  A\n    optional\n      B {P 1.5}\n      C {P -0.5}\nconstraints\n  B.P - C.P == 2",
        &["A B C"],
    ),
    (
        "features\n  A\n    optional\n      B {P {Q 4}}\n      C {P 3}\nconstraints\n  -(B.P.Q - 1) + C.P == 0 & C",
        &["A B C"],
    ),
    (
        "features\n  A\n    or\n      B {P 12}\n      C {P 8}\nconstraints\n  (B.P + C.P) / 4 >= 3",
        &["A B", "A B C"],
    ),
    // What is divided by zero does not hold, nor does its opposite comparison.
    (
        "features\n  A\n    optional\n      B {P 2}\n      C {P 4}\nconstraints\n  C.P / B.P == 2 | C.P / B.P != 2",
        &["A B", "A B C"],
    ),
    // Aggregates go over what is selected.
    (
        "features\n  A {Price 2}\n    optional\n      B {Price 2}\n      C {Price 5}\nconstraints\n  sum(Price) == 7\n  avg(Price) == 3.5",
        &["A C"],
    ),
    (
        "features\n  A\n    optional\n      B {Price 2}\n      C {Price 5}\nconstraints\n  avg(Price) < 1 | avg(Price) > 4",
        &["A", "A C"],
    ),
    (
        "features\n  A {Price 9}\n    optional\n      B {Price 2}\n        optional\n          C {Price 5}\nconstraints\n  sum(B, Price) > 2",
        &["A B C"],
    ),
    (
        "features\n  A\n    optional\n      B {Price 2.5}\n      C {Price 3}\nconstraints\n  floor(B.Price) + C.Price >= 5\n  ceil(B.Price) == C.Price",
        &["A B C"],
    ),
    // Features with a type are selected or not as others.
    (
        "features\n  A\n    optional\n      Boolean B\n      String C\n      D\nconstraints\n  B & C => D\n  B & C",
        &["A B C D"],
    ),
    // Names, comments, namespaces, language levels.
    (
        "// a\nnamespace n\ninclude\n  Boolean.*\n  Arithmetic.aggregate-function\nfeatures // b\n  \"A (1)\" /* c\n d */\n    optional\n      \"B-2\"\n// e\nconstraints\n\n  \"B-2\" // f\n  n.\"A (1)\"",
        &["A (1) B-2"],
    ),
    (
        "features\r\n\tA\r\n\t\tmandatory\r\n\t\t\tB {abstract, v [1, 'x'], w true}\r\n",
        &["A B"],
    ),
    (
        "constraints\n  B\nfeatures\n  A\n    optional\n      B",
        &["A B"],
    ),
    // Cardinalities of features: so many instances where it is selected, none elsewhere.
    (
        "features\n  A\n    optional\n      B cardinality [1..2]",
        &["A", "A B +B[0]", "A B +B[0] +B[1]"],
    ),
    (
        "features\n  A cardinality [1..2]\n    alternative\n      B\n      C",
        &[
            "A +A[0] A[0].B",
            "A +A[0] A[0].B +A[1] A[1].B",
            "A +A[0] A[0].B +A[1] A[1].C",
            "A +A[0] A[0].C",
            "A +A[0] A[0].C +A[1] A[1].B",
            "A +A[0] A[0].C +A[1] A[1].C",
        ],
    ),
    // A constraint holds for every instance, and for none where there is none.
    (
        "features\n  A\n    optional\n      B cardinality [0..2]\n        optional\n          C\n      D\nconstraints\n  D => C",
        &[
            "A",
            "A B",
            "A B +B[0]",
            "A B +B[0] +B[1]",
            "A B +B[0] +B[1] B[1].C",
            "A B +B[0] B[0].C",
            "A B +B[0] B[0].C +B[1]",
            "A B +B[0] B[0].C +B[1] B[1].C",
            "A B +B[0] B[0].C +B[1] B[1].C D",
            "A B +B[0] B[0].C D",
        ],
    ),
    (
        "features\n  A\n    optional\n      B cardinality [1..3] {P 5}\nconstraints\n  sum(P) <= 10\n  B",
        &["A B +B[0]", "A B +B[0] +B[1]"],
    ),
    (
        "features\n  A\n    optional\n      B cardinality [2]\n        mandatory\n          C cardinality [1..2]\nconstraints\n  C",
        &[
            "A B +B[0] B[0].C +B[0].C[0] +B[0].C[1] +B[1] B[1].C +B[1].C[0]",
            "A B +B[0] B[0].C +B[0].C[0] +B[0].C[1] +B[1] B[1].C +B[1].C[0] +B[1].C[1]",
            "A B +B[0] B[0].C +B[0].C[0] +B[1] B[1].C +B[1].C[0]",
            "A B +B[0] B[0].C +B[0].C[0] +B[1] B[1].C +B[1].C[0] +B[1].C[1]",
        ],
    ),
];

#[test]
fn configurations_are_those_that_a_model_means() {
    for (text, expected) in CASES {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(configurations(&model(text), &[]), expected, "{text}");
    }
}

/// A model with number features, which have the values 0, 1, 2 and 3 to choose from here.
const NUMBERS: &[(&str, &[&str])] = &[
    (
        "features\n  A\n    optional\n      Integer B\n      C\nconstraints\n  B > 2 <=> C\n  B => C",
        &["A", "A B B.value=3 C"],
    ),
    // Not selected, it counts 0.
    (
        "features\n  A\n    optional\n      Integer B\n      Integer C\nconstraints\n  B-C == 2",
        &[
            "A B B.value=2",
            "A B B.value=2 C C.value=0",
            "A B B.value=3 C C.value=1",
        ],
    ),
    (
        "features\n  A\n    optional\n      Integer B cardinality [1..2]\nconstraints\n  B => B * 2 == 6\n  B",
        &[
            "A B +B[0] B[0].value=3",
            "A B +B[0] B[0].value=3 +B[1] B[1].value=3",
        ],
    ),
];

#[test]
fn number_features_have_a_value_where_they_are_selected() {
    for (text, expected) in NUMBERS {
        let found = configurations(&model(text), &[0, 1, 2, 3]);
        assert_eq!(found, *expected, "{text}");
    }
}

/// Models with texts; what is not named in the file is "another text". Lengths are from 0 to 3.
const TEXTS: &[(&str, &[&str])] = &[
    (
        "features\n  A\n    optional\n      String B\nconstraints\n  B == 'x'",
        &["A B B.value='x'"],
    ),
    (
        "features\n  A\n    mandatory\n      String B\nconstraints\n  B != \"x\"",
        &["A B B.value=''", "A B B.value='another text'"],
    ),
    // Not selected, a text is empty.
    (
        "features\n  A\n    optional\n      String B\n      String C\nconstraints\n  B == C\n  !B",
        &["A", "A C C.value=''"],
    ),
    // Two can be the same or not, without being named.
    (
        "features\n  A\n    mandatory\n      String B\n      String C\nconstraints\n  B == C <=> B == 'x'",
        &[
            "A B B.value='' C C.value='another text 2'",
            "A B B.value='' C C.value='another text'",
            "A B B.value='' C C.value='x'",
            "A B B.value='another text 2' C C.value=''",
            "A B B.value='another text 2' C C.value='another text'",
            "A B B.value='another text 2' C C.value='x'",
            "A B B.value='another text' C C.value=''",
            "A B B.value='another text' C C.value='another text 2'",
            "A B B.value='another text' C C.value='x'",
            "A B B.value='x' C C.value='x'",
        ],
    ),
    (
        "features\n  A\n    optional\n      B {Name 'x', Fun true}\n      String C\nconstraints\n  C == B.Name\n  B.Fun & C",
        &["A B C C.value='x'"],
    ),
    (
        "features\n  A\n    mandatory\n      String B\nconstraints\n  len(B) == 2\n  B != 'xy'\n  B != 'x'",
        &["A B B.value='another text' B.length=2"],
    ),
    // Texts of different length are not the same.
    (
        "features\n  A\n    mandatory\n      String B\n      String C\nconstraints\n  len(B) == 2 & len(C) == 3\n  B == C",
        &[],
    ),
    (
        "features\n  A {Name 'abc'}\n    optional\n      B\nconstraints\n  len(A.Name) == 3 => B",
        &["A B"],
    ),
    // Words between two levels belong to the outer one.
    (
        "features\n      A\n        or\n          B {Type \"x\"}\n          C\n    constraints\n      B.Type == \"x\" or B.Type == \"y\"\n      B and !C",
        &["A B"],
    ),
    (
        "features\n  A\n    mandatory\n      Real B\nconstraints\n  B * 2 == 2 | B > 2.5",
        &["A B B.value=1", "A B B.value=3"],
    ),
];

#[test]
fn texts_are_told_apart_as_far_as_constraints_can() {
    for (text, expected) in TEXTS {
        let found = configurations(&model(text), &[0, 1, 2, 3]);
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn features_without_an_upper_bound_are_laid_out_so_far() {
    let model = model("features\n  A\n    optional\n      B cardinality [1..*]");
    let instances = model
        .attributes
        .iter()
        .filter(|it| it.code.starts_with("+B["));
    assert_eq!(instances.count(), 9);
}

#[test]
fn imported_files_are_one_tree() {
    let files = [
        (
            "root.uvl",
            "imports\n  parts.wheel as w\n  frame\nfeatures\n  Bike\n    mandatory\n      w.Wheel\n    optional\n      frame.Frame\nconstraints\n  w.r.Big => frame.Frame\n  w.Wheel.size + w.r.Rim.size == 3",
        ),
        (
            "parts/wheel.uvl",
            "imports\n  rim as r\nfeatures\n  Wheel {size 1}\n    mandatory\n      r.Rim",
        ),
        (
            "parts/rim.uvl",
            "features\n  Rim {size 2}\n    alternative\n      Big\n      Small\nconstraints\n  Big | Small",
        ),
        ("frame.uvl", "features\n  Frame"),
    ];
    let reading = read_files(&files);
    let told = format!("{:#?}", reading.diagnostics);
    let model = reading.model.unwrap_or_else(|| panic!("{told}"));
    let expected = [
        "Bike w.Wheel w.r.Rim w.r.Big frame.Frame",
        "Bike w.Wheel w.r.Rim w.r.Small",
        "Bike w.Wheel w.r.Rim w.r.Small frame.Frame",
    ];
    assert_eq!(configurations(&model, &[]), expected);
    assert_eq!(reading.source.files().len(), 4);
    let codes: Vec<&str> = model.rules.iter().map(|it| it.code.as_str()).collect();
    assert!(codes.contains(&"line 11"), "{codes:?}");
    assert!(codes.contains(&"parts/rim.uvl line 7"), "{codes:?}");
}

#[test]
fn rules_say_what_they_are_in_the_words_of_the_file() {
    let model = model(
        "features\n  A\n    optional\n      B\n        alternative\n          C\n          D\nconstraints\n  C  =>   D",
    );
    let told: Vec<_> = (model.rules.iter())
        .map(|it| (it.code.as_str(), it.explanation.get("en")))
        .collect();
    let expected = [
        ("line 2", "A"),
        ("line 6", "C => B"),
        ("line 7", "D => B"),
        ("line 5", "B => [1..1] (C, D)"),
        ("line 9", "C => D"),
    ];
    assert_eq!(told, expected);
}
