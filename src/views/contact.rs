//! Whom a buyer can ask, where a buyer hesitates.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::Contact;

use crate::app::use_app;
use crate::messages::use_words;
use crate::state::Catalog;

/// The person at the supplier who looks after this product and this buyer, else the supplier;
/// nothing where neither can be reached.
#[component]
pub fn ContactView(
    /// What it is about.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let supplier = catalog.manifest.supplier.clone();
    let product = catalog.model.product.clone();
    move || {
        let country = app.workbench.terms.with(|it| it.buyer.country.clone());
        let language = words.messages.language;
        let found = Contact::of(&supplier.contacts, &product, &country, language).cloned();
        let contact = found.unwrap_or_else(|| Contact {
            name: supplier.name.clone(),
            phone: supplier.phone.clone(),
            email: supplier.email.clone(),
            ..Contact::default()
        });
        let reachable = !contact.phone.is_empty() || !contact.email.is_empty();
        reachable.then(|| card(&contact))
    }
}

fn card(contact: &Contact) -> AnyView {
    let words = use_words();
    let link = |scheme: &str, target: &str| {
        let address: String = target.chars().filter(|it| !it.is_whitespace()).collect();
        let (href, shown) = (format!("{scheme}:{address}"), target.to_owned());
        (!target.is_empty()).then(|| view! { <a class="link alone" href=href>{shown}</a> })
    };
    let hours = words.text(&contact.hours);
    let names = words.format.languages(&contact.languages);
    let also = [hours, words.format.list(&names)]
        .into_iter()
        .filter(|it| !it.is_empty());
    let also = also.collect::<Vec<_>>().join(" · ");
    view! {
        <div class="contact small">
            <p>{words.messages.shell.contact}" "<b>{contact.name.clone()}</b></p>
            <p class="ways-to-reach">{link("tel", &contact.phone)}{link("mailto", &contact.email)}</p>
            {(!also.is_empty()).then(|| view! { <p class="quiet">{also}</p> })}
        </div>
    }
    .into_any()
}
