use quotewright_engine::catalog::Value;
use quotewright_engine::configure::{AttributeState, Domain, Origin, Possibility};

/// How one option stands, as the buyer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be chosen.
    Possible,
    /// The buyer chose it.
    Chosen,
    /// The catalog suggests it.
    Suggested,
    /// It is the only one that other decisions leave.
    Follows,
    /// No complete configuration has it together with the other decisions.
    Impossible,
    /// Not known yet.
    Unknown,
}

impl Standing {
    /// How `option` of an attribute in `state` stands.
    pub fn of(state: &AttributeState, option: usize) -> Self {
        if state.value == Some(Value::Option(option)) {
            return match state.origin {
                Origin::Decided => Self::Chosen,
                Origin::Follows => Self::Follows,
                Origin::Suggested | Origin::Open => Self::Suggested,
            };
        }
        let possibility = match &state.domain {
            Domain::Options(options) => options.get(option),
            Domain::Number { .. } => None,
        };
        match possibility {
            Some(Possibility::Possible) => Self::Possible,
            Some(Possibility::Impossible) => Self::Impossible,
            Some(Possibility::Unknown) | None => Self::Unknown,
        }
    }

    /// Whether the current configuration has it.
    pub fn is_current(self) -> bool {
        matches!(self, Self::Chosen | Self::Suggested | Self::Follows)
    }

    /// Name of its look in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Chosen => "chosen",
            Self::Suggested => "suggested",
            Self::Follows => "follows",
            Self::Impossible => "impossible",
            Self::Unknown => "unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Possibility::{Impossible, Possible, Unknown};

    #[test]
    fn the_current_value_shows_where_it_comes_from_and_others_whether_they_are_possible() {
        let cases = [
            (Origin::Decided, 0, Standing::Chosen),
            (Origin::Follows, 0, Standing::Follows),
            (Origin::Suggested, 0, Standing::Suggested),
            (Origin::Decided, 1, Standing::Possible),
            (Origin::Decided, 2, Standing::Impossible),
            (Origin::Decided, 3, Standing::Unknown),
            (Origin::Decided, 9, Standing::Unknown),
        ];
        for (origin, option, expected) in cases {
            let state = AttributeState {
                domain: Domain::Options(vec![Possible, Possible, Impossible, Unknown]),
                value: Some(Value::Option(0)),
                origin,
            };
            assert_eq!(
                Standing::of(&state, option),
                expected,
                "{origin:?}, option {option}"
            );
        }
    }
}
