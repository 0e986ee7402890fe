//! Rules, formulas and the structure of parts as clauses and sums.
//!
//! A literal made for a condition implies it, and no more: that is enough, because
//! conditions are only ever demanded. Where both directions are needed, [`Scope::settled`]
//! demands both.

use batsat::Lit;

use super::attributes::Encoded;
use super::encoding::Encoding;
use super::inequality::{Inequality, Parts, Refusal, opposite, parts, sign};
use super::polynomial::Polynomial;
use crate::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Constraint, Formula, Model, Part,
};

/// Demands `constraint`, only where `guard` holds if there is one.
pub fn encode(
    encoding: &mut Encoding,
    model: &Model,
    constraint: Constraint,
    guard: Option<Lit>,
) -> Result<(), Refusal> {
    let mut scope = Scope::new(encoding, model);
    scope.unless.extend(guard.map(|it| !it));
    match constraint {
        Constraint::Rule(rule) => {
            let rule = &model.rules[rule];
            scope.rule(rule.when.as_ref(), &rule.require)
        }
        Constraint::Table(table) => scope.table(&model.tables[table]),
        Constraint::Relation(relation) => scope.relation(&model.relations[relation]),
        Constraint::Formula(attribute) => match &model.attributes[attribute.0].formula {
            Some(formula) => scope.formula(attribute, formula),
            None => Ok(()),
        },
        Constraint::Structure(presence) => match &model.attributes[presence.0].domain {
            AttributeDomain::Presence(part) => {
                scope.structure(presence, part);
                Ok(())
            }
            _ => Err(Refusal::Type),
        },
    }
}

/// Where something is being demanded.
pub struct Scope<'a> {
    pub encoding: &'a mut Encoding,
    pub model: &'a Model,
    /// Where one of these holds, nothing is demanded.
    pub unless: Vec<Lit>,
    /// Divisors for which it is settled whether they are zero.
    pub zeros: Vec<(Polynomial, bool)>,
}

impl<'a> Scope<'a> {
    /// Where everything is demanded.
    pub fn new(encoding: &'a mut Encoding, model: &'a Model) -> Self {
        Self {
            encoding,
            model,
            unless: Vec::new(),
            zeros: Vec::new(),
        }
    }
}

