use serde::{Deserialize, Serialize};

use super::Text;

/// Somebody at the supplier whom a buyer can ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Name of a person or a desk.
    pub name: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// When they can be reached.
    pub hours: Text,
    /// Languages that they speak, as locales.
    pub languages: Vec<String>,
    /// Countries that they look after, by ISO 3166 code; all where empty.
    pub countries: Vec<String>,
    /// Codes of the products that they look after; all where empty.
    pub products: Vec<String>,
}

impl Contact {
    /// Whom to ask about `product` from `country` (empty where it is not known) in `language`:
    /// of those who look after both, who looks after that product in particular, then after
    /// that country, then who speaks the language, then who stands first.
    pub fn of<'c>(
        contacts: &'c [Self],
        product: &str,
        country: &str,
        language: &str,
    ) -> Option<&'c Self> {
        let fits = |list: &[String], wanted: &str| {
            list.is_empty() || wanted.is_empty() || names(list, wanted)
        };
        let responsible = contacts
            .iter()
            .filter(|it| fits(&it.products, product) && fits(&it.countries, country));
        let rank = |it: &&Self| {
            let speaks = names(&it.languages, language);
            (
                names(&it.products, product),
                names(&it.countries, country),
                speaks,
            )
        };
        // The first of the best, where `max_by_key` would take the last.
        responsible.rev().max_by_key(rank)
    }
}

fn names(list: &[String], wanted: &str) -> bool {
    list.iter().any(|it| it == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_one_who_is_closest_to_the_question_is_asked() {
        let contact = |name: &str, products: &str, countries: &str, languages: &str| {
            let list = |text: &str| text.split_whitespace().map(str::to_owned).collect();
            Contact {
                name: name.into(),
                products: list(products),
                countries: list(countries),
                languages: list(languages),
                ..Contact::default()
            }
        };
        let contacts = [
            contact("desk", "", "", "en"),
            contact("belts", "belt", "", "en"),
            contact("poland", "", "PL", "pl en"),
            contact("norway", "", "NO", "nb"),
            contact("second", "", "", "nl"),
        ];
        for (product, country, language, expected) in [
            ("frame", "", "en", "desk"),
            ("frame", "", "nl", "second"),
            ("frame", "", "nb", "norway"),
            ("frame", "DE", "nb", "desk"),
            ("frame", "PL", "en", "poland"),
            ("belt", "PL", "pl", "belts"),
        ] {
            let found = Contact::of(&contacts, product, country, language);
            let found = found.map(|it| it.name.as_str());
            assert_eq!(found, Some(expected), "{product} {country} {language}");
        }
        assert_eq!(Contact::of(&contacts[2..3], "frame", "NO", "pl"), None);
    }
}
