use std::collections::BTreeMap;

use quotewright_engine::catalog::{AttributeDomain, AttributeIndex, Model};

use crate::product::without_indices;

/// Attributes and parts by their canonical paths.
pub struct Names {
    attributes: BTreeMap<String, AttributeIndex>,
    /// Presences by the path of their part.
    parts: BTreeMap<String, AttributeIndex>,
}

/// So many paths are named where one is not clear.
const MEANT: usize = 3;

/// What begins the code of a part's presence.
const PART: char = '+';

impl Names {
    pub fn new(model: &Model) -> Self {
        let mut names = Self {
            attributes: BTreeMap::new(),
            parts: BTreeMap::new(),
        };
        for (index, attribute) in model.indices().zip(&model.attributes) {
            match &attribute.domain {
                AttributeDomain::Presence(part) if attribute.code.starts_with(PART) => {
                    names.parts.insert(part.path.clone(), index);
                }
                _ => {
                    names.attributes.insert(attribute.code.clone(), index);
                }
            }
        }
        names
    }

    /// The attribute with this path; `[0]` may be left out at its end.
    pub fn attribute(&self, path: &str) -> Result<AttributeIndex, String> {
        let found = self.attributes.get(path);
        let found = found.or_else(|| self.attributes.get(&format!("{path}[0]")));
        found.copied().ok_or_else(|| {
            let meant = self.meant(path);
            let hint = if self.parts.contains_key(path) {
                "that is a part: use add and remove".to_owned()
            } else if meant.is_empty() {
                "ask for domains to see the paths, with an index on every step".to_owned()
            } else {
                format!("say which: {}", meant.join(", "))
            };
            format!("there is no attribute `{path}`: {hint}")
        })
    }

    /// Some of the attributes and parts that a path without all its indices may mean.
    pub fn meant(&self, path: &str) -> Vec<&str> {
        let wanted = without_indices(path);
        let all = self.attributes.keys().chain(self.parts.keys());
        let meant = all.filter(|it| without_indices(it) == wanted);
        meant.map(String::as_str).take(MEANT).collect()
    }

    /// The attribute with this path, or else the part.
    pub fn either(&self, path: &str) -> Result<AttributeIndex, String> {
        let attribute = self.attribute(path);
        attribute.or_else(|problem| self.part(path).ok_or(problem))
    }

    /// The part with this path, which has an index at its end.
    pub fn part(&self, path: &str) -> Option<AttributeIndex> {
        self.parts.get(path).copied()
    }

    /// Whether something that needs no adding has this path, which has an index at its end.
    pub fn is_always_there(&self, path: &str) -> bool {
        let inside = format!("{path}.");
        let mut after = self.attributes.range(inside.clone()..);
        let within = after.next().is_some_and(|(it, _)| it.starts_with(&inside));
        path.ends_with(']') && (within || self.attributes.contains_key(path))
    }

    /// The instances of `path`, which has no index at its end, in their order.
    pub fn instances(&self, path: &str) -> Vec<(usize, AttributeIndex)> {
        let prefix = format!("{path}[");
        let after = self.parts.range(prefix.clone()..);
        let mut found: Vec<(usize, AttributeIndex)> = after
            .take_while(|(part, _)| part.starts_with(&prefix))
            .filter_map(|(part, index)| {
                let position = part.strip_prefix(&prefix)?.strip_suffix(']')?;
                Some((position.parse().ok()?, *index))
            })
            .collect();
        found.sort_unstable();
        found
    }

    /// All attributes that are no parts, by path.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, AttributeIndex)> {
        self.attributes
            .iter()
            .map(|(path, index)| (path.as_str(), *index))
    }

    /// All parts that may be there or not, by path.
    pub fn parts(&self) -> impl Iterator<Item = (&str, AttributeIndex)> {
        self.parts
            .iter()
            .map(|(path, index)| (path.as_str(), *index))
    }

    /// The path of an attribute or part, as users write it.
    pub fn path(model: &Model, index: AttributeIndex) -> String {
        let code = model.attribute(index).map_or("", |it| it.code.as_str());
        code.trim_start_matches(PART).to_owned()
    }
}
