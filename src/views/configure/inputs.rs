//! What decided a step of a price, in few words.

use leptos::prelude::*;
use quotewright_engine::catalog::{AttributeIndex, Model, Value};
use quotewright_engine::price::{
    Between, Counted, Currency, Input, LookupKey, Named, Step, UsedRow,
};

use crate::messages::Words;

/// What decided `step`, in small words; nothing where its basis says all. `steps` are those that
/// it may be of, `model` has the attributes of price tables.
pub fn inputs_view<'s>(
    words: Words,
    currency: &Currency,
    model: Option<&Model>,
    step: &Step,
    steps: impl Iterator<Item = &'s Step> + Clone,
) -> Option<AnyView> {
    let told = step.inputs.iter();
    let told = told.filter_map(|it| input_text(words, currency, model, it, steps.clone()));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| {
        let lines = told.into_iter().map(|it| view! { <span>{it}</span> });
        view! { <span class="inputs small quiet">{lines.collect_view()}</span> }.into_any()
    })
}

fn input_text<'s>(
    words: Words,
    currency: &Currency,
    model: Option<&Model>,
    input: &Input,
    steps: impl Iterator<Item = &'s Step> + Clone,
) -> Option<String> {
    let inputs = &words.messages.inputs;
    let number = |it| words.format.number(it);
    Some(match input {
        // What a table is called is for its author.
        Input::Table { between, rows, .. } => {
            let row = |it: &UsedRow| {
                let keys = it.keys.iter();
                let keys = keys.map(|it| key_text(words, model?, it, *between));
                let keys: Vec<String> = keys.collect::<Option<_>>()?;
                let amount = words.format.exact_amount(it.amount, currency);
                Some(inputs.row.with([&keys.join(", "), &amount]))
            };
            let told: Vec<String> = rows.iter().map(row).collect::<Option<_>>()?;
            match told.as_slice() {
                [row] => row.clone(),
                rows => inputs.table_between.with([&rows.join("; ")]),
            }
        }
        Input::Index {
            index,
            value,
            since,
            base,
            share,
        } => inputs.index.with([
            index,
            &number(*value),
            &words.format.date(*since),
            &number(*base),
            &words.format.percent(*share),
        ]),
        Input::Counted { counts, pieces } => {
            let phrase = match counts {
                Counted::Group => inputs.in_group,
                Counted::Quote => inputs.in_quote,
                Counted::Contract => inputs.in_contract,
                Counted::Line => return None,
            };
            phrase.with([&number((*pieces).into())])
        }
        Input::Bundles { count } => inputs.bundles.with([&number((*count).into())]),
        Input::Decides { number: decides } => inputs.decides.with([&number(*decides)]),
        Input::Of { named, .. } => match named {
            Named::Before => inputs.of_all.to_owned(),
            Named::Groups(groups) => inputs.of.with([&words.format.list(groups)]),
            Named::Steps(codes) => {
                let label = |code: &String| {
                    let mut steps = steps.clone();
                    let step = steps.find(|it| it.code == *code);
                    step.map_or_else(|| code.clone(), |it| words.text(&it.label))
                };
                let labels: Vec<String> = codes.iter().map(label).collect();
                (!labels.is_empty()).then(|| inputs.of.with([&words.format.list(&labels)]))?
            }
        },
        Input::Rounded { rounding } => {
            let step = words.format.exact_amount(rounding.step, currency);
            inputs.rounded.with([&step])
        }
    })
}

/// What a row of a table is for, by one of its attributes.
fn key_text(
    words: Words,
    model: &Model,
    (attribute, key): &(AttributeIndex, LookupKey),
    between: Between,
) -> Option<String> {
    let attribute = model.attribute(*attribute)?;
    let inputs = &words.messages.inputs;
    let value = match key {
        LookupKey::Option(option) => words.value(attribute, Value::Option(*option)),
        LookupKey::UpTo(limit) => {
            let number = words.value(attribute, Value::Number(*limit));
            match between {
                Between::Up => inputs.up_to.with([&number]),
                Between::Down => inputs.from.with([&number]),
                Between::Exact | Between::Linear => number,
            }
        }
    };
    Some(format!("{} {value}", words.text(&attribute.label)))
}
