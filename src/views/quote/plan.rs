//! When the lines can be there: a time line with the steps of each, and the table behind it.

use jiff::civil::Date;
use leptos::prelude::*;
use quotewright_engine::catalog::{Attribute, AttributeIndex, Model, Text, Value};
use quotewright_engine::delivery::{CalledOff, Cause, DeliveryStep, Plan, Promise};

use super::line::line_name;
use crate::messages::{Words, use_words};
use crate::views::chart::{Folding, text_table};
use crate::views::configure::delivery::is_brought;

/// A product, its configuration and how many pieces.
pub type Configured = (Model, Vec<Option<Value>>, u32);

/// What a plan is about.
pub struct Delivered {
    /// The lines that count, each with its place in the quote.
    pub lines: Vec<(usize, Configured)>,
    /// The questions about the quote as a whole with their answers.
    pub asked: Option<(Model, Vec<Option<Value>>)>,
}

/// The plan, to be unfolded.
#[component]
pub fn PlanView(
    /// The plan.
    plan: Signal<Option<Plan>>,
    /// What it is about.
    delivered: Callback<(), Delivered>,
) -> impl IntoView {
    let words = use_words();
    let (folding, behind) = (Folding::new(), Folding::new());
    let body = move || {
        let shown = folding.is_open().then(|| plan.get()).flatten();
        shown.map(|plan| body(words, &plan, &delivered.run(()), behind))
    };
    let takes_time = Memo::new(move |_| {
        let takes = |plan: &Plan| {
            plan.lines
                .iter()
                .any(|line| line.arrives.possible > plan.ordered)
        };
        plan.with(|plan| plan.as_ref().is_some_and(takes))
    });
    move || {
        takes_time.get().then(|| {
            view! {
                <details class="unfolds" open=folding.is_open_untracked()
                    on:toggle=move |event| folding.follow(&event)>
                    <summary>{words.messages.quote.plan}</summary>
                    {body}
                </details>
            }
        })
    }
}

/// What the steps of a time line are about: a model with its values.
pub type About<'a> = Option<(&'a Model, &'a [Option<Value>])>;

/// One time line of the plan.
struct Row<'a> {
    name: String,
    /// What is done, and what it is about.
    steps: Vec<(&'a DeliveryStep, About<'a>)>,
    arrives: &'a Promise,
    /// Parts with dates of their own, and what is counted.
    call_offs: Vec<(&'a CalledOff, &'a Text)>,
    open: bool,
    estimated: bool,
}

fn body(words: Words, plan: &Plan, delivered: &Delivered, behind: Folding) -> AnyView {
    let quote = &words.messages.quote;
    let asked = delivered.asked.as_ref();
    let asked: About = asked.map(|(asked, values)| (asked, values.as_slice()));
    let lines = delivered.lines.iter().zip(&plan.lines);
    let mut rows: Vec<Row> = lines
        .map(|((place, (model, values, quantity)), planned)| {
            let about: About = Some((model, values.as_slice()));
            let made = planned.steps.iter().map(|it| (it, about));
            let transit = planned.transit.iter().map(|it| (it, asked));
            Row {
                name: format!(
                    "{}, {}",
                    line_name(words, *place, &words.text(&model.name)),
                    words.pieces(&model.unit, *quantity)
                ),
                steps: made.chain(transit).collect(),
                arrives: &planned.arrives,
                call_offs: planned
                    .call_offs
                    .iter()
                    .map(|it| (it, &model.unit))
                    .collect(),
                open: planned.open,
                estimated: planned.estimated,
            }
        })
        .collect();
    let together = plan.together.as_ref().filter(|_| rows.len() > 1);
    rows.extend(together.map(|all| Row {
        name: quote.together.to_owned(),
        steps: all.transit.iter().map(|it| (it, asked)).collect(),
        arrives: &all.arrives,
        call_offs: Vec::new(),
        open: all.open,
        estimated: all.estimated,
    }));
    let promises = rows.iter().flat_map(|row| {
        let parts = row.call_offs.iter().map(|(it, _)| &it.arrives);
        parts.chain([row.arrives])
    });
    let ends = promises.flat_map(|it| [Some(it.possible), it.requested]);
    let last = ends.flatten().max().unwrap_or(plan.ordered);
    let scale = Scale {
        start: plan.ordered,
        days: days(plan.ordered, last).max(1),
    };
    let brought = asked.is_some_and(|(model, _)| is_brought(model));
    let tell = |row: &Row| row_view(words, row, &scale, brought);
    let told = rows.iter().map(tell).collect_view();
    let cells = rows.iter().flat_map(|row| {
        let name = row.name.clone();
        let step = move |(step, about): &(&DeliveryStep, About)| {
            let cells = vec![
                name.clone(),
                step_name(words, *about, step),
                words.format.date(step.from),
                words.format.date(step.until),
                words.format.count(step.working_days),
            ];
            (step.drives, cells)
        };
        row.steps.iter().map(step).collect::<Vec<_>>()
    });
    let heads = [
        quote.product,
        quote.plan_step,
        quote.plan_from,
        quote.plan_until,
        quote.plan_days,
    ];
    let heads = heads.map(str::to_owned).to_vec();
    view! {
        <ol class="plan">{told}</ol>
        <p class="ends small quiet" aria-hidden="true">
            <span>{words.format.date(plan.ordered)}</span>
            <span>{words.format.date(last)}</span>
        </p>
        {text_table(heads, cells.collect(), behind)}
    }
    .into_any()
}

/// From days of the year to places on a time line.
struct Scale {
    start: Date,
    days: i32,
}

fn days(from: Date, until: Date) -> i32 {
    from.until(until).map_or(0, |span| span.get_days())
}

