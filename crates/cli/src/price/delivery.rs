//! When a quote can be there, as `quotewright price` is asked and answers.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::catalog::{AttributeIndex, Decisions, Model, Text, Value};
use quotewright_engine::configure::Configurator;
use quotewright_engine::delivery::{self, Cause, Change, Plan, Wanted, WantedLine};
use quotewright_engine::price::PricePack;
use quotewright_engine::quote::Asked;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When it is wanted; also asks when it can be there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// When all of it should arrive, but for lines with a date of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub requested: Option<Date>,
    /// The day of the order; the day whose prices hold where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub ordered: Option<Date>,
    /// Whether to tell what would make it faster.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub faster: bool,
}

/// Pieces of a line with a date of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallOff {
    /// When they should arrive.
    #[schemars(with = "String")]
    pub date: Date,
    /// Pieces; those of all call-offs add up to the line.
    pub quantity: u32,
}

/// When the quote can be there. All dates are written as 2026-12-31.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// The day of the order.
    pub ordered: String,
    /// The lines, each by itself, in the order of the request.
    pub lines: Vec<Line>,
    /// All lines in one delivery.
    pub together: Shipment,
    /// What would make it faster, best first; empty where that is not asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faster: Vec<Faster>,
}

/// When a line can be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// The day at whose end it is ready to go.
    pub ready: String,
    /// When it arrives.
    #[serde(flatten)]
    pub arrives: Promise,
    /// What is done until it is ready.
    pub steps: Vec<Step>,
    /// What is done from then on until it arrives. The steps of both that drive the date follow
    /// one another from the order to it.
    pub transit: Vec<Step>,
    /// Its parts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub call_offs: Vec<CalledOff>,
    /// Whether holidays on the way are not known yet.
    pub estimated: bool,
}

/// When all lines together can be there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Shipment {
    /// The line that all wait for, from 0.
    pub last: usize,
    /// The day at whose end all are ready to go.
    pub ready: String,
    /// When they arrive.
    #[serde(flatten)]
    pub arrives: Promise,
    /// What is done from then on.
    pub transit: Vec<Step>,
    /// Whether holidays on the way are not known yet.
    pub estimated: bool,
}

/// A date that is possible beside the one that is wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Promise {
    /// The earliest date that is possible.
    pub possible: String,
    /// The date that is wanted.
    pub requested: Option<String>,
    /// Whether it is possible on the date that is wanted; nothing where none is.
    pub in_time: Option<bool>,
    /// Days that it is late.
    pub late_days: u32,
}

/// A call-off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CalledOff {
    /// Pieces.
    pub quantity: u32,
    /// Pieces of the line that have to be made until then, these included.
    pub made: u64,
    /// When they arrive.
    #[serde(flatten)]
    pub arrives: Promise,
}

/// One step on the way to a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// Code of the step; `options` and `product` where the catalog has no `delivery.csv`.
    pub step: String,
    /// Its name, by language.
    pub label: BTreeMap<String, String>,
    /// The day after which it can begin.
    pub from: String,
    /// The day at whose end it is done.
    pub until: String,
    /// Working days that it takes.
    pub working_days: u32,
    /// Working days that express takes off.
    pub saved: u32,
    /// What the working days come from.
    pub cause: Reason,
    /// Code of its calendar; empty for Monday to Friday.
    pub calendar: String,
    /// Holidays and closures on the way, by language.
    pub closures: Vec<BTreeMap<String, String>>,
    /// Whether it drives the date.
    pub drives: bool,
}

/// What the working days of a step come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Reason {
    /// The step itself.
    Step {
        /// The attributes that they depend on.
        attributes: Vec<String>,
    },
    /// The option that takes longest.
    Option {
        /// The attribute.
        attribute: String,
        /// The option.
        option: String,
    },
    /// `days` for every started `capacity` of `units`.
    Capacity {
        /// What there is to do, on other lines too where they count.
        units: String,
        /// What can be done in `days`.
        capacity: String,
        /// Working days.
        days: u32,
    },
}

/// What makes something arrive earlier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Faster {
    /// The line, from 0; nothing for the quote as a whole.
    pub line: Option<usize>,
    /// What is to be decided so.
    pub decide: BTreeMap<String, String>,
    /// When the line, or the whole quote together, then arrives.
    pub arrives: String,
    /// Days that this is earlier.
    pub days: u32,
    /// When all lines together then arrive.
    pub together: String,
    /// What the whole quote then costs more, once and over its terms, before tax.
    pub price: Option<String>,
    /// Whether it is then in time, and late otherwise.
    pub in_time: bool,
}

/// What is answered, and asked, beside the plan itself.
pub struct Told {
    /// The question.
    pub question: Question,
    /// What each line wants of its own.
    pub lines: Vec<WantedLine>,
    /// The decisions of each line.
    pub decisions: Vec<Decisions>,
    /// The answers about the quote as a whole.
    pub answers: Decisions,
}

