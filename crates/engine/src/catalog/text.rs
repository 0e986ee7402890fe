use serde::{Deserialize, Serialize};

/// The same words in several languages; the first is the catalog's fallback.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text(Vec<(String, String)>);

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