fn row_view(words: Words, row: &Row, scale: &Scale, brought: bool) -> AnyView {
    let quote = &words.messages.quote;
    let date = words.format.date(row.arrives.possible);
    let promise = match (brought, row.open) {
        (true, false) => quote.can_arrive.with([&date]),
        (true, true) => quote.can_arrive_at_least.with([&date]),
        (false, false) => quote.can_ship.with([&date]),
        (false, true) => quote.can_ship_at_least.with([&date]),
    };
    let bars = row.steps.iter().map(|it| bar(words, it, row, scale));
    let parts = row.call_offs.iter().map(|it| part(words, it));
    let parts = (!row.call_offs.is_empty())
        .then(|| view! { <ul class="small">{parts.collect_view()}</ul> });
    view! {
        <li>
            <p>
                <b>{row.name.clone()}</b>" "{promise}
                {estimated(words, row.estimated)}
                {kept(words, row.arrives)}
            </p>
            {parts}
            <ul class="time-line small">{bars.collect_view()}</ul>
        </li>
    }
    .into_any()
}

/// That a date may be later, where holidays until then are not known.
pub fn estimated(words: Words, is_estimated: bool) -> Option<AnyView> {
    let text = words.messages.quote.estimated;
    is_estimated.then(|| view! { <span class="quiet">" · "{text}</span> }.into_any())
}

/// Whether it is there when it is wanted; nothing where no day is.
fn kept(words: Words, promise: &Promise) -> Option<AnyView> {
    let quote = &words.messages.quote;
    let late = promise.late_days;
    promise.requested.map(|_| match late {
        0 => view! { <span class="quiet">" · "{quote.in_time}</span> }.into_any(),
        _ => {
            let text = quote
                .late
                .with(words.format.plural(late), [&words.format.count(late)]);
            view! { <span class="warning">" · "{text}</span> }.into_any()
        }
    })
}

/// A part with a day of its own.
fn part(words: Words, (called_off, unit): &(&CalledOff, &Text)) -> AnyView {
    let promise = &called_off.arrives;
    let date = promise.requested.unwrap_or(promise.possible);
    let pieces = words.pieces(unit, called_off.quantity);
    let told = (words.messages.quote.call_off).with([&pieces, &words.format.date(date)]);
    view! { <li>{told}{kept(words, promise)}</li> }.into_any()
}

/// A step on the time line, with its name and what its days come from; strong where it drives
/// the date.
fn bar(words: Words, (step, about): &(&DeliveryStep, About), row: &Row, scale: &Scale) -> AnyView {
    let at = |days: i32| format!("calc(100% * {days} / {})", scale.days);
    let start = at(days(scale.start, step.from));
    let length = at(days(step.from, step.until).max(0));
    let wanted = row.arrives.requested.map(|date| {
        let place = at(days(scale.start, date).clamp(0, scale.days));
        view! { <span class="wanted" style:left=place></span> }
    });
    view! {
        <li class:drives=step.drives>
            <span>{told(words, *about, step)}</span>
            <span class="track" aria-hidden="true">
                <span class="bar" style:left=start style:width=length></span>
                {wanted}
            </span>
        </li>
    }
    .into_any()
}

/// A step with its working days and what they come from.
fn told(words: Words, about: About, step: &DeliveryStep) -> String {
    let quote = &words.messages.quote;
    let days = step.working_days;
    let days = quote
        .takes
        .with(words.format.plural(days), [&words.format.count(days)]);
    let name = step_name(words, about, step);
    let mut reasons: Vec<String> = cause(words, about, step).into_iter().collect();
    if step.saved > 0 {
        let saved = quote.saved.with(
            words.format.plural(step.saved),
            [&words.format.count(step.saved)],
        );
        reasons.push(saved);
    }
    reasons.extend(step.closures.iter().map(|closure| words.text(closure)));
    match reasons.as_slice() {
        [] => format!("{name} {days}"),
        reasons => format!("{name} {days} ({})", reasons.join("; ")),
    }
}

/// Its name, or the choice that it comes from.
pub fn step_name(words: Words, about: About, step: &DeliveryStep) -> String {
    let label = words.text(&step.label);
    if !label.is_empty() {
        return label;
    }
    match &step.cause {
        Cause::Option { attribute, option } => {
            choice(words, about, *attribute, Some(Value::Option(*option)))
        }
        _ => None,
    }
    .unwrap_or_else(|| words.messages.quote.making.to_owned())
}

/// What the days of a step come from, where that is more than its name.
fn cause(words: Words, about: About, step: &DeliveryStep) -> Option<String> {
    let unnamed = words.text(&step.label).is_empty();
    match &step.cause {
        Cause::Option { attribute, option } if !unnamed => {
            choice(words, about, *attribute, Some(Value::Option(*option)))
        }
        Cause::Option { .. } => None,
        Cause::Task { attributes } => {
            let choices = attributes
                .iter()
                .filter_map(|it| choice(words, about, *it, None));
            let choices: Vec<String> = choices.collect();
            (!choices.is_empty()).then(|| words.format.list(&choices))
        }
        Cause::Capacity {
            units,
            capacity,
            days,
        } => Some(words.messages.quote.capacity.with(
            words.format.plural(*days),
            [
                &words.format.number(*units),
                &words.format.number(*capacity),
                &words.format.count(*days),
            ],
        )),
    }
}

/// An attribute with `value`, or the one that it has.
pub fn choice(
    words: Words,
    about: About,
    attribute: AttributeIndex,
    value: Option<Value>,
) -> Option<String> {
    let (model, values) = about?;
    let value = value.or_else(|| *values.get(attribute.0)?)?;
    let attribute: &Attribute = model.attribute(attribute)?;
    Some(words.choice(attribute, value))
}
