mod print;

use super::ast::File;
use super::parser::Parser;

/// What a file is read as, or what is wrong with it.
fn meaning(text: &str) -> String {
    let mut parser = Parser::new(text);
    let file = parser.file();
    let problems = parser.into_problems();
    if !problems.is_empty() {
        return format!("{problems:?}");
    }
    match file {
        File::Model(model) => print::model(&model),
        File::UserInput(operations) => {
            let operations: Vec<_> = operations.iter().map(print::operation).collect();
            operations.join("; ")
        }
    }
}

fn check(cases: &[(&str, &str)], before: &str, after: &str) {
    for (text, expected) in cases {
        assert_eq!(
            meaning(&format!("{before}{text}{after}")),
            *expected,
            "{text}"
        );
    }
}

#[test]
fn features() {
    let cases = [
        ("Bag bag", "Bag bag"),
        ("bag", "_ bag"),
        ("bag\nbox", "_ bag; _ box"),
        ("Bag bag; Box box", "Bag bag; Box box"),
        // On one line, as the published grammar reads it too.
        (
            "Bag bag Box box 2 Lid lid num 0-9 n",
            "Bag bag; Box box; 2..2 Lid lid; num 0 - 0..9 n",
        ),
        ("0..2 Bag bag", "0..2 Bag bag"),
        ("0..2 bag", "0..2 _ bag"),
        ("4 Wheel wheel", "4..4 Wheel wheel"),
        ("4x Wheel wheel", "4..4 Wheel wheel"),
        ("2..4x Wheel wheel", "2..4 Wheel wheel"),
        ("0..* Bag bag", "0..* Bag bag"),
        ("1.. Bag bag", "1..* Bag bag"),
        ("1.. bag", "1..* _ bag"),
        ("reference Person owner", "&Person owner"),
        ("static reference 0..2 Person owner", "&0..2 Person owner"),
        ("reference person", "&_ person"),
        ("Bag bag/3", "Bag bag"),
        ("num n", "num 0 - ∞..∞ n"),
        ("num/kg n", "num 0 kg ∞..∞ n"),
        ("num /€ 0-10 n", "num 0 € 0..10 n"),
        ("num.# n", "num 1 - ∞..∞ n"),
        ("num .##/m² 0.5-10 n", "num 2 m² 0.5..10 n"),
        ("num.#/\"m/s\" -10--5 n", "num 1 m/s -10..-5 n"),
        ("num -∞-∞ n", "num 0 - ∞..∞ n"),
        ("num 1-∞ n", "num 0 - 1..∞ n"),
        ("2x num/to 0-4 load", "2..2 num 0 to 0..4 load"),
        ("string name", "text name"),
        ("string/n 40 name/2", "text name"),
        ("string /n name", "text name"),
        // Words of the language as names.
        ("Count count", "Count count"),
        ("num count", "num 0 - ∞..∞ count"),
        ("static", "_ static"),
        ("reference\nnum", "_ reference; _ num"),
        ("last product", "last product"),
        ("\"Big Bag\" 'a \"bag\"'", "Big Bag a \"bag\""),
        ("'\\u0041\\n\\''", "_ A\n'"),
        ("Größe größe", "Größe größe"),
        (
            "Bag bag // one bag\n// Box box\nBox /* big /* or */ not */ box",
            "Bag bag; Box box",
        ),
        ("Bag bag\r\nBox box\r\n", "Bag bag; Box box"),
        ("", ""),
    ];
    check(&cases, "product { ", " }");
}

#[test]
fn enumerations() {
    let cases = [
        ("Red; Green\nBlue", "E <> Red(), Green(), Blue()"),
        ("S M L XL", "E <> S(), M(), L(), XL()"),
        (
            "attribute num/l volume\nattribute colour; attribute string text\nB = (20, red 'A b')",
            "E <num 0 l ∞..∞ volume, _ colour, text text> B(20 'red' 'A b')",
        ),
        (
            "attribute Colour colour\nA = (Red)",
            "E <Colour colour> A('Red')",
        ),
        ("A = (-1.50, true, 0)", "E <> A(-1.5 'true' 0)"),
        ("attribute\nmin\nlast", "E <> attribute(), min(), last()"),
        ("attribute = (1)", "E <> attribute(1)"),
        ("", "E <> "),
    ];
    check(&cases, "enumeration E { ", " }");
}

