//! Small models for tests.

use crate::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Condition, NumberRange, Rule, Text,
};

/// An attribute without a name.
pub(super) fn attribute(domain: AttributeDomain, part: Option<AttributeIndex>) -> Attribute {
    Attribute {
        code: String::new(),
        label: Text::default(),
        help: Text::default(),
        group: 0,
        domain,
        wish: None,
        formula: None,
        part,
        access: Default::default(),
    }
}

/// Whole numbers from 0 to 9.
pub(super) fn digits() -> AttributeDomain {
    AttributeDomain::Number(NumberRange {
        min: 0.into(),
        max: 9.into(),
        step: 1.into(),
        unit: String::new(),
        unbounded_below: false,
        unbounded_above: false,
    })
}

/// A rule without a name.
pub(super) fn rule(when: Option<Condition>, require: Condition) -> Rule {
    Rule {
        code: String::new(),
        when,
        require,
        explanation: Text::default(),
    }
}
