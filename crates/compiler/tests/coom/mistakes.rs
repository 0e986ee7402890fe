//! What is wrong with a file is told with its place and what to do.

use quotewright_compiler::coom::read;
use quotewright_compiler::{CatalogSource, Diagnostic, render};

/// `line: code` and the words that are marked, for all that is wrong.
fn told(text: &str) -> Vec<String> {
    let (file, diagnostics) = read("bike.coom", text);
    assert_eq!(file.is_some(), diagnostics.is_empty(), "{text}");
    let told = |it: &Diagnostic| {
        let location = &it.location;
        assert_eq!(location.file, "bike.coom");
        let marked = &text[location.span.start..location.span.end];
        format!("{}: {} `{marked}`", location.row.expect("a line"), it.code)
    };
    diagnostics.iter().map(told).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text), expected, "{text}");
}

#[test]
fn one_mistake() {
    let cases = [
        // At the top.
        ("producd { }", "1: syntax `producd`"),
        ("product { Bag bag }\nset a = 1", "2: syntax `set`"),
        ("product Bag", "1: syntax `Bag`"),
        ("structure { Bag bag }", "1: syntax `{`"),
        ("product { Bag bag", "1: syntax `{`"),
        ("product {\n Bag bag\n\nbehavior {\n}", "1: syntax `{`"),
        (
            "/* product { Bag bag }",
            "1: syntax `/* product { Bag bag }`",
        ),
        // Features.
        ("product {\n BAG Bag bag\n}", "2: template `BAG`"),
        ("product {\n Bag bag -\n}", "2: syntax `-`"),
        ("product {\n 2..4..6 Bag bag\n}", "2: syntax `..`"),
        ("product {\n 2.5 Bag bag\n}", "2: syntax `2.5`"),
        (
            "product {\n 99999999999 Bag bag\n}",
            "2: bad-number `99999999999`",
        ),
        ("product {\n -1..2 Bag bag\n}", "2: syntax `-`"),
        ("product {\n 0..2\n}", "3: syntax `}`"),
        ("product {\n num 0..10 a\n}", "2: syntax `..`"),
        ("product {\n num 0–10 a\n}", "2: syntax `–`"),
        ("product {\n num 0- a b\n}", "2: template `a`"),
        ("product {\n num ∞-0 a\n}", "2: bad-range `∞`"),
        ("product {\n num 0--∞ a\n}", "2: bad-range `-∞`"),
        ("product {\n num.x a\n}", "2: syntax `x`"),
        ("product {\n num^## a\n}", "2: unsupported `^`"),
        ("product {\n num/% a\n}", "2: syntax `%`"),
        (
            "product {\n num.############################# a\n}",
            "2: bad-number `#############################`",
        ),
        (
            "product {\n num 12345678901234567890123456789012-0 a\n}",
            "2: bad-number `12345678901234567890123456789012`",
        ),
        ("product {\n \"Bag bag\n}", "2: syntax `\"Bag bag`"),
        ("product {\n \"B\\ag\" bag\n}", "2: syntax `\"B\\ag`"),
        // Enumerations.
        ("enumeration E {\n A = 5\n}", "2: syntax `5`"),
        ("enumeration E {\n A = (5\n}", "3: syntax `}`"),
        ("enumeration E {\n A = ()\n}", "2: syntax `)`"),
        ("enumeration E {\n A = (∞)\n}", "2: unsupported `∞`"),
        ("enumeration E {\n A = (-b)\n}", "2: syntax `b`"),
        // Statements.
        ("behavior {\n requires a\n}", "2: syntax `requires`"),
        ("behavior {\n require a b\n}", "2: syntax `b`"),
        ("behavior {\n require a and b\n}", "2: syntax `and`"),
        ("behavior {\n require a | b\n}", "2: syntax `|`"),
        ("behavior {\n require (a\n}", "3: syntax `}`"),
        ("behavior {\n require a <\n}", "3: syntax `}`"),
        ("behavior {\n require foo(a)\n}", "2: syntax `foo`"),
        ("behavior {\n require count(a b)\n}", "2: syntax `b`"),
        ("behavior {\n require a > ∞\n}", "2: unsupported `∞`"),
        ("behavior {\n require a[x]\n}", "2: template `x`"),
        ("behavior {\n require a[last+1]\n}", "2: syntax `+`"),
        ("behavior {\n condition a\n}", "3: syntax `}`"),
        (
            "behavior {\n condition a\n define b = 1\n}",
            "3: syntax `define`",
        ),
        (
            "behavior {\n explanation \"A\"\n explanation \"B\"\n require a\n}",
            "3: syntax `explanation`",
        ),
        (
            "behavior {\n explanation = 5\n require a\n}",
            "2: syntax `=`",
        ),
        ("behavior {\n message/loud \"A\"\n}", "2: syntax `loud`"),
        ("behavior {\n hide a b\n}", "2: unsupported `b`"),
        ("behavior {\n hide/2 a\n}", "2: unsupported `/`"),
        ("behavior {\n prefer/N a\n}", "2: template `N`"),
        ("behavior {\n imply a > b\n}", "2: syntax `>`"),
        ("behavior {\n exists b { }\n}", "2: syntax `{`"),
        ("behavior {\n exists { }\n}", "2: syntax `{`"),
        ("behavior {\n allow (a)\n}", "2: syntax `allow`"),
        ("behavior {\n combinations ()\n}", "2: syntax `)`"),
        (
            "behavior {\n combinations (a b\n allow (a b)\n}",
            "3: syntax `b`",
        ),
        // User inputs.
        ("set a", "1: syntax ``"),
        ("set a = 1 + 2", "1: syntax `1 + 2`"),
        ("set a = 1 2", "1: syntax `2`"),
        ("add a\nremove b", "2: syntax `remove`"),
        ("blockinput a {\n add b", "1: syntax `{`"),
    ];
    for (text, expected) in cases {
        check(text, &[expected]);
    }
}

