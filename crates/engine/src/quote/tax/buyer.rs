use serde::{Deserialize, Serialize};

use super::country::{is_country, is_member_state, vat_area};
use super::en16931::{Requirement, VatCategory};
use super::vat_number::{
    NORTHERN_IRELAND, VatNumberFault, is_northern_irish, vat_number_fault, vat_number_form,
};
use crate::price::{PriceError, PricePack, Tax};
use crate::quote::LinePrice;

/// Who buys, as far as tax depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Buyer<'a> {
    /// ISO 3166-1 code; where there is none, the buyer is taxed as at home.
    pub country: Option<&'a str>,
    /// VAT number, with the country's prefix.
    pub vat_id: Option<&'a str>,
    /// Whether it is said when all that is bought should arrive.
    pub dated: bool,
}

/// Where a buyer is, seen from the seller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Region {
    /// In the seller's country.
    Home,
    /// In another member state of the European Union, as the seller is.
    Union,
    /// Anywhere else.
    Abroad,
}

/// Which buyers pay another tax than the one that products have.
///
/// Use it where who buys decides: reverse charge, supplies to other member states, export. Not
/// for what is exempt whoever buys it: that product has its own tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRule {
    /// Buyers there; everywhere where `None`.
    pub region: Option<Region>,
    /// Buyers in one of these countries, by ISO 3166-1 code; in any where there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub countries: Vec<String>,
    /// Buyers with or without a VAT number; either where `None`.
    pub has_vat_id: Option<bool>,
    /// Positions of the taxes that give way; all where there is none.
    pub instead_of: Vec<usize>,
    /// Position of the tax that holds for these buyers.
    pub tax: usize,
}

/// Why the tax of a quote cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxError {
    /// Not a country.
    #[error("`{0}` is not a country of ISO 3166, such as `NL`")]
    Country(String),
    /// A VAT number, but no country that it could be of.
    #[error("a buyer with a VAT number needs a country as well")]
    NoCountry,
    /// A VAT number that is not one of the buyer's country.
    #[error("`{vat_id}` is not a VAT number of {country}: {form}")]
    VatNumber {
        /// As it was given.
        vat_id: String,
        /// The buyer's country.
        country: String,
        /// How VAT numbers of that country are written.
        form: String,
    },
    /// A VAT number whose check digits are wrong.
    #[error(
        "the check digits of `{vat_id}`, a VAT number of {country}, do not fit its other digits: compare it with what the buyer has stated"
    )]
    CheckDigits {
        /// As it was given.
        vat_id: String,
        /// The buyer's country.
        country: String,
    },
    /// EN 16931 wants something stated where there is a tax of that category.
    #[error("the tax `{tax}` of category {} needs {requirement} ({rule})", .category.code())]
    Needs {
        /// Code of the tax.
        tax: String,
        /// Its category.
        category: VatCategory,
        /// What is missing.
        requirement: Requirement,
        /// The rule of EN 16931.
        rule: String,
    },
}

/// The tax that a price is meant with, and the one that this buyer pays.
#[derive(Clone, Copy, Debug)]
pub(in crate::quote) struct TaxPair<'p> {
    pub own: &'p Tax,
    pub due: &'p Tax,
}

/// Which taxes a buyer pays.
pub(in crate::quote) struct BuyerTaxes<'p, 'b> {
    pack: &'p PricePack,
    pub(super) buyer: Buyer<'b>,
    region: Region,
}

impl<'p, 'b> BuyerTaxes<'p, 'b> {
    /// # Errors
    /// [`TaxError`], where `buyer` is not what it has to be.
    pub fn new(pack: &'p PricePack, buyer: Buyer<'b>) -> Result<Self, TaxError> {
        if let Some(country) = buyer.country.filter(|it| !is_country(it)) {
            return Err(TaxError::Country(country.to_owned()));
        }
        if let Some(vat_id) = buyer.vat_id {
            let country = buyer.country.ok_or(TaxError::NoCountry)?;
            let fault = vat_number_fault(vat_id, country);
            let (vat_id, country) = (vat_id.to_owned(), country.to_owned());
            match fault {
                Some(VatNumberFault::Form) => {
                    let form = vat_number_form(&country);
                    return Err(TaxError::VatNumber {
                        vat_id,
                        country,
                        form,
                    });
                }
                Some(VatNumberFault::CheckDigits) => {
                    return Err(TaxError::CheckDigits { vat_id, country });
                }
                None => {}
            }
        }
        let seller = pack.settlement.seller.country.as_deref();
        Ok(Self {
            pack,
            buyer,
            region: region(seller, vat_country(&buyer)),
        })
    }

