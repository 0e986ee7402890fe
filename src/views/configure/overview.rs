//! All choices at a glance, and a way to find one among them.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeDomain, OptionItem};
use quotewright_engine::configure::{AttributeState, Origin};

use super::field::Field;
use super::part::is_visible;
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Catalog;
use crate::views::dialog::DialogButton;
use crate::workbench::use_bench;

/// The button, and the dialog that it opens.
#[component]
pub fn Overview(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let title = use_words().messages.configure.overview;
    let content =
        move |open| view! { <Choices catalog=Arc::clone(&catalog) open=open/> }.into_any();
    view! { <DialogButton title=title id="overview" content=content/> }.into_any()
}

#[component]
fn Choices(
    /// What is configured.
    catalog: Arc<Catalog>,
    /// Whether the dialog is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let configure = &words.messages.configure;
    let wanted = RwSignal::new(String::new());
    let groups = move || {
        let wanted = wanted.get().trim().to_lowercase();
        let count = catalog.model.groups.len();
        let groups = (0..count).filter_map(|group| group_view(&catalog, group, &wanted, open));
        let groups: Vec<AnyView> = groups.collect();
        match groups.is_empty() {
            true => view! { <p class="quiet">{configure.nothing_found}</p> }.into_any(),
            false => groups.into_any(),
        }
    };
    view! {
        <label class="find">
            <span class="small quiet">{configure.find}</span>
            <input class="control" type="search" autocomplete="off" autofocus
                on:input=move |event| wanted.set(event_target_value(&event))/>
        </label>
        <div class="overview" role="status" aria-live="off">{groups}</div>
    }
    .into_any()
}

/// The attributes of a group that have to do with what is `wanted`; nothing where none has.
fn group_view(
    catalog: &Arc<Catalog>,
    group: usize,
    wanted: &str,
    open: RwSignal<bool>,
) -> Option<AnyView> {
    let words = use_words();
    let label = words.text(&catalog.model.groups.get(group)?.label);
    let states = use_bench().states.get_untracked();
    let fields = Field::of_group(catalog, group).into_iter();
    let seen = fields.filter(|it| is_visible(&catalog.model, &states, it.index));
    let rows = seen.filter_map(|field| {
        let state = states.get(field.index.0)?.clone();
        row(words, field, &state, wanted, open)
    });
    let rows: Vec<AnyView> = rows.collect();
    (!rows.is_empty())
        .then(|| view! { <section><h3>{label}</h3><ul>{rows}</ul></section> }.into_any())
}

fn row(
    words: Words,
    field: Field,
    state: &AttributeState,
    wanted: &str,
    open: RwSignal<bool>,
) -> Option<AnyView> {
    let app = use_app();
    let attribute = field.attribute();
    let (label, help) = (field.label(), words.text(&attribute.help));
    let named = [&label, &help]
        .iter()
        .any(|it| it.to_lowercase().contains(wanted));
    let found = found(words, &field, wanted);
    if !named && found.is_empty() {
        return None;
    }
    let value = state.value.map(|it| words.value(attribute, it));
    let id = field.id();
    let go = move |_| {
        open.set(false);
        let id = id.clone();
        // Once the dialog has given the focus back.
        set_timeout(move || app.focus(&id), std::time::Duration::ZERO);
    };
    let found = found
        .into_iter()
        .map(|it| view! { <span>{it}</span> })
        .collect_view();
    let change = field.is_decidable().then(|| {
        let configure = &words.messages.configure;
        view! {
            <button class="link alone small" type="button" on:click=go
                aria-label=configure.change_spoken.with([&label])>{configure.change}</button>
        }
    });
    let view = view! {
        <li>
            <span class="quiet">{label.clone()}</span>
            <span class="value">{value}</span>
            <span class="from small quiet">{origin(words, &field, state.origin)}</span>
            {change}
            <span class="found small quiet">{found}</span>
        </li>
    };
    Some(view.into_any())
}

/// The options that have to do with what is `wanted`, each with its part number.
fn found(words: Words, field: &Field, wanted: &str) -> Vec<String> {
    let AttributeDomain::Options(list) = &field.attribute().domain else {
        return Vec::new();
    };
    let text = |item: &OptionItem| {
        let label = words.text(&item.label);
        let texts = [&label, &words.text(&item.description), &item.part_number];
        let fits = texts.iter().any(|it| it.to_lowercase().contains(wanted));
        let parts = [label.as_str(), &item.part_number]
            .into_iter()
            .filter(|it| !it.is_empty());
        fits.then(|| parts.collect::<Vec<_>>().join(" · "))
    };
    match wanted.is_empty() {
        true => Vec::new(),
        false => list.options.iter().filter_map(text).collect(),
    }
}

fn origin(words: Words, field: &Field, origin: Origin) -> &'static str {
    let configure = &words.messages.configure;
    match origin {
        _ if !field.is_decidable() => configure.calculated,
        Origin::Open => configure.open,
        Origin::Suggested => configure.suggested,
        Origin::Decided => configure.your_choice,
        Origin::Follows => configure.follows,
    }
}
