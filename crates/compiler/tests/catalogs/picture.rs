//! What a product looks like: from rows of `picture.csv` to shapes.

use std::path::PathBuf;

use quotewright_compiler::compile;
use quotewright_engine::catalog::Value;
use quotewright_engine::picture::{Drawing, draw};

use crate::desk::Change::Write;
use crate::desk::desk;

const HEADINGS: &str =
    "view,shape,when,x,y,width,height,thickness,times,last_x,last_y,last_height,look\n";

/// Shapes as `view kind x y width height`, `?` before what is open, where the desk is 1500 wide,
/// has as many legs as `legs` says and everything else is open; a top of glass stands in.
fn drawn(rows: &str, legs: Option<u32>) -> Vec<String> {
    let legs = legs.map(|legs| Value::Number(legs.into()));
    let values = [Some(Value::Number(1500.into())), legs, None, None, None];
    let stand_in = [
        None,
        None,
        Some(Value::Option(1)),
        Some(Value::Option(0)),
        None,
    ];
    drawn_with(format!("{HEADINGS}{rows}"), &values, &stand_in)
}

/// The shapes of a sheet where the desk has these values.
fn drawn_with(rows: String, values: &[Option<Value>], stand_in: &[Option<Value>]) -> Vec<String> {
    let source = desk(&[Write("picture.csv", rows.leak().as_bytes())]);
    let compilation = compile(&source);
    let catalog = compilation.catalog.expect("a catalog");
    let model = &catalog.models[0];
    let picture = model.picture.as_ref().expect("a picture");
    let drawings = draw(picture, model, values, stand_in).expect("numbers that fit");
    drawings.iter().flat_map(told).collect()
}

fn told(drawing: &Drawing<'_>) -> Vec<String> {
    let shapes = drawing.shapes.iter().map(|it| {
        let open = if it.open { "?" } else { "" };
        let [x, y, width, height] =
            [it.x, it.y, it.width, it.height].map(|it| it.round_dp(2).normalize());
        format!(
            "{open}{} {:?} {x} {y} {width} {height}",
            drawing.view.code, it.kind
        )
    });
    shapes.collect()
}

#[test]
fn shapes_stand_where_the_sheet_says() {
    for (rows, legs, expected) in [
        (
            "a,box,,,,width,30,,,,,,\n",
            None,
            &["a Box 0 0 1500 30"][..],
        ),
        // Views in the order of their first rows.
        (
            "a,box,,,,1,1,,,,,,\nb,circle,,5,6,7,,,,,,,\na,line,,,,2,3,,,,,,\n",
            None,
            &["a Box 0 0 1 1", "a Line 0 0 2 3", "b Circle 5 6 7 0"],
        ),
        // At equal distances, growing; one is where the first is.
        (
            "a,box,,10,,5,100,,legs,width - 10,30,160,\n",
            Some(4),
            &[
                "a Box 10 0 5 100",
                "a Box 503.33 10 5 120",
                "a Box 996.67 20 5 140",
                "a Box 1490 30 5 160",
            ],
        ),
        (
            "a,box,,10,,5,5,,legs / 4,90,,,\n",
            Some(4),
            &["a Box 10 0 5 5"],
        ),
        ("a,box,,10,,5,5,,legs / 8,90,,,\n", Some(4), &[]),
        // What is open has a stand-in, or is left out.
        ("a,box,,,,top.mass,1,,,,,,\n", None, &["?a Box 0 0 35 1"]),
        ("a,box,,,,legs,1,,,,,,\n", None, &[]),
        ("a,box,top = glass,,,1,1,,,,,,\n", None, &["?a Box 0 0 1 1"]),
        ("a,box,top = oak,,,1,1,,,,,,\n", None, &[]),
        ("a,box,lamp,,,1,1,,,,,,\n", None, &[]),
        ("a,box,width > 1000,,,1,1,,,,,,\n", None, &["a Box 0 0 1 1"]),
    ] {
        assert_eq!(drawn(rows, legs), expected, "{rows}");
    }
}

#[test]
fn the_plan_of_the_documentation() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalogs.md");
    let text = std::fs::read_to_string(root).expect("the documentation");
    let blocks = text.split("```csv\n").skip(1);
    let mut sheets = blocks.filter_map(|it| it.split("```").next());
    let sheet = sheets.find(|it| it.starts_with("view,shape,"));
    let rows = sheet.expect("a plan").to_owned();
    let expected = [
        "plan Bar 0 0 12 0",
        "?plan Bar 0 0 0.5 0",
        "?plan Bar 3 0 0.5 0",
        "?plan Bar 6 0 0.5 0",
        "?plan Bar 9 0 0.5 0",
    ];
    let values = [Some(Value::Number(1500.into())), None, None, None, None];
    let lamp = [None, None, None, None, Some(Value::Option(1))];
    assert_eq!(drawn_with(rows, &values, &lamp), expected);
}
