//! Texts without a translation are told with the language, wherever buyers read them.

use quotewright_compiler::compile;

use crate::desk::Change::{self, Replace, Write};
use crate::desk::desk;

/// More tables after the books.
fn with(tables: &'static str) -> Change {
    Replace("catalog.toml", "valid_until = \"2026-12-31\"\n", tables)
}

#[test]
fn every_text_without_a_translation_is_told_with_its_language_and_place() {
    let cells = [
        (Replace("catalog.toml", ", nl = \"Bureaus\"", ""), "catalog.toml"),
        (Replace("catalog.toml", ", nl = \"Btw\"", ""), "catalog.toml"),
        (Replace("catalog.toml", ", nl = \"Lijst\"", ""), "catalog.toml"),
        (
            with("[[terms]]\ncode = \"m\"\ndays = 30\nlabel = { en = \"Month\" }\n"),
            "catalog.toml",
        ),
        (
            with("[[contacts]]\nname = \"Ann\"\nphone = \"1\"\nhours = { en = \"8-17\" }\n"),
            "catalog.toml",
        ),
        (Replace("products.csv", "Bureau", ""), "products.csv C2"),
        (Replace("groups.csv", "Maat", ""), "groups.csv C2"),
        (Replace("attributes.csv", "Breedte", ""), "attributes.csv L2"),
        (Replace("options/top.csv", "Eiken", ""), "options/top.csv D2"),
        (Replace("tables.csv", "Glas is er in kleine maten.", ""), "tables.csv C2"),
        (Replace("rules.csv", "Te zwaar.", ""), "rules.csv E2"),
        (Replace("prices.csv", "Basis", ""), "prices.csv H2"),
        (
            Write(
                "delivery.csv",
                b"step,kind,days,label.en,label.nl\nwood,days,3,Wood,\n",
            ),
            "delivery.csv E2",
        ),
        (
            Write("calendars.csv", b"calendar,until,label.en,label.nl\nnl,2027-12-31,Here,\n"),
            "calendars.csv D2",
        ),
        (
            Write(
                "picture.csv",
                b"view,shape,width,height,label.en,label.nl\nfront,view,,,Front,\nfront,box,width,700,,\n",
            ),
            "picture.csv F2",
        ),
    ];
    for (change, place) in cells {
        let told = compile(&desk(&[change])).diagnostics;
        let place: Vec<&str> = place.split(' ').collect();
        let found = told.iter().any(|it| {
            it.code == "missing-translation"
                && it.message.contains("`nl`")
                && it.location.file == place[0]
                && it.location.cell.as_deref() == place.get(1).copied()
        });
        assert!(found, "{place:?}: {told:#?}");
    }
}