#[test]
fn all_mistakes_at_once() {
    check(
        "product {\n 0..2.5 Bag bag\n Bag ?\n}\n\
         structure Bag {\n Size\n num/ size\n num 0-9 9\n}\n\
         enumeration Size {\n S = (1\n M = (2)\n L = 3\n}\n\
         behavior {\n require a <\n condition b =\n require a ! b\n combinations (a &\n \
         allow (A B)\n allow (A |)\n allow (A ()) \n require x % 2\n}\n\
         junk { }\n\
         behavior Bag {\n { require a +\n }\n require b *\n}",
        &[
            "2: syntax `2.5`",
            "3: syntax `?`",
            "8: syntax `-`",
            "12: syntax `=`",
            "13: syntax `3`",
            "17: syntax `b`",
            "18: syntax `!`",
            "19: syntax `&`",
            "21: syntax `|`",
            "22: syntax `)`",
            "23: syntax `%`",
            "25: syntax `junk`",
            "28: syntax `}`",
            "30: syntax `}`",
        ],
    );
}

#[test]
fn placeholders_are_told_about_once() {
    check(
        "product {\n 0..MAX Bag bag\n N num 0-MAX a\n num MIN-MAX b\n N Bag c\n COUNT..COUNT d\n}",
        &[
            "2: template `MAX`",
            "3: template `N`",
            "4: template `MIN`",
            "6: template `COUNT`",
        ],
    );
    let (_, diagnostics) = read("bike.coom", "product { N..N Bag bag }");
    let [template] = diagnostics.as_slice() else {
        panic!("{diagnostics:?}");
    };
    assert!(
        template
            .message
            .contains("`N` stands where a number should")
    );
    let hint = template.hint.as_deref().unwrap_or_default();
    assert!(hint.contains("put a number in the place of `N`"), "{hint}");
}

#[test]
fn mistakes_are_drawn_with_their_line() {
    let text = "product {\n\tBag bag\n}\nbehavior {\n\trequire bag = 5 %\n}\n";
    let (_, diagnostics) = read("bike.coom", text);
    let drawn = render(
        &diagnostics,
        &CatalogSource::from_files([("bike.coom", text)]),
        false,
    );
    assert!(drawn.contains("bike.coom:5:18"), "{drawn}");
    assert!(drawn.contains("5 |     require bag = 5 %"), "{drawn}");
}
