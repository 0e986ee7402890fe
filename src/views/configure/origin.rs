use leptos::prelude::*;
use quotewright_engine::catalog::Value;
use quotewright_engine::configure::{AttributeState, Conflict, Origin};

use super::field::Field;
use super::why::{constraint_texts, decision_links};
use crate::app::use_app;
use crate::messages::use_words;
use crate::views::sign::{Sign, sign};
use crate::workbench::use_bench;

/// Where the value of an attribute comes from, and what can be done about it.
#[component]
pub fn OriginView(
    /// The attribute.
    field: Field,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
) -> impl IntoView {
    let bench = use_bench();
    let configure = &use_words().messages.configure;
    let index = field.index;
    let origin = Memo::new(move |_| state.with(|state| state.as_ref().map(|state| state.origin)));
    let reason = Memo::new(move |_| bench.reasons.with(|reasons| reasons.get(&index).cloned()));
    move || {
        let field = field.clone();
        let calculated = !field.is_decidable();
        let origin = origin.get().filter(|_| !calculated)?;
        match origin {
            Origin::Open => Some(
                view! { <p class="origin open small">{sign(Sign::Open)}{configure.open}</p> }
                    .into_any(),
            ),
            Origin::Suggested => {
                Some(view! { <p class="origin small quiet">{configure.suggested}</p> }.into_any())
            }
            Origin::Decided => Some(clear_view(&field)),
            Origin::Follows => Some(view! { <Follows field=field reason=reason/> }.into_any()),
        }
    }
}

fn clear_view(field: &Field) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let configure = &use_words().messages.configure;
    let (index, id) = (field.index, field.id());
    let clear = move |_| {
        bench.change(|session| session.clear(index));
        app.focus_in_place(&id);
    };
    view! {
        <p class="origin small">
            <button class="link alone" aria-label=configure.clear_spoken.with([&field.label()]) on:click=clear>
                {configure.clear}
            </button>
        </p>
    }
    .into_any()
}

/// The value is the only one that other choices leave; why, on demand.
#[component]
fn Follows(
    /// The attribute.
    field: Field,
    /// Why, once worked out.
    reason: Memo<Option<Conflict>>,
) -> impl IntoView {
    let words = use_words();
    let configure = &words.messages.configure;
    let shown = RwSignal::new(false);
    let value_name = {
        let field = field.clone();
        let bench = use_bench();
        move || {
            let value: Option<Value> = bench
                .states
                .with(|states| states.get(field.index.0).and_then(|it| it.value));
            value
                .map(|value| words.value(field.attribute(), value))
                .unwrap_or_default()
        }
    };
    let details = format!("{}-why", field.id());
    let controls = details.clone();
    move || {
        let reason = reason.get();
        let decisions = reason
            .as_ref()
            .map(|reason| reason.decisions.clone())
            .unwrap_or_default();
        if decisions.is_empty() {
            return view! {
                <p class="origin small quiet">{sign(Sign::Lock)}{configure.fixed}</p>
            }
            .into_any();
        }
        let texts = reason
            .map(|reason| constraint_texts(&field, &reason))
            .unwrap_or_default();
        let (before, after) = configure.follows_from;
        view! {
            <p class="origin small quiet">
                {sign(Sign::Lock)}
                <span>{before}{decision_links(&field, &decisions)}{after}</span>
                <button class="link" aria-label=configure.why_spoken.with([&value_name()])
                    aria-expanded=move || shown.get().to_string()
                    aria-controls=controls.clone()
                    on:click=move |_| shown.update(|shown| *shown = !*shown)>
                    {configure.why}
                </button>
            </p>
            <div id=details.clone() class="because small" hidden=move || !shown.get()>
                {texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
            </div>
        }
        .into_any()
    }
}
