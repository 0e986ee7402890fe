//! Everything that the app itself says, in every language.
//!
//! A language is a value of [`Messages`]: the compiler refuses one that lacks a
//! message. Texts of the catalog come with the catalog.

mod configure;
mod en;
mod inbox;
mod inputs;
mod nb;
mod nl;
mod phrase;
mod pl;
mod price;
mod quote;
mod requests;
mod shell;

pub use configure::ConfigureMessages;
pub use inbox::InboxMessages;
pub use inputs::InputMessages;
pub use phrase::Counted;
pub use price::PriceMessages;
pub use quote::QuoteMessages;
pub use requests::RequestMessages;
pub use shell::ShellMessages;

use leptos::prelude::*;
use quotewright_engine::catalog::{
    AUDIENCES, Attribute, AttributeDomain, Text, Value, for_audience,
};
use quotewright_engine::price::Quantities;
use quotewright_protocol::limits::QUANTITY;

use crate::format::{Format, Plural};

/// All messages of one language.
pub struct Messages {
    /// ISO 639 code.
    pub language: &'static str,
    /// Around everything: loading, failures, moving about.
    pub shell: ShellMessages,
    /// The configurator.
    pub configure: ConfigureMessages,
    /// The price panel.
    pub price: PriceMessages,
    /// What decided the steps of a price.
    pub inputs: InputMessages,
    /// The quote that is being put together.
    pub quote: QuoteMessages,
    /// Requests that were sent, or wait to be sent.
    pub requests: RequestMessages,
    /// The supplier's inbox.
    pub inbox: InboxMessages,
}

/// The languages that the app speaks, by code and by the name that they have in themselves.
pub const LANGUAGES: [(&str, &str); 4] = [
    ("en", "English"),
    ("nl", "Nederlands"),
    ("nb", "Norsk"),
    ("pl", "Polski"),
];

/// The messages for `locale`; English where there are none.
pub fn messages(locale: &str) -> &'static Messages {
    match locale.split('-').next() {
        Some("nb") => &nb::MESSAGES,
        Some("nl") => &nl::MESSAGES,
        Some("pl") => &pl::MESSAGES,
        _ => &en::MESSAGES,
    }
}

/// Everything needed to say something in the buyer's locale. The whole view is
/// built anew when the locale changes, so a view may take words as fixed.
#[derive(Clone, Copy)]
pub struct Words {
    /// The app's own words.
    pub messages: &'static Messages,
    /// Numbers, money, dates, lists.
    pub format: Format,
    /// For whom the texts of the catalog are; empty: for all.
    pub audience: &'static str,
}

impl Words {
    /// Words for `locale`.
    pub fn new(locale: &str) -> Self {
        Self {
            messages: messages(locale),
            format: Format::new(locale),
            audience: "",
        }
    }

    /// The same, with the catalog's texts for one of the audiences.
    pub fn for_audience(self, audience: &str) -> Self {
        let mut known = AUDIENCES.into_iter();
        Self {
            audience: known.find(|it| *it == audience).unwrap_or_default(),
            ..self
        }
    }

    /// A value of `attribute`, as the buyer reads it.
    pub fn value(self, attribute: &Attribute, value: Value) -> String {
        let configure = &self.messages.configure;
        match (&attribute.domain, value) {
            (AttributeDomain::Options(list), Value::Option(option)) => list
                .options
                .get(option)
                .map(|item| self.text(&item.label))
                .unwrap_or_default(),
            (AttributeDomain::Number(range), Value::Number(number)) => {
                self.format.quantity(number, &range.unit)
            }
            (_, Value::Absent) => String::new(),
            (_, Value::Option(0)) => configure.no.to_owned(),
            (_, Value::Option(_)) => configure.yes.to_owned(),
            (_, Value::Number(number)) => self.format.number(number),
        }
    }

    /// An attribute with its value: `Belt: PU food grade`.
    pub fn choice(self, attribute: &Attribute, value: Value) -> String {
        format!(
            "{}: {}",
            self.text(&attribute.label),
            self.value(attribute, value)
        )
    }

    /// So many pieces, in the catalog's own word for them (`unit`): `25 users`.
    pub fn pieces(self, unit: &Text, count: u32) -> String {
        let form = self.piece(unit, self.format.plural(count));
        format!("{} {form}", self.format.count(count))
    }

    /// How many pieces a line can have.
    pub fn quantities(self, sold: Quantities) -> String {
        let quote = &self.messages.quote;
        let first = self.format.count(sold.from(0, QUANTITY));
        let last = self.format.count(QUANTITY - QUANTITY % sold.step.max(1));
        match sold.step {
            0 | 1 => quote.wrong_quantity.with([&first, &last]),
            step => {
                let step = self.format.count(step);
                quote.wrong_multiple.with([&first, &step, &last])
            }
        }
    }

    /// Names a number of them.
    pub fn number_of(self, unit: &Text) -> String {
        let price = &self.messages.price;
        match unit.is_empty() {
            true => price.quantity.to_owned(),
            false => price.quantity_of.with([&self.piece(unit, Plural::Many)]),
        }
    }

    /// What is counted.
    pub fn piece(self, unit: &Text, plural: Plural) -> String {
        let own = self.text(unit);
        let forms = match own.as_str() {
            "" => self.messages.price.piece,
            own => own,
        };
        let place = match plural {
            Plural::One => 0,
            Plural::Few => 1,
            Plural::Many => 2,
        };
        let forms: Vec<&str> = forms.split('|').collect();
        let form = forms.get(place).or(forms.last());
        form.map_or_else(String::new, |form| form.trim().to_owned())
    }

    /// A text of the catalog.
    pub fn text(self, text: &Text) -> String {
        let locale = for_audience(&self.format.locale(), self.audience);
        text.get(&locale).to_owned()
    }
}

/// The words of the view that is being built.
pub fn use_words() -> Words {
    use_context().unwrap_or_else(|| Words::new("en"))
}
