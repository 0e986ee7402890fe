//! What the model prefers: the weightiest first.

use super::asking::{enough, limited};
use super::part::{Part, Stage};
use super::source::Source;
use crate::configure::optimize::{Descent, Target, values_of};

impl Part {
    pub(super) fn target(
        &mut self,
        source: &mut Source,
        number: usize,
        effort: Option<u32>,
    ) -> Option<()> {
        let kind = std::rc::Rc::clone(&self.kind);
        let next = match kind.targets.get(number) {
            None => Stage::Next(0),
            Some(Target::Value(atom)) => {
                let except = self.except == Some(atom.attribute);
                if !except && self.ask(source, *atom, effort)? {
                    self.grant(atom.attribute, atom.position);
                }
                Stage::Target(number + 1)
            }
            Some(Target::Hold(condition)) => {
                if self.ask_also(source, (number, condition), effort)? {
                    self.grant_also(condition.clone());
                }
                Stage::Target(number + 1)
            }
            Some(Target::Least(formula, opposite)) => match self.best(source, formula) {
                Some(value) => {
                    let descent = Descent::new(formula.clone(), value);
                    Stage::Descent(number, Box::new(descent), *opposite)
                }
                None => Stage::Target(number + 1),
            },
        };
        self.stage = next;
        Some(())
    }

    pub(super) fn descend(
        &mut self,
        source: &mut Source,
        (target, mut descent, opposite): (usize, Descent, bool),
        effort: Option<u32>,
    ) -> Option<()> {
        let found = match descent.probe() {
            // Nothing known is better than the best.
            Some(probe) => self.search(source, None, Some(&probe), limited(effort)),
            None => None,
        };
        match found {
            Some(Some(witness)) => {
                let model = &self.kind.model;
                let values = values_of(model, &witness);
                self.example = witness;
                if let Ok(Some(value)) = descent.value(model, &values) {
                    descent.found(value);
                }
            }
            Some(None) => descent.refuted(),
            None if descent.probe().is_some() && !enough(effort) => return None,
            None => {
                if let Some(gap) = descent.gap(opposite) {
                    self.gap.get_or_insert((target, gap));
                }
                self.grant_also(descent.reached());
                self.stage = Stage::Target(target + 1);
                return Some(());
            }
        }
        self.stage = Stage::Descent(target, Box::new(descent), opposite);
        Some(())
    }
}
