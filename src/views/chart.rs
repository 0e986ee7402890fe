//! Small charts of columns. What a chart shows stands in a table below it, too.

use leptos::prelude::*;
use rust_decimal::Decimal;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::messages::use_words;

/// More columns than this have no room for an amount above each.
const AMOUNTS: usize = 6;

/// One column of a chart.
pub struct Bar {
    /// What stands below it.
    pub label: String,
    /// What stands above it, where there is room.
    pub amount: String,
    /// All of it in words.
    pub told: String,
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

/// Columns on one scale that begins at zero. `spoken` says in a sentence what they show, `number`
/// writes what stands at the scale where there is no room for an amount above each column.
pub fn columns(bars: Vec<Bar>, spoken: String, number: impl Fn(Decimal) -> String) -> AnyView {
    if bars.len() > AMOUNTS {
        return read_out(bars, spoken, number);
    }
    let above = |bar: &Bar| view! { <span class:here=bar.here>{bar.amount.clone()}</span> };
    view! {
        <div class="chart" role="img" aria-label=spoken>
            {marks(&bars, above)}
            {drawn(&bars, &[])}
            {marks(&bars, below)}
        </div>
    }
    .into_any()
}

/// Columns beside a scale with amounts. One of them, the last at first, is told in words: that
/// which is pointed at, or gone to by the arrow keys.
fn read_out(bars: Vec<Bar>, spoken: String, number: impl Fn(Decimal) -> String) -> AnyView {
    let most = bars.len().saturating_sub(1);
    let told = RwSignal::new(most);
    let highest = bars.iter().map(Bar::height).max().unwrap_or_default();
    let ticks = ticks(highest);
    let tick = |amount: &Decimal| {
        let place = format!("{}%", hundredths(*amount, highest));
        view! { <span style:bottom=place>{number(*amount)}</span> }
    };
    let scale = ticks.iter().map(tick).collect_view();
    let pick = |place: usize| {
        view! {
            <span class="pick" class:told=move || told.get() == place
                on:pointerenter=move |_| told.set(place) on:pointerdown=move |_| told.set(place)></span>
        }
    };
    let picks = (0..bars.len()).map(pick).collect_view();
    let go = move |event: KeyboardEvent| {
        let now = told.get_untracked();
        let next = match event.key().as_str() {
            "ArrowLeft" | "ArrowDown" => now.saturating_sub(1),
            "ArrowRight" | "ArrowUp" => most.min(now + 1),
            "Home" => 0,
            "End" => most,
            _ => return,
        };
        event.prevent_default();
        told.set(next);
    };
    let drawn = drawn(&bars, &ticks);
    let labels = marks(&bars, below);
    let words: Vec<String> = bars.into_iter().map(|bar| bar.told).collect();
    let text = Memo::new(move |_| words.get(told.get()).cloned().unwrap_or_default());
    view! {
        <div class="chart scaled">
            <p class="read-out" aria-hidden="true">{text}</p>
            <div class="scale small quiet" aria-hidden="true">{scale}</div>
            <div class="plot" role="slider" tabindex="0" aria-label=spoken aria-valuetext=text
                aria-valuemin="1" aria-valuemax=(most + 1).to_string()
                aria-valuenow=move || (told.get() + 1).to_string() on:keydown=go>
                {drawn}
                <div class="picks" style:grid-template-columns=places(most + 1)>{picks}</div>
            </div>
            {labels}
        </div>
    }
    .into_any()
}

fn below(bar: &Bar) -> impl IntoView + use<> {
    view! { <span class:here=bar.here>{bar.label.clone()}</span> }
}

/// A row with a mark for each column.
fn marks<Mark: IntoView + 'static>(bars: &[Bar], mark: impl Fn(&Bar) -> Mark) -> AnyView {
    let marks = bars.iter().map(mark).collect_view();
    view! {
        <div class="marks small" aria-hidden="true" style:grid-template-columns=places(bars.len())>
            {marks}
        </div>
    }
    .into_any()
}

fn places(count: usize) -> String {
    format!("repeat({count}, minmax(0, 1fr))")
}

/// The columns, and lines at these amounts.
fn drawn(bars: &[Bar], lines: &[Decimal]) -> AnyView {
    let highest = bars.iter().map(Bar::height).max().unwrap_or_default();
    let column = |(place, bar): (usize, &Bar)| {
        let class = if bar.here { "column here" } else { "column" };
        view! { <g class=class transform=format!("translate({place} 0)")>{rects(bar, highest)}</g> }
    };
    let width = bars.len().to_string();
    let line = |amount: &Decimal| {
        let height = Decimal::ONE_HUNDRED.checked_sub(hundredths(*amount, highest));
        let height = height.unwrap_or_default().to_string();
        view! { <line class="tick" x1="0" x2=width.clone() y1=height.clone() y2=height/> }
    };
    view! {
        <svg viewBox=format!("0 0 {width} 100") preserveAspectRatio="none" aria-hidden="true">
            {lines.iter().map(line).collect_view()}
            {bars.iter().enumerate().map(column).collect_view()}
        </svg>
    }
    .into_any()
}

/// Round amounts for a scale from zero, two to five of them besides it.
fn ticks(highest: Decimal) -> Vec<Decimal> {
    let mut step = Decimal::new(1, 2);
    for factor in [Decimal::TWO, Decimal::new(25, 1), Decimal::TWO]
        .iter()
        .cycle()
    {
        let enough = step
            .checked_mul(Decimal::from(5))
            .is_none_or(|it| it >= highest);
        match step.checked_mul(*factor).filter(|_| !enough) {
            Some(next) => step = next,
            None => break,
        }
    }
    let all = (0u32..).map_while(|count| step.checked_mul(count.into()));
    all.take_while(|it| *it <= highest).take(6).collect()
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
    behind("behind small", heads, rows, folding)
}

/// The same, where all columns but the last are texts.
pub fn text_table(heads: Vec<String>, rows: Vec<(bool, Vec<String>)>, folding: Folding) -> AnyView {
    behind("behind texts small", heads, rows, folding)
}

fn behind(
    class: &'static str,
    heads: Vec<String>,
    rows: Vec<(bool, Vec<String>)>,
    folding: Folding,
) -> AnyView {
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
            <table class=class>
                <thead><tr>{heads.into_iter().map(head).collect_view()}</tr></thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_a_few_round_amounts() {
        for (highest, expected) in [
            (0, &[0][..]),
            (1, &[0, 1]),
            (4_830, &[0, 1_000, 2_000, 3_000, 4_000]),
            (5_000, &[0, 1_000, 2_000, 3_000, 4_000, 5_000]),
            (5_001, &[0, 2_000, 4_000]),
            (99_000, &[0, 20_000, 40_000, 60_000, 80_000]),
        ] {
            let found = ticks(highest.into());
            let expected: Vec<Decimal> = expected.iter().map(|it| (*it).into()).collect();
            let whole = found.iter().filter(|it| it.is_integer()).copied();
            assert_eq!(whole.collect::<Vec<_>>(), expected, "{highest}");
        }
    }
}
