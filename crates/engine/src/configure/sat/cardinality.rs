//! How many of some flags are set, where clauses say it better than arithmetic.

use batsat::Lit;
use rust_decimal::Decimal;

use super::constraints::Scope;
use crate::catalog::{AttributeDomain, AttributeIndex, Condition, Formula};

/// Up to so many literals, that two are not true together is said pair by pair.
const MOST_PAIRED: usize = 16;

impl Scope<'_> {
    /// Demands that a number of flags compares so with a constant, or does not, unless one of
    /// `unless` is true; whether that is all or nothing, one at least or one at most.
    pub fn demand_count(&mut self, unless: &[Lit], condition: &Condition, truth: bool) -> bool {
        let Some((flags, meets)) = self.counted(condition, truth) else {
            return false;
        };
        let clause = |literals: &[Lit]| [unless, literals].concat();
        let no: Vec<Lit> = flags.iter().map(|it| !*it).collect();
        let (last, most) = (flags.len(), meets.iter().rposition(|it| *it));
        let Some((least, most)) = meets.iter().position(|it| *it).zip(most) else {
            self.encoding.add_clause(unless);
            return true;
        };
        if meets[least..=most].contains(&false) || !(least < 2 || least == last) {
            return false;
        }
        if !(most < 2 || most + 1 >= last) {
            return false;
        }
        match least {
            0 => {}
            _ if least == last => flags
                .iter()
                .for_each(|it| self.encoding.add_clause(&clause(&[*it]))),
            _ => self.encoding.add_clause(&clause(&flags)),
        }
        match most {
            _ if most == last => {}
            0 => no
                .iter()
                .for_each(|it| self.encoding.add_clause(&clause(&[*it]))),
            1 => self.at_most_one(unless, &flags),
            _ => self.encoding.add_clause(&clause(&no)),
        }
        true
    }

    /// The flags that a condition counts, and whether each number of them, from none on, will do.
    fn counted(&self, condition: &Condition, truth: bool) -> Option<(Vec<Lit>, Vec<bool>)> {
        let Condition::Compare {
            left,
            comparison,
            right: Formula::Constant(limit),
        } = condition
        else {
            return None;
        };
        let (parts, fixed) = match left {
            Formula::Count(parts) => (parts, 0.into()),
            Formula::Add(left, right) => match (&**left, &**right) {
                (Formula::Count(parts), Formula::Constant(fixed)) => (parts, *fixed),
                _ => return None,
            },
            _ => return None,
        };
        let flags: Vec<Lit> = (parts.iter())
            .map(|it| self.flag(*it))
            .collect::<Option<_>>()?;
        let mut distinct = flags.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < flags.len() {
            return None;
        }
        let meets = |count: usize| {
            let count = Decimal::from(count).checked_add(fixed)?;
            Some(comparison.holds(&count, limit) == truth)
        };
        let meets = (0..=flags.len()).map(meets).collect::<Option<_>>()?;
        Some((flags, meets))
    }

    /// The literal of an attribute that is always there, and yes or no.
    fn flag(&self, attribute: AttributeIndex) -> Option<Lit> {
        let it = self.model.attribute(attribute)?;
        let flag = it.domain == AttributeDomain::Flag && it.part.is_none();
        flag.then(|| self.encoding.option(attribute, 1))
    }

    /// Two of the literals are not true together, unless one of `unless` is.
    fn at_most_one(&mut self, unless: &[Lit], literals: &[Lit]) {
        if literals.len() > MOST_PAIRED {
            let (some, rest) = literals.split_at(MOST_PAIRED - 1);
            // Stands for those before it among the rest.
            let before = self.encoding.new_literal();
            for literal in some {
                self.encoding.add_clause(&[!*literal, before]);
            }
            self.at_most_one(unless, some);
            return self.at_most_one(unless, &[&[before], rest].concat());
        }
        for (position, one) in literals.iter().enumerate() {
            for other in &literals[..position] {
                let pair = [unless, &[!*one, !*other]].concat();
                self.encoding.add_clause(&pair);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::{AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model};
    use crate::configure::kit::{attribute, rule};
    use crate::configure::reasoner::{Answer, Atom, Question, Reasoner, SatReasoner};

    #[test]
    fn so_many_flags_can_be_set_as_compare() {
        let comparisons = [
            Comparison::Equal,
            Comparison::NotEqual,
            Comparison::Less,
            Comparison::LessOrEqual,
            Comparison::Greater,
            Comparison::GreaterOrEqual,
        ];
        for (size, limit) in [
            (0, 0),
            (1, 1),
            (2, 1),
            (4, 0),
            (4, 1),
            (4, 2),
            (4, 4),
            (40, 1),
        ] {
            for (comparison, negated) in comparisons
                .iter()
                .flat_map(|it| [(*it, false), (*it, true)])
            {
                let flags = (0..size).map(AttributeIndex);
                let mut condition = Condition::Compare {
                    left: Formula::Count(flags.collect()),
                    comparison,
                    right: Formula::Constant(limit.into()),
                };
                if negated {
                    condition = Condition::Not(Box::new(condition));
                }
                let model = Model {
                    attributes: vec![attribute(AttributeDomain::Flag, None); size.max(1)],
                    rules: vec![rule(None, condition)],
                    ..Model::default()
                };
                let mut reasoner = SatReasoner::new(model).unwrap();
                for set in 0..=size {
                    // The last ones, and where there are many, the first and the last.
                    let yes = |it: usize| it + set >= size || (set == 2 && it == 0 && size > 2);
                    let count = (0..size).filter(|it| yes(*it)).count();
                    let atoms: Vec<Atom> = (0..size)
                        .map(|it| Atom::is(AttributeIndex(it), usize::from(yes(it))))
                        .collect();
                    let question = Question {
                        atoms: &atoms,
                        constraints: None,
                        effort: None,
                    };
                    let possible = matches!(reasoner.ask(&question), Answer::Possible(_));
                    let holds = comparison.holds(&count, &limit) != negated;
                    assert_eq!(
                        possible, holds,
                        "{size} {comparison:?} {limit} {negated} {count}"
                    );
                }
            }
        }
    }
}
