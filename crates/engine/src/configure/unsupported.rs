//! What is not reasoned about.

use std::fmt;

use crate::catalog::{Constraint, Model};

/// A construct that cannot be reasoned about exactly; nothing is ever ignored instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsupported {
    /// The attribute has more values than can be told apart, or a step that is not above zero.
    Range {
        /// Code of the attribute.
        attribute: String,
    },
    /// The attribute has no value at all.
    NoValues {
        /// Code of the attribute.
        attribute: String,
    },
    /// Numbers of the constraint can grow beyond 62 bits once scaled to integers.
    TooLarge {
        /// The constraint.
        constraint: Constraint,
    },
    /// The constraint uses an attribute or a property in a way that its type does not have.
    Type {
        /// The constraint.
        constraint: Constraint,
    },
    /// The preference uses a construct that is not reasoned about, or numbers that are too large.
    Preference {
        /// Code of the preference.
        preference: String,
    },
    /// The constraint uses a construct that is not reasoned about.
    Construct {
        /// The constraint.
        constraint: Constraint,
        /// What it has.
        construct: &'static str,
    },
}

impl Unsupported {
    /// In words, with the constraint by its code in `model`, and what it says.
    pub fn told(&self, model: &Model) -> String {
        self.in_words(|it| name(it, model))
    }

    fn in_words(&self, name: impl Fn(&Constraint) -> String) -> String {
        match self {
            Self::Range { attribute } => {
                format!("the range of attribute `{attribute}` has too many values")
            }
            Self::NoValues { attribute } => {
                format!("attribute `{attribute}` has no value to choose from")
            }
            Self::TooLarge { constraint } => {
                let name = name(constraint);
                format!("the numbers of {name} can grow too large to be reasoned about exactly")
            }
            Self::Type { constraint } => {
                let name = name(constraint);
                format!("{name} uses an attribute in a way that its type does not have")
            }
            Self::Preference { preference } => {
                format!("the preference `{preference}` has what is not reasoned about")
            }
            Self::Construct {
                constraint,
                construct,
            } => {
                let name = name(constraint);
                format!("{name} has {construct}, which is not reasoned about")
            }
        }
    }
}

impl fmt::Display for Unsupported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(|it| format!("{it:?}")))
    }
}

impl std::error::Error for Unsupported {}

/// A constraint by its code, with what it says where that is short.
fn name(constraint: &Constraint, model: &Model) -> String {
    const SHORT: usize = 200;
    let attribute = |index| {
        let attribute = model.attribute(index);
        attribute.map_or_else(String::new, |it| format!("attribute `{}`", it.code))
    };
    let found = match constraint {
        Constraint::Rule(at) => {
            let rule = model.rules.get(*at);
            rule.map(|it| ("rule", &it.code, &it.explanation))
        }
        Constraint::Table(at) => {
            let table = model.tables.get(*at);
            table.map(|it| ("table", &it.code, &it.explanation))
        }
        Constraint::Relation(at) => {
            let relation = model.relations.get(*at);
            relation.map(|it| ("table", &it.code, &it.explanation))
        }
        Constraint::Formula(index) => return format!("the formula of {}", attribute(*index)),
        Constraint::Structure(index) => return format!("the structure of {}", attribute(*index)),
    };
    let Some((kind, code, explanation)) = found else {
        return format!("{constraint:?}");
    };
    let locale = model.locales.first().map_or("en", String::as_str);
    match explanation.get(locale) {
        says if !says.is_empty() && says.len() <= SHORT => format!("{kind} `{code}` ({says})"),
        _ => format!("{kind} `{code}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{SIZE, model};

    #[test]
    fn a_constraint_is_told_by_its_code() {
        let model = model();
        let unsupported = |constraint| Unsupported::Construct {
            constraint,
            construct: "a construct",
        };
        let size = &model.attributes[SIZE.0].code;
        for (constraint, name) in [
            (
                Constraint::Formula(SIZE),
                format!("the formula of attribute `{size}`"),
            ),
            (
                Constraint::Structure(SIZE),
                format!("the structure of attribute `{size}`"),
            ),
            (
                Constraint::Rule(usize::MAX),
                format!("Rule({})", usize::MAX),
            ),
        ] {
            let told = unsupported(constraint).told(&model);
            assert_eq!(
                told,
                format!("{name} has a construct, which is not reasoned about")
            );
        }
    }
}
