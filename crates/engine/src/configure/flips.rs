//! A known configuration with another value in one place, checked instead of searched for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::check::{constraints, holds, scope};
use super::domains::Choices;
use super::reasoner::{ABSENT, value_at};
use crate::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Constraint, Fraction, Model, NumberRange, Value,
    Wish, Worth, fraction,
};

/// What depends on what.
pub(super) struct Flips {
    /// The constraints that an attribute has a say in.
    constraints: Vec<Vec<Constraint>>,
    /// The attributes that each constraint looks at.
    scopes: BTreeMap<Constraint, Vec<AttributeIndex>>,
    /// The attributes that are worked out from an attribute.
    followers: Vec<Vec<AttributeIndex>>,
    /// What belongs to a part: attributes, and parts within it.
    members: Vec<Vec<AttributeIndex>>,
    /// The instances after a part.
    next: Vec<Vec<AttributeIndex>>,
}

/// A configuration that was changed.
pub(super) struct Flipped {
    /// What became of it.
    pub witness: Box<[usize]>,
    /// A constraint that it breaks, if any.
    pub broken: Option<Constraint>,
}

impl Flips {
    /// Looks through the model.
    pub fn new(model: &Model) -> Self {
        let mut flips = Self {
            constraints: vec![Vec::new(); model.attributes.len()],
            scopes: BTreeMap::new(),
            followers: vec![Vec::new(); model.attributes.len()],
            members: vec![Vec::new(); model.attributes.len()],
            next: vec![Vec::new(); model.attributes.len()],
        };
        for (index, attribute) in model.indices().zip(&model.attributes) {
            let (owner, previous) = match &attribute.domain {
                AttributeDomain::Presence(place) => (place.owner, place.previous),
                _ => (attribute.part, None),
            };
            owner
                .into_iter()
                .for_each(|it| flips.members[it.0].push(index));
            previous
                .into_iter()
                .for_each(|it| flips.next[it.0].push(index));
        }
        for constraint in constraints(model) {
            let scope: Vec<AttributeIndex> = scope(model, constraint).into_iter().collect();
            for attribute in &scope {
                flips.constraints[attribute.0].push(constraint);
                match constraint {
                    Constraint::Formula(follower) if follower != *attribute => {
                        flips.followers[attribute.0].push(follower);
                    }
                    _ => {}
                }
            }
            flips.scopes.insert(constraint, scope);
        }
        flips
    }

    /// The valid configuration `witness` with an attribute at `position`, what is worked out
    /// worked out again, and all else as it is; `None` unless it is valid.
    pub fn flip(
        &self,
        model: &Model,
        witness: &[usize],
        attribute: AttributeIndex,
        position: usize,
    ) -> Option<Box<[usize]>> {
        let flipped = self.put(model, witness, &[(attribute, position)])?;
        flipped.broken.is_none().then_some(flipped.witness)
    }

    /// The valid configuration `witness` with all of `choices`; `None` unless it is valid.
    pub fn with(&self, model: &Model, witness: &[usize], choices: &Choices) -> Option<Rc<[usize]>> {
        let differs = |(attribute, position): (&AttributeIndex, &usize)| {
            (witness[attribute.0] != *position).then_some((*attribute, *position))
        };
        let changes: Vec<_> = choices.iter().filter_map(differs).collect();
        let flipped = self.put(model, witness, &changes)?;
        let mut chosen = choices.iter();
        let fits = chosen.all(|(attribute, position)| flipped.witness[attribute.0] == *position);
        (fits && flipped.broken.is_none()).then(|| flipped.witness.into())
    }

