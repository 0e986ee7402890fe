//! Models in formats that know only variables and tables or clauses.

use quotewright_compiler::{Diagnostic, dimacs, xcsp};
use quotewright_engine::catalog::{AttributeDomain, Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Domain, Possibility};

type Read = fn(&str, &str) -> (Option<Model>, Vec<Diagnostic>);

/// An instance with these domains, relations and constraints.
fn instance(domain: &str, relation: &str, constraint: &str) -> String {
    format!(
        r#"<instance><presentation format="XCSP 2.1" type="CSP"/>
<domains><domain name="d">{domain}</domain></domains>
<variables><variable name="x" domain="d"/><variable name="y" domain="d"/></variables>
<relations><relation name="r" {relation}</relation></relations>
<constraints><constraint name="c" {constraint}/></constraints></instance>"#
    )
}

const SCOPE: &str = r#"reference="r" scope="x y""#;

/// The values that every attribute can have, as `x:0,1 y:2`; `-` where there is no solution.
fn domains(read: Read, text: &str) -> String {
    let (model, diagnostics) = read("folder/file.xml", text);
    let model = model.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let mut configurator = Configurator::new(model.clone()).expect("supported");
    let Ok(configuration) = configurator.configure(&Decisions::new()) else {
        return "-".to_owned();
    };
    let mut lines = Vec::new();
    for (index, state) in model.indices().zip(configuration.states) {
        let Domain::Options(options) = state.domain else {
            panic!("only options are expected");
        };
        let values: Vec<String> = (options.iter().enumerate())
            .filter(|(_, it)| **it == Possibility::Possible)
            .map(|(option, _)| model.value_to_text(index, Value::Option(option)))
            .collect();
        let code = &model.attributes[index.0].code;
        lines.push(format!("{code}:{}", values.join(",")));
    }
    lines.join(" ")
}

#[test]
fn instances_mean_what_their_tables_say() {
    let cases = [
        ("0 1 2", r#"semantics="supports">0 1|2 2"#, "x:0,2 y:1,2"),
        (
            "-1..1",
            r#"semantics="supports"> -1 -1 | 0 1 |"#,
            "x:-1,0 y:-1,1",
        ),
        ("7 3", r#"semantics="supports">3 7"#, "x:3 y:7"),
        ("0 1", r#"semantics="conflicts">0 0|0 1"#, "x:1 y:0,1"),
        ("0..299", r#"semantics="conflicts">0 0|5 5"#, &all(300)),
        ("0 1", r#"semantics="supports">0 9|1 1"#, "x:1 y:1"),
        ("0 1", r#"semantics="supports">"#, "-"),
    ];
    for (domain, relation, expected) in cases {
        let text = instance(domain, relation, SCOPE);
        assert_eq!(domains(xcsp::read, &text), expected, "{relation}");
    }
}

fn all(count: usize) -> String {
    let values: Vec<String> = (0..count).map(|it| it.to_string()).collect();
    let values = values.join(",");
    format!("x:{values} y:{values}")
}

#[test]
fn clauses_mean_what_they_say() {
    let cases = [
        ("c a comment\np cnf 2 2\n1 2 0\n-1 0\n", "1:no 2:yes"),
        ("p cnf 3 1\n1\n-2 0 3 -3 0", "1:no,yes 2:no,yes 3:no,yes"),
        ("p cnf 1 2\n1 0 -1 0\n", "-"),
        ("p cnf 1 1\n0\n", "-"),
        ("p cnf 2 1\n1 1 0\n%\n0\n", "1:yes 2:no,yes"),
    ];
    for (text, expected) in cases {
        assert_eq!(domains(dimacs::read, text), expected, "{text}");
    }
}

#[test]
fn what_is_not_supported_is_refused_where_it_stands() {
    let supports = r#"semantics="supports">0 1"#;
    let xml = [
        (
            instance("0 1", supports, r#"reference="p" scope="x y""#),
            "xcsp-constraint",
        ),
        (
            instance("0 1", supports, r#"reference="r" scope="x z""#),
            "xcsp-scope",
        ),
        (
            instance("0 1", supports, r#"reference="r" scope="x x""#),
            "xcsp-scope",
        ),
        (
            instance("0 1", supports, r#"reference="r" scope=" ""#),
            "xcsp-scope",
        ),
        (
            instance("0 1", supports, r#"scope="x y""#),
            "xcsp-attribute",
        ),
        (instance("0 one", supports, SCOPE), "xcsp-domain"),
        (instance("1..0", supports, SCOPE), "xcsp-domain"),
        (instance("0 0", supports, SCOPE), "xcsp-domain"),
        (instance(" ", supports, SCOPE), "xcsp-domain"),
        (instance("0..70000", supports, SCOPE), "xcsp-domain"),
        (
            instance("0 1", r#"semantics="supports">0 1 1"#, SCOPE),
            "xcsp-row",
        ),
        (
            instance("0 1", r#"semantics="soft">0 1"#, SCOPE),
            "xcsp-semantics",
        ),
        (
            r#"<instance format="XCSP3" type="CSP"/>"#.to_owned(),
            "xcsp-format",
        ),
        ("<html/>".to_owned(), "xcsp-format"),
        ("<instance>\n<domains>\n".to_owned(), "xml"),
    ];
    let cnf = [
        "1 2 0\n",
        "p cnf 1 1\n2 0\n",
        "p cnf 1 1\nx 0\n",
        "p cnf 1 1\n1\n",
        "p sat 3\n",
        "",
    ];
    let xml = xml
        .iter()
        .map(|(text, code)| (xcsp::read as Read, text.as_str(), *code));
    let cnf = cnf
        .iter()
        .map(|text| (dimacs::read as Read, *text, "dimacs"));
    for (read, text, code) in xml.chain(cnf) {
        let (model, diagnostics) = read("file", text);
        assert!(model.is_none(), "{text}");
        let codes: Vec<&str> = diagnostics.iter().map(|it| it.code).collect();
        assert!(codes.contains(&code), "{text}: {codes:?}");
        for it in diagnostics {
            assert!(it.location.span.end <= text.len(), "{text}: {it:?}");
        }
    }
}

#[test]
fn names_are_those_of_the_file() {
    let text = instance("4 5", r#"semantics="supports">4 5"#, SCOPE);
    let (model, _) = xcsp::read("some/folder/range.xml", &text);
    let model = model.expect("a model");
    let AttributeDomain::Options(list) = &model.attributes[1].domain else {
        panic!("options are expected");
    };
    let options: Vec<&str> = list.options.iter().map(|it| it.code.as_str()).collect();
    assert_eq!((model.product.as_str(), options), ("range", vec!["4", "5"]));
    assert_eq!(model.relations[0].code, "c");
    assert_eq!(model.hash.len(), 64);
}
