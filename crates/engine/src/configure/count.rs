//! How many configurations are left.
//!
//! Where the reasoner does not count, configurations are counted by deciding one attribute
//! after the other. What falls apart into pieces that have no constraint in common is counted
//! piece by piece, and a piece met again is not counted again. Numbers that are worked out
//! are not tried but worked out.

use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigUint;
use rust_decimal::Decimal;

use super::Count;
use super::check::{Standing, constraints, scope, standing};
use super::flips::smallest;
use super::inquiry::Inquiry;
use super::reasoner::{Atom, value_at};
use crate::catalog::{
    AttributeDomain, AttributeIndex, Constraint, Formula, Model, NumberRange, Value, Worth,
};

/// So many pieces are remembered.
const MOST_REMEMBERED: usize = 100_000;

/// Looking at so many attributes is a step.
const ATTRIBUTES_IN_A_STEP: usize = 8;

/// Where there are too many, those are counted that have as much of an example as this, out
/// of sixteen parts.
const SHARES_FIXED: [usize; 5] = [2, 4, 8, 12, 15];

/// The configurations in which all atoms, one of each decided attribute, hold. `limit` is how
/// many steps may be taken: see [`count_of`].
pub(super) fn count(model: &Model, inquiry: &mut Inquiry, atoms: &[Atom], limit: u32) -> Count {
    if !inquiry.possible(atoms) {
        return Count::Exact("0".to_owned());
    }
    if unbounded(model, inquiry, atoms) {
        return Count::Unbounded;
    }
    let mut product = Found::exactly(1);
    for found in inquiry.counts(atoms, limit) {
        // One is known.
        product.number *= found.number.max(BigUint::from(1_u8));
        product.exact &= found.exact;
    }
    if product.exact {
        return Count::Exact(product.number.to_string());
    }
    let digits = product.number.to_string().len();
    Count::AtLeast {
        power_of_ten: u32::try_from(digits - 1).unwrap_or(u32::MAX),
    }
}

/// As [`count`], of one component, by deciding one attribute after the other. Takes the steps
/// off `left`: one for each constraint looked at, and one more for every so many attributes in
/// it. `example` is one of the configurations.
pub(super) fn count_of(model: &Model, atoms: &[Atom], example: &[usize], left: &mut u32) -> Found {
    let mut counter = Counter::new(model, *left / 2);
    for atom in atoms {
        let attribute = &model.attributes[atom.attribute.0];
        counter.values[atom.attribute.0] = value_at(&attribute.domain, atom.position);
        if let Some(part) = attribute.part {
            counter.values[part.0] = Some(Value::Option(1));
        }
    }
    let mut spent = *left / 2;
    let mut found = counter.all();
    spent -= counter.left;
    for share in SHARES_FIXED {
        if found.exact {
            break;
        }
        let allowed = (*left - spent) / 2;
        counter.left = allowed;
        let fewer = counter.near(example, share);
        spent += allowed - counter.left;
        // Of some of them, all are counted: with more of them fixed there are fewer.
        let all = fewer.exact;
        found.number = found.number.max(fewer.number);
        if all {
            break;
        }
    }
    *left -= spent;
    found
}

/// Whether a number without a range can be as far out as was searched.
fn unbounded(model: &Model, inquiry: &mut Inquiry, atoms: &[Atom]) -> bool {
    let mut ends = Vec::new();
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if let AttributeDomain::Number(range) = &attribute.domain
            && let Some(size) = range.size()
        {
            let below = range.unbounded_below.then_some(0);
            let above = range.unbounded_above.then_some(size - 1);
            let far = below.into_iter().chain(above);
            ends.extend(far.map(|it| Atom::is(index, it)));
        }
    }
    let decided = |end: &Atom| atoms.iter().any(|it| it.attribute == end.attribute);
    ends.retain(|it| !decided(it));
    ends.into_iter().any(|it| inquiry.possible_with(atoms, it))
}

/// A number of configurations, or at least so many.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub number: BigUint,
    pub exact: bool,
}

impl Found {
    /// There are none.
    pub fn none() -> Self {
        Self::exactly(0)
    }

    fn exactly(number: usize) -> Self {
        Self {
            number: BigUint::from(number),
            exact: true,
        }
    }
}

/// A piece of a model: its open attributes, and the values of the others that matter to it.
type Piece = (Vec<AttributeIndex>, Vec<(AttributeIndex, Value)>);

struct Counter<'a> {
    model: &'a Model,
    /// The attributes of each constraint.
    scopes: BTreeMap<Constraint, Vec<AttributeIndex>>,
    values: Vec<Option<Value>>,
    known: BTreeMap<Piece, BigUint>,
    left: u32,
}

impl<'a> Counter<'a> {
    fn new(model: &'a Model, limit: u32) -> Self {
        let scopes = constraints(model).map(|it| (it, scope(model, it).into_iter().collect()));
        Self {
            model,
            scopes: scopes.collect(),
            values: vec![None; model.attributes.len()],
            known: BTreeMap::new(),
            left: limit,
        }
    }

