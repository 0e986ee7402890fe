//! `[[contacts]]`: whom a buyer can ask.

use quotewright_engine::catalog::Contact;

use super::seller::country;
use super::toml_table::Table;
use super::{Named, language};
use crate::diagnostic::Report;

/// Reads `[[contacts]]`, and which products they name.
pub(super) fn read(
    root: &mut Table<'_>,
    locales: &[String],
    report: &mut Report,
) -> (Vec<Contact>, Vec<Named>) {
    let (mut contacts, mut products) = (Vec::new(), Vec::new());
    for mut table in root.tables("contacts", report) {
        let name = table.required("name", report);
        let mut word = |key| {
            table
                .word(key, report)
                .map_or_else(String::new, |it| it.text)
        };
        let (phone, email) = (word("phone"), word("email"));
        if phone.is_empty() && email.is_empty() {
            table.missing("phone", report);
        }
        let hours = table.optional_text("hours", locales, report);
        let mut words = |key| table.words(key, report).unwrap_or_default();
        let (languages, countries, named) =
            (words("languages"), words("countries"), words("products"));
        let languages = languages.into_iter().filter_map(|it| language(it, report));
        let languages = languages.collect();
        let countries = countries.into_iter().filter_map(|it| country(it, report));
        contacts.push(Contact {
            name: name.map_or_else(String::new, |it| it.text),
            phone,
            email,
            hours,
            languages,
            countries: countries.collect(),
            products: named.iter().map(|it| it.text.clone()).collect(),
        });
        products.extend(named.into_iter().map(Named::from));
        table.finish(report);
    }
    (contacts, products)
}
