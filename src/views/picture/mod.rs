//! What is configured, drawn as on an offer.

mod layout;

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Attribute, AttributeDomain, Model, Value, Wish};
use quotewright_engine::configure::{AttributeState, Domain, Possibility};
use quotewright_engine::picture::{Drawing, Drawn, Look, ShapeKind, draw};
use quotewright_style::PICTURE;
use rust_decimal::Decimal;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, XmlSerializer};

use crate::messages::{Words, use_words};
use crate::state::Catalog;
use crate::workbench::{use_bench, values_of};
use layout::{Placed, WIDTH, layout};

/// The drawing of what is being configured; nothing where the catalog has none.
#[component]
pub fn PictureView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    catalog.model.picture.as_ref()?;
    let words = use_words();
    let bench = use_bench();
    let figure = NodeRef::<leptos::html::Figure>::new();
    let name = catalog.model.product.clone();
    let drawn = move || {
        bench
            .states
            .with(|states| picture(words, &catalog.model, states))
    };
    let save = move |_| {
        if let Some(figure) = figure.get_untracked() {
            save(&figure, &name);
        }
    };
    Some(view! {
        <figure class="picture" node_ref=figure>
            {drawn}
            <button class="link small" type="button" on:click=save>
                {words.messages.price.save_picture}
            </button>
        </figure>
    })
}

/// The drawing of a complete configuration, for paper; nothing where the catalog has none.
pub fn printed(words: Words, model: &Model, assignment: &[Value]) -> Option<AnyView> {
    let values: Vec<Option<Value>> = assignment.iter().copied().map(Some).collect();
    let drawing = drawing(words, model, &values, &values)?;
    Some(view! { <div class="picture printed">{drawing}</div> }.into_any())
}

fn picture(words: Words, model: &Model, states: &[AttributeState]) -> Option<AnyView> {
    let values = values_of(states);
    let stand_in: Vec<Option<Value>> = (model.attributes.iter().zip(states))
        .map(|(attribute, state)| {
            wished(attribute, state).or_else(|| first_possible(attribute, state))
        })
        .collect();
    drawing(words, model, &values, &stand_in)
}

fn drawing(
    words: Words,
    model: &Model,
    values: &[Option<Value>],
    stand_in: &[Option<Value>],
) -> Option<AnyView> {
    let drawings = draw(model.picture.as_ref()?, model, values, stand_in).ok()?;
    let shown: Vec<Option<Value>> = (values.iter().zip(stand_in))
        .map(|(value, stand_in)| value.or(*stand_in))
        .collect();
    let pen = Pen {
        words,
        model,
        shown: &shown,
    };
    let spoken = pen.spoken(&drawings);
    let (placed, height) = layout(&drawings);
    let views = placed.iter().map(|it| pen.view(it)).collect_view();
    let view = view! {
        <svg class="drawing" viewBox=format!("0 0 {WIDTH} {height:.1}") role="img" aria-label=spoken>{views}</svg>
    };
    Some(view.into_any())
}

/// What stands in for an attribute of which nothing is known yet: likely it will have that.
fn wished(attribute: &Attribute, state: &AttributeState) -> Option<Value> {
    let unknown = match &state.domain {
        Domain::Options(options) => options.iter().all(|it| *it == Possibility::Unknown),
        Domain::Number { min, max } => min.is_none() && max.is_none(),
    };
    match attribute.wish {
        Some(Wish::Value(value)) if unknown => Some(value),
        _ => None,
    }
}

/// What stands in for one that is open: the first or least that may be possible.
fn first_possible(attribute: &Attribute, state: &AttributeState) -> Option<Value> {
    match (&state.domain, &attribute.domain) {
        (Domain::Options(options), _) => {
            let first = options.iter().position(|it| *it != Possibility::Impossible);
            first.map(Value::Option)
        }
        (Domain::Number { min, .. }, AttributeDomain::Number(range)) => {
            Some(Value::Number(min.unwrap_or(range.min)))
        }
        (Domain::Number { .. }, _) => None,
    }
}

struct Pen<'m> {
    words: Words,
    model: &'m Model,
    shown: &'m [Option<Value>],
}

