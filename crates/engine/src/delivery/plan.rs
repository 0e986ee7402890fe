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
    /// When all of it should arrive, but for lines with dates of their own.
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

impl Plan {
    /// The most days that a line or call-off is late, each brought by itself; 0 where all is
    /// in time.
    pub fn late_days(&self) -> u32 {
        let promises = self.lines.iter().flat_map(|line| {
            let call_offs = line.call_offs.iter().map(|it| it.arrives);
            call_offs.chain([line.arrives])
        });
        promises.map(|it| it.late_days).max().unwrap_or_default()
    }
}

/// When a line can be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinePlan {
    /// The day at whose end it is ready to go.
    pub ready: Date,
    /// What is done until it is ready, by the tasks of its product.
    pub steps: Vec<DeliveryStep>,
    /// What is done from then on until it arrives, by the tasks of the quote as a whole. The
    /// steps of both that drive the date add up to it.
    pub transit: Vec<DeliveryStep>,
    /// When it can arrive if it need not wait for other lines, and when it should.
    pub arrives: Promise,
    /// Its parts, in the order of the request.
    pub call_offs: Vec<CalledOff>,
    /// Whether something is undecided that may take longer.
    pub open: bool,
    /// Whether holidays on the way are not known yet.
    pub estimated: bool,
}

impl LinePlan {
    /// Working days of the steps that drive the date, each by its own calendar.
    pub fn working_days(&self) -> u32 {
        let steps = self.steps.iter().chain(&self.transit);
        let days = steps.filter(|it| it.drives).map(|it| it.working_days);
        days.fold(0, u32::saturating_add)
    }
}

/// When lines that go together can be there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shipment {
    /// Position of the line that all wait for, of several the first.
    pub last: usize,
    /// The day at whose end all are ready to go.
    pub ready: Date,
    /// What is done from then on, by the tasks of the quote as a whole.
    pub transit: Vec<DeliveryStep>,
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
        let for_all = wanted.date.filter(|_| own.call_offs.is_empty());
        lines.push(way.line(at, line.quantity, own, own.date.or(for_all))?);
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
        let (product, transit) = self.go(quantity.into())?;
        let made = made(at, quantity, &wanted.call_offs)?;
        let call_offs = wanted.call_offs.iter().zip(made).map(|(it, made)| {
            let (_, transit) = self.go(made)?;
            Ok(CalledOff {
                quantity: it.quantity,
                made,
                arrives: Promise::new(transit.until, Some(it.date)),
            })
        });
        Ok(LinePlan {
            ready: product.until,
            arrives: Promise::new(transit.until, requested),
            call_offs: call_offs.collect::<Result<_, DeliveryError>>()?,
            steps: product.steps,
            transit: transit.steps,
            open: product.open || transit.open,
            estimated: product.estimated || transit.estimated,
        })
    }

    /// How so many pieces are made, and then brought.
    fn go(&self, pieces: u64) -> Result<(Scheduled, Scheduled), DeliveryError> {
        let product = (self.place).schedule(pieces, &self.beside, self.ordered)?;
        let transit = brought(self.transit, pieces, product.until)?;
        Ok((product, transit))
    }
}

/// What is done from the day `ready` until it arrives.
fn brought(transit: Option<&Place>, pieces: u64, ready: Date) -> Result<Scheduled, DeliveryError> {
    match transit.filter(|it| it.model.delivery.is_some()) {
        Some(transit) => transit.schedule(pieces, &BTreeMap::new(), ready),
        None => Ok(Scheduled::nothing(ready)),
    }
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
    let all = brought(transit, pieces, ready)?;
    Ok(Some(Shipment {
        last,
        ready,
        arrives: Promise::new(all.until, requested),
        transit: all.steps,
        open: all.open || lines.iter().any(|it| it.open),
        estimated: all.estimated || lines.iter().any(|it| it.estimated),
    }))
}
