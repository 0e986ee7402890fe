use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::AttributeIndex;

use super::field::Field;
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::Catalog;
use crate::views::sign::{Sign, sign};

/// The groups with what is left to decide in each; a click goes there.
#[component]
pub fn Steps(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let steps = (0..catalog.model.groups.len())
        .map(|group| step(&catalog, group))
        .collect_view();
    view! {
        <nav class="steps" aria-label=use_words().messages.configure.steps>
            <ol>{steps}</ol>
        </nav>
    }
    .into_any()
}

fn step(catalog: &Arc<Catalog>, group: usize) -> Option<AnyView> {
    let app = use_app();
    let words = use_words();
    let label = words.text(&catalog.model.groups.get(group)?.label);
    let fields = Field::of_group(catalog, group);
    let shown = super::shown(catalog, &fields);
    let members: Vec<AttributeIndex> = fields.iter().map(|field| field.index).collect();
    let open = Memo::new(move |_| {
        let open = app.workbench.open_attributes();
        members.iter().filter(|index| open.contains(index)).count()
    });
    let state = move || {
        let open = u32::try_from(open.get()).unwrap_or(u32::MAX);
        let configure = &words.messages.configure;
        match open {
            0 => configure.step_done.to_owned(),
            count => configure.step_open.with([&words.format.count(count)]),
        }
    };
    let mark = move || {
        sign(if open.get() == 0 {
            Sign::Check
        } else {
            Sign::Open
        })
    };
    let view = view! {
        <li hidden=move || !shown.get()>
            <button class="step" class:done=move || open.get() == 0
                on:click=move |_| app.focus(&format!("g{group}"))>
                <span class="mark">{mark}</span>
                <span class="name">{label}</span>
                <span class="state small">{state}</span>
            </button>
        </li>
    };
    Some(view.into_any())
}
