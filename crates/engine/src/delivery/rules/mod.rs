//! How long tasks take: each kind of rule by itself.

mod capacity;
mod days;
mod express;
mod options;
mod table;

use std::collections::{BTreeMap, BTreeSet};

pub use capacity::Capacity;
pub use days::Days;
pub use express::Express;
pub use options::ChosenOptions;
pub use table::{DaysLookup, DaysRow, DaysTable};

use num_traits::{Signed, ToPrimitive};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Delivery, DeliveryError, Task};
use crate::catalog::{AttributeIndex, Condition, Formula, Fraction, Model, Truth, Value};

/// How many working days a task takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum DaysRule {
    /// See [`Days`].
    Days(Days),
    /// See [`ChosenOptions`].
    Options(ChosenOptions),
    /// See [`Capacity`].
    Capacity(Capacity),
    /// See [`DaysLookup`].
    Table(DaysLookup),
}

impl DaysRule {
    fn kind(&self) -> &dyn Apply {
        match self {
            Self::Days(rule) => rule,
            Self::Options(rule) => rule,
            Self::Capacity(rule) => rule,
            Self::Table(rule) => rule,
        }
    }
}

/// What every kind of rule can do.
trait Apply {
    /// How long the task takes.
    fn apply(&self, task: &Task, work: &Work) -> Result<Taken, DeliveryError>;

    /// The working days of one piece, for formulas.
    fn terms(&self, delivery: &Delivery, model: &Model) -> Result<Terms, DeliveryError>;

    /// The attributes that its days depend on.
    fn attributes(&self, delivery: &Delivery, model: &Model) -> Vec<AttributeIndex>;
}

/// What is to be done for a line.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub model: &'a Model,
    pub delivery: &'a Delivery,
    pub values: &'a [Option<Value>],
    /// Pieces.
    pub pieces: u64,
    /// What else is to be done at the same places, by the code of the task.
    pub beside: &'a BTreeMap<String, Fraction>,
}

impl Work<'_> {
    fn value(&self, attribute: AttributeIndex) -> Option<Value> {
        self.values.get(attribute.0).copied().flatten()
    }
}

/// How long a task takes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Taken {
    /// Working days; the least that is possible while `open`.
    pub days: u32,
    /// Working days that express takes off.
    pub saved: u32,
    /// What they come from.
    pub cause: Cause,
    /// Whether an undecided attribute may still add days.
    pub open: bool,
}

/// What the days of a step come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// The task itself, or the attributes that its days are worked out from.
    Task {
        /// The attributes.
        attributes: Vec<AttributeIndex>,
    },
    /// The option that takes longest.
    Option {
        /// The attribute.
        attribute: AttributeIndex,
        /// Position of the option.
        option: usize,
    },
    /// How much there is to do: `days` for every started `capacity` of `units`.
    Capacity {
        /// What there is to do, other lines included where they count.
        units: Decimal,
        /// What can be done in `days`.
        capacity: Decimal,
        /// Working days.
        days: u32,
    },
}

impl Taken {
    fn new(days: u32, cause: Cause) -> Self {
        Self {
            days,
            saved: 0,
            cause,
            open: false,
        }
    }

    /// Nothing is to be done.
    fn nothing() -> Self {
        let attributes = Vec::new();
        Self::new(0, Cause::Task { attributes })
    }
}

/// How long `task` takes, express included.
pub(super) fn taken(at: usize, task: &Task, work: &Work) -> Result<Taken, DeliveryError> {
    let mut waits = false;
    if let Some(when) = &task.when {
        match when.truth(work.model, work.values)? {
            Truth::Yes => {}
            Truth::No | Truth::Undefined => return Ok(Taken::nothing()),
            Truth::Open => waits = true,
        }
    }
    let mut taken = task.rule.kind().apply(task, work)?;
    if waits {
        let open = taken.open || taken.days > 0;
        return Ok(Taken {
            open,
            ..Taken::nothing()
        });
    }
    let percent = express::percent(at, work)?;
    let days = express::shortened(taken.days, percent);
    taken.saved = taken.days - days;
    taken.days = days;
    Ok(taken)
}

/// The attributes that the days of `task` depend on, express included.
pub(super) fn looked_at(
    at: usize,
    task: &Task,
    delivery: &Delivery,
    model: &Model,
) -> BTreeSet<AttributeIndex> {
    let express = delivery.express.iter().filter(|it| it.of.contains(&at));
    let conditions = express.filter_map(|it| it.when.as_ref()).chain(&task.when);
    let mut found: BTreeSet<_> = conditions.flat_map(Condition::attributes).collect();
    found.extend(task.rule.kind().attributes(delivery, model));
    found
}

/// Days rounded up; none where they are below zero.
fn whole_days(days: Fraction, task: &Task) -> Result<u32, DeliveryError> {
    if days.is_negative() {
        return Ok(0);
    }
    let whole = days.ceil().to_integer().to_u32();
    whole.ok_or_else(|| DeliveryError::TooLong {
        task: task.code.clone(),
    })
}

/// The working days of one piece.
enum Terms {
    /// The most of those whose condition holds; one without a condition always does.
    Most(Vec<(Option<Condition>, u32)>),
    /// What a formula comes to, which is rounded up where it is no whole number.
    Formula(Formula),
}

/// The working days of `task` for one piece as a formula, express included. What another
/// formula says is not rounded up to whole days.
pub(super) fn formula(
    at: usize,
    task: &Task,
    delivery: &Delivery,
    model: &Model,
) -> Result<Formula, DeliveryError> {
    let terms = task.rule.kind().terms(delivery, model)?;
    let formula = express::formula(at, &terms, delivery)?;
    Ok(match &task.when {
        None => formula,
        Some(when) => Formula::Where(Box::new(when.clone()), Box::new(formula)),
    })
}
