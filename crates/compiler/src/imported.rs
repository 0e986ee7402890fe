//! What the models of formats without sheets have in common.

use std::fmt::Write as _;

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, FORMAT, Group, Model, OptionItem, OptionList, Text,
};
use sha2::{Digest as _, Sha256};

/// Names in such formats are in no language in particular.
const LOCALE: &str = "en";

/// A model without constraints yet, from a file called `name` with this text.
pub(crate) fn model(name: &str, text: &str, attributes: Vec<Attribute>) -> Model {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let product = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Model {
        format: FORMAT,
        catalog: product.to_owned(),
        hash: hash(text),
        product: product.to_owned(),
        name: words(product),
        locales: vec![LOCALE.to_owned()],
        groups: vec![Group {
            code: product.to_owned(),
            label: words(product),
        }],
        attributes,
        ..Model::default()
    }
}

/// An attribute that is called as in its file, always there and open to the buyer.
pub(crate) fn attribute(code: &str, domain: AttributeDomain) -> Attribute {
    Attribute {
        code: code.to_owned(),
        label: words(code),
        help: Text::default(),
        group: 0,
        domain,
        wish: None,
        formula: None,
        part: None,
        access: Access::Open,
    }
}

/// Options called by these codes.
pub(crate) fn options(codes: impl IntoIterator<Item = String>) -> AttributeDomain {
    let option = |code: String| OptionItem {
        label: words(&code),
        code,
        part_number: String::new(),
        description: Text::default(),
        lead_days: 0,
        properties: Vec::new(),
    };
    AttributeDomain::Options(OptionList {
        properties: Vec::new(),
        options: codes.into_iter().map(option).collect(),
    })
}

/// A name as the file has it.
pub(crate) fn words(name: &str) -> Text {
    Text::new([(LOCALE.to_owned(), name.to_owned())])
}

fn hash(text: &str) -> String {
    let mut hexadecimal = String::new();
    for byte in Sha256::digest(text) {
        // Writing to a string does not fail.
        let _ = write!(hexadecimal, "{byte:02x}");
    }
    hexadecimal
}
