use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::AttributeIndex;
use quotewright_engine::configure::Count;
use rust_decimal::Decimal;

use super::field::Field;
use crate::app::use_app;
use crate::format::Plural;
use crate::messages::{Words, use_words};
use crate::state::{Catalog, Question};
use crate::views::sign::{Sign, sign};

/// Digits up to which a number of configurations is told exactly.
const MOST_DIGITS: usize = 6;
/// The least power of ten that is told as a lower bound.
const LEAST_BOUND: u32 = 6;
/// Zeros up to which a power of ten is written out.
const MOST_ZEROS: u32 = 9;

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
            <Left/>
        </nav>
    }
    .into_any()
}

/// How many configurations are left, once that is known.
#[component]
fn Left() -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let text = move || left_text(words, &bench.count_left()?);
    let awaited = move || bench.count_left().is_none();
    view! { <p class="left small quiet" class:awaited=awaited>{text}</p> }
}

/// Nothing where there is no number, or one too long to say anything.
fn left_text(words: Words, count: &Count) -> Option<String> {
    let configure = &words.messages.configure;
    match count {
        Count::Exact(digits) if digits.len() <= MOST_DIGITS => {
            let number: u32 = digits.parse().ok()?;
            let number_text = words.format.count(number);
            Some((configure.left).with(words.format.plural(number), [&number_text]))
        }
        Count::Exact(digits) => Some(power_text(words, u32::try_from(digits.len()).ok()? - 1)),
        // A low bound would say less than it seems to.
        Count::AtLeast { power_of_ten } if *power_of_ten >= LEAST_BOUND => {
            Some(power_text(words, *power_of_ten))
        }
        Count::AtLeast { .. } => None,
        Count::Unbounded => None,
    }
}

/// More than a power of ten: as a number while that can be read, else as a power.
fn power_text(words: Words, power: u32) -> String {
    let number = match 10_u64.checked_pow(power).filter(|_| power <= MOST_ZEROS) {
        Some(number) => words.format.number(Decimal::from(number)),
        None => format!("10{}", superscript(power)),
    };
    let text = words.messages.configure.left_more;
    text.with(Plural::Many, [&number])
}

fn superscript(number: u32) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    let digits = digits.chars().filter_map(|it| it.to_digit(10));
    digits.filter_map(|it| raised.get(it as usize)).collect()
}

fn step(catalog: &Arc<Catalog>, group: usize) -> Option<AnyView> {
    let app = use_app();
    let words = use_words();
    let label = words.text(&catalog.model.groups.get(group)?.label);
    let fields = Field::of_group(catalog, group);
    let shown = super::shown(catalog, &fields);
    let members: Vec<AttributeIndex> = fields.iter().map(|field| field.index).collect();
    let conflict = {
        let members = members.clone();
        Memo::new(move |_| {
            let asked = |it: &Question| it.answer.is_some() && members.contains(&it.attribute);
            let question = app.workbench.question;
            question.with(|it| it.as_ref().is_some_and(asked))
        })
    };
    let open = Memo::new(move |_| {
        let open = app.workbench.open_attributes();
        members.iter().filter(|index| open.contains(index)).count()
    });
    let state = move || {
        let open = u32::try_from(open.get()).unwrap_or(u32::MAX);
        let configure = &words.messages.configure;
        match open {
            _ if conflict.get() => configure.step_conflict.to_owned(),
            0 => configure.step_done.to_owned(),
            count => configure.step_open.with([&words.format.count(count)]),
        }
    };
    let mark = move || {
        sign(match open.get() {
            _ if conflict.get() => Sign::Barred,
            0 => Sign::Check,
            _ => Sign::Open,
        })
    };
    let view = view! {
        <li hidden=move || !shown.get()>
            <button class="step" class:done=move || open.get() == 0 && !conflict.get()
                class:conflict=move || conflict.get()
                on:click=move |_| app.focus(&format!("g{group}"))>
                <span class="mark">{mark}</span>
                <span class="name">{label}</span>
                <span class="state small">{state}</span>
            </button>
        </li>
    };
    Some(view.into_any())
}
