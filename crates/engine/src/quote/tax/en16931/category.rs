use std::fmt::{self, Display, Formatter};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Why VAT is due, or is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum VatCategory {
    /// S: at a rate above zero, reduced ones included.
    #[serde(rename = "S")]
    Standard,
    /// Z: at the rate zero.
    #[serde(rename = "Z")]
    ZeroRated,
    /// E: exempt.
    #[serde(rename = "E")]
    Exempt,
    /// AE: the buyer owes it (reverse charge).
    #[serde(rename = "AE")]
    ReverseCharge,
    /// K: supply to a business in another member state.
    #[serde(rename = "K")]
    IntraCommunity,
    /// G: export out of the Union.
    #[serde(rename = "G")]
    Export,
    /// O: outside the scope of VAT.
    #[serde(rename = "O")]
    OutsideScope,
    /// L: tax of the Canary Islands.
    #[serde(rename = "L")]
    CanaryIslands,
    /// M: tax of Ceuta and Melilla.
    #[serde(rename = "M")]
    CeutaMelilla,
}

/// What a document has to state because of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Requirement {
    /// The seller's VAT number.
    SellerVatNumber,
    /// The buyer's VAT number.
    BuyerVatNumber,
    /// Why no VAT is due.
    ExemptionReason,
    /// When goods are delivered, or the period of a service.
    DeliveryDate,
    /// The country that goods go to.
    DeliveryCountry,
    /// No other category in the same document.
    OnlyCategory,
}

impl Display for Requirement {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SellerVatNumber => "the seller's VAT number",
            Self::BuyerVatNumber => "the buyer's VAT number",
            Self::ExemptionReason => "the reason why no VAT is due",
            Self::DeliveryDate => "the date of delivery",
            Self::DeliveryCountry => "the country that goods go to",
            Self::OnlyCategory => "that there is no other category",
        })
    }
}

impl VatCategory {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Standard,
        Self::ZeroRated,
        Self::Exempt,
        Self::ReverseCharge,
        Self::IntraCommunity,
        Self::Export,
        Self::OutsideScope,
        Self::CanaryIslands,
        Self::CeutaMelilla,
    ];

    /// The code on invoices (UNTDID 5305).
    pub fn code(self) -> &'static str {
        match self {
            Self::Standard => "S",
            Self::ZeroRated => "Z",
            Self::Exempt => "E",
            Self::ReverseCharge => "AE",
            Self::IntraCommunity => "K",
            Self::Export => "G",
            Self::OutsideScope => "O",
            Self::CanaryIslands => "L",
            Self::CeutaMelilla => "M",
        }
    }

    /// The category with that code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// What it is when nothing but the rate is known.
    pub fn of_rate(percent: Decimal) -> Self {
        match percent.is_zero() {
            true => Self::ZeroRated,
            false => Self::Standard,
        }
    }

    /// The rule that wants `requirement` stated, such as `BR-AE-02`; of several, the one about
    /// lines.
    pub fn rule(self, requirement: Requirement) -> String {
        let family = match self {
            Self::IntraCommunity => "IC",
            Self::CanaryIslands => "AF",
            Self::CeutaMelilla => "AG",
            other => other.code(),
        };
        let number = match requirement {
            Requirement::SellerVatNumber | Requirement::BuyerVatNumber => "02",
            Requirement::ExemptionReason => "10",
            Requirement::DeliveryDate | Requirement::OnlyCategory => "11",
            Requirement::DeliveryCountry => "12",
        };
        format!("BR-{family}-{number}")
    }

    /// Whether the category can have this rate.
    pub fn allows(self, percent: Decimal) -> bool {
        match self {
            Self::Standard => percent > Decimal::ZERO,
            Self::CanaryIslands | Self::CeutaMelilla => percent >= Decimal::ZERO,
            _ => percent.is_zero(),
        }
    }

    /// What a document with it has to state.
    pub fn requires(self) -> &'static [Requirement] {
        use Requirement::{
            BuyerVatNumber, DeliveryCountry, DeliveryDate, ExemptionReason, OnlyCategory,
            SellerVatNumber,
        };
        match self {
            Self::Standard | Self::ZeroRated => &[SellerVatNumber],
            Self::CanaryIslands | Self::CeutaMelilla => &[SellerVatNumber],
            Self::Exempt | Self::Export => &[SellerVatNumber, ExemptionReason],
            Self::ReverseCharge => &[SellerVatNumber, BuyerVatNumber, ExemptionReason],
            Self::IntraCommunity => &[
                SellerVatNumber,
                BuyerVatNumber,
                ExemptionReason,
                DeliveryDate,
                DeliveryCountry,
            ],
            Self::OutsideScope => &[ExemptionReason, OnlyCategory],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::dec;

    #[test]
    fn codes_are_read_as_they_are_written() {
        for category in VatCategory::ALL {
            assert_eq!(VatCategory::from_code(category.code()), Some(category));
            let json = serde_json::to_string(&category).expect("JSON");
            assert_eq!(json, format!("\"{}\"", category.code()));
        }
        assert_eq!(VatCategory::from_code("X"), None);
    }

    #[test]
    fn only_some_categories_have_a_rate() {
        for (code, none, some) in [
            ("S", false, true),
            ("Z", true, false),
            ("AE", true, false),
            ("L", true, true),
        ] {
            let category = VatCategory::from_code(code).expect("a category");
            assert_eq!(category.allows(dec("0")), none, "{code}");
            assert_eq!(category.allows(dec("7")), some, "{code}");
        }
    }

    #[test]
    fn a_supply_to_another_member_state_names_both_and_the_way() {
        let needed = VatCategory::IntraCommunity.requires();
        assert!(needed.contains(&Requirement::BuyerVatNumber));
        assert!(needed.contains(&Requirement::DeliveryCountry));
        let needed = VatCategory::OutsideScope.requires();
        assert!(!needed.contains(&Requirement::SellerVatNumber));
    }
}
