use std::collections::BTreeMap;

use num_traits::{CheckedAdd, CheckedSub, Zero};

use super::DeliveryError;
use super::rules::DaysRule;
use super::task::tasks;
use crate::catalog::{ArithmeticError, Fraction};
use crate::quote::{Asked, AskedLine};

/// What is to be done at the places that work for several lines.
pub(super) struct Places(BTreeMap<String, Fraction>);

impl Places {
    pub fn new(asked: &Asked) -> Result<Self, DeliveryError> {
        let mut all: BTreeMap<String, Fraction> = BTreeMap::new();
        for line in asked.lines {
            for (code, units) in shared(line)? {
                let sum = all.entry(code).or_insert_with(Fraction::zero);
                *sum = sum.checked_add(&units).ok_or(ArithmeticError)?;
            }
        }
        Ok(Self(all))
    }

    /// What is to be done for the other lines.
    pub fn beside(&self, line: &AskedLine) -> Result<BTreeMap<String, Fraction>, DeliveryError> {
        let mut beside = BTreeMap::new();
        for (code, units) in shared(line)? {
            let all = self.0.get(&code).copied().unwrap_or_else(Fraction::zero);
            let others = all.checked_sub(&units).ok_or(ArithmeticError)?;
            beside.insert(code, others);
        }
        Ok(beside)
    }
}

/// What a line needs at the places that work for several lines.
fn shared(line: &AskedLine) -> Result<Vec<(String, Fraction)>, DeliveryError> {
    let mut found = Vec::new();
    for task in tasks(line.model).iter() {
        let DaysRule::Capacity(rule) = &task.rule else {
            continue;
        };
        let done = match &task.when {
            Some(when) => when.evaluate(line.model, line.values)? == Some(true),
            None => true,
        };
        if rule.all_lines && done {
            let units = rule.units(line.model, line.values, line.quantity.into())?;
            found.extend(units.map(|units| (task.code.clone(), units)));
        }
    }
    Ok(found)
}
