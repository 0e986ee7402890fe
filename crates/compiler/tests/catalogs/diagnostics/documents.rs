//! Documents that buyers can open.

use super::{Case, check};
use crate::desk::Change::{self, Replace, Write};

const SHEET: Change = Write(
    "documents.csv",
    b"product,document,file,language,when,label.en,label.nl\n\
      ,manual,manual.pdf,en|nl,,Manual,Handleiding\n\
      desk,fire,https://fire.example/glass?size=2#top,,top = glass,Fire test,Brandproef\n",
);
const FILE: Change = Write("documents/manual.pdf", b"%PDF-1.7 as a viewer takes it");

#[test]
fn mistakes_in_documents() {
    let sheet = |from, to| Replace("documents.csv", from, to);
    for (change, told) in [
        (sheet("manual.pdf", "manual.pdf"), &[][..]),
        (sheet("en|nl", "nb-NO"), &[]),
        (
            sheet("manual.pdf", "manal.pdf"),
            &[
                "error missing-file documents.csv C2 `manal.pdf`",
                "warning unlisted-file documents/manual.pdf - ``",
            ],
        ),
        (
            sheet("manual.pdf", "../manual.pdf"),
            &[
                "error missing-file documents.csv C2 `../manual.pdf`",
                "warning unlisted-file documents/manual.pdf - ``",
            ],
        ),
        (
            sheet("manual.pdf", "manual.html"),
            &[
                "error not-a-pdf documents.csv C2 `manual.html`",
                "warning unlisted-file documents/manual.pdf - ``",
            ],
        ),
        (
            sheet(",manual.pdf,", ",,"),
            &[
                "error missing-value documents.csv C2 ``",
                "warning unlisted-file documents/manual.pdf - ``",
            ],
        ),
        (
            Write("documents/manual.pdf", b"<html><script>"),
            &["error not-a-pdf documents.csv C2 `manual.pdf`"],
        ),
        (
            Write("documents/other.pdf", b"%PDF-1.7"),
            &["warning unlisted-file documents/other.pdf - ``"],
        ),
        (
            sheet("https://fire.example/", "http://fire.example/"),
            &["error bad-address documents.csv C3 `http://fire.example/glass?size=2#top`"],
        ),
        (
            sheet("https://fire.example/", "https://me@fire.example/"),
            &["error bad-address documents.csv C3 `https://me@fire.example/glass?size=2#top`"],
        ),
        (
            sheet("https://fire.example/", "javascript://fire.example/"),
            &["error bad-address documents.csv C3 `javascript://fire.example/glass?size=2#top`"],
        ),
        (
            sheet("en|nl", "en|Dutch"),
            &["error unknown-language documents.csv D2 `Dutch`"],
        ),
        (
            sheet("top = glass", "top = glas"),
            &["error unknown-option documents.csv E3 `glas`"],
        ),
        (
            sheet("desk,fire", "dsk,fire"),
            &["error unknown-product documents.csv A3 `dsk`"],
        ),
        (
            sheet(",fire,", ",manual,"),
            &["error duplicate-code documents.csv B3 `manual`"],
        ),
        (
            sheet("Brandproef", ""),
            &["warning missing-translation documents.csv G3 ``"],
        ),
        (
            sheet("Manual", ""),
            &["error missing-text documents.csv F2 ``"],
        ),
    ] {
        let case: Case<'_> = (&[SHEET, FILE, change], told);
        check(&[case]);
    }
}

#[test]
fn a_large_file_is_refused() {
    let mut large = b"%PDF-1.7".to_vec();
    for (size, told) in [
        (5_000_000, &[][..]),
        (
            5_000_001,
            &["error file-too-large documents.csv C2 `manual.pdf`"],
        ),
    ] {
        large.resize(size, b' ');
        let file = Write("documents/manual.pdf", large.clone().leak());
        check(&[(&[SHEET, file], told)]);
    }
}

#[test]
fn a_quote_as_a_whole_has_no_documents() {
    let products = Replace(
        "products.csv",
        "desk,Desk",
        "quote,Quote,Offerte,,standard\ndesk,Desk",
    );
    let named = Replace("documents.csv", "desk,fire", "desk|quote,fire");
    check(&[
        (&[SHEET, FILE, products], &[]),
        (
            &[SHEET, FILE, products, named],
            &["error unused-cell documents.csv A3 `desk|quote`"],
        ),
    ]);
}
