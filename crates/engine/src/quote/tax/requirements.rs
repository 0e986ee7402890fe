//! What the taxes of a quote want the buyer to state.

use serde::{Deserialize, Serialize};

use super::buyer::{BuyerTaxes, region};
use super::country::{is_member_state, vat_area};
use super::en16931::{Requirement, VatCategory};
use crate::price::{PricePack, Tax};

/// What a tax wants stated before there is an invoice, and whether it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Needed {
    /// Code of the tax.
    pub tax: String,
    /// Its category.
    pub category: VatCategory,
    /// What has to be stated.
    pub requirement: Requirement,
    /// The rule of EN 16931 that wants it, such as `BR-IC-11`.
    pub rule: String,
    /// Whether it is stated.
    pub met: bool,
}

impl BuyerTaxes<'_, '_> {
    /// What these taxes want the buyer to state. `has_period`: whether the contract says from
    /// when until when services are rendered.
    pub fn needs(&self, taxes: &[&Tax], has_period: bool) -> Vec<Needed> {
        let is_met = |it: Requirement| match it {
            Requirement::BuyerVatNumber => Some(self.buyer.vat_id.is_some()),
            Requirement::DeliveryCountry => Some(self.buyer.country.is_some()),
            Requirement::DeliveryDate => Some(self.buyer.dated || has_period),
            Requirement::SellerVatNumber
            | Requirement::ExemptionReason
            | Requirement::OnlyCategory => None,
        };
        let mut needs: Vec<Needed> = Vec::new();
        for tax in taxes {
            let Some(category) = tax.category else {
                continue;
            };
            if needs.iter().any(|it| it.tax == tax.code) {
                continue;
            }
            let needed = category.requires().iter().filter_map(|requirement| {
                Some(Needed {
                    tax: tax.code.clone(),
                    category,
                    requirement: *requirement,
                    rule: category.rule(*requirement),
                    met: is_met(*requirement)?,
                })
            });
            needs.extend(needed);
        }
        needs
    }
}

/// Whether a buyer in the country has a VAT number to state: in the European Union, or where a
/// rule for buyers there looks at it.
pub fn asks_vat_number(pack: &PricePack, country: &str) -> bool {
    let settlement = &pack.settlement;
    let there = region(settlement.seller.country.as_deref(), Some(country));
    is_member_state(vat_area(country))
        || settlement.tax_rules.iter().any(|it| {
            it.has_vat_id.is_some()
                && it.region.is_none_or(|it| it == there)
                && (it.countries.is_empty() || it.countries.iter().any(|it| it == country))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::pack;
    use crate::quote::tax::{Buyer, Region, TaxRule};

    /// Of a tax of this category.
    fn needs(category: VatCategory, buyer: Buyer<'_>, has_period: bool) -> Vec<(String, bool)> {
        let pack = pack(Vec::new(), Vec::new());
        let tax = Tax {
            category: Some(category),
            ..pack.taxes[0].clone()
        };
        let taxes = BuyerTaxes::new(&pack, buyer).expect("a buyer");
        let needs = taxes.needs(&[&tax, &tax], has_period).into_iter();
        needs.map(|it| (it.rule, it.met)).collect()
    }

    #[test]
    fn what_the_buyer_has_to_state_is_met_or_not() {
        use VatCategory::{IntraCommunity, ReverseCharge, Standard};
        let german = Buyer {
            country: Some("DE"),
            vat_id: Some("DE123456788"),
            dated: false,
        };
        let dated = Buyer {
            dated: true,
            ..german
        };
        for (category, buyer, has_period, expected) in [
            (Standard, german, false, &[][..]),
            (ReverseCharge, german, false, &[("BR-AE-02", true)]),
            (
                ReverseCharge,
                Buyer::default(),
                false,
                &[("BR-AE-02", false)],
            ),
            (
                IntraCommunity,
                Buyer::default(),
                false,
                &[
                    ("BR-IC-02", false),
                    ("BR-IC-11", false),
                    ("BR-IC-12", false),
                ],
            ),
            (
                IntraCommunity,
                german,
                false,
                &[("BR-IC-02", true), ("BR-IC-11", false), ("BR-IC-12", true)],
            ),
            (
                IntraCommunity,
                dated,
                false,
                &[("BR-IC-02", true), ("BR-IC-11", true), ("BR-IC-12", true)],
            ),
            (
                IntraCommunity,
                german,
                true,
                &[("BR-IC-02", true), ("BR-IC-11", true), ("BR-IC-12", true)],
            ),
        ] {
            let found = needs(category, buyer, has_period);
            let found: Vec<_> = found
                .iter()
                .map(|(rule, met)| (rule.as_str(), *met))
                .collect();
            assert_eq!(found, expected, "{category:?} {buyer:?}");
        }
    }

    #[test]
    fn only_who_has_a_number_is_asked_for_it() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.settlement.seller.country = Some("NL".to_owned());
        let rule = |countries: &[&str]| TaxRule {
            region: Some(Region::Abroad),
            countries: countries.iter().map(|it| (*it).to_owned()).collect(),
            has_vat_id: Some(true),
            instead_of: Vec::new(),
            tax: 0,
        };
        let asked = |pack: &PricePack| ["DE", "NL", "NO", "US"].map(|it| asks_vat_number(pack, it));
        assert_eq!(asked(&pack), [true, true, false, false]);
        pack.settlement.tax_rules.push(rule(&["NO"]));
        assert_eq!(asked(&pack), [true, true, true, false]);
    }
}
