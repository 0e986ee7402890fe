//! From a drawing in the catalog's units to places on the screen: views below each other, on one
//! scale, with their measures beside them.

use quotewright_engine::picture::{Drawing, Drawn, ShapeKind};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// Width of the whole, in pixels of the drawing.
pub const WIDTH: f64 = 300.0;
/// Most that a view is high.
const MOST_HIGH: f64 = 110.0;
/// Room for a level or sloped measure.
const MEASURE: f64 = 20.0;
/// Room for an upright measure, whose words stand beside it.
const UPRIGHT: f64 = 54.0;
/// From an upright measure to the view and to its words.
const BESIDE: f64 = 6.0;
/// Between two views.
pub const GAP: f64 = 14.0;
/// Room for the name of a view.
const NAME: f64 = 14.0;
/// Room for what is thicker than its place says.
const EDGE: f64 = 4.0;

/// A point on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

/// A view with its place.
pub struct Placed<'d, 'a> {
    /// What is drawn.
    pub drawing: &'d Drawing<'a>,
    /// Where its name stands: the upper left corner.
    pub name: Point,
    scale: Scale,
    frame: Frame,
}

/// A dimension line beside a view.
pub struct Dimension {
    /// The two points that it is about.
    pub of: (Point, Point),
    /// Its ends.
    pub line: (Point, Point),
    /// Where its words are.
    pub words: Point,
    /// Which part of them is there, as `text-anchor` says it.
    pub anchor: &'static str,
    /// Degrees by which they are turned.
    pub turn: f64,
}

/// Where all views are, and how high they are together.
pub fn layout<'d, 'a>(drawings: &[&'d Drawing<'a>]) -> (Vec<Placed<'d, 'a>>, f64) {
    let frames: Vec<Frame> = drawings.iter().map(|it| Frame::of(it)).collect();
    let all = frames
        .iter()
        .copied()
        .reduce(Frame::with)
        .unwrap_or_default();
    let (mut left, mut right) = (EDGE, EDGE);
    for (drawing, frame) in drawings.iter().zip(&frames) {
        let after = |it: &Spot| upright(it).then(|| it.x > frame.x.middle());
        let (before, after) = sides(drawing, UPRIGHT, after);
        (left, right) = (left.max(before), right.max(after));
    }
    let most = |sum: f64, room: f64| if sum > 0.0 { room / sum } else { f64::MAX };
    let highest = frames.iter().map(|it| it.y.size()).fold(0.0, f64::max);
    let unit = most(all.x.size(), WIDTH - left - right).min(most(highest, MOST_HIGH));
    let unit = if unit == f64::MAX { 1.0 } else { unit };
    let spare = (WIDTH - left - right - all.x.size() * unit).max(0.0) / 2.0;
    let mut top = 0.0;
    let mut placed = Vec::new();
    for (drawing, frame) in drawings.iter().copied().zip(frames) {
        let name = Point { x: 0.0, y: top };
        let (above, below) = sides(drawing, MEASURE, |it| {
            level(it).then(|| it.y <= frame.y.middle())
        });
        let sloped = drawing.shapes.iter().any(sloped);
        let named = if drawing.view.label.is_empty() {
            0.0
        } else {
            NAME
        };
        let head = top + named + above + if sloped { MEASURE } else { 0.0 };
        let foot = head + frame.y.size() * unit;
        let scale = Scale {
            unit,
            left: left + spare - all.x.from * unit,
            foot: foot + frame.y.from * unit,
        };
        placed.push(Placed {
            drawing,
            name,
            scale,
            frame,
        });
        top = foot + below + GAP;
    }
    (placed, (top - GAP).max(0.0))
}

/// Room on two sides of a view, for the measures that `second` puts on the second one.
fn sides(drawing: &Drawing<'_>, room: f64, second: impl Fn(&Spot) -> Option<bool>) -> (f64, f64) {
    let spots = drawing
        .shapes
        .iter()
        .filter(|it| it.kind == ShapeKind::Measure);
    spots.fold((EDGE, EDGE), |(first, last), shape| {
        match second(&Spot::of(shape)) {
            Some(false) => (first + room, last),
            Some(true) => (first, last + room),
            None => (first, last),
        }
    })
}

impl Placed<'_, '_> {
    /// Where a point of the view is.
    pub fn point(&self, x: Decimal, y: Decimal) -> Point {
        self.scale.point(number(x), number(y))
    }

    /// How long something is.
    pub fn length(&self, length: Decimal) -> f64 {
        number(length) * self.scale.unit
    }

    /// Where the `at`th shape, a measure, is written.
    pub fn dimension(&self, at: usize) -> Dimension {
        let shapes = &self.drawing.shapes;
        let spot = shapes.get(at).map(Spot::of).unwrap_or_default();
        let measures = shapes.iter().take(at);
        let measures = measures.filter(|it| it.kind == ShapeKind::Measure);
        let before: Vec<Spot> = measures.map(Spot::of).collect();
        let of = (
            self.point_of(spot.x, spot.y),
            self.point_of(spot.x + spot.width, spot.y + spot.height),
        );
        if level(&spot) {
            self.level(of, &spot, &before)
        } else if upright(&spot) {
            self.upright(of, &spot, &before)
        } else {
            sloped_dimension(of)
        }
    }

    fn point_of(&self, x: f64, y: f64) -> Point {
        self.scale.point(x, y)
    }

