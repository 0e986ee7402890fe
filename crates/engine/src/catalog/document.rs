use serde::{Deserialize, Serialize};

use super::{Condition, Model, Text, Value};

/// A declaration, certificate or manual that comes with a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Code in the sheets.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Where it is to be had.
    pub place: DocumentPlace,
    /// The languages that it is written in, as BCP 47 tags; empty where the sheet says none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// It belongs to the configurations in which this holds; to all where it is `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Condition>,
}

/// Where a document is to be had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentPlace {
    /// A PDF of the catalog.
    File {
        /// SHA-256 of its bytes in hexadecimal, under which it is served.
        hash: String,
        /// Its size in bytes.
        bytes: u32,
    },
    /// An `https` address elsewhere.
    Address(String),
}

impl Model {
    /// The documents that belong to a configuration, in the order of the catalog. What depends
    /// on something that is still open is not among them.
    pub fn documents_of<'m>(
        &'m self,
        values: &'m [Option<Value>],
    ) -> impl Iterator<Item = &'m Document> {
        self.documents.iter().filter(|document| {
            let when = document.when.as_ref();
            when.is_none_or(|it| it.evaluate(self, values) == Ok(Some(true)))
        })
    }
}
