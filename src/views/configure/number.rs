use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use quotewright_engine::catalog::{NumberRange, Value};
use quotewright_engine::configure::{AttributeState, Domain};
use quotewright_style::can_be_dragged;
use rust_decimal::Decimal;

use super::field::{Field, control_id};
use super::why::WhyNot;
use crate::messages::{Words, use_words};
use crate::state::parse_number;
use crate::views::sign::{Sign, sign};
use crate::workbench::use_bench;

/// A value that the buyer does not decide.
#[component]
pub fn CalculatedView(
    /// The attribute.
    field: Field,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
) -> impl IntoView {
    let words = use_words();
    let configure = &words.messages.configure;
    let attribute = field.attribute().clone();
    let text = move || {
        let state = state.get()?;
        match (state.value, &attribute.domain) {
            (Some(value), _) => Some(words.value(&attribute, value)),
            (None, quotewright_engine::catalog::AttributeDomain::Number(range)) => {
                Some(hull_text(words, range, &state.domain))
            }
            _ => None,
        }
    };
    view! {
        <p class="result">
            <output>{text}</output>
            <span class="small quiet">{configure.calculated}</span>
        </p>
    }
    .into_any()
}

/// A number to type or to step through.
#[component]
pub fn NumberView(
    /// The attribute.
    field: Field,
    /// Its values at most.
    range: NumberRange,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
) -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let index = field.index;
    let text = RwSignal::new(String::new());
    let invalid = RwSignal::new(false);
    // What was decided is shown at once, before it is known what follows.
    let value = Memo::new(move |_| {
        let decided = bench
            .session
            .with(|session| session.decisions().get(&index).copied());
        number_of(decided.or_else(|| state.get()?.value)?)
    });
    let show = move || {
        value
            .get_untracked()
            .map(|it| words.format.number(it))
            .unwrap_or_default()
    };
    let asked = Memo::new(move |_| {
        bench
            .question
            .with(|question| question.as_ref().is_some_and(|it| it.attribute == index))
    });
    // What was typed stays while the buyer reads why it is not possible.
    Effect::new(move |_| {
        value.track();
        bench.session.track();
        invalid.set(false);
        if !asked.get() {
            text.set(show());
        }
    });
    let commit = move |typed: String| {
        text.set(typed.clone());
        if typed.trim().is_empty() {
            invalid.set(false);
            return bench.change(|session| session.clear(index));
        }
        let number = parse_number(&typed, words.format.decimal_sign());
        invalid.set(number.is_none());
        match number {
            Some(number) if value.get_untracked() != Some(number) => {
                bench.choose(index, Value::Number(number.normalize()));
            }
            Some(_) => text.set(show()),
            None => bench.dismiss(),
        }
    };
    let stepped = range.clone();
    let step = move |up: bool| {
        if let Some(number) =
            next_number(value.get_untracked(), &stepped, state.get_untracked(), up)
        {
            bench.step(index, number, up);
        }
    };
    let (step_by_key, less, more) = (step.clone(), step.clone(), step);
    let on_key = move |event: KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" => true,
            "ArrowDown" => false,
            _ => return,
        };
        event.prevent_default();
        step_by_key(up);
    };
    let hull_range = range.clone();
    let hull = move || {
        state
            .get()
            .map(|state| hull_text(words, &hull_range, &state.domain))
    };
    let example = words.format.number(range.min);
    let (hull_id, error_id) = (
        format!("{}-hull", field.id()),
        format!("{}-error", field.id()),
    );
    let described = format!("{hull_id} {error_id}");
    view! {
        <div class="number">
            <div class="stepper" class:invalid=move || invalid.get()>
                <button type="button" tabindex="-1" aria-label=configure.less.with([&field.label()])
                    on:click=move |_| less(false)>{sign(Sign::Minus)}</button>
                <input type="text" inputmode="decimal" autocomplete="off"
                    id=control_id(index, Value::Number(Decimal::ZERO))
                    aria-labelledby=field.id() aria-describedby=described
                    aria-invalid=move || invalid.get().then_some("true")
                    prop:value=text
                    on:change=move |event| commit(event_target_value(&event))
                    on:keydown=on_key/>
                <span class="unit quiet">{range.unit.clone()}</span>
                <button type="button" tabindex="-1" aria-label=configure.more.with([&field.label()])
                    on:click=move |_| more(true)>{sign(Sign::Plus)}</button>
            </div>
            <Slider field=field.clone() range=range.clone() state=state value=value text=text/>
            <p class="hull small quiet" id=hull_id>
                <span>{hull}</span>
                <span>{step_text(words, &range)}</span>
            </p>
        </div>
        <p class="error small" id=error_id role="alert">
            {move || invalid.get().then(|| configure.no_number.with([&example]))}
        </p>
        <WhyNot field=field only=None/>
    }
    .into_any()
}