impl Pen<'_> {
    /// What the drawing shows, in sentences.
    fn spoken(&self, drawings: &[Drawing<'_>]) -> String {
        let shapes = drawings.iter().flat_map(|it| &it.shapes);
        let told = shapes.filter(|it| !matches!(it.kind, ShapeKind::Text | ShapeKind::Measure));
        let sentences = told.filter_map(|it| it.label.map(|_| self.label(it)));
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// The words of a shape: `{code}` is the value of an attribute, `{}` the shape's own size.
    fn label(&self, shape: &Drawn<'_>) -> String {
        let words = shape
            .label
            .map_or_else(String::new, |it| self.words.text(it));
        let mut parts = words.split('{');
        let mut written = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, after) = part.split_once('}').unwrap_or(("", part));
            written += &match name {
                "" => self.words.format.number(size(shape)),
                name => self.value(name).unwrap_or_default(),
            };
            written += after;
        }
        written
    }

    fn value(&self, code: &str) -> Option<String> {
        let index = self.model.index_of(code)?;
        let value = self.shown.get(index.0).copied().flatten()?;
        Some(self.words.value(self.model.attribute(index)?, value))
    }

    fn view(&self, placed: &Placed<'_, '_>) -> AnyView {
        let name = self.words.text(&placed.drawing.view.label);
        let shapes = placed.drawing.shapes.iter().enumerate();
        let shapes = shapes.map(|(at, shape)| self.shape(placed, at, shape));
        let at = placed.name;
        view! {
            <text class="name" x=at.x y=at.y + 11.0>{name}</text>
            {shapes.collect_view()}
        }
        .into_any()
    }

    fn shape(&self, placed: &Placed<'_, '_>, at: usize, shape: &Drawn<'_>) -> Option<AnyView> {
        let open = if shape.open { " open" } else { "" };
        let class = format!("{}{open}", look(shape.look));
        let (from, to) = (
            placed.point(shape.x, shape.y),
            placed.point(shape.x + shape.width, shape.y + shape.height),
        );
        let round = |number: f64| format!("{number:.1}");
        Some(match shape.kind {
            ShapeKind::Note => return None,
            ShapeKind::Line => {
                let thickness = shape.thickness.map_or(1.0, |it| placed.length(it).max(1.0));
                let class = format!("line {class}");
                view! {
                    <line class=class x1=round(from.x) y1=round(from.y) x2=round(to.x) y2=round(to.y)
                        stroke-width=round(thickness)/>
                }
                .into_any()
            }
            ShapeKind::Box => {
                let (width, height) = (
                    (to.x - from.x).abs().max(1.0),
                    (to.y - from.y).abs().max(1.0),
                );
                view! {
                    <rect class=class x=round(from.x.min(to.x)) y=round(from.y.min(to.y))
                        width=round(width) height=round(height)/>
                }
                .into_any()
            }
            ShapeKind::Circle => {
                let radius = (placed.length(shape.width) / 2.0).max(1.0);
                view! { <circle class=class cx=round(from.x) cy=round(from.y) r=round(radius)/> }
                    .into_any()
            }
            ShapeKind::Text => view! {
                <text text-anchor="middle" x=round(from.x) y=round(from.y)>{self.label(shape)}</text>
            }
            .into_any(),
            ShapeKind::Measure => self.measure(placed, at, shape),
        })
    }

    fn measure(&self, placed: &Placed<'_, '_>, at: usize, shape: &Drawn<'_>) -> AnyView {
        let dimension = placed.dimension(at);
        let (from, to) = dimension.line;
        let lines = [(dimension.of.0, from), (dimension.of.1, to)]
            .map(|(of, end)| format!("M{:.1} {:.1}L{:.1} {:.1}", of.x, of.y, end.x, end.y));
        let arrows = format!(
            "M{:.1} {:.1}L{:.1} {:.1}{}{}",
            from.x,
            from.y,
            to.x,
            to.y,
            arrow(from, to),
            arrow(to, from),
        );
        let class = if shape.open {
            "measure open"
        } else {
            "measure"
        };
        let words = dimension.words;
        let (x, y) = (words.x, words.y);
        let turned = format!("translate({x:.1} {y:.1}) rotate({:.1})", dimension.turn);
        view! {
            <g class=class>
                <path class="from" d=lines.concat()/>
                <path d=arrows/>
                <text transform=turned text-anchor=dimension.anchor>{self.label(shape)}</text>
            </g>
        }
        .into_any()
    }
}

/// How long a shape is: of a level or upright one exactly.
fn size(shape: &Drawn<'_>) -> Decimal {
    let size = if shape.height.is_zero() {
        shape.width
    } else {
        shape.height
    };
    size.abs().round()
}

/// The head of an arrow at `end` of a line.
fn arrow(end: layout::Point, other: layout::Point) -> String {
    let (x, y) = (other.x - end.x, other.y - end.y);
    let length = x.hypot(y);
    if length < 1.0 {
        return String::new();
    }
    let (x, y) = (x / length * 5.0, y / length * 5.0);
    format!(
        "M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}",
        end.x + x - y * 0.4,
        end.y + y + x * 0.4,
        end.x,
        end.y,
        end.x + x + y * 0.4,
        end.y + y - x * 0.4,
    )
}

/// Offers the drawing as a file.
fn save(figure: &Element, name: &str) {
    let drawing = figure.query_selector("svg").ok().flatten();
    let document = leptos::prelude::document();
    let link = document.create_element("a").ok();
    let link = link.and_then(|it| it.dyn_into::<HtmlElement>().ok());
    // As XML: what a page is made of has names for characters that a file does not know.
    let markup = drawing.and_then(|it| XmlSerializer::new().ok()?.serialize_to_string(&it).ok());
    if let Some((markup, link)) = markup.zip(link) {
        let (start, rest) = markup.split_once('>').unwrap_or((&markup, ""));
        let file = format!("{start}><style>{PICTURE}</style>{rest}");
        let file = js_sys::encode_uri_component(&file);
        let address = format!("data:image/svg+xml;charset=utf-8,{file}");
        // Neither can fail: the names are plain.
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", &format!("{name}.svg"));
        link.click();
    }
}

fn look(look: Look) -> &'static str {
    match look {
        Look::Light => "light",
        Look::Mid => "mid",
        Look::Dark => "dark",
        Look::Accent => "accent",
        Look::Outline => "outline",
    }
}
