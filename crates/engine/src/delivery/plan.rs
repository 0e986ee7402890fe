use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::call_offs::made;
use super::places::Places;
use super::rules::Work;
use super::schedule::{Scheduled, schedule};
use super::working_days::distance;
use super::{CallOff, CalledOff, Delivery, DeliveryError, DeliveryStep, WorkingDays};
use crate::catalog::{Fraction, Model, Value};
use crate::quote::Asked;

/// When the buyer wants what is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// When all of it should arrive, but for lines with a date of their own.
    pub date: Option<Date>,
    /// One for each line; the others want nothing of their own.
    pub lines: Vec<WantedLine>,
}

/// When the buyer wants a line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WantedLine {
    /// When it should arrive.
    pub date: Option<Date>,
    /// Parts of it with dates of their own; they add up to the line.
    pub call_offs: Vec<CallOff>,
}

/// When what is asked for can be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// The day of the order, from which all is counted.
    pub ordered: Date,
    /// Each line by itself, in the order of the request.
    pub lines: Vec<LinePlan>,
    /// All lines in one delivery; `None` where there are none.
    pub together: Option<Shipment>,
}

/// When a line can be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePlan {
    /// The day at whose end it is ready to go.
    pub ready: Date,
    /// What is done until it arrives; those that drive the date add up to it.
    pub steps: Vec<DeliveryStep>,
    /// When it can arrive if it need not wait for other lines, and when it should.
    pub arrives: Promise,
    /// Its parts, in the order of the request.
    pub call_offs: Vec<CalledOff>,
    /// Whether something is undecided that may take longer.
    pub open: bool,
    /// Whether holidays on the way are not known yet.
    pub estimated: bool,
}

/// When lines that go together can be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shipment {
    /// Position of the line that all wait for, of several the first.
    pub last: usize,
    /// The day at whose end all are ready to go.
    pub ready: Date,
    /// What is done from then on.
    pub steps: Vec<DeliveryStep>,
    /// When they can arrive, and when they should: the day for the whole, else the earliest
    /// day of a line.
    pub arrives: Promise,
    /// Whether something is undecided that may take longer.
    pub open: bool,
    /// Whether holidays on the way are not known yet.
    pub estimated: bool,
}

/// A date that is possible beside the one that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// The earliest date that is possible.
    pub possible: Date,
    /// The date that is wanted.
    pub requested: Option<Date>,
    /// Days that the first is after the second; 0 where it is in time, or none is wanted.
    pub late_days: u32,
}

impl Promise {
    fn new(possible: Date, requested: Option<Date>) -> Self {
        let late = requested.map_or(0, |it| distance(it, possible));
        Self {
            possible,
            requested,
            late_days: u32::try_from(late).unwrap_or_default(),
        }
    }
}

/// When what is asked for can be there, if it is ordered on the day `ordered`: each line made
/// by its own tasks, then brought by those of the quote as a whole.
///
/// Lines are made beside each other; where a place works for several of them, its capacity is
/// counted over all. The order of the lines changes nothing but their order.
///
/// # Errors
/// Where call-offs do not add up to their line, or a number grows too large.
pub fn plan(asked: &Asked, ordered: Date, wanted: &Wanted) -> Result<Plan, DeliveryError> {
    let places = Places::new(asked)?;
    let transit = asked.whole.map(|(model, values)| Place::new(model, values));
    let none = WantedLine::default();
    let mut lines = Vec::with_capacity(asked.lines.len());
    for (at, line) in asked.lines.iter().enumerate() {
        let way = Way {
            place: Place::new(line.model, line.values),
            transit: transit.as_ref(),
            beside: places.beside(line)?,
            ordered,
        };
        let own = wanted.lines.get(at).unwrap_or(&none);
        lines.push(way.line(at, line.quantity, own, own.date.or(wanted.date))?);
    }
    let pieces = asked.lines.iter().map(|it| u64::from(it.quantity)).sum();
    let own_dates = wanted.lines.iter().filter_map(|it| it.date);
    let requested = wanted.date.or_else(|| own_dates.min());
    let together = together(&lines, transit.as_ref(), pieces, requested)?;
    Ok(Plan {
        ordered,
        lines,
        together,
    })
}

