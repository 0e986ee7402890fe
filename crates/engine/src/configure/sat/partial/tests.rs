use std::collections::BTreeSet;

use crate::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, OptionItem, OptionList,
    Part, Text,
};
use crate::configure::kit::{attribute, digits, rule};
use crate::configure::reasoner::{Answer, Atom, Question, Reasoner, SatReasoner};

/// What each of two options counts as in `a` and in `b`.
type Weights = [[i64; 2]; 2];

/// The numbers that are added up.
const A: AttributeIndex = AttributeIndex(0);
const B: AttributeIndex = AttributeIndex(1);

/// Up to two racks of up to two frames of up to two modules, counted over all racks and, by
/// `a`, within each frame.
struct Racks {
    model: Model,
    weights: Weights,
    most: i64,
    /// Types of the modules of each frame of each rack.
    types: [[Vec<AttributeIndex>; 2]; 2],
}

impl Racks {
    fn new(weights: Weights, most: i64) -> Self {
        let mut racks = Self {
            model: Model::default(),
            weights,
            most,
            types: Default::default(),
        };
        racks.model.attributes = vec![attribute(digits(), None), attribute(digits(), None)];
        let mut previous = None;
        for rack in 0..2 {
            previous = Some(racks.part(None, previous));
            racks.frames(rack, previous);
        }
        let all: Vec<AttributeIndex> = racks.types.iter().flatten().flatten().copied().collect();
        for (number, property) in [(A, 0), (B, 1)] {
            let left = Formula::Attribute(number);
            racks.demand(left, Comparison::Equal, sum(&all, property));
        }
        for frame in racks.types.clone().iter().flatten() {
            let limit = Formula::Constant(most.into());
            racks.demand(sum(frame, 0), Comparison::LessOrEqual, limit);
        }
        racks
    }

    fn frames(&mut self, rack: usize, owner: Option<AttributeIndex>) {
        let mut previous = None;
        for frame in 0..2 {
            previous = Some(self.part(owner, previous));
            let (owner, mut previous) = (previous, None);
            for _ in 0..2 {
                previous = Some(self.part(owner, previous));
                let domain = AttributeDomain::Options(self.options());
                let index = AttributeIndex(self.model.attributes.len());
                self.model.attributes.push(attribute(domain, previous));
                self.types[rack][frame].push(index);
            }
        }
    }

    fn part(
        &mut self,
        owner: Option<AttributeIndex>,
        previous: Option<AttributeIndex>,
    ) -> AttributeIndex {
        let part = Part {
            owner,
            previous,
            ..Part::default()
        };
        let presence = attribute(AttributeDomain::Presence(part), None);
        self.model.attributes.push(presence);
        AttributeIndex(self.model.attributes.len() - 1)
    }

    fn options(&self) -> OptionList {
        let option = |weights: &[i64; 2]| OptionItem {
            code: String::new(),
            part_number: String::new(),
            label: Text::default(),
            description: Text::default(),
            lead_days: 0,
            properties: weights.map(Into::into).to_vec(),
        };
        OptionList {
            properties: vec!["isA".into(), "isB".into()],
            options: self.weights.iter().map(option).collect(),
        }
    }

    fn demand(&mut self, left: Formula, comparison: Comparison, right: Formula) {
        let condition = Condition::Compare {
            left,
            comparison,
            right,
        };
        self.model.rules.push(rule(None, condition));
    }

    /// What `a` and `b` can be with so many racks, and with so many modules in the first frame.
    fn by_hand(&self) -> BTreeSet<(usize, usize, i64, i64)> {
        let modules = |count: usize| (0..1 << count).map(move |it| (count, it));
        let mut frames = Vec::new();
        for (count, types) in (0..=2).flat_map(modules) {
            let weight = |at: usize| {
                let each = (0..count).map(|it| self.weights[types >> it & 1][at]);
                each.sum::<i64>()
            };
            if weight(0) <= self.most {
                frames.push((count, weight(0), weight(1)));
            }
        }
        let mut rack = vec![(0, 0, 0)];
        for one in &frames {
            rack.push(*one);
            rack.extend(frames.iter().map(|it| (one.0, one.1 + it.1, one.2 + it.2)));
        }
        let mut all = BTreeSet::from([(0, 0, 0, 0)]);
        for one in &rack {
            all.insert((1, one.0, one.1, one.2));
            let with = |it: &(usize, i64, i64)| (2, one.0, one.1 + it.1, one.2 + it.2);
            all.extend(rack.iter().map(with));
        }
        all
    }

    /// Atoms that say the same.
    fn atoms(&self, racks: usize, modules: usize, a: i64, b: i64) -> Vec<Atom> {
        let there = |module: usize| self.model.attributes[self.types[0][0][module].0].part;
        let rack = |it: usize| AttributeIndex(self.types[it][0][0].0 - 3);
        let mut atoms = vec![Atom::is(A, a as usize), Atom::is(B, b as usize)];
        for number in 0..2 {
            atoms.push(Atom::is(rack(number), usize::from(racks > number)));
            let module = there(number).map(|it| Atom::is(it, usize::from(modules > number)));
            atoms.extend(module);
        }
        atoms
    }
}

fn sum(types: &[AttributeIndex], property: usize) -> Formula {
    let term = |it: &AttributeIndex| Formula::Property {
        attribute: *it,
        property,
    };
    Formula::Sum(types.iter().map(term).collect())
}

#[test]
fn sums_part_by_part_are_the_same_as_by_hand() {
    for number in 0..81_i64 {
        let digit = |at: u32| number / 3_i64.pow(at) % 3;
        let weights = [[digit(0), digit(1)], [digit(2), digit(3)]];
        let racks = Racks::new(weights, number % 4);
        let possible = racks.by_hand();
        let mut reasoner = SatReasoner::new(racks.model.clone()).unwrap();
        for (count, modules) in [(0, 0), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)] {
            for (a, b) in (0..10).flat_map(|a| (0..10).map(move |b| (a, b))) {
                let atoms = racks.atoms(count, modules, a, b);
                let answer = reasoner.ask(&Question {
                    atoms: &atoms,
                    constraints: None,
                    effort: None,
                });
                let found = matches!(answer, Answer::Possible(_));
                let expected = possible.contains(&(count, modules, a, b));
                assert_eq!(found, expected, "{weights:?} {count} {modules} {a} {b}");
            }
        }
    }
}

#[test]
fn each_frame_and_each_rack_has_sums_of_its_own() {
    let racks = Racks::new([[1, 0], [0, 1]], 1);
    let reasoner = SatReasoner::new(racks.model).unwrap();
    let partials = &reasoner.whole.encoding.quantities.partials;
    // By `a` and by `b`; how many modules there are, their order says of each frame.
    assert_eq!(partials.known.len(), 2 * (4 + 2) + 2);
}
