//! What answers say, version by version: a proof stays what it was when later ones say more.

use super::Request;
use super::answer::{Answer, Charge, Step};

/// Which members answers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Steps without their inputs, facts of the quote as they are before lines are priced, of
    /// the totals of EN 16931 only some.
    First,
    /// All that there is.
    Second,
}

impl Form {
    /// What answers are told in.
    pub const LATEST: Self = Self::Second;

    /// The form with this number.
    pub fn of(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::First),
            2 => Some(Self::Second),
            _ => None,
        }
    }

    /// Its number in proofs.
    pub fn number(self) -> u32 {
        match self {
            Self::First => 1,
            Self::Second => 2,
        }
    }

    /// The answer without what this form does not say.
    pub fn told(self, mut answer: Answer, request: &Request) -> Answer {
        if self == Self::First {
            for line in &mut answer.lines {
                let again = line.recurring.iter_mut().map(|it| &mut it.charge);
                for charge in again.chain([&mut line.once]) {
                    untell(charge);
                }
            }
            untell_steps(&mut answer.steps);
            answer.requirements.clear();
            let again = answer.recurring.iter_mut().map(|it| &mut it.totals);
            for totals in again.chain([&mut answer.totals]) {
                totals.line_nets.clear();
                totals.line_total = None;
                totals.allowance_total = None;
                totals.charge_total = None;
            }
            if request.prepaid.is_none() {
                (answer.totals.prepaid, answer.totals.payable) = (None, None);
            }
        }
        answer
    }
}

fn untell(charge: &mut Charge) {
    untell_steps(&mut charge.unit_steps);
    untell_steps(&mut charge.line_steps);
}

fn untell_steps(steps: &mut [Step]) {
    for step in steps {
        step.inputs.clear();
    }
}