impl Scope<'_> {
    fn rule(&mut self, when: Option<&Condition>, require: &Condition) -> Result<(), Refusal> {
        let mut unless = self.unless.clone();
        let mut defined = Vec::new();
        self.defined(require, &mut defined)?;
        if let Some(when) = when {
            self.defined(when, &mut defined)?;
            self.ways(when, false, &mut unless)?;
        }
        self.except_where(&defined, &mut unless);
        self.demand(&unless, require, true)
    }

    /// Nothing is demanded where one of `defined` is false.
    pub fn except_where(&self, defined: &[Lit], unless: &mut Vec<Lit>) {
        unless.extend(defined.iter().map(|it| !*it));
        unless.retain(|it| *it != !self.encoding.truth);
        unless.sort_unstable();
        unless.dedup();
    }

    /// The part is there only with its owner and the instance before it, and where it has to be.
    fn structure(&mut self, presence: AttributeIndex, part: &Part) {
        let there = self.encoding.presence(Some(presence));
        let owner = self.encoding.presence(part.owner);
        for needed in [owner, self.encoding.presence(part.previous)] {
            self.add_clause(&[!there, needed]);
        }
        if part.required {
            self.add_clause(&[!owner, there]);
        }
    }

    /// Demands one of the literals.
    pub fn add_clause(&mut self, literals: &[Lit]) {
        let clause = [self.unless.as_slice(), literals].concat();
        self.encoding.add_clause(&clause);
    }

    /// Adds literals that are all true exactly where the condition is defined.
    fn defined(&mut self, condition: &Condition, all: &mut Vec<Lit>) -> Result<(), Refusal> {
        match condition {
            Condition::Constant(_) | Condition::There(_) | Condition::Certain(_) => Ok(()),
            Condition::Is { attribute, .. } => {
                all.push(self.encoding.there(*attribute));
                Ok(())
            }
            Condition::Compare { left, right, .. } => {
                all.push(self.where_defined(left)?);
                all.push(self.where_defined(right)?);
                Ok(())
            }
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().try_for_each(|part| self.defined(part, all))
            }
            Condition::Not(inner) => self.defined(inner, all),
        }
    }

    fn where_all_defined(&mut self, condition: &Condition) -> Result<Lit, Refusal> {
        let mut all = Vec::new();
        self.defined(condition, &mut all)?;
        Ok(self.encoding.all_of(&all))
    }

    /// Demands that `condition` holds, or does not, unless one of `unless` is true or it is undefined.
    pub fn demand(
        &mut self,
        unless: &[Lit],
        condition: &Condition,
        truth: bool,
    ) -> Result<(), Refusal> {
        match condition {
            Condition::Not(inner) => self.demand(unless, inner, !truth),
            Condition::All(all) if truth => self.demand_each(unless, all, truth),
            Condition::Any(any) if !truth => self.demand_each(unless, any, truth),
            Condition::Certain(inner) if truth => {
                let defined = self.where_all_defined(inner)?;
                self.encoding.add_clause(&[unless, &[defined]].concat());
                self.demand(unless, inner, true)
            }
            Condition::Compare { .. } if self.demand_count(unless, condition, truth) => Ok(()),
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                let cases = self.compare(left, *comparison, right, truth)?;
                for (case, parts) in cases {
                    let mut unless = unless.to_vec();
                    self.except_where(&case, &mut unless);
                    self.demand_parts(&unless, parts)?;
                }
                Ok(())
            }
            _ => {
                let mut clause = unless.to_vec();
                self.ways(condition, truth, &mut clause)?;
                self.encoding.add_clause(&clause);
                Ok(())
            }
        }
    }

    fn demand_each(
        &mut self,
        unless: &[Lit],
        parts: &[Condition],
        truth: bool,
    ) -> Result<(), Refusal> {
        (parts.iter()).try_for_each(|part| self.demand(unless, part, truth))
    }

    fn demand_parts(&mut self, unless: &[Lit], parts: Parts) -> Result<(), Refusal> {
        match parts {
            Parts::All(parts) => {
                self.note_equality(unless, &parts);
                (parts.iter()).try_for_each(|(polynomial, strict)| {
                    self.demand_inequality(unless, polynomial, *strict)
                })
            }
            Parts::Any(parts) => {
                let mut clause = unless.to_vec();
                for (polynomial, strict) in parts {
                    clause.push(self.inequality(&polynomial, strict)?);
                }
                self.encoding.add_clause(&clause);
                Ok(())
            }
        }
    }

    /// Keeps what was demanded, where it is an equality that holds always or for one reason.
    fn note_equality(&mut self, unless: &[Lit], parts: &[(Polynomial, bool)]) {
        if let (Some(demanded), [(polynomial, false), (_, false)], [] | [_]) =
            (&mut self.encoding.demanded, parts, unless)
        {
            demanded.push((unless.first().copied(), polynomial.clone()));
        }
    }

    /// Demands that the polynomial is at most zero, or below it, unless one of `unless` is true.
    pub fn demand_inequality(
        &mut self,
        unless: &[Lit],
        polynomial: &Polynomial,
        strict: bool,
    ) -> Result<(), Refusal> {
        let polynomial = self.encoding.by_parts(self.model, polynomial)?;
        let inequality = Inequality::new(self.encoding, &polynomial, strict)?;
        if unless.len() > 1 || inequality.plain(self.encoding).is_some() {
            let literal = inequality.literal(self.encoding);
            self.encoding.add_clause(&[unless, &[literal]].concat());
        } else {
            let condition = unless.first().map(|it| !*it);
            inequality.demand(self.encoding, condition);
        }
        Ok(())
    }

    /// A literal that implies that the polynomial is at most zero, or below it.
    pub fn inequality(&mut self, polynomial: &Polynomial, strict: bool) -> Result<Lit, Refusal> {
        let polynomial = self.encoding.by_parts(self.model, polynomial)?;
        Ok(Inequality::new(self.encoding, &polynomial, strict)?.literal(self.encoding))
    }

    /// Adds literals, each of which makes `condition`, where it is defined, true (or not);
    /// where it is, one of them can be.
    fn ways(
        &mut self,
        condition: &Condition,
        truth: bool,
        ways: &mut Vec<Lit>,
    ) -> Result<(), Refusal> {
        match condition {
            Condition::Constant(constant) => {
                if *constant == truth {
                    ways.push(self.encoding.truth);
                }
            }
            Condition::Is { attribute, options } => {
                self.options(*attribute, options, truth, ways)?;
            }
            Condition::There(presence) => {
                let there = self.encoding.presence(Some(*presence));
                ways.push(if truth { there } else { !there });
            }
            Condition::Certain(inner) => {
                let defined = self.where_all_defined(inner)?;
                if !truth {
                    ways.push(!defined);
                    self.ways(inner, false, ways)?;
                } else if defined == self.encoding.truth {
                    self.ways(inner, true, ways)?;
                } else {
                    ways.push(self.together(condition, true)?);
                }
            }
            Condition::Compare {
                left,
                comparison,
                right,
            } => {
                for (case, parts) in self.compare(left, *comparison, right, truth)? {
                    self.case_ways(&case, parts, ways)?;
                }
            }
            Condition::All(parts) if !truth => {
                (parts.iter()).try_for_each(|part| self.ways(part, truth, ways))?;
            }
            Condition::Any(parts) if truth => {
                (parts.iter()).try_for_each(|part| self.ways(part, truth, ways))?;
            }
            Condition::All(_) | Condition::Any(_) => ways.push(self.together(condition, truth)?),
            Condition::Not(inner) => self.ways(inner, !truth, ways)?,
        }
        Ok(())
    }

    fn case_ways(
        &mut self,
        case: &[Lit],
        parts: Parts,
        ways: &mut Vec<Lit>,
    ) -> Result<(), Refusal> {
        match parts {
            Parts::Any(parts) if case.is_empty() => {
                for (polynomial, strict) in parts {
                    ways.push(self.inequality(&polynomial, strict)?);
                }
            }
            Parts::All(parts) if case.is_empty() && parts.len() == 1 => {
                for (polynomial, strict) in parts {
                    ways.push(self.inequality(&polynomial, strict)?);
                }
            }
            parts => {
                let literal = self.encoding.new_literal();
                for needed in case {
                    self.encoding.add_clause(&[!literal, *needed]);
                }
                self.demand_parts(&[!literal], parts)?;
                ways.push(literal);
            }
        }
        Ok(())
    }

    /// One literal that demands all of `condition`.
    pub fn together(&mut self, condition: &Condition, truth: bool) -> Result<Lit, Refusal> {
        let literal = self.encoding.new_literal();
        self.demand(&[!literal], condition, truth)?;
        Ok(literal)
    }

    /// A literal that is true exactly where the condition is defined and holds.
    pub fn settled(&mut self, condition: &Condition) -> Result<Lit, Refusal> {
        match condition {
            Condition::Constant(true) => return Ok(self.encoding.truth),
            Condition::Constant(false) => return Ok(!self.encoding.truth),
            Condition::There(presence) => return Ok(self.encoding.presence(Some(*presence))),
            Condition::Is { attribute, options } if options.len() == 1 => {
                let mut literals = Vec::new();
                self.options(*attribute, options, true, &mut literals)?;
                return Ok(self.encoding.any_of(&literals));
            }
            _ => {}
        }
        let certain = Condition::Certain(Box::new(condition.clone()));
        let literal = self.together(&certain, true)?;
        let mut otherwise = vec![literal];
        self.ways(&certain, false, &mut otherwise)?;
        self.encoding.add_clause(&otherwise);
        Ok(literal)
    }

    fn compare(
        &mut self,
        left: &Formula,
        comparison: Comparison,
        right: &Formula,
        truth: bool,
    ) -> Result<Vec<(Vec<Lit>, Parts)>, Refusal> {
        let comparison = if truth {
            comparison
        } else {
            opposite(comparison)
        };
        self.cases(|scope| {
            let right = scope.quotient(right)?.negated();
            let difference = scope.quotient(left)?.plus(&right)?;
            let mut numerator = difference.numerator;
            if let Some(denominator) = difference.denominator {
                let equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
                match sign(&scope.encoding.arithmetic.integers, &denominator) {
                    Some(true) => {}
                    _ if equality => {}
                    Some(false) => numerator = numerator.negated(),
                    None => numerator = numerator.times(&denominator)?,
                }
            }
            Ok(parts(numerator, comparison))
        })
    }

    /// Adds the literals of the attribute's options that are, or are not, among `options`.
    fn options(
        &mut self,
        attribute: AttributeIndex,
        options: &[usize],
        among: bool,
        ways: &mut Vec<Lit>,
    ) -> Result<(), Refusal> {
        let size = match self.model.attribute(attribute).map(|it| &it.domain) {
            Some(domain @ (AttributeDomain::Options(_) | AttributeDomain::Flag)) => domain.size(),
            Some(AttributeDomain::Presence(_)) => Some(2),
            _ => None,
        };
        let size = size.ok_or(Refusal::Type)?;
        if let ([only], false) = (options, among)
            && *only < size
        {
            ways.push(!self.encoding.option(attribute, *only));
            return Ok(());
        }
        let wanted = (0..size).filter(|it| options.contains(it) == among);
        ways.extend(wanted.map(|it| self.encoding.option(attribute, it)));
        Ok(())
    }

    /// The value is the smallest of its range that is not below the formula.
    fn formula(&mut self, attribute: AttributeIndex, formula: &Formula) -> Result<(), Refusal> {
        let AttributeDomain::Number(range) = &self.model.attributes[attribute.0].domain else {
            return Err(Refusal::Type);
        };
        let Some(Encoded::Number {
            integer,
            range: own,
            ..
        }) = self.encoding.attributes.get(attribute.0)
        else {
            return Err(Refusal::Type);
        };
        let (integer, smallest) = (*integer, own.low);
        let defined = [self.encoding.there(attribute), self.where_defined(formula)?];
        let mut unless = self.unless.clone();
        self.except_where(&defined, &mut unless);
        let value = || Formula::Attribute(attribute);
        let enough = Condition::Compare {
            left: formula.clone(),
            comparison: Comparison::LessOrEqual,
            right: value(),
        };
        self.demand(&unless, &enough, true)?;
        unless.push(self.encoding.at_most(integer, smallest));
        let step = Formula::Constant(range.step);
        let needed = Condition::Compare {
            left: Formula::Subtract(Box::new(value()), Box::new(step)),
            comparison: Comparison::Less,
            right: formula.clone(),
        };
        self.demand(&unless, &needed, true)
    }
}
