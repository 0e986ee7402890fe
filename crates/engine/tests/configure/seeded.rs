//! Bugs put in on purpose: an oracle that does not find them would find nothing.

use quotewright_engine::catalog::{Constraint, Model};
use quotewright_engine::configure::Configurator;
use quotewright_engine::configure::reasoner::{
    Answer, Atom, Core, Question, Reasoner, Relation, SatReasoner,
};

use crate::census::Census;
use crate::{brute, generator, oracle};

/// Models within which each bug has to be found.
const MODELS: u64 = 300;

/// How the reasoner goes wrong.
#[derive(Clone, Copy, Debug)]
enum Bug {
    /// The last table is not taken into account.
    ForgetsTable,
    /// "At least" and "at most" a number are taken for "more than" and "less than".
    OffByOne,
    /// Running out of effort is taken for "there is none".
    GivesUp,
    /// Cores lack their last decision.
    CutsCore,
    /// The last rule always counts, even when it is not asked for.
    AlwaysBlames,
}

/// A reasoner with a bug.
struct Buggy {
    bug: Bug,
    inner: SatReasoner,
    /// The constraints of the model.
    all: Vec<Constraint>,
    model: Model,
}

impl Reasoner for Buggy {
    fn ask(&mut self, question: &Question) -> Answer {
        let mut atoms = question.atoms.to_vec();
        let mut constraints = question.constraints.map(<[_]>::to_vec);
        match self.bug {
            Bug::ForgetsTable => {
                let last = (self.all.iter().rev()).find(|it| matches!(it, Constraint::Table(_)));
                let asked = constraints.get_or_insert_with(|| self.all.clone());
                asked.retain(|it| Some(it) != last);
            }
            Bug::OffByOne => {
                for atom in &mut atoms {
                    match atom.relation {
                        Relation::AtLeast => atom.position += 1,
                        Relation::AtMost => atom.position = atom.position.saturating_sub(1),
                        Relation::Is | Relation::IsNot => {}
                    }
                    atom.position = atom.position.min(self.size(atom) - 1);
                }
            }
            Bug::AlwaysBlames => {
                let last = (self.all.iter().rev()).find(|it| matches!(it, Constraint::Rule(_)));
                if let Some(asked) = &mut constraints {
                    asked.retain(|it| Some(it) != last);
                    asked.extend(last);
                }
            }
            Bug::CutsCore | Bug::GivesUp => {}
        }
        let answer = self.inner.ask(&Question {
            atoms: &atoms,
            constraints: constraints.as_deref(),
            effort: match self.bug {
                Bug::GivesUp => Some(6),
                _ => question.effort,
            },
        });
        self.spoil(question, answer)
    }
}

impl Buggy {
    fn size(&self, atom: &Atom) -> usize {
        let domain = &self.model.attributes[atom.attribute.0].domain;
        domain.size().unwrap_or(1)
    }

    fn spoil(&self, question: &Question, answer: Answer) -> Answer {
        match (self.bug, answer) {
            (Bug::CutsCore, Answer::Impossible(mut core)) => {
                core.atoms.pop();
                Answer::Impossible(core)
            }
            (Bug::AlwaysBlames, Answer::Impossible(mut core)) => {
                core.constraints.clear();
                Answer::Impossible(core)
            }
            (Bug::GivesUp, Answer::Unknown) => Answer::Impossible(Core {
                atoms: (0..question.atoms.len()).collect(),
                constraints: (0..question.constraints.map_or(0, <[_]>::len)).collect(),
            }),
            (_, answer) => answer,
        }
    }
}

#[test]
fn brute_force_finds_seeded_bugs() {
    for bug in [
        Bug::ForgetsTable,
        Bug::OffByOne,
        Bug::GivesUp,
        Bug::CutsCore,
        Bug::AlwaysBlames,
    ] {
        let found = (0..MODELS).find_map(|seed| Some((seed, difference(bug, seed)?)));
        let (seed, difference) = found.unwrap_or_else(|| panic!("{bug:?} was not found"));
        println!("{bug:?} found in model {seed}: {difference}");
    }
}

/// What brute force finds wrong with a model under the bug.
fn difference(bug: Bug, seed: u64) -> Option<String> {
    let model = generator::model(seed);
    let buggy = Buggy {
        bug,
        inner: SatReasoner::new(model.clone()).ok()?,
        all: brute::constraints(&model),
        model: model.clone(),
    };
    let mut configurator = Configurator::with_reasoner(model, Box::new(buggy));
    oracle::compare(&mut configurator, seed, &mut Census::default()).err()
}
