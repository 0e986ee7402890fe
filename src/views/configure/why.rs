use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Value};
use quotewright_engine::configure::{Change, Conflict};
use rust_decimal::Decimal;

use super::difference::days;
use super::field::{Field, control_id};
use super::repeated::over_months;
use crate::app::use_app;
use crate::messages::{Counted, Words, use_words};
use crate::state::{Answer, Question, Remedy};
use crate::views::contact::ContactView;
use crate::workbench::use_bench;

/// Opens and closes the reason why `value` is not possible.
#[component]
pub fn WhyNotButton(
    /// The attribute.
    field: Field,
    /// The value.
    value: Value,
    /// The value as the buyer reads it.
    name: String,
) -> impl IntoView {
    let bench = use_bench();
    let configure = &use_words().messages.configure;
    let index = field.index;
    let open = move || is_about(bench.question.get().as_ref(), index, value);
    let toggle = move |_| {
        if open() {
            bench.dismiss()
        } else {
            bench.ask(index, value)
        }
    };
    view! {
        <button class="link alone why-not small" type="button" id=format!("w{}", control_id(index, value))
            aria-label=configure.why_not_spoken.with([&name])
            aria-expanded=move || open().to_string()
            on:click=toggle>
            {configure.why_not}
        </button>
    }
    .into_any()
}

fn is_about(question: Option<&Question>, index: AttributeIndex, value: Value) -> bool {
    question.is_some_and(|question| question.attribute == index && question.value == value)
}

/// The answer to a "why not?" about this attribute, in place.
#[component]
pub fn WhyNot(
    /// The attribute.
    field: Field,
    /// Only for a question about this value; about any value where `None`.
    only: Option<Value>,
) -> impl IntoView {
    let bench = use_bench();
    let index = field.index;
    let question = Memo::new(move |_| {
        bench.question.with(|question| {
            let question = question
                .as_ref()
                .filter(|question| question.attribute == index)?;
            only.is_none_or(|value| question.value == value)
                .then(|| question.clone())
        })
    });
    move || question.get().map(|question| panel(&field, question))
}

fn panel(field: &Field, question: Question) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let (index, value) = (question.attribute, question.value);
    let close = move || {
        bench.dismiss();
        app.focus_in_place(&control_id(index, value));
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close();
        }
    };
    let body = match question.answer {
        None => view! {
            <div class="progress" aria-hidden="true"></div>
            <p class="small quiet">{configure.asking}</p>
        }
        .into_any(),
        Some(answer) => answer_view(field, value, answer),
    };
    view! {
        <div class="why" on:keydown=on_key>
            <div class="body">{body}</div>
            <button class="link alone small close" type="button" on:click=move |_| close()>
                {configure.close}
            </button>
        </div>
    }
    .into_any()
}

fn answer_view(field: &Field, value: Value, answer: Answer) -> AnyView {
    let words = use_words();
    let name = words.value(field.attribute(), value);
    let neighbours = answer
        .nearest
        .map(|nearest| neighbours_view(field, nearest.below, nearest.above));
    let Some(conflict) = answer.conflict else {
        return view! { <p class="reason">{no_such_number(field, words, &name)}</p>{neighbours} }
            .into_any();
    };
    let remedy = match answer.remedy {
        Some(remedy) => remedy_view(field, value, &name, remedy),
        None => view! { <p>{words.messages.configure.no_remedy}</p> }.into_any(),
    };
    view! {
        {reason(field, &name, &conflict)}
        {neighbours}
        {remedy}
        <Others field=field.clone() value=value/>
        <ContactView catalog=Arc::clone(field.catalog())/>
    }
    .into_any()
}

/// Why not, and what the rules in the way say.
fn reason(field: &Field, name: &str, conflict: &Conflict) -> AnyView {
    let rules = constraint_texts(field, conflict)
        .into_iter()
        .map(|text| view! { <p class="rule">{text}</p> });
    view! { {sentence(field, name, conflict)}{rules.collect_view()} }.into_any()
}

/// The reasons and the repairs after the first ones, to be unfolded. They come later, and
/// leave alone what is there.
#[component]
fn Others(
    /// The attribute.
    field: Field,
    /// The value.
    value: Value,
) -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let fold = move |count: usize, title: Counted<1>, content: AnyView| {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let title = title.with(words.format.plural(count), [&words.format.count(count)]);
        view! { <details class="unfolds others"><summary>{title}</summary>{content}</details> }
    };
    move || {
        let others = bench.others.get();
        let name = words.value(field.attribute(), value);
        let reasons = (!others.conflicts.is_empty()).then(|| {
            let all = others.conflicts.iter().map(|it| reason(&field, &name, it));
            fold(
                others.conflicts.len(),
                configure.other_reasons,
                all.collect_view().into_any(),
            )
        });
        let remedies = (!others.remedies.is_empty()).then(|| {
            let count = others.remedies.len();
            let all = others.remedies.iter().cloned();
            let all = all.map(|it| remedy_view(&field, value, &name, it));
            fold(count, configure.other_ways, all.collect_view().into_any())
        });
        let more = (!others.complete && (reasons.is_some() || remedies.is_some()))
            .then(|| view! { <p class="small quiet">{configure.even_more}</p> });
        view! { {remedies}{reasons}{more} }
    }
}

/// One sentence with the buyer's own choices.
fn sentence(field: &Field, name: &str, conflict: &Conflict) -> AnyView {
    let configure = &use_words().messages.configure;
    if conflict.decisions.is_empty() {
        return view! { <p class="reason">{configure.never.with([name])}</p> }.into_any();
    }
    let (before, between, after) = configure.excluded;
    view! {
        <p class="reason">
            {before}<b>{name.to_owned()}</b>{between}
            {decision_links(field, &conflict.decisions)}{after}
        </p>
    }
    .into_any()
}

