//! Whom a buyer can ask.

use super::check;
use crate::desk::Change::{self, Replace};

/// More tables after the books.
fn with(tables: &'static str) -> Change {
    Replace("catalog.toml", "valid_until = \"2026-12-31\"\n", tables)
}

#[test]
fn contacts() {
    check(&[
        (
            &[with(
                "[[contacts]]\nname = \"Ann\"\nphone = \"+31 1\"\nlanguages = [\"nl\", \"en\"]\n\
                 countries = [\"NL\"]\nproducts = [\"desk\"]\nhours = { en = \"8 to 17\", nl = \"8-17\" }\n",
            )],
            &[],
        ),
        (
            &[with("[[contacts]]\nname = \"Ann\"\n")],
            &["error missing-key catalog.toml - `[[contacts]]`"],
        ),
        (
            &[with(
                "[[contacts]]\nname = \"Ann\"\nemail = \"a@b.nl\"\nlanguages = [\"dutch!\"]\n\
                 countries = [\"XX\"]\nproducts = [\"chair\"]\n",
            )],
            &[
                "error bad-language catalog.toml - `\"dutch!\"`",
                "error unknown-country catalog.toml - `\"XX\"`",
                "error unknown-product catalog.toml - `\"chair\"`",
            ],
        ),
    ]);
}