impl Told {
    /// The plan for what is asked for.
    ///
    /// # Errors
    /// Where there is none, with the reason.
    pub fn answer(self, pack: &PricePack, asked: &Asked) -> Result<Delivery, String> {
        let ordered = self.question.ordered.unwrap_or(asked.date);
        let wanted = Wanted {
            date: self.question.requested,
            lines: self.lines.clone(),
        };
        let told = |error: delivery::DeliveryError| format!("there is no delivery date: {error}");
        let plan = delivery::plan(asked, ordered, &wanted).map_err(told)?;
        let faster = match self.question.faster {
            false => Vec::new(),
            true => {
                let changes = self.changes(asked)?;
                delivery::faster(asked, ordered, &wanted, Some(pack), &changes).map_err(told)?
            }
        };
        let models: Vec<&Model> = asked.lines.iter().map(|it| it.model).collect();
        let whole = asked.whole.map(|(model, _)| model);
        let faster = faster
            .iter()
            .filter_map(|it| Faster::new(&models, whole, it));
        Ok(Delivery {
            faster: faster.collect(),
            ..Delivery::new(&models, whole, &plan).ok_or("there is nothing to deliver")?
        })
    }

    /// What might be decided otherwise: every option that a lead time depends on, and the
    /// fastest configuration. What is answered about the quote as a whole stays as it is.
    fn changes(&self, asked: &Asked) -> Result<Vec<Change>, String> {
        let mut found = Vec::new();
        let lines = asked.lines.iter().zip(&self.decisions).enumerate();
        for (at, (line, decisions)) in lines {
            found.extend(changes(
                Some(at),
                (line.model, line.values),
                decisions,
                |_| true,
            )?);
        }
        if let Some((model, values)) = asked.whole {
            let is_open = |it: &_| !self.answers.contains_key(it);
            found.extend(changes(None, (model, values), &self.answers, is_open)?);
        }
        Ok(found)
    }
}

fn changes(
    line: Option<usize>,
    (model, now): (&Model, &[Option<Value>]),
    decisions: &Decisions,
    may_change: impl Fn(&AttributeIndex) -> bool,
) -> Result<Vec<Change>, String> {
    let configurator = Configurator::new(model.clone());
    let mut configurator = configurator.map_err(|error| error.to_string())?;
    Ok(delivery::changes(
        &mut configurator,
        line,
        now,
        decisions,
        may_change,
    ))
}

impl Delivery {
    fn new(models: &[&Model], whole: Option<&Model>, plan: &Plan) -> Option<Self> {
        let lines = plan.lines.iter().zip(models);
        let lines = lines.map(|(line, model)| Line {
            ready: line.ready.to_string(),
            arrives: Promise::new(&line.arrives),
            steps: steps(model, &line.steps),
            transit: whole.map_or_else(Vec::new, |whole| steps(whole, &line.transit)),
            call_offs: (line.call_offs.iter())
                .map(|it| CalledOff {
                    quantity: it.quantity,
                    made: it.made,
                    arrives: Promise::new(&it.arrives),
                })
                .collect(),
            estimated: line.estimated,
        });
        let together = plan.together.as_ref()?;
        Some(Self {
            ordered: plan.ordered.to_string(),
            lines: lines.collect(),
            together: Shipment {
                last: together.last,
                ready: together.ready.to_string(),
                arrives: Promise::new(&together.arrives),
                transit: whole.map_or_else(Vec::new, |it| steps(it, &together.transit)),
                estimated: together.estimated,
            },
            faster: Vec::new(),
        })
    }
}

impl Promise {
    fn new(promise: &delivery::Promise) -> Self {
        Self {
            possible: promise.possible.to_string(),
            requested: promise.requested.map(|it| it.to_string()),
            in_time: promise.requested.map(|_| promise.late_days == 0),
            late_days: promise.late_days,
        }
    }
}

/// Steps by the tasks of `model`.
fn steps(model: &Model, steps: &[delivery::DeliveryStep]) -> Vec<Step> {
    let words = |text: &Text| text.translations().collect();
    let step = |it: &delivery::DeliveryStep| Step {
        step: it.code.clone(),
        label: words(&it.label),
        from: it.from.to_string(),
        until: it.until.to_string(),
        working_days: it.working_days,
        saved: it.saved,
        cause: Reason::new(model, &it.cause),
        calendar: it.calendar.clone(),
        closures: it.closures.iter().map(words).collect(),
        drives: it.drives,
    };
    steps.iter().map(step).collect()
}

impl Reason {
    fn new(model: &Model, cause: &Cause) -> Self {
        match cause {
            Cause::Task { attributes } => Self::Step {
                attributes: attributes.iter().map(|it| code(model, *it)).collect(),
            },
            Cause::Option { attribute, option } => Self::Option {
                attribute: code(model, *attribute),
                option: model.value_to_text(*attribute, Value::Option(*option)),
            },
            Cause::Capacity {
                units,
                capacity,
                days,
            } => Self::Capacity {
                units: units.normalize().to_string(),
                capacity: capacity.normalize().to_string(),
                days: *days,
            },
        }
    }
}

impl Faster {
    fn new(models: &[&Model], whole: Option<&Model>, it: &delivery::Faster) -> Option<Self> {
        let model = match it.line {
            Some(at) => models.get(at)?,
            None => whole?,
        };
        let decide = it.attributes.iter();
        let decide =
            decide.map(|(index, value)| (code(model, *index), model.value_to_text(*index, *value)));
        Some(Self {
            line: it.line,
            decide: decide.collect(),
            arrives: it.arrives.to_string(),
            days: it.days,
            together: it.together.to_string(),
            price: it.price.map(|it| it.to_string()),
            in_time: it.in_time,
        })
    }
}

fn code(model: &Model, attribute: AttributeIndex) -> String {
    model
        .attribute(attribute)
        .map_or_else(String::new, |it| it.code.clone())
}