    fn value(&self, attribute: AttributeIndex) -> Option<Value> {
        self.values[attribute.0]
    }

    /// The ways to give values to what is open.
    fn all(&mut self) -> Found {
        let all: Vec<Constraint> = constraints(self.model).collect();
        let open = self.model.indices().filter(|it| self.value(*it).is_none());
        self.pieces(open.collect(), &all)
    }

    /// Those ways in which so much is as in an example: first what is there, then what most
    /// constraints are about, so that the rest falls apart.
    fn near(&mut self, example: &[usize], share: usize) -> Found {
        let mut concerned = vec![0_usize; self.model.attributes.len()];
        for scope in self.scopes.values() {
            scope.iter().for_each(|it| concerned[it.0] += scope.len());
        }
        let part = |it: AttributeIndex| {
            let domain = &self.model.attributes[it.0].domain;
            matches!(domain, AttributeDomain::Presence(_))
        };
        let open = self.model.indices().filter(|it| self.value(*it).is_none());
        let worked_out = |it: &AttributeIndex| self.model.attributes[it.0].formula.is_some();
        let mut open: Vec<AttributeIndex> = open.filter(|it| !worked_out(it)).collect();
        open.sort_by_key(|it| (!part(*it), std::cmp::Reverse(concerned[it.0])));
        let parts = open.iter().filter(|it| part(**it)).count();
        open.truncate(parts + (open.len() - parts) * share / 16);
        for attribute in &open {
            let domain = &self.model.attributes[attribute.0].domain;
            self.values[attribute.0] = value_at(domain, example[attribute.0]);
        }
        let found = self.all();
        open.iter().for_each(|it| self.values[it.0] = None);
        found
    }

    /// Takes off what looking at some constraints takes; whether there was enough.
    fn spend(&mut self, open: usize, asked: &[Constraint]) -> bool {
        let steps = |attributes: usize| 1 + attributes / ATTRIBUTES_IN_A_STEP;
        let looked = asked.iter().map(|it| steps(self.scopes[it].len()));
        let spent = looked.fold(steps(open), usize::saturating_add);
        let left = u32::try_from(spent)
            .ok()
            .and_then(|it| self.left.checked_sub(it));
        self.left = left.unwrap_or(0);
        left.is_some()
    }

    fn part(&self, attribute: AttributeIndex) -> Option<AttributeIndex> {
        self.model.attributes[attribute.0].part
    }

    /// The ways to give values to `open`, none of which has one, so that `asked` hold.
    fn pieces(&mut self, open: Vec<AttributeIndex>, asked: &[Constraint]) -> Found {
        if !self.spend(open.len(), asked) {
            return Found {
                number: BigUint::ZERO,
                exact: false,
            };
        }
        let mut left = Vec::new();
        for constraint in asked {
            match standing(self.model, *constraint, &self.values) {
                Ok(Standing::Broken) => return Found::exactly(0),
                Ok(Standing::Holds) => {}
                Ok(Standing::Open) => left.push(*constraint),
                // A configuration that cannot be checked is not valid.
                Err(_) => return Found::exactly(0),
            }
        }
        let mut product = Found::exactly(1);
        for (open, asked) in self.split(open, &left) {
            let found = self.remembered(open, &asked);
            product.number *= found.number;
            product.exact &= found.exact;
            if product.exact && product.number == BigUint::ZERO {
                return product;
            }
        }
        product
    }

    /// Puts together what has a constraint, or a part that may be there, in common.
    fn split(
        &self,
        open: Vec<AttributeIndex>,
        asked: &[Constraint],
    ) -> Vec<(Vec<AttributeIndex>, Vec<Constraint>)> {
        let mut leaders: BTreeMap<AttributeIndex, AttributeIndex> =
            open.iter().map(|it| (*it, *it)).collect();
        let parts = (open.iter()).filter_map(|it| Some(vec![*it, self.part(*it)?]));
        let groups: Vec<Vec<AttributeIndex>> = (asked.iter())
            .map(|it| self.scopes[it].clone())
            .chain(parts)
            .collect();
        for group in &groups {
            let members = group.iter().filter(|it| leaders.contains_key(it));
            let heads: Vec<AttributeIndex> = members.map(|it| leader(&leaders, *it)).collect();
            if let Some((first, others)) = heads.split_first() {
                leaders.extend(others.iter().map(|it| (*it, *first)));
            }
        }
        let mut pieces: BTreeMap<AttributeIndex, (Vec<_>, Vec<_>)> = BTreeMap::new();
        for attribute in &open {
            let piece = pieces.entry(leader(&leaders, *attribute)).or_default();
            piece.0.push(*attribute);
        }
        for constraint in asked {
            let member = (self.scopes[constraint].iter()).find(|it| leaders.contains_key(it));
            if let Some(member) = member
                && let Some(piece) = pieces.get_mut(&leader(&leaders, *member))
            {
                piece.1.push(*constraint);
            }
        }
        pieces.into_values().collect()
    }

