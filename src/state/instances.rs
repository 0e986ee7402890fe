//! Instances of a part: copied, moved, taken out of their row.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Decisions, Model, Part, Value};

/// A part is there.
pub const THERE: Value = Value::Option(1);

/// What is decided in one instance, by where in it.
type Content = BTreeMap<String, Value>;

/// The instances of one part that there can be, each by its presence.
#[derive(Clone, Debug)]
pub struct Instances<'m> {
    model: &'m Model,
    /// In their order, the first one first.
    pub places: Vec<AttributeIndex>,
}

impl<'m> Instances<'m> {
    /// Those of the part with this presence.
    pub fn of(model: &'m Model, presence: AttributeIndex) -> Self {
        let previous = |it: AttributeIndex| part(model, it).and_then(|it| it.previous);
        let mut first = presence;
        while let Some(before) = previous(first) {
            first = before;
        }
        let mut places = vec![first];
        // Each one stands after the one before it.
        for index in model.indices() {
            if previous(index).is_some_and(|it| places.last() == Some(&it)) {
                places.push(index);
            }
        }
        Self { model, places }
    }

    /// Which of them it is.
    pub fn place(&self, presence: AttributeIndex) -> Option<usize> {
        self.places.iter().position(|it| *it == presence)
    }

    /// Another one after the first `count`, decided as the one at `place`.
    pub fn copied(&self, decisions: &Decisions, place: usize, count: usize) -> Decisions {
        let mut after = decisions.clone();
        self.put(&mut after, count, self.content(decisions, place));
        after.extend(self.places.get(count).map(|it| (*it, THERE)));
        after
    }

    /// What is decided in the one at `place` and in the one at `other`, exchanged.
    pub fn exchanged(&self, decisions: &Decisions, place: usize, other: usize) -> Decisions {
        let mut after = decisions.clone();
        self.put(&mut after, place, self.content(decisions, other));
        self.put(&mut after, other, self.content(decisions, place));
        after
    }

    /// Without the one at `place`: those behind it, of `count`, move up.
    pub fn removed(&self, decisions: &Decisions, place: usize, count: usize) -> Decisions {
        let mut after = decisions.clone();
        for at in place + 1..count {
            self.put(&mut after, at - 1, self.content(decisions, at));
        }
        let last = count.max(place + 1) - 1;
        self.put(&mut after, last, Content::new());
        if let Some(presence) = self.places.get(last) {
            after.remove(presence);
        }
        after
    }

    /// What is decided in the one at `place`, but not that it is there.
    fn content(&self, decisions: &Decisions, place: usize) -> Content {
        let within =
            |(index, value): (&AttributeIndex, &Value)| Some((self.within(*index, place)?, *value));
        decisions.iter().filter_map(within).collect()
    }

    /// Decides `content` in the one at `place`, and nothing else there.
    fn put(&self, decisions: &mut Decisions, place: usize, content: Content) {
        decisions.retain(|index, _| self.within(*index, place).is_none());
        let inside = self.model.indices().filter_map(|index| {
            let value = content.get(&self.within(index, place)?)?;
            Some((index, *value))
        });
        decisions.extend(inside);
    }

    /// Where in the one at `place` an attribute is; `None` outside of it.
    fn within(&self, index: AttributeIndex, place: usize) -> Option<String> {
        let own = part(self.model, *self.places.get(place)?)?;
        let code = &self.model.attribute(index)?.code;
        let inner = part(self.model, index).map(|it| it.path.as_str());
        let rest = inner.unwrap_or(code).strip_prefix(&own.path)?;
        let kind = if inner.is_some() { "+" } else { "" };
        rest.starts_with('.').then(|| format!("{kind}{rest}"))
    }
}

fn part(model: &Model, index: AttributeIndex) -> Option<&Part> {
    match &model.attribute(index)?.domain {
        AttributeDomain::Presence(part) => Some(part),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value as Json, json};

    /// Three drawers in a row, each with a lock and maybe a box; four attributes each.
    fn model() -> Model {
        let place = |code: &str, owner: Option<usize>, previous: Option<usize>| {
            let part = json!({ "path": code.trim_start_matches('+'), "owner": owner,
                "previous": previous, "required": false });
            (code.to_owned(), json!({ "Presence": part }), owner)
        };
        let drawer = |at: usize| {
            let (own, before) = (at * 4, at.checked_sub(1).map(|it| it * 4));
            let inner = place(&format!("+drawer[{at}].box[0]"), Some(own), None);
            [
                place(&format!("+drawer[{at}]"), None, before),
                (format!("drawer[{at}].lock"), json!("Flag"), Some(own)),
                inner,
                (
                    format!("drawer[{at}].box[0].lid"),
                    json!("Flag"),
                    Some(own + 2),
                ),
            ]
        };
        let attribute = |(code, domain, part): (String, Json, Option<usize>)| {
            json!({ "code": code, "label": [], "help": [], "group": 0, "domain": domain,
                "wish": null, "formula": null, "part": part })
        };
        let attributes: Vec<Json> = (0..3).flat_map(drawer).map(attribute).collect();
        let model = json!({ "format": 1, "catalog": "c", "hash": "", "product": "p", "name": [],
            "description": [], "lead_days": 0, "locales": ["en"], "groups": [],
            "attributes": attributes, "rules": [], "tables": [] });
        serde_json::from_value(model).expect("a model")
    }

    fn decided(of: &[usize]) -> Decisions {
        of.iter().map(|at| (AttributeIndex(*at), THERE)).collect()
    }

    #[test]
    fn instances_are_copied_exchanged_and_removed() {
        let model = model();
        let row = Instances::of(&model, AttributeIndex(4));
        assert_eq!(row.places, [0, 4, 8].map(AttributeIndex));
        // The first has a lock, the second a box with a lid.
        let two = decided(&[0, 1, 4, 6, 7]);
        for (found, expected) in [
            (row.copied(&two, 0, 2), &[0, 1, 4, 6, 7, 8, 9][..]),
            (row.copied(&two, 1, 2), &[0, 1, 4, 6, 7, 8, 10, 11]),
            (row.exchanged(&two, 1, 0), &[0, 2, 3, 4, 5]),
            (row.removed(&two, 0, 2), &[0, 2, 3]),
            (row.removed(&two, 1, 2), &[0, 1]),
            (row.removed(&decided(&[0, 1, 4, 8, 9]), 1, 3), &[0, 1, 4, 5]),
            // Nothing is decided about one that is there all the same.
            (row.removed(&decided(&[1, 5]), 0, 2), &[1]),
        ] {
            assert_eq!(found, decided(expected));
        }
    }
}
