//! Small charts of columns. What a chart shows stands in a table below it, too.

use leptos::prelude::*;
use rust_decimal::Decimal;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::messages::use_words;

/// More columns than this have no room for an amount above each.
const AMOUNTS: usize = 6;

/// One column of a chart.
pub struct Bar {
    /// What stands below it.
    pub label: String,
    /// What stands above it.
    pub amount: String,
    /// What it is made of, from the foot up.
    pub parts: Vec<Part>,
    /// Whether it is the one that holds now.
    pub here: bool,
}

/// One part of a column.
pub struct Part {
    /// How long it is.
    pub amount: Decimal,
    /// Its look in the style sheet.
    pub class: &'static str,
}

/// Columns on one scale that begins at zero. `spoken` says in a sentence what they show.
pub fn columns(bars: &[Bar], spoken: String) -> AnyView {
    let highest = bars.iter().map(Bar::height).max().unwrap_or_default();
    let amounts = bars.len() <= AMOUNTS;
    let column = |(place, bar): (usize, &Bar)| {
        let class = if bar.here { "column here" } else { "column" };
        view! { <g class=class transform=format!("translate({place} 0)")>{rects(bar, highest)}</g> }
    };
    let above = |bar: &Bar| view! { <span class:here=bar.here>{bar.amount.clone()}</span> };
    let row = |marks: AnyView| {
        let places = format!("repeat({}, minmax(0, 1fr))", bars.len());
        view! {
            <div class="marks small" aria-hidden="true" style:grid-template-columns=places>{marks}</div>
        }
    };
    let above = amounts.then(|| row(bars.iter().map(above).collect_view().into_any()));
    let below = |bar: &Bar| view! { <span class:here=bar.here>{bar.label.clone()}</span> };
    view! {
        <div class="chart" role="img" aria-label=spoken>
            {above}
            <svg viewBox=format!("0 0 {} 100", bars.len()) preserveAspectRatio="none" aria-hidden="true">
                {bars.iter().enumerate().map(column).collect_view()}
            </svg>
            {row(bars.iter().map(below).collect_view().into_any())}
        </div>
    }
    .into_any()
}

impl Bar {
    fn height(&self) -> Decimal {
        let parts = self.parts.iter().map(|part| part.amount.max(Decimal::ZERO));
        parts.fold(Decimal::ZERO, |sum, part| {
            sum.checked_add(part).unwrap_or(sum)
        })
    }
}

fn rects(bar: &Bar, highest: Decimal) -> AnyView {
    let mut foot = Decimal::ONE_HUNDRED;
    let rect = |part: &Part| {
        let height = hundredths(part.amount.max(Decimal::ZERO), highest);
        foot = foot.checked_sub(height).unwrap_or(foot);
        view! {
            <rect class=part.class x="0.12" width="0.76" y=foot.to_string() height=height.to_string()/>
        }
    };
    bar.parts.iter().map(rect).collect_view().into_any()
}

fn hundredths(amount: Decimal, highest: Decimal) -> Decimal {
    let share = amount.checked_mul(Decimal::ONE_HUNDRED);
    let share = share.and_then(|it| it.checked_div(highest));
    share.unwrap_or_default().round_dp(2)
}

/// Whether something is unfolded, which outlives what is drawn anew.
#[derive(Clone, Copy)]
pub struct Folding(RwSignal<bool>);

impl Folding {
    /// Folded.
    pub fn new() -> Self {
        Self(RwSignal::new(false))
    }

    /// Whether it is unfolded; tracked.
    pub fn is_open(self) -> bool {
        self.0.get()
    }

    /// Whether it is unfolded.
    pub fn is_open_untracked(self) -> bool {
        self.0.get_untracked()
    }

    /// Follows a `toggle` event of a `details` element.
    pub fn follow(self, event: &Event) {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        self.0
            .set(target.is_some_and(|it| it.has_attribute("open")));
    }
}

/// The table behind a chart, to be unfolded: a heading and its cells in each row, and whether
/// it is the one that holds now.
pub fn table(heads: Vec<String>, rows: Vec<(bool, Vec<String>)>, folding: Folding) -> AnyView {
    let head = |text: String| view! { <th scope="col">{text}</th> };
    let row = |(here, cells): (bool, Vec<String>)| {
        let mut cells = cells.into_iter();
        let first = cells
            .next()
            .map(|text| view! { <th scope="row">{text}</th> });
        let others = cells.map(|text| view! { <td>{text}</td> });
        view! { <tr class:here=here>{first}{others.collect_view()}</tr> }
    };
    view! {
        <details class="values" open=folding.is_open_untracked()
            on:toggle=move |event| folding.follow(&event)>
            <summary class="small">{use_words().messages.price.as_table}</summary>
            <table class="behind small">
                <thead><tr>{heads.into_iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}
