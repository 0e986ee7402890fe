//! The join tree as a [`Reasoner`].

use num_bigint::BigUint;

use super::super::reasoner::{Answer, Atom, Core, Question, Reasoner, SatReasoner, Witness};
use super::answer::Selection;
use super::bound::Bound;
use super::constraints::Space;
use super::count::Shares;
use super::evidence::evidence;
use super::subset::Subset;
use super::sweep::Passes;
use super::tree::{Invalid, JoinTree};
use crate::catalog::{Condition, Model};

/// Answers by a join tree.
pub struct TreeReasoner {
    model: Model,
    passes: Passes,
    /// For questions about some constraints only; made when first needed.
    subset: Option<Subset>,
    /// For conditions besides; made when first needed.
    solver: Option<SatReasoner>,
    /// The formula last bounded, as costs.
    bound: Option<Bound>,
    /// The costs last asked about.
    costs: Vec<Vec<i64>>,
}

impl TreeReasoner {
    /// Reasons about a model with its compiled tree.
    ///
    /// # Errors
    /// When the tree is not one of this model.
    pub fn new(model: Model, tree: JoinTree) -> Result<Self, Invalid> {
        let fits =
            |(attribute, compiled): (&crate::catalog::Attribute, &super::tree::Attribute)| {
                let optional = attribute.part.is_some();
                let size = attribute.domain.size().map(|it| it + usize::from(optional));
                compiled.optional == optional && size == Some(compiled.size)
            };
        let same = model.attributes.len() == tree.attributes.len()
            && model.attributes.iter().zip(&tree.attributes).all(fits);
        if !same {
            return Err(Invalid);
        }
        let passes = Passes::new(tree);
        Ok(Self {
            model,
            passes,
            subset: None,
            solver: None,
            bound: None,
            costs: Vec::new(),
        })
    }

    /// For a model that can be joined.
    pub(crate) fn suiting(model: &Model) -> Option<Self> {
        let tree = JoinTree::compile(model)?;
        Self::new(model.clone(), tree).ok()
    }

    /// The solver, for what a join tree cannot answer.
    fn solver(&mut self) -> Option<&mut SatReasoner> {
        if self.solver.is_none() {
            self.solver = SatReasoner::new(self.model.clone()).ok();
        }
        self.solver.as_mut()
    }

    /// Whether there is a solution with a bounded sum of what single attributes contribute;
    /// `None` where the condition is not of that kind.
    fn ask_bounded(&mut self, atoms: &[Atom], also: &[Condition]) -> Option<Answer> {
        let [condition] = also else {
            return None;
        };
        let known = self.bound.take().filter(|it| it.is_for(condition));
        let bound = known.or_else(|| Bound::new(&self.model, condition))?;
        let least = self.cheapest(atoms, &bound.sum.costs);
        let met = match &least {
            Some((cost, _)) => bound.admits(condition, *cost),
            None => Some(false),
        };
        self.bound = Some(bound);
        Some(match least.filter(|_| met == Some(true)) {
            Some((_, witness)) => Answer::Possible(witness),
            // What is too large to be compared is left to the solver.
            None if met.is_none() => return None,
            None => Answer::Impossible(Core {
                atoms: (0..atoms.len()).collect(),
                constraints: Vec::new(),
            }),
        })
    }

    /// How many complete configurations there are in which all atoms hold.
    pub fn count(&mut self, atoms: &[Atom]) -> BigUint {
        if self.passes.take(atoms) {
            self.passes.count()
        } else {
            BigUint::ZERO
        }
    }

    /// As [`TreeReasoner::count`], and how many of them have each value.
    pub fn shares(&mut self, atoms: &[Atom]) -> Shares {
        if self.passes.take(atoms) {
            self.passes.shares()
        } else {
            Shares::default()
        }
    }

    /// The least sum of costs that a complete configuration with all atoms has, and such a
    /// configuration. `costs` has one for each attribute and position; the last one of an
    /// attribute of a part is for its absence. `None` where there is no such configuration, or
    /// the sum of the largest costs is beyond 64 bits.
    pub fn cheapest(&mut self, atoms: &[Atom], costs: &[Vec<i64>]) -> Option<(i64, Witness)> {
        if !self.passes.take(atoms) {
            return None;
        }
        let renewed = self.renew(costs);
        let (cost, positions) = self.passes.cheapest(costs, renewed)?;
        Some((cost, self.passes.witness(positions)))
    }

    /// Remembers the costs asked about; whether they are others than before.
    fn renew(&mut self, costs: &[Vec<i64>]) -> bool {
        let renewed = self.costs != costs;
        if renewed {
            self.costs = costs.to_vec();
        }
        renewed
    }
}

impl Reasoner for TreeReasoner {
    fn ask(&mut self, question: &Question) -> Answer {
        if question.constraints.is_none() {
            return self.passes.ask(question.atoms);
        };
        let Some(evidence) = evidence(&self.passes.tree.attributes, question.atoms) else {
            return Answer::Impossible(Core::default());
        };
        let Some(space) = Space::new(&self.model) else {
            return Answer::Unknown;
        };
        if self.subset.is_none() {
            self.subset = Subset::new(&space);
        }
        match &self.subset {
            Some(subset) => subset.ask(&space, question, &evidence),
            None => Answer::Unknown,
        }
    }

    fn takes_conditions(&self) -> bool {
        true
    }

    fn can_ask_also(&mut self, condition: &Condition) -> bool {
        let solver = self.solver();
        solver.is_some_and(|it| it.can_ask_also(condition))
    }

    fn ask_also(&mut self, question: &Question, also: &[Condition]) -> Answer {
        if also.is_empty() {
            return self.ask(question);
        }
        if let Some(answer) = self.ask_bounded(question.atoms, also) {
            return answer;
        }
        match self.solver() {
            Some(solver) => solver.ask_also(question, also),
            None => Answer::Unknown,
        }
    }

    fn only_cheapest(&mut self, atoms: &[Atom], costs: &[Vec<i64>]) -> Option<Box<dyn Reasoner>> {
        if !self.passes.take(atoms) {
            return None;
        }
        let renewed = self.renew(costs);
        let tree = self.passes.only_cheapest(costs, renewed)?;
        Some(Box::new(Selection(Passes::new(tree))))
    }

    fn counted(&mut self, atoms: &[Atom], _left: &mut u32) -> Option<BigUint> {
        Some(self.count(atoms))
    }

    fn sweep(&mut self, atoms: &[Atom]) -> Option<Vec<Vec<bool>>> {
        self.passes
            .take(atoms)
            .then(|| self.passes.possible().to_vec())
    }
}