#[test]
fn statements() {
    let cases = [
        ("require a = b", "@ { require (a = b) }"),
        ("require a", "@ { require a }"),
        (
            "define n = a + 1\nrequire n > 2",
            "@ { n := (a + 1); require (n > 2) }",
        ),
        ("imply a = b + 1", "@ { imply a = (b + 1) }"),
        ("default a = X", "@ { default a = X }"),
        ("default/3 a.b[0] = 5", "@ { default/3 a.b[0..0] = 5 }"),
        (
            "prefer a = X; prefer/5 b",
            "@ { prefer (a = X); prefer/5 b }",
        ),
        (
            "minimize a\nmaximize/2 a * b",
            "@ { minimize a; maximize/2 (a * b) }",
        ),
        (
            "hide a.b\nreadonly c\nreadwrite d",
            "@ { hide a.b; readonly c; readwrite d }",
        ),
        (
            "message \"Hi\"; message/warn 'Ho'",
            "@ { message<> Hi; message<warn> Ho }",
        ),
        (
            "explanation \"Why\"\ncondition a = 1\ncondition b\nrequire c",
            "@ { \"Why\" (a = 1), b => require c }",
        ),
        // On one line, as the published grammar reads it too.
        ("condition a = 1 require c", "@ { (a = 1) => require c }"),
        (
            "condition a = 1\n{ require b\ncondition c\n{ require d } }\nrequire e",
            "@ { (a = 1) => { require b; c => { require d } }; require e }",
        ),
        (
            "condition a\nexists b in bag, p in b.pocket[0..last-1] { define n = p.x\nrequire n = 1 }",
            "@ { a => exists b in bag, p in b.pocket[0..last-1] \
             { n := p.x; require (n = 1) } }",
        ),
        (
            "exists b in bag p in box { }",
            "@ { exists b in bag, p in box {  } }",
        ),
        // A line may go on where it cannot end.
        ("require a =\n  b\n  + c", "@ { require (a = (b + c)) }"),
        // Words of the language as names.
        (
            "require define = require\nrequire in",
            "@ { require (define = require); require in }",
        ),
    ];
    check(&cases, "behavior { ", " }");
    assert_eq!(meaning("behavior Bag { require a }"), "@Bag { require a }");
    assert_eq!(meaning("behavior behavior { }"), "@behavior {  }");
}

#[test]
fn combinations() {
    let cases = [
        ("(a b)\nallow (X, Y)", "(a, b) allow (= X, = Y)"),
        (
            "(a, b)\nallow (-*- Y)\nforbid (X -*-)",
            "(a, b) allow (any, = Y) forbid (= X, any)",
        ),
        (
            "(a b.c (d + 1))\nallow (X (Y, Z) >= 5)\nallow (X(Y Z) (<= 3, > 7))",
            "(a, b.c, (d + 1)) allow (= X, = Y or = Z, >= 5) \
             allow (= X, = Y or = Z, <= 3 or > 7)",
        ),
        // An option may be called as a function is.
        (
            "(a b)\nallow (round (S L))",
            "(a, b) allow (= round, = S or = L)",
        ),
        ("(a)\nallow (min(b, 3))", "(a) allow (= min<b, 3>)"),
        (
            "(a b) allow (-1, 2) allow ('x y', true)",
            "(a, b) allow (= -1, = 2) allow (= x y, = true!)",
        ),
        ("(a)", "(a)"),
    ];
    for (text, expected) in cases {
        let expected = format!("@ {{ combinations {expected} }}");
        assert_eq!(
            meaning(&format!("behavior {{ combinations {text} }}")),
            expected
        );
    }
}

#[test]
fn expressions() {
    let cases = [
        ("a || b && !c = d", "(a || (b && !(c = d)))"),
        ("!(a || b) && c", "(!(a || b) && c)"),
        ("a + b * c ^ 2", "(a + (b * (c ^ 2)))"),
        ("a - b - c", "((a - b) - c)"),
        ("a / b / c", "((a / b) / c)"),
        ("2 ^ a ^ b", "((2 ^ a) ^ b)"),
        // Each operator binds tighter than the one before it in `+ - * / ^`.
        ("a - b + c - d", "((a - b) + (c - d))"),
        ("a * b / c * d", "((a * (b / c)) * d)"),
        // A sign belongs to what follows it.
        ("-a ^ 2", "(-a ^ 2)"),
        ("-2 ^ 2", "(-2 ^ 2)"),
        ("a - -2", "(a - -2)"),
        ("+a", "a"),
        ("- - a", "--a"),
        ("-0", "0"),
        ("1.50", "1.5"),
        ("(a + b) * c = d", "(((a + b) * c) = d)"),
        ("a < b <= c", "((a < b) && (b <= c))"),
        ("a == b", "(a = b)"),
        (
            "a ≠ b && a ≤ c && a ≥ d",
            "((a != b) && (a <= c) && (a >= d))",
        ),
        (
            "a contains X || a ⊇ Y",
            "((a contains X) || (a contains Y))",
        ),
        ("true && false", "(true! && false!)"),
        ("true.a", "true.a"),
        ("'true'", "true"),
        (
            "count(a.b) + sum(a[0].c, d) > 2",
            "((count<a.b> + sum<a[0..0].c, d>) > 2)",
        ),
        ("tan(a) = sqrt(b)", "(tan<a> = sqrt<b>)"),
        ("min = max.count", "(min = max.count)"),
        (
            "a[last].b[last-2].c[0..3].d",
            "a[last-0..last-0].b[last-2..last-2].c[0..3].d",
        ),
        ("'a b'.\"c\"", "a b.c"),
    ];
    for (text, expected) in cases {
        let expected = format!("@ {{ require {expected} }}");
        assert_eq!(
            meaning(&format!("behavior {{ require {text}\n }}")),
            expected
        );
    }
}

#[test]
fn user_inputs() {
    let cases = [
        ("set color[0] = Red", "color[0..0] := Red"),
        (
            "add bag[1]\nset bag[1].size[0] = -2.50; set a = true",
            "+bag[1..1]; bag[1..1].size[0..0] := -2.5; a := true!",
        ),
        ("set a = 'x y' // why\n\nset b = 0", "a := x y; b := 0"),
        (
            "blockinput carrier[0] {\n add bag[1]\n blockinput bag[1] { set size[0] = S }\n}\nset c = D",
            "+carrier[0..0].bag[1..1]; carrier[0..0].bag[1..1].size[0..0] := S; c := D",
        ),
    ];
    check(&cases, "", "");
}
