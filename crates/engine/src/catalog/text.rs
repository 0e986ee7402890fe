use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The same words in several languages; the first is the catalog's fallback.
///
/// Copies share the words: every step of every price has its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Arc<[(String, String)]>);

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(|it| Self(it.into()))
    }
}

impl Text {
    /// Text from (locale, words) pairs, the fallback first.
    pub fn new(translations: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(translations.into_iter().collect())
    }

    /// The words for `locale` (`nl-BE` falls back to `nl`), else the fallback's, else nothing.
    pub fn get(&self, locale: &str) -> &str {
        let language = locale.split('-').next().unwrap_or(locale);
        self.0
            .iter()
            .find(|(code, _)| code == locale)
            .or_else(|| self.0.iter().find(|(code, _)| code == language))
            .or_else(|| self.0.first())
            .map_or("", |(_, words)| words)
    }

    /// The words of each locale.
    pub fn translations(&self) -> impl Iterator<Item = (String, String)> {
        self.0.iter().cloned()
    }

    /// Whether there are no words in any language.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(_, words)| words.is_empty())
    }
}

/// `tag`, but Bokmål for any Norwegian: of the written languages it is the one that is there.
pub fn spoken(tag: &str) -> String {
    match tag.split_once('-').unwrap_or((tag, "")) {
        ("no" | "nn", _) => "nb".to_owned(),
        _ => tag.to_owned(),
    }
}
