//! What answers say, version by version: a proof stays what it was when later ones say more.

use super::answer::{Answer, Charge, Step};

/// Which members answers have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Steps without their inputs, facts of the quote as they are before lines are priced.
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
    pub fn told(self, mut answer: Answer) -> Answer {
        if self == Self::First {
            for line in &mut answer.lines {
                let again = line.recurring.iter_mut().map(|it| &mut it.charge);
                for charge in again.chain([&mut line.once]) {
                    untell(charge);
                }
            }
            untell_steps(&mut answer.steps);
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
