use quotewright_engine::catalog::{Contact, Text};
use serde::{Deserialize, Serialize};

/// What a page needs to know of a catalog before it loads anything else.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Code of the catalog.
    pub catalog: String,
    /// Name of the catalog.
    pub title: Text,
    /// Who sells.
    pub supplier: Supplier,
    /// Locales of the texts; the first is the fallback.
    pub locales: Vec<String>,
    /// Hash under which the models are served.
    pub catalog_hash: String,
    /// The products, in the order of the catalog.
    pub products: Vec<ManifestProduct>,
    /// Under which code the questions about a quote as a whole are served as a model; `None`
    /// where the catalog asks none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub questions: Option<String>,
    /// What this caller may know of prices.
    pub prices: PriceAccess,
}

/// A catalog that an endpoint serves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListedCatalog {
    /// Code of the catalog.
    pub catalog: String,
    /// Name of the catalog.
    pub title: Text,
    /// Name of the company that sells.
    pub supplier: String,
    /// Names of the products, in the order of the catalog.
    pub products: Vec<Text>,
}

/// The supplier, as the buyer may reach it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Supplier {
    /// Company name.
    pub name: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Telephone number; may be empty.
    pub phone: String,
    /// Whom a buyer can ask.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
}

/// A product of a catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ManifestProduct {
    /// Code of the product.
    pub code: String,
    /// Name for the buyer.
    pub name: Text,
    /// One or two sentences.
    pub description: Text,
}

/// What a caller may know of prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "access", rename_all = "kebab-case")]
pub enum PriceAccess {
    /// Prices as in this pack.
    Pack {
        /// Hash under which the pack is served.
        pack_hash: String,
    },
    /// The supplier shows prices only to customers who have signed in.
    Hidden,
}
