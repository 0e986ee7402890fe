use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Model, Value};
use quotewright_engine::delivery::{Cause, LinePlan};

use super::field::Field;
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Catalog;
use crate::views::quote::plan::{About, choice, estimated, step_name};
use crate::workbench::values_of;

/// When it can be delivered, and what takes longest.
#[component]
pub fn Delivery(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let price = &words.messages.price;
    move || {
        let planned = bench.arrival.get()?;
        let date = words.format.date(planned.arrives.possible);
        let values = bench.states.with(|states| values_of(states));
        let longest = longest(words, Some((&catalog.model, &values)), &planned);
        Some(view! {
            <div class="delivery">
                <h3>{price.delivery}</h3>
                <p>{days_text(words, brought(&catalog), &planned)}</p>
                <p class="small quiet">
                    {price.ready_on.with([&date])}
                    {estimated(words, planned.estimated)}
                </p>
                {longest.map(|text| view! { <p class="small quiet">{price.driver.with([&text])}</p> })}
            </div>
        })
    }
}

/// Whether the supplier says how long it takes to bring something.
pub fn brought(catalog: &Catalog) -> bool {
    let asked = catalog.questions.as_ref().map(|it| &it.model);
    asked.is_some_and(is_brought)
}

/// The same, of what is asked about the quote as a whole.
pub fn is_brought(asked: &Model) -> bool {
    asked.delivery.is_some()
}

/// The working days as a sentence, until it is ready or, where it is brought, there.
pub fn days_text(words: Words, brought: bool, planned: &LinePlan) -> String {
    let price = &words.messages.price;
    let text = match (brought, planned.open) {
        (false, false) => price.ready_in,
        (false, true) => price.ready_in_at_least,
        (true, false) => price.there_in,
        (true, true) => price.there_in_at_least,
    };
    let days = planned.working_days();
    text.with(words.format.plural(days), [&words.format.count(days)])
}

/// Of several steps that drive the date the longest: the choice that it comes from, or its name.
fn longest(words: Words, about: About, planned: &LinePlan) -> Option<String> {
    let made = planned.steps.iter().map(|it| (it, about));
    let brought = planned.transit.iter().map(|it| (it, None));
    let driving: Vec<_> = made.chain(brought).filter(|(it, _)| it.drives).collect();
    let (step, about) = *driving.iter().rev().max_by_key(|(it, _)| it.working_days)?;
    match &step.cause {
        Cause::Option { attribute, option } => {
            choice(words, about, *attribute, Some(Value::Option(*option)))
        }
        _ => (driving.len() > 1).then(|| step_name(words, about, step)),
    }
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