/// The decisions as links to their attributes, put together as a list.
pub fn decision_links(field: &Field, decisions: &[(AttributeIndex, Value)]) -> AnyView {
    let app = use_app();
    let words = use_words();
    let mut joints = words.format.list_joints(decisions.len()).into_iter();
    let links = decisions
        .iter()
        .filter_map(|(index, value)| {
            let other = field.other(*index)?;
            let joint = joints.next().unwrap_or_default();
            let id = other.id();
            Some(view! {
                {joint}
                <button class="link" type="button" on:click=move |_| app.focus(&id)>
                    {words.choice(other.attribute(), *value)}
                </button>
            })
        })
        .collect_view();
    view! { {links} }.into_any()
}

/// What the rules in the way say.
pub fn constraint_texts(field: &Field, conflict: &Conflict) -> Vec<String> {
    use quotewright_engine::catalog::Constraint;
    let words = use_words();
    let model = &field.catalog().model;
    let text = |constraint: &Constraint| match constraint {
        Constraint::Rule(rule) => words.text(&model.rules.get(*rule)?.explanation).into(),
        Constraint::Table(table) => words.text(&model.tables.get(*table)?.explanation).into(),
        Constraint::Relation(relation) => words
            .text(&model.relations.get(*relation)?.explanation)
            .into(),
        Constraint::Structure(index) => {
            let label = words.text(&model.attribute(*index)?.label);
            Some(words.messages.configure.structure.with([&label]))
        }
        Constraint::Formula(index) => {
            let label = words.text(&model.attribute(*index)?.label);
            Some(words.messages.configure.formula.with([&label]))
        }
    };
    let texts: Vec<String> = conflict.constraints.iter().filter_map(text).collect();
    texts.into_iter().filter(|text| !text.is_empty()).collect()
}

fn no_such_number(field: &Field, words: Words, name: &str) -> String {
    use quotewright_engine::catalog::AttributeDomain;
    match &field.attribute().domain {
        AttributeDomain::Number(range) => {
            let show = |number: Decimal| words.format.quantity(number, &range.unit);
            let (min, max) = (words.format.number(range.min), show(range.max));
            words
                .messages
                .configure
                .no_such_number
                .with([name, &min, &max, &show(range.step)])
        }
        _ => words.messages.configure.never.with([name]),
    }
}

fn neighbours_view(field: &Field, below: Option<Decimal>, above: Option<Decimal>) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let words = use_words();
    let index = field.index;
    let buttons = below
        .into_iter()
        .chain(above)
        .map(|number| {
            let value = Value::Number(number);
            let take = move |_| {
                bench.choose(index, value);
                app.focus_in_place(&control_id(index, value));
            };
            view! {
                <button class="button" type="button" on:click=take>
                    {words.value(field.attribute(), value)}
                </button>
            }
        })
        .collect_view();
    if below.or(above).is_none() {
        return ().into_any();
    }
    view! {
        <div class="nearest">
            <span>{words.messages.configure.nearest}</span>
            {buttons}
        </div>
    }
    .into_any()
}

fn remedy_view(field: &Field, value: Value, name: &str, remedy: Remedy) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let index = field.index;
    let changes = remedy
        .repair
        .changes
        .iter()
        .filter_map(|change| change_view(field, change))
        .collect_view();
    let heading = if remedy.repair.changes.is_empty() {
        configure.remedy_free.to_owned()
    } else {
        configure.remedy.with([name])
    };
    let costs = cost_rows(words, field, &remedy);
    let apply = move |_| {
        bench.apply(&remedy);
        app.focus_in_place(&control_id(index, value));
    };
    view! {
        <div class="remedy">
            <p class="heading">{heading}</p>
            <dl class="swaps">{changes}{costs}</dl>
            <div class="apply">
                <button class="button primary" type="button" on:click=apply>{configure.apply}</button>
            </div>
        </div>
    }
    .into_any()
}

fn change_view(field: &Field, change: &Change) -> Option<AnyView> {
    let words = use_words();
    let other = field.other(change.attribute)?;
    let show = |value| words.value(other.attribute(), value);
    let to = change
        .to
        .map_or_else(|| words.messages.configure.taken_back.to_owned(), show);
    let view = view! {
        <dt class="quiet">{other.label()}</dt>
        <dd>
            <span class="quiet">{show(change.from)}</span>
            <span class="arrow" aria-hidden="true">"→"</span>
            <span class="to">{to}</span>
        </dd>
    };
    Some(view.into_any())
}

/// What a remedy costs in money and days.
fn cost_rows(words: Words, field: &Field, remedy: &Remedy) -> AnyView {
    let configure = &words.messages.configure;
    let days = remedy.days.map(|it| {
        let days = days(words, it).unwrap_or_else(|| configure.same_days.to_owned());
        view! { <dt class="quiet">{configure.delivery}</dt><dd>{days}</dd> }
    });
    let currency = field.catalog().pack.as_ref().map(|pack| &pack.currency);
    let price = remedy.price.zip(currency).map(|(price, currency)| {
        let text = match price.is_zero() {
            true => configure.same_price.to_owned(),
            false => words.format.money_difference(price, currency),
        };
        let label = use_bench().offer.with_untracked(|offer| {
            let priced = offer.priced().filter(|it| it.line.term > 0)?;
            Some(over_months(
                words,
                priced.due.totals.contained,
                priced.line.term,
            ))
        });
        let label = label.unwrap_or_else(|| configure.price.to_owned());
        view! { <dt class="quiet">{label}</dt><dd>{text}</dd> }
    });
    view! { {price}{days} }.into_any()
}
