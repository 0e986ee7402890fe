use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{BookError, Conditions, Facts};
use crate::money::exact;

/// A percentage off under conditions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityRule {
    /// Hundredths off.
    pub percent: Decimal,
    /// The highest wins.
    pub priority: i64,
    /// Smallest quantity.
    pub least: Option<Decimal>,
    /// Largest quantity.
    pub most: Option<Decimal>,
    /// What has to be known.
    pub when: Conditions,
    /// Whether it adds up with other rules that do.
    pub stacks: bool,
}

/// The rules that apply, and what they take off together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applied {
    /// Their positions.
    pub rules: Vec<usize>,
    /// Hundredths off.
    pub percent: Decimal,
}

/// The rule with the highest priority of those that hold; where it stacks, all that hold and
/// stack.
///
/// Use it where sellers order rules by hand. Not where the most specific should
/// win by itself (that is [`best_price`](super::best_price)).
///
/// # Errors
/// [`BookError::Conflict`] where several rules that do not all stack have the highest priority.
pub fn priority_rule(
    rules: &[PriorityRule],
    quantity: Decimal,
    facts: &Facts,
) -> Result<Applied, BookError> {
    let holds = |rule: &PriorityRule| {
        rule.least.is_none_or(|least| least <= quantity)
            && rule.most.is_none_or(|most| quantity <= most)
            && rule.when.hold(facts)
    };
    let held: Vec<_> = rules
        .iter()
        .enumerate()
        .filter(|(_, it)| holds(it))
        .collect();
    let highest = held.iter().map(|(_, rule)| rule.priority).max();
    let first = |rule: &PriorityRule| Some(rule.priority) == highest;
    let top: Vec<_> = held.iter().filter(|(_, rule)| first(rule)).collect();
    let stacks = top.iter().all(|(_, rule)| rule.stacks);
    if top.len() > 1 && !stacks {
        return Err(BookError::Conflict(top.iter().map(|(at, _)| *at).collect()));
    }
    let applied = held
        .iter()
        .filter(|(_, rule)| if stacks { rule.stacks } else { first(rule) });
    Ok(Applied {
        rules: applied.clone().map(|(at, _)| *at).collect(),
        percent: exact::sum(applied.map(|(_, rule)| rule.percent))?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::conditions::testing::map;
    use super::*;
    use crate::price::kit::dec;

    fn rule(percent: &str, priority: i64, least: &str, when: &str, stacks: bool) -> PriorityRule {
        PriorityRule {
            percent: dec(percent),
            priority,
            least: Some(dec(least)),
            most: None,
            when: Conditions(map(when)),
            stacks,
        }
    }

    #[test]
    fn the_highest_priority_wins_and_a_tie_is_a_conflict() {
        let rules = [
            rule("10", 1, "1", "", false),
            rule("5", 8, "1", "campaign=c", false),
            rule("7", 8, "1", "customer=a", false),
            rule("20", 3, "4", "", true),
            rule("15", 2, "4", "", true),
        ];
        for (quantity, facts, expected) in [
            ("0", "", Ok((vec![], "0"))),
            ("1", "", Ok((vec![0], "10"))),
            ("4", "", Ok((vec![3, 4], "35"))),
            ("4", "campaign=c", Ok((vec![1], "5"))),
            (
                "1",
                "campaign=c customer=a",
                Err(BookError::Conflict(vec![1, 2])),
            ),
        ] {
            let found = priority_rule(&rules, dec(quantity), &map(facts));
            let expected = expected.map(|(rules, percent)| Applied {
                rules,
                percent: dec(percent),
            });
            assert_eq!(found, expected, "{quantity} {facts}");
        }
    }
}