    /// The tax with this code, and what the buyer pays instead by the first rule that fits.
    ///
    /// # Errors
    /// [`PriceError::Malformed`], where the pack has no such tax.
    pub fn of(&self, code: &str) -> Result<TaxPair<'p>, PriceError> {
        let taxes = &self.pack.taxes;
        let position = taxes.iter().position(|it| it.code == code);
        let position = position.ok_or(PriceError::Malformed)?;
        let mut rules = self.pack.settlement.tax_rules.iter();
        let rule = rules.find(|it| self.fits(it, position));
        let due = rule.map_or(position, |it| it.tax);
        let tax = |at: usize| taxes.get(at).ok_or(PriceError::Malformed);
        Ok(TaxPair {
            own: tax(position)?,
            due: tax(due)?,
        })
    }

    /// As [`of`](Self::of), of each line by its own tax.
    pub fn of_lines(&self, lines: &[LinePrice]) -> Result<Vec<TaxPair<'p>>, PriceError> {
        lines.iter().map(|line| self.of(&line.tax)).collect()
    }

    fn fits(&self, rule: &TaxRule, tax: usize) -> bool {
        let country = self
            .buyer
            .country
            .or(self.pack.settlement.seller.country.as_deref());
        let is_there =
            |it: &String| country.is_some_and(|country| it == country || it == vat_area(country));
        rule.region.is_none_or(|it| it == self.region)
            && (rule.countries.is_empty() || rule.countries.iter().any(is_there))
            && rule
                .has_vat_id
                .is_none_or(|it| it == self.buyer.vat_id.is_some())
            && (rule.instead_of.is_empty() || rule.instead_of.contains(&tax))
    }

    /// Whether all is known of the supplier that EN 16931 wants stated with these taxes.
    ///
    /// What the buyer has to state can be said later: that is told by [`needs`](Self::needs).
    ///
    /// # Errors
    /// [`TaxError::Needs`], with the first that is missing.
    pub fn check(&self, taxes: &[&Tax]) -> Result<(), TaxError> {
        for tax in taxes {
            let Some(category) = tax.category else {
                continue;
            };
            let is_stated = |it: Requirement| match it {
                Requirement::SellerVatNumber => self.pack.settlement.seller.vat_id.is_some(),
                Requirement::ExemptionReason => !tax.exemption.is_empty(),
                Requirement::BuyerVatNumber
                | Requirement::DeliveryCountry
                | Requirement::DeliveryDate => true,
                Requirement::OnlyCategory => taxes.iter().all(|it| it.category == Some(category)),
            };
            let needed = category.requires().iter();
            if let Some(missing) = needed.copied().find(|it| !is_stated(*it)) {
                return Err(TaxError::Needs {
                    tax: tax.code.clone(),
                    category,
                    requirement: missing,
                    rule: category.rule(missing),
                });
            }
        }
        Ok(())
    }
}

/// The buyer's country; the prefix of Northern Ireland, where the number has it.
fn vat_country<'b>(buyer: &Buyer<'b>) -> Option<&'b str> {
    match buyer.vat_id {
        Some(vat_id) if is_northern_irish(vat_id) => Some(NORTHERN_IRELAND),
        _ => buyer.country,
    }
}