    /// Below or above the view, beyond the measures `before` it.
    fn level(&self, of: (Point, Point), spot: &Spot, before: &[Spot]) -> Dimension {
        let below = |it: &Spot| it.y <= self.frame.y.middle();
        let others = before
            .iter()
            .filter(|it| level(it) && below(it) == below(spot));
        let away = MEASURE * (others.count() as f64 + 0.6) + EDGE;
        let y = match below(spot) {
            true => self.point_of(0.0, self.frame.y.from).y + away,
            false => self.point_of(0.0, self.frame.y.to).y - away,
        };
        let line = (Point { x: of.0.x, y }, Point { x: of.1.x, y });
        Dimension {
            of,
            line,
            words: above(line),
            anchor: "middle",
            turn: 0.0,
        }
    }

    /// Left or right of the view, beyond the measures `before` it.
    fn upright(&self, of: (Point, Point), spot: &Spot, before: &[Spot]) -> Dimension {
        let after = |it: &Spot| it.x > self.frame.x.middle();
        let others = before
            .iter()
            .filter(|it| upright(it) && after(it) == after(spot));
        let away = UPRIGHT * others.count() as f64 + BESIDE + EDGE;
        let (x, beside, anchor) = match after(spot) {
            true => (
                self.point_of(self.frame.x.to, 0.0).x + away,
                BESIDE,
                "start",
            ),
            false => (
                self.point_of(self.frame.x.from, 0.0).x - away,
                -BESIDE,
                "end",
            ),
        };
        let line = (Point { x, y: of.0.y }, Point { x, y: of.1.y });
        let middle = above(line);
        Dimension {
            of,
            line,
            words: Point {
                x: x + beside,
                y: middle.y + BESIDE,
            },
            anchor,
            turn: 0.0,
        }
    }
}

/// Along the slope, above it.
fn sloped_dimension(of: (Point, Point)) -> Dimension {
    let (across, up) = (of.1.x - of.0.x, of.1.y - of.0.y);
    let length = across.hypot(up);
    let off = |it: Point| Point {
        x: it.x + up / length * MEASURE,
        y: it.y - across / length * MEASURE,
    };
    let line = (off(of.0), off(of.1));
    Dimension {
        of,
        line,
        words: above(line),
        anchor: "middle",
        turn: up.atan2(across).to_degrees(),
    }
}

/// Just above the middle of a line.
fn above((from, to): (Point, Point)) -> Point {
    Point {
        x: (from.x + to.x) / 2.0,
        y: (from.y + to.y) / 2.0 - 3.0,
    }
}

#[derive(Clone, Copy)]
struct Scale {
    /// Pixels for one unit of the catalog.
    unit: f64,
    left: f64,
    foot: f64,
}

impl Scale {
    fn point(&self, x: f64, y: f64) -> Point {
        Point {
            x: self.left + x * self.unit,
            y: self.foot - y * self.unit,
        }
    }
}

/// Where a shape is, in the catalog's units.
#[derive(Clone, Copy, Default)]
struct Spot {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

impl Spot {
    fn of(shape: &Drawn<'_>) -> Self {
        Self {
            x: number(shape.x),
            y: number(shape.y),
            width: number(shape.width),
            height: number(shape.height),
        }
    }
}

fn level(spot: &Spot) -> bool {
    spot.height == 0.0
}

fn upright(spot: &Spot) -> bool {
    spot.width == 0.0 && !level(spot)
}

fn sloped(shape: &Drawn<'_>) -> bool {
    let spot = Spot::of(shape);
    shape.kind == ShapeKind::Measure && !level(&spot) && !upright(&spot)
}

#[derive(Clone, Copy, Default)]
struct Span {
    from: f64,
    to: f64,
}

impl Span {
    fn of(from: f64, size: f64, around: f64) -> Self {
        Self {
            from: from.min(from + size) - around,
            to: from.max(from + size) + around,
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            from: self.from.min(other.from),
            to: self.to.max(other.to),
        }
    }

    fn size(self) -> f64 {
        self.to - self.from
    }

    fn middle(self) -> f64 {
        (self.from + self.to) / 2.0
    }
}

/// What the shapes of a view take up, measures and words left out.
#[derive(Clone, Copy, Default)]
struct Frame {
    x: Span,
    y: Span,
}

impl Frame {
    fn of(drawing: &Drawing<'_>) -> Self {
        let frames = drawing.shapes.iter().filter_map(Self::of_shape);
        frames.reduce(Self::with).unwrap_or_default()
    }

    fn of_shape(shape: &Drawn<'_>) -> Option<Self> {
        let spot = Spot::of(shape);
        let (x, y) = match shape.kind {
            ShapeKind::Box => (
                Span::of(spot.x, spot.width, 0.0),
                Span::of(spot.y, spot.height, 0.0),
            ),
            ShapeKind::Line => {
                let around = shape.thickness.map_or(0.0, number) / 2.0;
                (
                    Span::of(spot.x, spot.width, around),
                    Span::of(spot.y, spot.height, around),
                )
            }
            ShapeKind::Circle => {
                let around = spot.width / 2.0;
                (Span::of(spot.x, 0.0, around), Span::of(spot.y, 0.0, around))
            }
            ShapeKind::Text | ShapeKind::Measure | ShapeKind::Note | ShapeKind::Bar => return None,
        };
        Some(Self { x, y })
    }

    fn with(self, other: Self) -> Self {
        Self {
            x: self.x.with(other.x),
            y: self.y.with(other.y),
        }
    }
}

/// A number of the catalog on the screen.
pub fn number(number: Decimal) -> f64 {
    number.to_f64().unwrap_or_default()
}
