//! A view of bars: what there is from when to when, one row for each.

use maud::{Markup, html};
use quotewright_engine::picture::{Drawing, Drawn, ShapeKind};
use rust_decimal::Decimal;

use crate::Words;
use crate::label::Labels;
use crate::layout::{WIDTH, number};
use crate::svg::{look, open, round};

/// From one row to the next.
const ROW: f64 = 18.0;
/// How high a bar is.
const BAR: f64 = 8.0;
/// Room for the name of the view, and for the numbers below the rows.
const LINE: f64 = 16.0;
/// About how wide a letter is.
const LETTER: f64 = 6.0;
/// Most that the words before the bars take.
const WORDS: f64 = 165.0;
/// At the right end: half of the last number.
const EDGE: f64 = 8.0;
/// Distances between the lines across the rows, and how many there are at most.
const STEPS: [u32; 6] = [1, 2, 3, 6, 12, 24];
const MOST_STEPS: u32 = 6;

/// Bars with the words before them.
struct Row<'d, 'a> {
    words: String,
    bars: &'d [Drawn<'a>],
}

impl Row<'_, '_> {
    /// Where the last bar ends.
    fn end(&self) -> Decimal {
        let ends = self.bars.iter().map(|it| it.x + it.width);
        ends.max().unwrap_or_default()
    }
}

/// Whether a view is a plan.
pub fn is_plan(drawing: &Drawing<'_>) -> bool {
    drawing.shapes.iter().any(|it| it.kind == ShapeKind::Bar)
}

/// What a plan shows, as a sentence.
pub fn spoken(labels: &Labels<'_, impl Words>, drawing: &Drawing<'_>) -> String {
    let told = rows(labels, drawing).into_iter().map(|row| {
        let from = row.bars.first().map(|it| it.x).unwrap_or_default();
        let [from, to] = [from, row.end()].map(|it| labels.words.number(it.round_dp(1)));
        format!("{} {from}–{to}", row.words)
    });
    let told = told.collect::<Vec<_>>().join("; ");
    format!("{}: {told}.", labels.text(&drawing.view.label))
}

/// A plan below `top`, and where it ends.
pub fn write(labels: &Labels<'_, impl Words>, drawing: &Drawing<'_>, top: f64) -> (Markup, f64) {
    let rows = rows(labels, drawing);
    let longest = rows.iter().map(|it| it.words.chars().count()).max();
    let left = (longest.unwrap_or_default() as f64 * LETTER + LETTER).min(WORDS);
    let end = rows.iter().map(Row::end).max().unwrap_or_default();
    let unit = (WIDTH - left - EDGE) / number(end).max(1.0);
    let first = top + LINE + 4.0;
    let foot = first + rows.len() as f64 * ROW;
    let place = |x: Decimal| left + number(x) * unit;
    let markup = html! {
        text .name x="0" y=(round(top + 11.0)) { (labels.text(&drawing.view.label)) }
        @for tick in ticks(end) {
            line .tick x1=(round(place(tick))) x2=(round(place(tick))) y1=(round(first)) y2=(round(foot)) {}
            text .name x=(round(place(tick))) y=(round(foot + 12.0)) text-anchor="middle" {
                (labels.words.number(tick))
            }
        }
        @for (at, row) in rows.iter().enumerate() {
            @let top = first + at as f64 * ROW;
            text x="0" y=(round(top + 12.5)) { (shortened(&row.words, left)) }
            @for bar in row.bars {
                rect class={ (look(bar.look)) (open(bar)) } x=(round(place(bar.x))) y=(round(top + 5.0))
                    width=(round((number(bar.width) * unit).max(2.0))) height=(round(BAR)) {}
            }
        }
    };
    (markup, foot + LINE)
}

/// A bar with a label begins a row; its copies have none.
fn rows<'d, 'a>(labels: &Labels<'_, impl Words>, drawing: &'d Drawing<'a>) -> Vec<Row<'d, 'a>> {
    let bars = drawing
        .shapes
        .chunk_by(|before, it| before.kind == it.kind && it.label.is_none());
    let bars = bars.filter_map(|bars| {
        let first = bars.first().filter(|it| it.kind == ShapeKind::Bar)?;
        let words = labels.of(first);
        Some(Row { words, bars })
    });
    bars.collect()
}

fn ticks(end: Decimal) -> impl Iterator<Item = Decimal> {
    let fits = |step: &&u32| end <= Decimal::from(**step * MOST_STEPS);
    let step = STEPS
        .iter()
        .find(fits)
        .copied()
        .unwrap_or(STEPS[STEPS.len() - 1]);
    let all = (0..=MOST_STEPS * 8).map(move |at| Decimal::from(at * step));
    all.take_while(move |it| *it <= end)
}

/// As much of some words as there is room for.
fn shortened(words: &str, room: f64) -> String {
    let most = (room / LETTER) as usize;
    match words.chars().count() > most {
        true => words
            .chars()
            .take(most.saturating_sub(1))
            .chain(['…'])
            .collect(),
        false => words.to_owned(),
    }
}
