//! The one narrow question that everything else is built on, and the only
//! thing that a second way of reasoning would have to answer.
//!
//! A reasoner sees no decimals and no texts: every attribute has values at
//! positions `0, 1, ...` (options in their order, numbers by their steps).

use num_bigint::BigUint;

use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Constraint, Model, Value};

pub use super::sat::SatReasoner;

/// Says whether there is a complete valid configuration of a kind.
pub trait Reasoner {
    /// Looks for a complete configuration in which the asked constraints and all atoms hold.
    ///
    /// Answers are exact. Which witness, and which of several cores, is up to the
    /// reasoner: whoever asks must not let them decide what the buyer is told.
    fn ask(&mut self, question: &Question) -> Answer;

    /// For each attribute, which of its positions have a complete configuration together with
    /// all atoms but those on the attribute itself. One more entry at the end says so of the
    /// absence of an attribute that belongs to a part. `None` from a reasoner that can only
    /// find out one at a time.
    fn sweep(&mut self, _atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        None
    }

    /// As [`Reasoner::ask`] about all constraints, and what comes to light at once when all
    /// atoms are taken for true. `None` from a reasoner that draws no conclusions but answers.
    fn implied(&mut self, _atoms: &[Atom]) -> Option<Implied> {
        None
    }

    /// Those of some values, and maybe more, that come to light without a question: each can
    /// hold together with all `atoms`, which say what has which position, but the one on its
    /// own attribute. Sought near the configuration that was found last, if all `atoms` hold
    /// there; nothing from a reasoner that does not seek so.
    fn nearby(&mut self, _atoms: &[Atom], _open: &[Atom]) -> Vec<Atom> {
        Vec::new()
    }

    /// A reasoner about those complete configurations with all atoms that cost the least.
    /// `costs` has one for each attribute and position; one more entry at the end is for the
    /// absence of an attribute that belongs to a part. `None` where there is no such
    /// configuration, or from a reasoner that cannot tell them.
    fn only_cheapest(&mut self, _atoms: &[Atom], _costs: &[Vec<i64>]) -> Option<Box<dyn Reasoner>> {
        None
    }

    /// How many complete configurations there are in which all atoms hold. `None` from a
    /// reasoner that cannot tell, or not in as many steps as are `left`, of which it takes
    /// off its own.
    fn counted(&mut self, _atoms: &[Atom], _left: &mut u32) -> Option<BigUint> {
        None
    }

    /// Whether [`Reasoner::ask_also`] takes conditions into account.
    fn takes_conditions(&self) -> bool {
        false
    }

    /// Whether [`Reasoner::ask_also`] takes this condition into account.
    fn can_ask_also(&mut self, _condition: &Condition) -> bool {
        false
    }

    /// As [`Reasoner::ask`] about all constraints, where all of `also`, each of which is
    /// never undefined, have to hold besides. Cores do not name them. `Unknown` also where
    /// the reasoner cannot take such conditions into account.
    fn ask_also(&mut self, question: &Question, also: &[Condition]) -> Answer {
        match also {
            [] => self.ask(question),
            _ => Answer::Unknown,
        }
    }
}

/// One question to a [`Reasoner`].
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What must hold of single attributes.
    pub atoms: &'a [Atom],
    /// The constraints that must hold; all of the model where `None`.
    pub constraints: Option<&'a [Constraint]>,
    /// Steps after which to give up; without limit where `None`. What was learned
    /// is kept, so that asking again goes on rather than starting over.
    pub effort: Option<u32>,
}

/// Something that holds of one attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Atom {
    /// The attribute.
    pub attribute: AttributeIndex,
    /// How its position compares.
    pub relation: Relation,
    /// With what it compares.
    pub position: usize,
}

/// How the position of an attribute's value compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Has this position.
    Is,
    /// Has any other.
    IsNot,
    /// Has this one or one before; asked of numbers only.
    AtMost,
    /// Has this one or one after; asked of numbers only.
    AtLeast,
}

/// What a [`Reasoner`] found.
#[derive(Clone, Debug)]
pub enum Answer {
    /// There is one, such as this.
    Possible(Witness),
    /// There is none.
    Impossible(Core),
    /// The effort allowed did not suffice.
    Unknown,
}

/// Whether some atoms can hold together, and what follows from them without search.
#[derive(Clone, Debug)]
pub struct Implied {
    /// What was found.
    pub answer: Answer,
    /// Atoms none of which can hold together with them; there may be more.
    pub impossible: Vec<Atom>,
}

/// A complete configuration: the position of every attribute's value, [`ABSENT`] where the
/// attribute's part is not there.
pub type Witness = Box<[usize]>;

/// Stands for the position of an attribute whose part is not there.
pub const ABSENT: usize = usize::MAX;

/// Part of a question that is impossible on its own; need not be minimal.
#[derive(Clone, Debug, Default)]
pub struct Core {
    /// Positions in [`Question::atoms`], ascending.
    pub atoms: Vec<usize>,
    /// Positions in [`Question::constraints`], ascending; empty where that was `None`.
    pub constraints: Vec<usize>,
}

/// The value of an attribute at a position of a [`Witness`].
pub(super) fn value_at(domain: &AttributeDomain, position: usize) -> Option<Value> {
    match position {
        ABSENT => Some(Value::Absent),
        position => domain.value_at(position),
    }
}

impl Atom {
    /// The attribute has the value at `position`.
    pub fn is(attribute: AttributeIndex, position: usize) -> Self {
        let relation = Relation::Is;
        Self {
            attribute,
            relation,
            position,
        }
    }

    /// The attribute has another value than the one at `position`.
    pub fn is_not(attribute: AttributeIndex, position: usize) -> Self {
        let relation = Relation::IsNot;
        Self {
            attribute,
            relation,
            position,
        }
    }

    /// The number is at `position` or below.
    pub fn at_most(attribute: AttributeIndex, position: usize) -> Self {
        let relation = Relation::AtMost;
        Self {
            attribute,
            relation,
            position,
        }
    }

    /// The number is at `position` or above.
    pub fn at_least(attribute: AttributeIndex, position: usize) -> Self {
        let relation = Relation::AtLeast;
        Self {
            attribute,
            relation,
            position,
        }
    }

    /// The attribute has another value than the one at `position` of a witness, [`ABSENT`] included.
    pub(super) fn differs(model: &Model, attribute: AttributeIndex, position: usize) -> Self {
        let part = model.attribute(attribute).and_then(|it| it.part);
        match (position, part) {
            (ABSENT, Some(part)) => Self::is(part, 1),
            _ => Self::is_not(attribute, position),
        }
    }

    /// Whether the atom holds of a complete configuration.
    pub fn holds(&self, witness: &[usize]) -> bool {
        self.admits(witness[self.attribute.0])
    }

    /// Whether the atom holds where its attribute is at `position`, which may be [`ABSENT`].
    pub fn admits(&self, position: usize) -> bool {
        match self.relation {
            Relation::Is => position == self.position,
            Relation::IsNot => position != self.position,
            Relation::AtMost => position <= self.position,
            Relation::AtLeast => position != ABSENT && position >= self.position,
        }
    }
}
