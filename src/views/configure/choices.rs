use std::time::Duration;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeDomain, Value};
use quotewright_engine::configure::AttributeState;
use quotewright_style::fit_side_by_side;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::difference::difference_view;
use super::field::{Field, control_id};
use super::why::{WhyNot, WhyNotButton};
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Standing;
use crate::views::sign::{Sign, sign};
use crate::workbench::use_bench;

/// What a choice shows of itself.
#[derive(Clone)]
struct Choice {
    label: String,
    description: String,
    part_number: String,
}

impl Choice {
    /// Whether there is nothing but a name.
    fn is_bare(&self) -> bool {
        self.description.is_empty() && self.part_number.is_empty()
    }
}

/// One of a few options: a radio group. Arrow keys move, space chooses.
#[component]
pub fn Choices(
    /// The attribute.
    field: Field,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
) -> impl IntoView {
    let choices = choices_of(&field, use_words());
    let count = choices.len();
    let bare = choices.iter().all(Choice::is_bare);
    let names = choices.iter().map(|it| it.label.as_str());
    let class = match fit_side_by_side(names, bare) {
        true => "choices segments",
        false => "choices rows",
    };
    // One option of the group can be reached by tab: the current one, else where the focus was last.
    let last = RwSignal::new(0);
    let reachable = once_shown(Memo::new(move |_| {
        let current = state.with(|state| state.as_ref().and_then(|state| state.value));
        match current {
            Some(Value::Option(option)) => option,
            _ => last.get(),
        }
    }));
    let index = field.index;
    let app = use_app();
    let on_key = move |event: KeyboardEvent| {
        // "Why not?" and its answer are in the group too; their keys are their own.
        if !is_on_radio(&event) {
            return;
        }
        if let Some(next) = next_option(&event.key(), last.get_untracked(), count) {
            event.prevent_default();
            last.set(next);
            app.focus_in_place(&control_id(index, Value::Option(next)));
        }
    };
    let views = choices
        .into_iter()
        .enumerate()
        .map(|(option, choice)| choice_view(&field, state, option, choice, last, reachable))
        .collect_view();
    view! {
        <div class=class role="radiogroup" aria-labelledby=field.id() on:keydown=on_key>
            {views}
        </div>
    }
    .into_any()
}

/// The same a moment later, when the screen shows what goes with it: where the tab stop of what
/// has the focus changes, browsers lay out the whole page at once, and the buyer waits for it.
fn once_shown(wanted: Memo<usize>) -> RwSignal<usize> {
    let shown = RwSignal::new(wanted.get_untracked());
    let catch_up = move || {
        if let Some(wanted) = wanted.try_get_untracked() {
            shown.try_set(wanted);
        }
    };
    Effect::new(move |_| {
        if wanted.get() != shown.get_untracked() {
            request_animation_frame(move || set_timeout(catch_up, Duration::ZERO));
        }
    });
    shown
}

fn choices_of(field: &Field, words: Words) -> Vec<Choice> {
    match &field.attribute().domain {
        AttributeDomain::Options(list) => {
            let choice = |item: &quotewright_engine::catalog::OptionItem| Choice {
                label: words.text(&item.label),
                description: words.text(&item.description),
                part_number: item.part_number.clone(),
            };
            list.options.iter().map(choice).collect()
        }
        _ => [words.messages.configure.no, words.messages.configure.yes]
            .map(|label| Choice {
                label: label.to_owned(),
                description: String::new(),
                part_number: String::new(),
            })
            .to_vec(),
    }
}

fn is_on_radio(event: &KeyboardEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.get_attribute("role").as_deref() == Some("radio"))
}

/// The option to go to from `current` by `key`; around at both ends.
fn next_option(key: &str, current: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowDown" | "ArrowRight" => (current + 1).checked_rem(count),
        "ArrowUp" | "ArrowLeft" => (current + count).checked_sub(1)?.checked_rem(count),
        "Home" => Some(0),
        "End" => count.checked_sub(1),
        _ => None,
    }
}

fn choice_view(
    field: &Field,
    state: Memo<Option<AttributeState>>,
    option: usize,
    choice: Choice,
    last: RwSignal<usize>,
    reachable: RwSignal<usize>,
) -> AnyView {
    let (index, value) = (field.index, Value::Option(option));
    let bench = use_bench();
    let words = use_words();
    let standing = Memo::new(move |_| {
        state.with(|state| {
            state
                .as_ref()
                .map_or(Standing::Unknown, |state| Standing::of(state, option))
        })
    });
    let mark = move || match standing.get() {
        Standing::Chosen => Some(sign(Sign::Check)),
        Standing::Follows => Some(sign(Sign::Lock)),
        Standing::Impossible => Some(sign(Sign::Barred)),
        Standing::Possible | Standing::Suggested | Standing::Unknown => None,
    };
    let spoken = move || match standing.get() {
        Standing::Impossible => Some(words.messages.configure.impossible),
        Standing::Unknown => Some(words.messages.configure.unknown),
        _ => None,
    };
    let tells = move || standing.get() == Standing::Possible;
    let impossible = move || standing.get() == Standing::Impossible;
    let Choice {
        label,
        description,
        part_number,
    } = choice;
    let name = label.clone();
    let why_field = field.clone();
    let panel_field = field.clone();
    view! {
        <div class=move || format!("choice {}", standing.get().class())>
            <button class="radio" type="button" role="radio" id=control_id(index, value)
                aria-checked=move || standing.get().is_current().to_string()
                aria-disabled=move || impossible().then_some("true")
                tabindex=move || if reachable.get() == option { "0" } else { "-1" }
                on:focus=move |_| last.set(option)
                on:click=move |_| bench.choose(index, value)>
                <span class="mark">{mark}</span>
                <span class="words">
                    <span class="name">{label}</span>
                    {(!description.is_empty())
                        .then(|| view! { <span class="description small quiet">{description}</span> })}
                </span>
                <span class="side">
                    {move || tells().then(|| difference_view(words, index, option))}
                    <span class="part-number small quiet">{part_number}</span>
                </span>
                {move || spoken().map(|text| view! { <span class="spoken">", "{text}</span> })}
            </button>
            {move || impossible().then(|| view! {
                <WhyNotButton field=why_field.clone() value=value name=name.clone()/>
            })}
        </div>
        <WhyNot field=panel_field only=Some(value)/>
    }
    .into_any()
}
