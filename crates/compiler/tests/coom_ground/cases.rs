//! What each construct means: all valid configurations of a tiny model.

use std::collections::BTreeSet;

use quotewright_compiler::coom::Bounds;

use crate::{codes, ground, valid};

struct Case {
    about: &'static str,
    source: &'static str,
    codes: &'static str,
    valid: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        about: "a rule under a condition",
        source: "product { A a; A b }
                 enumeration A { X Y }
                 behavior { condition a = X; require b = Y }",
        codes: "a[0] b[0]",
        valid: &["X Y", "Y X", "Y Y"],
    },
    Case {
        about: "several conditions, also above a block",
        source: "product { A a; A b; A c }
                 enumeration A { X Y }
                 behavior { condition a = X; { condition b = X; require c = Y } }",
        codes: "a[0] b[0] c[0]",
        valid: &[
            "X X Y", "X Y X", "X Y Y", "Y X X", "Y X Y", "Y Y X", "Y Y Y",
        ],
    },
    Case {
        about: "and, or, not",
        source: "product { Bool a; Bool b }
                 behavior { require !(a = True && b = True) && (a = True || b = True) }",
        codes: "a[0] b[0]",
        valid: &["True False", "False True"],
    },
    Case {
        about: "options of two enumerations are compared by name",
        source: "product { A a; B b }
                 enumeration A { X Y Z }
                 enumeration B { Z X W }
                 behavior { require a = b }",
        codes: "a[0] b[0]",
        valid: &["X X", "Z Z"],
    },
    Case {
        about: "text attributes are compared by what they say",
        source: "product { A a; B b }
                 enumeration A { attribute string t; X = (\"p\"); Y = (\"q\") }
                 enumeration B { p q }
                 behavior { require a.t = b }",
        codes: "a[0] b[0]",
        valid: &["X p", "Y q"],
    },
    Case {
        about: "an attribute without a type is one of numbers where all values are",
        source: "product { A a; num 0-3 n }
                 enumeration A { attribute s; X = (1); Y = (3) }
                 behavior { require n = a.s }",
        codes: "a[0] n[0]",
        valid: &["X 1", "Y 3"],
    },
    Case {
        about: "a word that nothing is called by never equals",
        source: "product { A a }
                 enumeration A { X Y }
                 behavior { condition a = Q; require a = X
                            require a != R }",
        codes: "a[0]",
        valid: &["X", "Y"],
    },
    Case {
        about: "instances come without gaps",
        source: "product { 0..3 A a }
                 enumeration A { X }",
        codes: "+a[0] a[0] +a[1] a[1] +a[2] a[2]",
        valid: &[
            "no - no - no -",
            "yes X no - no -",
            "yes X yes X no -",
            "yes X yes X yes X",
        ],
    },
    Case {
        about: "a lower bound counts only where the owner is there, as its parts do",
        source: "product { 0..1 S s }
                 structure S { 1..2 A a }
                 enumeration A { X }",
        codes: "+s[0] s[0].a[0] +s[0].a[1] s[0].a[1]",
        valid: &["no - no -", "yes X no -", "yes X yes X"],
    },
    Case {
        about: "a comparison with what is not there demands nothing",
        source: "product { A a; 0..1 A b }
                 enumeration A { X Y }
                 behavior { require a = b }",
        codes: "a[0] +b[0] b[0]",
        valid: &["X no -", "Y no -", "X yes X", "Y yes Y"],
    },
    Case {
        about: "neither does one in an or",
        source: "product { A a; 0..1 A b }
                 enumeration A { X Y }
                 behavior { require a = X || b = X }",
        codes: "a[0] +b[0] b[0]",
        valid: &["X no -", "Y no -", "X yes X", "X yes Y", "Y yes X"],
    },
    Case {
        about: "a path of several instances makes a rule hold for each that is there",
        source: "product { A a; 0..2 A b }
                 enumeration A { X Y }
                 behavior { require a = b }",
        codes: "a[0] +b[0] b[0] +b[1] b[1]",
        valid: &[
            "X no - no -",
            "Y no - no -",
            "X yes X no -",
            "Y yes Y no -",
            "X yes X yes X",
            "Y yes Y yes Y",
        ],
    },
    Case {
        about: "each occurrence of a path is of its own",
        source: "product { 2 A a }
                 enumeration A { X Y }
                 behavior { require a = a }",
        codes: "a[0] a[1]",
        valid: &["X X", "Y Y"],
    },
    Case {
        about: "a path that leads nowhere demands nothing, is no part and adds nothing",
        source: "product { A a; num 0-2 n }
                 enumeration A { X Y }
                 behavior { require b.c = a
                            require n = sum(b.c) + count(b) + 1 }",
        codes: "a[0] n[0]",
        valid: &["X 1", "Y 1"],
    },
    Case {
        about: "count, sum, min and max",
        source: "product { 0..2 A a; num 0-9 n; num 0-9 s; num 0-9 l; num 0-9 g }
                 enumeration A { attribute num v; X = (2); Y = (3) }
                 behavior { require n = count(a) && s = sum(a.v)
                            require l = min(a.v) && g = max(a.v)
                            condition count(a) = 0; require l = 0 && g = 0 }",
        codes: "+a[0] a[0] +a[1] a[1] n[0] s[0] l[0] g[0]",
        valid: &[
            "no - no - 0 0 0 0",
            "yes X no - 1 2 2 2",
            "yes Y no - 1 3 3 3",
            "yes X yes X 2 4 2 2",
            "yes X yes Y 2 5 2 3",
            "yes Y yes X 2 5 2 3",
            "yes Y yes Y 2 6 3 3",
        ],
    },
    Case {
        about: "count of parts that are there with their owner",
        source: "product { 0..2 S s; num 0-9 n }
                 structure S { 2..3 C c }
                 structure C {}
                 behavior { imply n = count(s.c) + count(s) }",
        codes: "+s[0] +s[0].c[2] +s[1] +s[1].c[2] n[0]",
        valid: &[
            "no no no no 0",
            "yes no no no 3",
            "yes yes no no 4",
            "yes no yes no 6",
            "yes yes yes no 7",
            "yes no yes yes 7",
            "yes yes yes yes 8",
        ],
    },
    Case {
        about: "absent sides of sums and differences are left out, of products not",
        source: "product { 0..1 num 2-2 a; num 0-6 s; num -6-6 d; num 0-6 p }
                 behavior { require s = 3 + a && d = 1 - a
                            require p = 3 * a
                            condition count(a) = 0; require p = 0 }",
        codes: "+a[0] a[0] s[0] d[0] p[0]",
        valid: &["no - 3 1 0", "yes 2 5 -1 6"],
    },
    Case {
        about: "in a sum, a path stands for its instances that are there",
        source: "product { 0..2 A a; num 0-9 n }
                 enumeration A { attribute num v; X = (2); Y = (3) }
                 behavior { require n = 1 + a.v }",
        codes: "+a[0] a[0] +a[1] a[1] n[0]",
        valid: &[
            "no - no - 1",
            "yes X no - 3",
            "yes Y no - 4",
            "yes X yes X 3",
            "yes Y yes Y 4",
        ],
    },
    Case {
        about: "arithmetic and powers",
        source: "product { num 0-3 a; num -2-9 b }
                 behavior { require b = a ^ 2 - 2 * a / 2 + -1 * 1
                            require a < 3 }",
        codes: "a[0] b[0]",
        valid: &["0 -1", "1 -1", "2 1"],
    },
    Case {
        about: "decimals",
        source: "product { num .# 0-0.3 a; num .# 0.25-0.49 b }
                 behavior { require a <= b && a > 0.1 }",
        codes: "a[0] b[0]",
        valid: &["0.2 0.3", "0.2 0.4", "0.3 0.3", "0.3 0.4"],
    },
    Case {
        about: "a rule of a part holds for each that is there, and only then",
        source: "product { A a; 0..2 P p }
                 structure P { A b }
                 enumeration A { X Y }
                 behavior P { require root.a = X
                              condition b = Y; require root.a = Y }",
        codes: "a[0] +p[0] p[0].b[0] +p[1] p[1].b[0]",
        valid: &[
            "X no - no -",
            "Y no - no -",
            "X yes X no -",
            "X yes X yes X",
        ],
    },
    Case {
        about: "indices and ranges of them",
        source: "product { 3 A a }
                 enumeration A { X Y }
                 behavior { require a[0] = X
                            require a[1..2] = Y }",
        codes: "a[0] a[1] a[2]",
        valid: &["X Y Y"],
    },
    Case {
        about: "the last one that is there",
        source: "product { 1..3 A a }
                 enumeration A { X Y }
                 behavior { require a[last] = Y
                            require a[last-1] = X }",
        codes: "a[0] +a[1] a[1] +a[2] a[2]",
        valid: &[
            "Y no - no -",
            "X yes Y no -",
            "X yes X yes Y",
            "Y yes X yes Y",
        ],
    },
    Case {
        about: "combinations with sets and any",
        source: "product { A a; B b }
                 enumeration A { X Y Z }
                 enumeration B { K L M }
                 behavior { combinations (a b)
                            allow (X (K, L))
                            allow ((Y, Z) M)
                            allow (Z -*-) }",
        codes: "a[0] b[0]",
        valid: &["X K", "X L", "Y M", "Z K", "Z L", "Z M"],
    },
    Case {
        about: "combinations of attributes and numbers, with comparisons",
        source: "product { A a; num 0-4 n }
                 enumeration A { attribute num v; X = (1); Y = (2); Z = (3) }
                 behavior { combinations (a.v n)
                            allow (1 (0, >= 3))
                            allow (>= 2 !=2) }",
        codes: "a[0] n[0]",
        valid: &[
            "X 0", "X 3", "X 4", "Y 0", "Y 1", "Y 3", "Y 4", "Z 0", "Z 1", "Z 3", "Z 4",
        ],
    },
    Case {
        about: "forbidden combinations, under a condition, and of a formula",
        source: "product { A a; A b; num 0-1 n }
                 enumeration A { X Y }
                 behavior { combinations (a b)
                            forbid (X X)
                            condition n = 1
                            combinations (a b)
                            allow (X Y)
                            combinations (n + 1, b)
                            allow (1 -*-)
                            allow (2 Y) }",
        codes: "a[0] b[0] n[0]",
        valid: &["X Y 0", "Y X 0", "Y Y 0", "X Y 1"],
    },
    Case {
        about: "combinations of a column that is not there demand nothing",
        source: "product { A a; 0..1 A b }
                 enumeration A { X Y }
                 behavior { combinations (a b)
                            allow (X X)
                            condition a = Y; combinations (a b)
                            allow (-*- X) }",
        codes: "a[0] +b[0] b[0]",
        valid: &["X no -", "Y no -", "X yes X"],
    },
    Case {
        about: "definitions, of numbers and of paths",
        source: "product { S s; num 0-4 n }
                 structure S { num 0-2 a }
                 behavior { define twice = 2 * s.a; define inner = s
                            require n = twice
                            require inner.a != 1 }",
        codes: "s[0].a[0] n[0]",
        valid: &["0 0", "2 4"],
    },
    Case {
        about: "something exists for which all of it holds",
        source: "product { 0..2 P p }
                 structure P { A a; A b }
                 enumeration A { X Y }
                 behavior { exists q in p { require q.a = X
                                            condition q.a = X; require q.b = Y } }",
        codes: "+p[0] p[0].a[0] p[0].b[0] +p[1] p[1].a[0] p[1].b[0]",
        valid: &[
            "yes X Y no - -",
            "yes X Y yes X X",
            "yes X Y yes X Y",
            "yes X Y yes Y X",
            "yes X Y yes Y Y",
            "yes X X yes X Y",
            "yes Y X yes X Y",
            "yes Y Y yes X Y",
        ],
    },
    Case {
        about: "a reference stands for one part that is there",
        source: "product { 1..2 P p; reference P r; A a }
                 structure P { A a }
                 enumeration A { X Y }
                 behavior { require r.a = X; require a = r.a }",
        codes: "p[0].a[0] +p[1] p[1].a[0] r[0] a[0]",
        valid: &[
            "X no - p[0] X",
            "X yes X p[0] X",
            "X yes X p[1] X",
            "X yes Y p[0] X",
            "Y yes X p[1] X",
        ],
    },
    Case {
        about: "the behavior of an enumeration is that of each instance",
        source: "product { 0..1 A a; num 0-2 n }
                 enumeration A { attribute num v; X = (1); Y = (2) }
                 behavior A { require root.n = v }",
        codes: "+a[0] a[0] n[0]",
        valid: &["no - 0", "no - 1", "no - 2", "yes X 1", "yes Y 2"],
    },
    Case {
        about: "preferences, messages and who sees what demand nothing",
        source: "product { A a }
                 enumeration A { X Y }
                 behavior { default a = X
                            prefer/3 a = Y
                            minimize 1
                            hide a
                            message/info \"Hello\" }",
        codes: "a[0]",
        valid: &["X", "Y"],
    },
];

#[test]
fn each_construct_allows_what_it_says() {
    for case in CASES {
        let (model, _) = ground(case.source, &Bounds::default());
        assert_eq!(codes(&model).join(" "), case.codes, "{}", case.about);
        let expected: BTreeSet<String> = case.valid.iter().map(|it| it.to_string()).collect();
        assert_eq!(valid(&model), expected, "{}", case.about);
    }
}