    /// As [`Flips::flip`], of several attributes, whether it is valid or not; `None` where what
    /// is worked out has no value, or it would have to be searched for.
    pub fn put(
        &self,
        model: &Model,
        witness: &[usize],
        changes: &[(AttributeIndex, usize)],
    ) -> Option<Flipped> {
        let mut flipped: Box<[usize]> = witness.into();
        let mut changed: Vec<AttributeIndex> = Vec::new();
        for (attribute, position) in changes {
            if let Some(part) = model.attributes[attribute.0].part
                && flipped[part.0] != 1
            {
                self.set(model, &mut flipped, (part, 1), &mut changed)?;
            }
            self.set(model, &mut flipped, (*attribute, *position), &mut changed)?;
        }
        let own = |it: AttributeIndex| changes.iter().any(|(attribute, _)| *attribute == it);
        let mut values = vec![None; model.attributes.len()];
        let mut done = 0;
        while let Some(current) = changed.get(done).copied() {
            done += 1;
            for follower in &self.followers[current.0] {
                if flipped[follower.0] == ABSENT {
                    continue;
                }
                // What goes round in circles is left to the search.
                if own(*follower) || changed.len() > 2 * model.attributes.len() {
                    return None;
                }
                self.read(model, Constraint::Formula(*follower), &flipped, &mut values);
                let position = worked_out(model, *follower, &values)?;
                if flipped[follower.0] != position {
                    flipped[follower.0] = position;
                    values[follower.0] = None;
                    changed.push(*follower);
                }
            }
        }
        let touched = changed.iter().flat_map(|it| &self.constraints[it.0]);
        // What was worked out holds.
        let touched = touched.filter(|it| !matches!(it, Constraint::Formula(it) if !own(*it)));
        let broken = touched.copied().find(|constraint| {
            self.read(model, *constraint, &flipped, &mut values);
            holds(model, *constraint, &values) != Ok(true)
        });
        Some(Flipped {
            witness: flipped,
            broken,
        })
    }

    /// Puts an attribute at a position. With a part comes what it needs, and goes what needs it.
    fn set(
        &self,
        model: &Model,
        flipped: &mut [usize],
        (attribute, position): (AttributeIndex, usize),
        changed: &mut Vec<AttributeIndex>,
    ) -> Option<()> {
        let place = match &model.attributes[attribute.0].domain {
            AttributeDomain::Presence(place) => Some(place),
            _ => None,
        };
        // First, for with an owner come its parts as it needs them.
        if let Some(place) = place.filter(|_| position == 1) {
            for needed in [place.owner, place.previous].into_iter().flatten() {
                if flipped[needed.0] != 1 {
                    self.set(model, flipped, (needed, 1), changed)?;
                }
            }
        }
        flipped[attribute.0] = position;
        changed.push(attribute);
        if place.is_none() {
            return Some(());
        }
        let mut others: Vec<(AttributeIndex, usize)> = Vec::new();
        if position == 0 {
            others.extend(self.next[attribute.0].iter().map(|it| (*it, 0)));
        }
        for member in &self.members[attribute.0] {
            let about = &model.attributes[member.0];
            let position = match (&about.domain, position) {
                (AttributeDomain::Presence(place), 1) => usize::from(place.required),
                (AttributeDomain::Presence(_), _) => 0,
                (_, 1) if about.formula.is_some() => return None,
                (_, 1) => wished(about)?,
                _ => ABSENT,
            };
            others.push((*member, position));
        }
        for (other, position) in others {
            if flipped[other.0] != position {
                self.set(model, flipped, (other, position), changed)?;
            }
        }
        Some(())
    }

    /// About how much it takes to see whether the constraints hold in which an attribute has a
    /// say; not 0. What looks at much is long, as a budget is.
    pub fn cost(&self, attribute: AttributeIndex) -> usize {
        let constraints = self.constraints.get(attribute.0).into_iter().flatten();
        let scopes = constraints.filter_map(|it| self.scopes.get(it));
        1 + scopes.map(|it| it.len() * it.len()).sum::<usize>()
    }

    /// The attributes that have a say in whether a constraint holds, through what is worked
    /// out as well, but not what is worked out itself; the last of the catalog first.
    pub fn levers(&self, model: &Model, constraint: Constraint) -> Vec<AttributeIndex> {
        let mut found: BTreeSet<AttributeIndex> = BTreeSet::new();
        let mut open = vec![constraint];
        while let Some(constraint) = open.pop() {
            for attribute in self.scopes.get(&constraint).into_iter().flatten() {
                if found.insert(*attribute) && model.attributes[attribute.0].formula.is_some() {
                    open.push(Constraint::Formula(*attribute));
                }
            }
        }
        let given = |it: &AttributeIndex| model.attributes[it.0].formula.is_none();
        found.into_iter().rev().filter(given).collect()
    }

