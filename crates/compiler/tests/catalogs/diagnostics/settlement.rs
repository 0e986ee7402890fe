//! Taxes with categories, taxes by buyer, cash, and terms of payment.

use super::check;
use crate::desk::Change::{self, Replace};

/// More tables after the books.
fn with(tables: &'static str) -> Change {
    Replace("catalog.toml", "valid_until = \"2026-12-31\"\n", tables)
}

/// A supplier with a country and a VAT number.
const SELLER: Change = Replace(
    "catalog.toml",
    "name = \"Desk Works\"\n",
    "name = \"Desk Works\"\ncountry = \"NL\"\nvat_id = \"NL123456789B13\"\n",
);

/// A tax that nobody pays, with this category.
const REVERSE: Change = Replace(
    "catalog.toml",
    "[[books]]\n",
    "[[taxes]]\ncode = \"reverse\"\npercent = \"0\"\ncategory = \"AE\"\n\
     label = { en = \"Reverse charge\", nl = \"Verlegd\" }\n\
     exemption = { en = \"Reverse charge\", nl = \"Btw verlegd\" }\n\n[[books]]\n",
);

const MONTH: &str = "[[terms]]\ncode = \"month\"\ndays = 30\nmonth_end = \"after\"\n\
     discount = \"2\"\ndiscount_days = 8\nlabel = { en = \"Month\", nl = \"Maand\" }\n";

#[test]
fn what_is_right_is_silent() {
    check(&[
        (&[SELLER, REVERSE], &[]),
        (
            &[
                SELLER,
                REVERSE,
                with(
                    "[[tax_rules]]\nbuyer = \"eu\"\nvat_id = true\nof = [\"standard\"]\ntax = \"reverse\"\n",
                ),
            ],
            &[],
        ),
        (
            &[Replace(
                "catalog.toml",
                "round_at = \"line\"\n",
                "round_at = \"line\"\ntax = \"contained\"\ncash_step = \"0.05\"\n",
            )],
            &[],
        ),
        (&[with(MONTH)], &[]),
    ]);
}

#[test]
fn prices_and_seller() {
    check(&[
        (
            &[Replace(
                "catalog.toml",
                "round_at = \"line\"\n",
                "round_at = \"line\"\ntax = \"included\"\ncash_step = \"0.001\"\n",
            )],
            &[
                "error unknown-word catalog.toml - `\"included\"`",
                "error bad-number catalog.toml - `\"0.001\"`",
            ],
        ),
        (
            &[SELLER, Replace("catalog.toml", "= \"NL\"", "= \"Holland\"")],
            &[
                "error missing-key catalog.toml - `[supplier]`",
                "error unknown-country catalog.toml - `\"Holland\"`",
            ],
        ),
        (
            &[SELLER, Replace("catalog.toml", "\"NL1", "\"DE1")],
            &["error bad-vat-number catalog.toml - `\"DE123456789B13\"`"],
        ),
    ]);
}

/// More of `[prices]`.
fn policy(lines: &'static str) -> Change {
    Replace("catalog.toml", "round_at = \"line\"\n", lines)
}

#[test]
fn contracts_with_dates() {
    check(&[
        (
            &[policy(
                "round_at = \"line\"\nproration = \"fixed-months\"\ndays_in_month = 28\nbill_day = 31\n",
            )],
            &[],
        ),
        (
            &[policy("round_at = \"line\"\nbill_day = 1\n")],
            &["error no-proration catalog.toml - `1`"],
        ),
        (
            &[policy(
                "round_at = \"line\"\nproration = \"day\"\ndays_in_month = 30\n",
            )],
            &["error unknown-word catalog.toml - `\"day\"`"],
        ),
        (
            &[policy(
                "round_at = \"line\"\nproration = \"days\"\ndays_in_month = 30\nbill_day = 32\n",
            )],
            &[
                "error no-proration catalog.toml - `30`",
                "error bad-number catalog.toml - `32`",
            ],
        ),
    ]);
}

#[test]
fn categories() {
    check(&[
        (&[REVERSE], &["error tax-needs catalog.toml - `[[taxes]]`"]),
        (
            &[
                SELLER,
                REVERSE,
                Replace("catalog.toml", "exemption", "exempt"),
            ],
            &[
                "error tax-needs catalog.toml - `[[taxes]]`",
                "error unknown-key catalog.toml - `exempt`",
            ],
        ),
        (
            &[SELLER, REVERSE, Replace("catalog.toml", "\"AE\"", "\"Z\"")],
            &["error unused-key catalog.toml - `[[taxes]]`"],
        ),
        (
            &[SELLER, REVERSE, Replace("catalog.toml", "\"AE\"", "\"EA\"")],
            &["error unknown-word catalog.toml - `\"EA\"`"],
        ),
        (
            &[SELLER, REVERSE, Replace("catalog.toml", "\"0\"", "\"9\"")],
            &["error bad-rate catalog.toml - `\"AE\"`"],
        ),
    ]);
}

#[test]
fn taxes_by_buyer() {
    check(&[
        (
            &[with("[[tax_rules]]\nbuyer = \"eu\"\ntax = \"standard\"\n")],
            &["error tax-needs catalog.toml - `[[tax_rules]]`"],
        ),
        (
            &[with(
                "[[tax_rules]]\nbuyer = \"europe\"\nvat_id = \"yes\"\nof = [\"low\"]\ntax = \"high\"\n",
            )],
            &[
                "error unknown-word catalog.toml - `\"europe\"`",
                "error type catalog.toml - `\"yes\"`",
                "error unknown-tax catalog.toml - `\"low\"`",
                "error unknown-tax catalog.toml - `\"high\"`",
            ],
        ),
        (
            &[
                SELLER,
                REVERSE,
                Replace("catalog.toml", "\"AE\"", "\"K\""),
                with("[[tax_rules]]\nbuyer = \"abroad\"\ntax = \"reverse\"\n"),
            ],
            &["error wrong-buyer catalog.toml - `[[tax_rules]]`"],
        ),
    ]);
}

#[test]
fn terms_of_payment() {
    check(&[
        (
            &[with(
                "[[terms]]\ncode = \"net\"\ndays = \"soon\"\ndiscount = \"2\"\nlabel = { en = \"Net\", nl = \"Netto\" }\n",
            )],
            &[
                "error missing-key catalog.toml - `[[terms]]`",
                "error bad-number catalog.toml - `\"soon\"`",
            ],
        ),
        (
            &[with(
                "[[terms]]\ncode = \"net\"\ndays = 14\nbooks = [\"acme\", \"acne\", \"acme\"]\nlabel = { en = \"Net\", nl = \"Netto\" }\n",
            )],
            &[
                "error unknown-book catalog.toml - `\"acne\"`",
                "error duplicate-code catalog.toml - `\"acme\"`",
            ],
        ),
    ]);
}
