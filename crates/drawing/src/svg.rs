//! Markup of a drawing.

use maud::{Markup, html};
use quotewright_engine::picture::{Drawing, Drawn, Look, ShapeKind};

use crate::Words;
use crate::label::Labels;
use crate::layout::{GAP, Placed, Point, WIDTH, layout};
use crate::plan;

/// All views of a drawing, plans below the others.
pub fn write(labels: &Labels<'_, impl Words>, drawings: &[Drawing<'_>]) -> Markup {
    let (plans, views): (Vec<_>, Vec<_>) = drawings.iter().partition(|it| plan::is_plan(it));
    let (placed, mut height) = layout(&views);
    let mut written = Vec::new();
    for plan in plans {
        let top = if height > 0.0 { height + GAP } else { height };
        let (markup, foot) = plan::write(labels, plan, top);
        written.push(markup);
        height = foot;
    }
    let view_box = format!("0 0 {WIDTH} {height:.1}");
    html! {
        svg .drawing viewBox=(view_box) role="img" aria-label=(labels.spoken(drawings)) {
            @for view in &placed { (write_view(labels, view)) }
            @for plan in written { (plan) }
        }
    }
}

fn write_view(labels: &Labels<'_, impl Words>, placed: &Placed<'_, '_>) -> Markup {
    let name = labels.text(&placed.drawing.view.label);
    let at = placed.name;
    html! {
        text .name x=(round(at.x)) y=(round(at.y + 11.0)) { (name) }
        @for (index, shape) in placed.drawing.shapes.iter().enumerate() {
            (write_shape(labels, placed, index, shape))
        }
    }
}

fn write_shape(
    labels: &Labels<'_, impl Words>,
    placed: &Placed<'_, '_>,
    index: usize,
    shape: &Drawn<'_>,
) -> Markup {
    let class = format!("{}{}", look(shape.look), open(shape));
    let from = placed.point(shape.x, shape.y);
    let to = placed.point(shape.x + shape.width, shape.y + shape.height);
    match shape.kind {
        ShapeKind::Note | ShapeKind::Bar => html! {},
        ShapeKind::Line => {
            let thickness = shape.thickness.map_or(1.0, |it| placed.length(it).max(1.0));
            html! {
                line class={ "line " (class) } x1=(round(from.x)) y1=(round(from.y))
                    x2=(round(to.x)) y2=(round(to.y)) stroke-width=(round(thickness)) {}
            }
        }
        ShapeKind::Box => {
            let (width, height) = ((to.x - from.x).abs(), (to.y - from.y).abs());
            html! {
                rect class=(class) x=(round(from.x.min(to.x))) y=(round(from.y.min(to.y)))
                    width=(round(width.max(1.0))) height=(round(height.max(1.0))) {}
            }
        }
        ShapeKind::Circle => {
            let radius = (placed.length(shape.width) / 2.0).max(1.0);
            html! { circle class=(class) cx=(round(from.x)) cy=(round(from.y)) r=(round(radius)) {} }
        }
        ShapeKind::Text => html! {
            text text-anchor="middle" x=(round(from.x)) y=(round(from.y)) { (labels.of(shape)) }
        },
        ShapeKind::Measure => write_measure(labels, placed, index, shape),
    }
}

fn write_measure(
    labels: &Labels<'_, impl Words>,
    placed: &Placed<'_, '_>,
    index: usize,
    shape: &Drawn<'_>,
) -> Markup {
    let dimension = placed.dimension(index);
    let (from, to) = dimension.line;
    let lines = [(dimension.of.0, from), (dimension.of.1, to)].map(|(of, end)| path(&[of, end]));
    let arrows = [path(&[from, to]), arrow(from, to), arrow(to, from)].concat();
    let Point { x, y } = dimension.words;
    let turned = format!("translate({x:.1} {y:.1}) rotate({:.1})", dimension.turn);
    html! {
        g class={ "measure" (open(shape)) } {
            path .from d=(lines.concat()) {}
            path d=(arrows) {}
            text transform=(turned) text-anchor=(dimension.anchor) { (labels.of(shape)) }
        }
    }
}

/// The head of an arrow at `end` of a line.
fn arrow(end: Point, other: Point) -> String {
    let (x, y) = (other.x - end.x, other.y - end.y);
    let length = x.hypot(y);
    if length < 1.0 {
        return String::new();
    }
    let (x, y) = (x / length * 5.0, y / length * 5.0);
    let side = |by: f64| Point {
        x: end.x + x - y * by,
        y: end.y + y + x * by,
    };
    path(&[side(0.4), end, side(-0.4)])
}

/// From point to point.
fn path(points: &[Point]) -> String {
    let steps = points.iter().enumerate().map(|(at, it)| {
        let step = if at == 0 { 'M' } else { 'L' };
        format!("{step}{:.1} {:.1}", it.x, it.y)
    });
    steps.collect()
}

/// As precise as is seen.
pub fn round(number: f64) -> String {
    format!("{number:.1}")
}

/// The class of what stands for an open choice.
pub fn open(shape: &Drawn<'_>) -> &'static str {
    if shape.open { " open" } else { "" }
}

/// The class of a look.
pub fn look(look: Look) -> &'static str {
    match look {
        Look::Light => "light",
        Look::Mid => "mid",
        Look::Dark => "dark",
        Look::Accent => "accent",
        Look::Outline => "outline",
    }
}