    /// Puts the values that a constraint looks at where it looks for them, if they are not there.
    fn read(
        &self,
        model: &Model,
        constraint: Constraint,
        witness: &[usize],
        values: &mut [Option<Value>],
    ) {
        for attribute in self.scopes.get(&constraint).into_iter().flatten() {
            let value = &mut values[attribute.0];
            if value.is_none() {
                let domain = &model.attributes[attribute.0].domain;
                *value = value_at(domain, witness[attribute.0]);
            }
        }
    }
}

/// The position of what is worked out, where it has one.
fn worked_out(model: &Model, attribute: AttributeIndex, values: &[Option<Value>]) -> Option<usize> {
    let attribute = &model.attributes[attribute.0];
    let (AttributeDomain::Number(range), Some(formula)) = (&attribute.domain, &attribute.formula)
    else {
        return None;
    };
    match formula.worth(model, values) {
        Ok(Worth::Number(wanted)) => smallest(range, wanted),
        _ => None,
    }
}

/// The position that an attribute wishes for, the first without a wish.
fn wished(attribute: &Attribute) -> Option<usize> {
    match &attribute.wish {
        Some(Wish::Value(value)) => attribute.domain.position_of(*value),
        Some(Wish::Last) => attribute.domain.size()?.checked_sub(1),
        Some(Wish::First) | None => Some(0),
    }
}

/// The smallest position whose number is not below `wanted`.
pub(super) fn smallest(range: &NumberRange, wanted: Fraction) -> Option<usize> {
    if let Some(position) = steps_to(range, wanted) {
        return range.at(position).map(|_| position);
    }
    let (mut low, mut high) = (0, range.size()?);
    while low < high {
        let middle = low + (high - low) / 2;
        match fraction(range.at(middle)?) >= wanted {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    range.at(low).map(|_| low)
}

/// How many steps it takes from the smallest number not to be below `wanted`, where that can be
/// said without reducing fractions, which takes long.
fn steps_to(range: &NumberRange, wanted: Fraction) -> Option<usize> {
    let (low, step) = (fraction(range.min), fraction(range.step));
    let above = (wanted.numer().checked_mul(*low.denom())?)
        .checked_sub(low.numer().checked_mul(*wanted.denom())?)?
        .max(0);
    let distance = above.checked_mul(*step.denom())?;
    let one = wanted.denom().checked_mul(*low.denom())?;
    let one = one.checked_mul(*step.numer()).filter(|it| *it > 0)?;
    usize::try_from(num_integer::Integer::div_ceil(&distance, &one)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Part;
    use crate::configure::kit::{attribute, digits};
    use rust_decimal::Decimal;

    #[test]
    fn with_what_is_in_a_part_come_the_part_and_its_owner() {
        let presence = |owner| {
            AttributeDomain::Presence(Part {
                path: String::new(),
                owner,
                previous: None,
                required: false,
            })
        };
        let model = Model {
            attributes: vec![
                attribute(presence(None), None),
                attribute(presence(Some(AttributeIndex(0))), None),
                attribute(digits(), Some(AttributeIndex(1))),
            ],
            ..Model::default()
        };
        let nothing = [0, 0, ABSENT];
        let found = Flips::new(&model).flip(&model, &nothing, AttributeIndex(2), 3);
        assert_eq!(found.as_deref(), Some(&[1, 1, 3][..]));
    }

    #[test]
    fn the_smallest_number_not_below_is_that_of_looking_at_all() {
        let decimal = |mantissa, scale| Decimal::new(mantissa, scale);
        let ranges = [(0, 70, 10), (-35, 35, 5), (3, 27, 8)].map(|(min, max, step)| NumberRange {
            min: decimal(min, 1),
            max: decimal(max, 1),
            step: decimal(step, 1),
            unit: String::new(),
            unbounded_below: false,
            unbounded_above: false,
        });
        for range in &ranges {
            for thirtieths in -150..=300 {
                let wanted = Fraction::new(thirtieths, 30);
                let all = 0..range.size().expect("a range");
                let number = |it: &usize| fraction(range.at(*it).expect("a number"));
                let expected = all.clone().find(|it| number(it) >= wanted);
                assert_eq!(smallest(range, wanted), expected, "{wanted} of {range:?}");
            }
        }
    }
}