/// A model with its calendars made ready.
struct Place<'a> {
    model: &'a Model,
    values: &'a [Option<Value>],
    delivery: Cow<'a, Delivery>,
    calendars: Vec<WorkingDays>,
}

impl<'a> Place<'a> {
    fn new(model: &'a Model, values: &'a [Option<Value>]) -> Self {
        let delivery = match &model.delivery {
            Some(delivery) => Cow::Borrowed(delivery),
            None => Cow::Owned(Delivery::default()),
        };
        Self {
            model,
            values,
            calendars: delivery.working_days(),
            delivery,
        }
    }

    fn schedule(
        &self,
        pieces: u64,
        beside: &BTreeMap<String, Fraction>,
        start: Date,
    ) -> Result<Scheduled, DeliveryError> {
        let work = Work {
            model: self.model,
            delivery: &self.delivery,
            values: self.values,
            pieces,
            beside,
        };
        schedule(&work, &self.calendars, start)
    }
}

/// The way of a line from the order to its arrival.
struct Way<'a> {
    place: Place<'a>,
    transit: Option<&'a Place<'a>>,
    beside: BTreeMap<String, Fraction>,
    ordered: Date,
}

impl Way<'_> {
    fn line(
        &self,
        at: usize,
        quantity: u32,
        wanted: &WantedLine,
        requested: Option<Date>,
    ) -> Result<LinePlan, DeliveryError> {
        let (ready, all) = self.go(quantity.into())?;
        let made = made(at, quantity, &wanted.call_offs)?;
        let call_offs = wanted.call_offs.iter().zip(made).map(|(it, made)| {
            let (_, all) = self.go(made)?;
            Ok(CalledOff {
                quantity: it.quantity,
                made,
                arrives: Promise::new(all.until, Some(it.date)),
            })
        });
        Ok(LinePlan {
            ready,
            arrives: Promise::new(all.until, requested),
            call_offs: call_offs.collect::<Result<_, DeliveryError>>()?,
            steps: all.steps,
            open: all.open,
            estimated: all.estimated,
        })
    }

    /// When so many pieces are ready, and all that is done until they arrive.
    fn go(&self, pieces: u64) -> Result<(Date, Scheduled), DeliveryError> {
        let made = self.place.schedule(pieces, &self.beside, self.ordered)?;
        let ready = made.until;
        Ok((ready, brought(made, self.transit, pieces)?))
    }
}

/// `made`, and then what is done until it arrives.
fn brought(
    made: Scheduled,
    transit: Option<&Place>,
    pieces: u64,
) -> Result<Scheduled, DeliveryError> {
    let Some(transit) = transit.filter(|it| it.model.delivery.is_some()) else {
        return Ok(made);
    };
    let after = transit.schedule(pieces, &BTreeMap::new(), made.until)?;
    Ok(Scheduled {
        steps: made.steps.into_iter().chain(after.steps).collect(),
        until: after.until,
        open: made.open || after.open,
        estimated: made.estimated || after.estimated,
    })
}

fn together(
    lines: &[LinePlan],
    transit: Option<&Place>,
    pieces: u64,
    requested: Option<Date>,
) -> Result<Option<Shipment>, DeliveryError> {
    let ready = lines.iter().map(|it| it.ready).enumerate();
    let latest = ready.reduce(|best, it| if it.1 > best.1 { it } else { best });
    let Some((last, ready)) = latest else {
        return Ok(None);
    };
    let waiting = Scheduled {
        steps: Vec::new(),
        until: ready,
        open: lines.iter().any(|it| it.open),
        estimated: lines.iter().any(|it| it.estimated),
    };
    let all = brought(waiting, transit, pieces)?;
    Ok(Some(Shipment {
        last,
        ready,
        arrives: Promise::new(all.until, requested),
        steps: all.steps,
        open: all.open,
        estimated: all.estimated,
    }))
}
