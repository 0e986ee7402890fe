use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::quote::{LeadTime, add_working_days};

use super::field::Field;
use crate::app::use_app;
use crate::clock;
use crate::messages::{Words, use_words};
use crate::state::Catalog;

/// When it can be delivered, and what takes longest.
#[component]
pub fn Delivery(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let price = &words.messages.price;
    let driver = move |lead_time: &LeadTime| {
        let field = Field::new(&catalog, lead_time.driver?)?;
        let value = bench
            .states
            .with(|states| states.get(field.index.0)?.value)?;
        Some(price.driver.with([&words.choice(field.attribute(), value)]))
    };
    move || {
        let lead_time = bench.lead_time.get()?;
        let date = add_working_days(clock::today(), lead_time.working_days);
        Some(view! {
            <div class="delivery">
                <h3>{price.delivery}</h3>
                <p>{days_text(words, &lead_time)}</p>
                <p class="small quiet">{price.ready_on.with([&words.format.date(date)])}</p>
                {driver(&lead_time).map(|text| view! { <p class="small quiet">{text}</p> })}
            </div>
        })
    }
}

/// The working days as a sentence.
pub fn days_text(words: Words, lead_time: &LeadTime) -> String {
    let price = &words.messages.price;
    let text = if lead_time.open {
        price.ready_in_at_least
    } else {
        price.ready_in
    };
    let days = lead_time.working_days;
    text.with(words.format.plural(days), [&words.format.count(days)])
}

/// What the buyer still has to decide, as links.
#[component]
pub fn OpenAttributes(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let price = &words.messages.price;
    let open = Memo::new(move |_| app.workbench.open_attributes());
    let link = move |field: Field| {
        let id = field.id();
        view! {
            <li>
                <button class="link alone" type="button" on:click=move |_| app.focus(&id)>
                    {field.label()}
                </button>
            </li>
        }
    };
    move || {
        let fields: Vec<Field> = open
            .get()
            .into_iter()
            .filter_map(|index| Field::new(&catalog, index))
            .collect();
        let count = u32::try_from(fields.len()).unwrap_or(u32::MAX);
        (count > 0).then(|| {
            view! {
                <div class="still-open">
                    <h3>{price.open.with(words.format.plural(count), [&words.format.count(count)])}</h3>
                    <ul>{fields.into_iter().map(link).collect_view()}</ul>
                </div>
            }
        })
    }
}