/// The same number to be dragged, within what is possible. It says nothing that the box beside
/// it does not, so that keyboards and screen readers pass it by.
#[component]
fn Slider(
    /// The attribute.
    field: Field,
    /// Its values at most.
    range: NumberRange,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
    /// The number.
    value: Memo<Option<Decimal>>,
    /// What stands in the box.
    text: RwSignal<String>,
) -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let index = field.index;
    let step = range.step;
    let draggable = can_be_dragged(range.size());
    // Until it is known what is possible, it is there already, so that nothing moves.
    let ends = Memo::new(move |_| state.with(|it| possible(&range, it.as_ref())));
    let number = |event| event_target_value(&event).parse::<Decimal>().ok();
    let show = move |event| {
        if let Some(number) = number(event) {
            text.set(words.format.number(number));
        }
    };
    let take = move |event| {
        if let Some(number) = number(event) {
            bench.choose(index, Value::Number(number.normalize()));
        }
    };
    let slider = move || {
        let (min, max) = ends.get();
        let shown = move || value.get().unwrap_or(min).to_string();
        view! {
            <input class="slider" class:unset=move || value.get().is_none() type="range"
                tabindex="-1" aria-hidden="true" autocomplete="off" disabled=min == max
                min=min.to_string() max=max.to_string() step=step.to_string()
                prop:value=shown on:input=show on:change=take/>
        }
    };
    draggable.then_some(slider)
}

/// The smallest and the largest number that are possible, of the whole range where that is not
/// known.
fn possible(range: &NumberRange, state: Option<&AttributeState>) -> (Decimal, Decimal) {
    match state.map(|it| &it.domain) {
        Some(Domain::Number {
            min: Some(min),
            max: Some(max),
        }) => (*min, *max),
        _ => (range.min, range.max),
    }
}

fn number_of(value: Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => Some(number),
        Value::Option(_) | Value::Absent => None,
    }
}

/// The smallest and largest possible number, as a sentence.
fn hull_text(words: Words, range: &NumberRange, domain: &Domain) -> String {
    let configure = &words.messages.configure;
    let quantity = |number| words.format.quantity(number, &range.unit);
    match domain {
        Domain::Number {
            min: Some(min),
            max: Some(max),
        } if min == max => configure.possible_only.with([&quantity(*min)]),
        Domain::Number {
            min: Some(min),
            max: Some(max),
        } => configure
            .possible_range
            .with([&words.format.number(*min), &quantity(*max)]),
        _ => configure.working.to_owned(),
    }
}

/// The step, where it is not the one that everybody expects.
fn step_text(words: Words, range: &NumberRange) -> Option<String> {
    let step = words.format.quantity(range.step, &range.unit);
    (range.step != Decimal::ONE).then(|| words.messages.configure.in_steps.with([&step]))
}

/// The number one step from `current`, or the end to start from.
fn next_number(
    current: Option<Decimal>,
    range: &NumberRange,
    state: Option<AttributeState>,
    up: bool,
) -> Option<Decimal> {
    let (min, max) = possible(range, state.as_ref());
    let next = match current {
        None => return Some(if up { min } else { max }),
        Some(current) if up => current.checked_add(range.step)?,
        Some(current) => current.checked_sub(range.step)?,
    };
    (min..=max).contains(&next).then(|| next.normalize())
}
