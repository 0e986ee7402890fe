//! The meaning of a model, by trying every assignment.

use quotewright_engine::catalog::{Constraint, Model, Value};
use quotewright_engine::configure::check;
use quotewright_engine::configure::reasoner::{ABSENT, Atom};

/// All assignments that are well-formed, with the constraints that each breaks.
pub struct Brute {
    pub all: Vec<(Vec<usize>, Vec<Constraint>)>,
    /// Positions of each attribute, that of absence included.
    pub sizes: Vec<usize>,
    optional: Vec<bool>,
}

impl Brute {
    pub fn new(model: &Model) -> Self {
        let optional: Vec<bool> = model
            .attributes
            .iter()
            .map(|it| it.part.is_some())
            .collect();
        let sizes: Vec<usize> = (model.attributes.iter())
            .map(|it| it.domain.size().unwrap_or(0) + usize::from(it.part.is_some()))
            .collect();
        let mut brute = Self {
            all: Vec::new(),
            sizes,
            optional,
        };
        for number in 0..brute.sizes.iter().product() {
            let positions = brute.positions(number);
            let value =
                |(position, attribute): (&usize, &quotewright_engine::catalog::Attribute)| {
                    match *position {
                        ABSENT => Value::Absent,
                        position => attribute
                            .domain
                            .value_at(position)
                            .expect("within the domain"),
                    }
                };
            let values: Vec<Value> = (positions.iter().zip(&model.attributes))
                .map(value)
                .collect();
            // Not well-formed where what is absent does not go with its part.
            if let Ok(broken) = check(model, &values) {
                brute.all.push((positions, broken));
            }
        }
        brute
    }

    fn positions(&self, mut number: usize) -> Vec<usize> {
        let mut positions = Vec::new();
        for (size, optional) in self.sizes.iter().zip(&self.optional) {
            let position = number % size;
            number /= size;
            let absent = *optional && position + 1 == *size;
            positions.push(if absent { ABSENT } else { position });
        }
        positions
    }

    /// The solutions in which all atoms hold.
    pub fn solutions<'a>(&'a self, atoms: &'a [Atom]) -> impl Iterator<Item = &'a Vec<usize>> {
        self.solutions_of(atoms, None)
    }

    /// As `solutions`, of some constraints only.
    pub fn solutions_of<'a>(
        &'a self,
        atoms: &'a [Atom],
        some: Option<&'a [Constraint]>,
    ) -> impl Iterator<Item = &'a Vec<usize>> {
        let fits = move |broken: &[Constraint]| match some {
            Some(some) => broken.iter().all(|it| !some.contains(it)),
            None => broken.is_empty(),
        };
        (self.all.iter())
            .filter(move |(_, broken)| fits(broken))
            .map(|(positions, _)| positions)
            .filter(|positions| atoms.iter().all(|it| it.holds(positions)))
    }

    /// The position that a join tree has for absence is the last.
    pub fn place(&self, attribute: usize, position: usize) -> usize {
        position.min(self.sizes[attribute] - 1)
    }
}
