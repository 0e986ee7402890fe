//! What a supplier sells: the compiled, public part of a catalog.
//!
//! A [`Model`] says what is possible and how it is called. It holds no price
//! and nothing that is any one buyer's own (those live in a
//! [`PricePack`](crate::price::PricePack)), so it can be cached by anybody.

mod attribute;
mod constraint;
mod contact;
mod document;
mod domain;
mod evaluate;
mod expression;
mod fact;
mod preference;
mod text;
mod value;

pub use attribute::{
    Access, Attribute, AttributeDomain, AttributeIndex, Group, NumberRange, OptionItem, OptionList,
    Part, Wish,
};
pub use constraint::{Cell, Cells, Constraint, Relation, Rule, Table};
pub use contact::Contact;
pub use document::{Document, DocumentPlace};
pub(crate) use evaluate::{Fraction, Truth, Worth, fraction};
pub use expression::{ArithmeticError, Comparison, Condition, Formula};
pub use fact::Fact;
pub use preference::{Aim, Message, MessageLevel, Preference};
pub use text::{AUDIENCES, Text, for_audience, spoken};
pub use value::{Assignment, Decisions, PartialAssignment, Value};

use serde::{Deserialize, Serialize};

use crate::delivery::Delivery;
use crate::picture::Picture;

/// Version of the compiled form. A reader refuses any other.
pub const FORMAT: u32 = 4;

/// One configurable product with all that decides what is possible.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// [`FORMAT`] of the writer.
    pub format: u32,
    /// Code of the catalog.
    pub catalog: String,
    /// SHA-256 in hexadecimal of the catalog's canonical public source.
    pub hash: String,
    /// Code of the product within the catalog.
    pub product: String,
    /// The product's name.
    pub name: Text,
    /// One or two sentences about the product.
    pub description: Text,
    /// What is counted, where that is not pieces: its forms for one, few and many, separated by
    /// `|`, as in `user|users`.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub unit: Text,
    /// Working days that the product itself takes, before any option.
    pub lead_days: u32,
    /// Locales of the texts; the first is the fallback.
    pub locales: Vec<String>,
    /// Headings of the form, in the order in which they are shown.
    pub groups: Vec<Group>,
    /// The attributes, in the order of the catalog, which also breaks all ties.
    pub attributes: Vec<Attribute>,
    /// Rules written as conditions.
    pub rules: Vec<Rule>,
    /// Rules written as lists of what goes together.
    pub tables: Vec<Table>,
    /// Rules written as very long lists of what goes together.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// What completion strives for, the weightiest first; before the attributes' own wishes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferences: Vec<Preference>,
    /// What to tell the buyer, and when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// Of the questions about a quote as a whole: the attributes that its lines say. Rules are
    /// never about them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<(AttributeIndex, Fact)>,
    /// What has to be done until it is ready, and on which days; of the questions about a
    /// quote as a whole, until it has arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<Delivery>,
    /// What it looks like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<Picture>,
    /// Declarations, certificates and manuals, each for the configurations that it belongs to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
}

impl Model {
    /// The attribute at `index`.
    pub fn attribute(&self, index: AttributeIndex) -> Option<&Attribute> {
        self.attributes.get(index.0)
    }

    /// The audiences for which something is said in words of their own.
    pub fn audiences(&self) -> impl Iterator<Item = &'static str> {
        let helps = self.attributes.iter().map(|it| &it.help);
        let lists = self.attributes.iter().filter_map(|it| match &it.domain {
            AttributeDomain::Options(list) => Some(&list.options),
            _ => None,
        });
        let described = lists.flatten().map(|it| &it.description);
        let texts = helps.chain(described).chain([&self.description]);
        let said = AUDIENCES.map(|it| texts.clone().any(|text| text.is_for(it)));
        AUDIENCES
            .into_iter()
            .zip(said)
            .filter_map(|(it, said)| said.then_some(it))
    }

    /// The index of the attribute called `code`.
    pub fn index_of(&self, code: &str) -> Option<AttributeIndex> {
        self.attributes
            .iter()
            .position(|attribute| attribute.code == code)
            .map(AttributeIndex)
    }

    /// All attribute indices, in the order of the catalog.
    pub fn indices(&self) -> impl Iterator<Item = AttributeIndex> + use<> {
        (0..self.attributes.len()).map(AttributeIndex)
    }
}
