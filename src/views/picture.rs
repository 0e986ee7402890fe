//! What is configured, drawn as on an offer.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_drawing::{Words as DrawingWords, likely_values, svg};
use quotewright_engine::catalog::{Attribute, AttributeDomain, Model, Text, Value};
use quotewright_engine::configure::{AttributeState, Domain, Possibility};
use quotewright_style::PICTURE;
use rust_decimal::Decimal;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, XmlSerializer};

use crate::messages::{Words, use_words};
use crate::state::Catalog;
use crate::workbench::{use_bench, values_of};

/// The drawing of what is being configured; nothing where the catalog has none.
#[component]
pub fn PictureView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    catalog.model.picture.as_ref()?;
    let words = use_words();
    let bench = use_bench();
    let figure = NodeRef::<leptos::html::Figure>::new();
    let name = catalog.model.product.clone();
    let drawn = move || {
        bench
            .states
            .with(|states| picture(words, &catalog.model, states))
            .unwrap_or_default()
    };
    let save = move |_| {
        if let Some(figure) = figure.get_untracked() {
            save(&figure, &name);
        }
    };
    Some(view! {
        <figure class="picture" node_ref=figure>
            <div class="drawn" inner_html=drawn></div>
            <button class="link small" type="button" on:click=save>
                {words.messages.price.save_picture}
            </button>
        </figure>
    })
}

/// The drawing of a complete configuration, for paper; nothing where the catalog has none.
pub fn printed(words: Words, model: &Model, assignment: &[Value]) -> Option<AnyView> {
    let values: Vec<Option<Value>> = assignment.iter().copied().map(Some).collect();
    let drawing = svg(&words, model, &values, &values)?.into_string();
    Some(view! { <div class="picture printed" inner_html=drawing></div> }.into_any())
}

fn picture(words: Words, model: &Model, states: &[AttributeState]) -> Option<String> {
    let values = values_of(states);
    let stand_in: Vec<Option<Value>> = (model.attributes.iter().zip(states))
        .zip(likely_values(model))
        .map(|((attribute, state), likely)| match is_unknown(state) {
            true => likely,
            false => first_possible(attribute, state),
        })
        .collect();
    svg(&words, model, &values, &stand_in).map(|it| it.into_string())
}

impl DrawingWords for Words {
    fn text(&self, text: &Text) -> String {
        Self::text(*self, text)
    }

    fn number(&self, number: Decimal) -> String {
        self.format.number(number)
    }

    fn value(&self, attribute: &Attribute, value: Value) -> Option<String> {
        Some(Self::value(*self, attribute, value))
    }
}

fn is_unknown(state: &AttributeState) -> bool {
    match &state.domain {
        Domain::Options(options) => options.iter().all(|it| *it == Possibility::Unknown),
        Domain::Number { min, max } => min.is_none() && max.is_none(),
    }
}

/// What stands in for one that is open: the first or least that may be possible.
fn first_possible(attribute: &Attribute, state: &AttributeState) -> Option<Value> {
    match (&state.domain, &attribute.domain) {
        (Domain::Options(options), _) => {
            let first = options.iter().position(|it| *it != Possibility::Impossible);
            first.map(Value::Option)
        }
        (Domain::Number { min, .. }, AttributeDomain::Number(range)) => {
            Some(Value::Number(min.unwrap_or(range.min)))
        }
        (Domain::Number { .. }, _) => None,
    }
}

/// Offers the drawing as a file.
fn save(figure: &Element, name: &str) {
    let drawing = figure.query_selector("svg").ok().flatten();
    let document = leptos::prelude::document();
    let link = document.create_element("a").ok();
    let link = link.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    // As XML: what a page is made of has names for characters that a file does not know.
    let markup = drawing.and_then(|it| XmlSerializer::new().ok()?.serialize_to_string(&it).ok());
    if let Some((markup, link)) = markup.zip(link) {
        let (start, rest) = markup.split_once('>').unwrap_or((&markup, ""));
        let file = format!("{start}><style>{PICTURE}</style>{rest}");
        let file = js_sys::encode_uri_component(&file);
        let address = format!("data:image/svg+xml;charset=utf-8,{file}");
        // Neither can fail: the names are plain.
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", &format!("{name}.svg"));
        link.click();
    }
}