pub(super) fn region(seller: Option<&str>, buyer: Option<&str>) -> Region {
    let in_union = |area: &str| is_member_state(area) || area == NORTHERN_IRELAND;
    match (seller.map(vat_area), buyer.map(vat_area)) {
        (Some(seller), Some(buyer)) if seller != buyer => {
            if in_union(seller) && in_union(buyer) {
                Region::Union
            } else {
                Region::Abroad
            }
        }
        _ => Region::Home,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Text;
    use crate::price::kit::{dec, pack};

    /// A Dutch seller: reverse charge for businesses in other member states, no tax abroad.
    fn dutch() -> PricePack {
        let mut pack = pack(Vec::new(), Vec::new());
        for (code, category) in [
            ("reverse", VatCategory::ReverseCharge),
            ("export", VatCategory::Export),
        ] {
            pack.taxes.push(Tax {
                code: code.to_owned(),
                label: Text::default(),
                percent: dec("0"),
                category: Some(category),
                exemption: Text::new([("en".to_owned(), "Why".to_owned())]),
            });
        }
        let rule = |region, has_vat_id, tax| TaxRule {
            region: Some(region),
            countries: Vec::new(),
            has_vat_id,
            instead_of: vec![0],
            tax,
        };
        pack.settlement.tax_rules = vec![
            rule(Region::Union, Some(true), 2),
            rule(Region::Abroad, None, 3),
        ];
        pack.settlement.seller.country = Some("NL".to_owned());
        pack.settlement.seller.vat_id = Some("NL123456789B13".to_owned());
        pack
    }

    fn buyer<'a>(country: &'a str, vat_id: &'a str) -> Buyer<'a> {
        Buyer {
            country: Some(country).filter(|it| !it.is_empty()),
            vat_id: Some(vat_id).filter(|it| !it.is_empty()),
            dated: false,
        }
    }

    #[test]
    fn the_buyer_decides_which_tax_is_due() {
        let pack = dutch();
        for (country, vat_id, tax, due) in [
            ("", "", "standard", "standard"),
            ("NL", "NL123456789B13", "standard", "standard"),
            ("DE", "DE123456788", "standard", "reverse"),
            ("DE", "", "standard", "standard"),
            ("GR", "EL123456783", "standard", "reverse"),
            ("NO", "", "standard", "export"),
            // In the VAT of France, and of the United Kingdom.
            ("MC", "FRXX123456789", "standard", "reverse"),
            ("MC", "", "standard", "standard"),
            ("IM", "GB123456789", "standard", "export"),
            // Goods of Northern Ireland are of the European Union.
            ("GB", "XI123456789", "standard", "reverse"),
            ("GB", "GB123456789", "standard", "export"),
            ("NO", "", "reduced", "reduced"),
        ] {
            let taxes = BuyerTaxes::new(&pack, buyer(country, vat_id)).expect("a buyer");
            let found = taxes.of(tax).expect("a tax");
            assert_eq!(found.due.code, due, "{country} {vat_id} {tax}");
            assert_eq!(taxes.check(&[found.due]), Ok(()));
        }
    }

    #[test]
    fn what_is_not_a_buyer_is_refused() {
        let pack = dutch();
        for (country, vat_id, told) in [
            (
                "Holland",
                "",
                "`Holland` is not a country of ISO 3166, such as `NL`",
            ),
            (
                "",
                "DE123456788",
                "a buyer with a VAT number needs a country as well",
            ),
            (
                "DE",
                "NL123456789B13",
                "`NL123456789B13` is not a VAT number of DE: `DE999999999`, where 9 is a digit, \
                 L a letter, X either",
            ),
            (
                "DE",
                "DE123456798",
                "the check digits of `DE123456798`, a VAT number of DE, do not fit its other \
                 digits: compare it with what the buyer has stated",
            ),
        ] {
            let refused = BuyerTaxes::new(&pack, buyer(country, vat_id)).err();
            assert_eq!(refused.map(|it| it.to_string()).as_deref(), Some(told));
        }
    }

    #[test]
    fn what_a_category_needs_is_named_with_its_rule() {
        type Spoil = fn(&mut PricePack);
        let cases: [(Spoil, &str, &str); 3] = [
            (
                |it| it.settlement.seller.vat_id = None,
                "DE123456788",
                "the tax `reverse` of category AE needs the seller's VAT number (BR-AE-02)",
            ),
            (
                |it| it.taxes[2].exemption = Text::default(),
                "DE123456788",
                "the tax `reverse` of category AE needs the reason why no VAT is due (BR-AE-10)",
            ),
            (
                |it| it.taxes[2].category = Some(VatCategory::OutsideScope),
                "DE123456788",
                "the tax `reverse` of category O needs that there is no other category (BR-O-11)",
            ),
        ];
        for (spoil, vat_id, told) in cases {
            let mut pack = dutch();
            spoil(&mut pack);
            let taxes = BuyerTaxes::new(&pack, buyer("DE", vat_id)).expect("a buyer");
            let due = taxes.of("standard").expect("a tax").due;
            let other = taxes.of("reduced").expect("a tax").due;
            let refused = taxes.check(&[due, other]).err();
            assert_eq!(refused.map(|it| it.to_string()).as_deref(), Some(told));
        }
    }
}