    fn remembered(&mut self, open: Vec<AttributeIndex>, asked: &[Constraint]) -> Found {
        let parts = open.iter().filter_map(|it| self.part(*it));
        let beside: BTreeSet<AttributeIndex> = (asked.iter())
            .flat_map(|it| self.scopes[it].iter().copied())
            .chain(parts)
            .collect();
        let beside = beside.into_iter();
        let beside = beside.filter_map(|it| Some((it, self.value(it)?)));
        let piece = (open, beside.collect());
        if let Some(number) = self.known.get(&piece) {
            let number = number.clone();
            return Found {
                number,
                exact: true,
            };
        }
        let found = self.decide(&piece.0, asked);
        if found.exact && self.known.len() < MOST_REMEMBERED {
            self.known.insert(piece, found.number.clone());
        }
        found
    }

    /// Tries all values of one attribute.
    fn decide(&mut self, open: &[AttributeIndex], asked: &[Constraint]) -> Found {
        let Some((attribute, (values, size))) = self.next(open) else {
            return Found::exactly(1);
        };
        if asked.is_empty()
            && let [_] = open
        {
            return Found::exactly(size);
        }
        let rest: Vec<AttributeIndex> =
            open.iter().copied().filter(|it| *it != attribute).collect();
        let mut sum = Found::exactly(0);
        for value in values {
            if self.left == 0 {
                sum.exact = false;
                break;
            }
            self.values[attribute.0] = Some(value);
            let found = self.pieces(rest.clone(), asked);
            sum.number += found.number;
            sum.exact &= found.exact;
        }
        self.values[attribute.0] = None;
        sum
    }

    /// The attribute with the fewest values to try, which are worked out where they can be.
    fn next(&self, open: &[AttributeIndex]) -> Option<(AttributeIndex, (Vec<Value>, usize))> {
        let tries = |it: &AttributeIndex| {
            let attribute = &self.model.attributes[it.0];
            match (
                attribute.part.map(|part| self.value(part)),
                &attribute.formula,
            ) {
                // The part first.
                (Some(None), _) => usize::MAX,
                (Some(Some(Value::Option(0) | Value::Absent)), _) => 0,
                (_, Some(formula)) => match formula.worth(self.model, &self.values) {
                    Ok(Worth::Number(_)) => 0,
                    _ => usize::MAX - 1,
                },
                _ => attribute.domain.size().unwrap_or(usize::MAX - 1),
            }
        };
        let attribute = open.iter().copied().min_by_key(tries)?;
        Some((attribute, self.candidates(attribute)))
    }

    /// The values to try, no more than may be tried, and how many there are in all.
    fn candidates(&self, attribute: AttributeIndex) -> (Vec<Value>, usize) {
        let found = &self.model.attributes[attribute.0];
        let part = found.part.map(|part| self.value(part));
        if matches!(part, Some(Some(Value::Option(0) | Value::Absent))) {
            return (vec![Value::Absent], 1);
        }
        match (&found.domain, &found.formula) {
            (AttributeDomain::Number(range), Some(formula)) => {
                match self.worked_out(range, formula) {
                    Some(value) => {
                        let values: Vec<Value> = value.into_iter().map(Value::Number).collect();
                        let size = values.len();
                        (values, size)
                    }
                    None => positions(&found.domain, self.left),
                }
            }
            (domain, _) => positions(domain, self.left),
        }
    }

    /// The smallest number of the range that is not below the formula, if there is one;
    /// `None` where the formula says nothing yet.
    fn worked_out(&self, range: &NumberRange, formula: &Formula) -> Option<Option<Decimal>> {
        let Ok(Worth::Number(wanted)) = formula.worth(self.model, &self.values) else {
            return None;
        };
        Some(smallest(range, wanted).and_then(|it| range.at(it)))
    }
}

fn leader(
    leaders: &BTreeMap<AttributeIndex, AttributeIndex>,
    mut member: AttributeIndex,
) -> AttributeIndex {
    while let Some(next) = leaders.get(&member).filter(|it| **it != member) {
        member = *next;
    }
    member
}

/// One value more than may be tried, so that the last one shows that there are more.
fn positions(domain: &AttributeDomain, tries: u32) -> (Vec<Value>, usize) {
    let size = domain.size().unwrap_or(0);
    let tried = usize::try_from(tries).map_or(size, |tries| size.min(tries.saturating_add(1)));
    let values = (0..tried).filter_map(|it| domain.value_at(it)).collect();
    (values, size)
}

/// One number by another, in ten-thousandths rounded down.
pub(super) fn share(part: &Count, whole: &Count) -> Option<Decimal> {
    let number = |it: &Count| match it {
        Count::Exact(digits) => digits.parse::<BigUint>().ok(),
        Count::AtLeast { .. } | Count::Unbounded => None,
    };
    let (part, whole) = (number(part)?, number(whole)?);
    if whole == BigUint::ZERO {
        return None;
    }
    let share = u64::try_from(part * 10_000_u32 / whole).ok()?;
    Some(Decimal::new(i64::try_from(share).ok()?, 4).normalize())
}
