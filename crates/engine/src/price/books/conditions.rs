use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known of who asks and for what: country, customer, groups, channel. Every key can
/// have several values: a customer is in several groups.
pub type Facts = BTreeMap<String, Vec<String>>;

/// What has to be known for a price or rule to hold: by key, the values of which one will do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conditions(pub BTreeMap<String, Vec<String>>);

impl Conditions {
    /// Whether all of them hold. Facts that no condition names change nothing.
    pub fn hold(&self, facts: &Facts) -> bool {
        self.0.iter().all(|(key, values)| {
            let known = facts.get(key).into_iter().flatten();
            known.into_iter().any(|value| values.contains(value))
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

#[cfg(test)]
pub(super) mod testing {
    use super::*;

    /// A map written as `key=value|value key=value`.
    pub fn map(written: &str) -> BTreeMap<String, Vec<String>> {
        let pairs = written
            .split_whitespace()
            .filter_map(|it| it.split_once('='));
        pairs
            .map(|(key, values)| {
                (
                    key.to_owned(),
                    values.split('|').map(str::to_owned).collect(),
                )
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::testing::map;
    use super::*;

    #[test]
    fn all_conditions_have_to_hold() {
        for (conditions, facts, hold) in [
            ("", "", true),
            ("", "region=PL", true),
            ("region=PL", "region=PL company=medusa", true),
            ("region=PL", "company=medusa", false),
            ("region=DE|DK", "region=DK", true),
            ("group=vip", "group=retail|vip", true),
            ("group=vip region=DE", "group=vip region=PL", false),
        ] {
            let found = Conditions(map(conditions)).hold(&map(facts));
            assert_eq!(found, hold, "{conditions} {facts}");
        }
    }
}
