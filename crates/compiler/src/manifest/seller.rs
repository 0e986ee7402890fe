//! Who sells, as far as tax depends on it.

use quotewright_engine::price::Seller;
use quotewright_engine::quote::tax::{
    VatNumberFault, is_country, vat_number_fault, vat_number_form,
};

use super::toml_table::{Table, Word};
use crate::diagnostic::{Diagnostic, Report};

/// Reads `country` and `vat_id` of `[supplier]`.
pub(super) fn read(table: &mut Table<'_>, report: &mut Report) -> Seller {
    let country = table.word("country", report);
    let country = country.and_then(|word| self::country(word, report));
    let vat_id = table.word("vat_id", report);
    if vat_id.is_some() && country.is_none() {
        table.missing("country", report);
    }
    let vat_id = vat_id.zip(country.as_deref()).and_then(|(word, country)| {
        let (message, hint) = match vat_number_fault(&word.text, country) {
            None => return Some(word.text),
            Some(VatNumberFault::Form) => (
                format!("`{}` is not a VAT number of {country}", word.text),
                format!("write it as {}", vat_number_form(country)),
            ),
            Some(VatNumberFault::CheckDigits) => (
                format!(
                    "the check digits of `{}` do not fit its other digits",
                    word.text
                ),
                "correct the number: a digit is wrong, or two have changed places".to_owned(),
            ),
        };
        let diagnostic = Diagnostic::error("bad-vat-number", word.location, message);
        report.push(diagnostic.hint(hint));
        None
    });
    Seller { country, vat_id }
}

/// A country of ISO 3166-1.
pub(super) fn country(word: Word, report: &mut Report) -> Option<String> {
    if is_country(&word.text) {
        return Some(word.text);
    }
    let message = format!("`{}` is not a country of ISO 3166", word.text);
    let diagnostic = Diagnostic::error("unknown-country", word.location, message);
    report.push(diagnostic.hint("write its two capital letters, as in `NL`"));
    None
}
