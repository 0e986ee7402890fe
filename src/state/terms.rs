use quotewright_engine::quote::tax::{is_country, is_vat_number};
use quotewright_protocol::TaxedBuyer;

use crate::storage::drafts::Form;

/// What prices depend on besides the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Codes of promotions, as they were typed.
    pub promotions: String,
    /// Who buys, as far as what was typed is right.
    pub buyer: TaxedBuyer,
}

impl Terms {
    /// As `form` says.
    pub fn of(form: &Form) -> Self {
        let mut buyer = form.buyer.clone();
        if !is_country(&buyer.country) {
            buyer = TaxedBuyer::default();
        }
        buyer.vat_id = plain(&buyer.vat_id);
        if !is_vat_number(&buyer.vat_id, &buyer.country) {
            buyer.vat_id.clear();
        }
        Self {
            promotions: form.promotions.clone(),
            buyer,
        }
    }
}

/// A VAT number as it is written, however it was typed.
pub fn plain(vat_id: &str) -> String {
    vat_id.trim().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_right_counts() {
        for (country, vat_id, expected) in [
            ("", "", ("", "")),
            ("DE", "", ("DE", "")),
            ("DE", " de 123456788 ", ("DE", "DE 123456788")),
            ("DE", "NL123456789B13", ("DE", "")),
            ("XX", "DE123456788", ("", "")),
            ("", "DE123456788", ("", "")),
        ] {
            let form = Form {
                buyer: TaxedBuyer {
                    country: country.into(),
                    vat_id: vat_id.into(),
                },
                ..Form::default()
            };
            let found = Terms::of(&form).buyer;
            let found = (found.country.as_str(), found.vat_id.as_str());
            assert_eq!(found, expected, "{country} {vat_id}");
        }
    }
}
