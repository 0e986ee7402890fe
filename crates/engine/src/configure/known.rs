//! What is known about the possible values of one attribute.

use super::Possibility;
use super::reasoner::{ABSENT, Atom, Relation};
use super::search::{End, Search};
use crate::catalog::{AttributeDomain, AttributeIndex};

/// What is known about one attribute, given all choices but its own.
#[derive(Clone, Debug)]
pub(super) enum Known {
    Options(Vec<Possibility>),
    /// `never`: no number is possible at all.
    Number {
        low: Search,
        high: Search,
        never: bool,
    },
}

impl Known {
    /// Nothing about attributes with these domains.
    pub fn all<'a>(domains: impl Iterator<Item = &'a AttributeDomain>) -> Vec<Self> {
        let nothing = |(index, domain)| Self::nothing(AttributeIndex(index), domain);
        domains.enumerate().map(nothing).collect()
    }

    fn nothing(attribute: AttributeIndex, domain: &AttributeDomain) -> Self {
        let size = domain.size().unwrap_or(0);
        match domain {
            AttributeDomain::Number(_) => {
                let last = size.saturating_sub(1);
                Self::Number {
                    low: Search::new(attribute, 0, last, End::Low),
                    high: Search::new(attribute, 0, last, End::High),
                    never: false,
                }
            }
            _ => Self::Options(vec![Possibility::Unknown; size]),
        }
    }

    /// Everything, by position.
    pub fn tell(&mut self, possible: &[bool]) {
        match self {
            Self::Options(options) => {
                for (option, possible) in options.iter_mut().zip(possible) {
                    *option = match possible {
                        true => Possibility::Possible,
                        false => Possibility::Impossible,
                    };
                }
            }
            Self::Number { low, high, never } => {
                let size = low.limit.max(high.limit) + 1;
                let numbers = &possible[..size.min(possible.len())];
                let ends = [
                    numbers.iter().position(|it| *it),
                    numbers.iter().rposition(|it| *it),
                ];
                *never = ends[0].is_none();
                for (search, end) in [low, high].into_iter().zip(ends) {
                    if let Some(end) = end {
                        search.found(end);
                        search.limit = end;
                    }
                }
            }
        }
    }

    /// What was impossible before still is.
    pub fn rule_out(&mut self, earlier: &Known) {
        match (self, earlier) {
            (Self::Options(options), Self::Options(earlier)) => {
                for (option, earlier) in options.iter_mut().zip(earlier) {
                    if *earlier == Possibility::Impossible {
                        *option = Possibility::Impossible;
                    }
                }
            }
            (
                Self::Number { low, high, never },
                Self::Number {
                    low: low_before,
                    high: high_before,
                    never: never_before,
                },
            ) => {
                low.limit = low_before.limit;
                high.limit = high_before.limit;
                *never = *never_before;
            }
            _ => {}
        }
    }

    /// The atom cannot hold.
    pub fn exclude(&mut self, atom: Atom) {
        match self {
            Self::Options(options) => options[atom.position] = Possibility::Impossible,
            Self::Number { low, high, never } => match (atom.relation, atom.position) {
                (Relation::AtMost, position) => low.limit = low.limit.max(position + 1),
                (Relation::AtLeast, 0) => *never = true,
                (Relation::AtLeast, position) => high.limit = high.limit.min(position - 1),
                _ => {}
            },
        }
    }

    /// The position is possible.
    pub fn found(&mut self, position: usize) {
        match self {
            _ if position == ABSENT => {}
            Self::Options(options) => options[position] = Possibility::Possible,
            Self::Number { low, high, .. } => {
                low.found(position);
                high.found(position);
            }
        }
    }

    /// What was asked for is impossible.
    pub fn refuted(&mut self, probe: Atom) {
        match self {
            Self::Options(options) => options[probe.position] = Possibility::Impossible,
            Self::Number { low, never, .. } if low.best.is_none() => *never = true,
            Self::Number { low, .. } if low.probe() == Some(probe) => low.refuted(probe),
            Self::Number { high, .. } => high.refuted(probe),
        }
    }

    /// What to ask next about the attribute; `None` once everything is known.
    pub fn question(&self, attribute: AttributeIndex) -> Option<Atom> {
        match self {
            Self::Options(options) => (options.iter())
                .position(|it| *it == Possibility::Unknown)
                .map(|position| Atom::is(attribute, position)),
            Self::Number { never: true, .. } => None,
            // Where no number has been found yet, the attribute has been absent so far.
            Self::Number { low, .. } if low.best.is_none() => Some(Atom::at_least(attribute, 0)),
            Self::Number { low, high, .. } => low.probe().or_else(|| high.probe()),
        }
    }

    /// The positions of an attribute that is no number of which nothing is known.
    pub fn unknown(&self) -> impl Iterator<Item = usize> + '_ {
        let options = match self {
            Self::Options(options) => options.as_slice(),
            Self::Number { .. } => &[],
        };
        let unknown = options.iter().enumerate();
        unknown
            .filter(|(_, it)| **it == Possibility::Unknown)
            .map(|(position, _)| position)
    }

    /// Whether an atom about an attribute that is always there can hold.
    pub fn can_hold(&self, atom: Atom) -> Option<bool> {
        let options = match self {
            Self::Options(options) => options,
            Self::Number { low, high, .. } => return number_can_hold(low, high, atom),
        };
        let options = options.iter().enumerate();
        let mut admitted = options.filter(|(position, _)| atom.admits(*position));
        let mut unknown = false;
        let found = admitted.any(|(_, it)| {
            unknown |= *it == Possibility::Unknown;
            *it == Possibility::Possible
        });
        (found || !unknown).then_some(found)
    }

    /// Whether nothing is known about a position of an attribute that is no number.
    pub fn is_unknown(&self, position: usize) -> bool {
        match self {
            Self::Options(options) => options.get(position) == Some(&Possibility::Unknown),
            Self::Number { .. } => false,
        }
    }

    /// The only possible position, once that is certain.
    pub fn only(&self) -> Option<usize> {
        match self {
            Self::Options(options) => {
                let mut left =
                    (options.iter().enumerate()).filter(|(_, it)| **it != Possibility::Impossible);
                match (left.next(), left.next()) {
                    (Some((position, Possibility::Possible)), None) => Some(position),
                    _ => None,
                }
            }
            Self::Number { low, high, .. } => {
                let only = low.certain()?;
                (high.certain() == Some(only)).then_some(only)
            }
        }
    }
}

/// Whether an atom can hold of a number with these ends.
fn number_can_hold(low: &Search, high: &Search, atom: Atom) -> Option<bool> {
    let found = [low.best?, high.best?];
    if found.iter().any(|it| atom.admits(*it)) {
        return Some(true);
    }
    let possible = match atom.relation {
        Relation::Is => (low.limit..=high.limit).contains(&atom.position),
        // All that was found is this one position.
        Relation::IsNot => low.limit < high.limit,
        Relation::AtMost => low.limit <= atom.position,
        Relation::AtLeast => high.limit >= atom.position,
    };
    (!possible).then_some(false)
}
