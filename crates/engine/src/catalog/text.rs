use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// For whom a text can be said in words of their own.
pub const AUDIENCES: [&str; 3] = ["engineer", "purchaser", "user"];

/// Between a language and an audience: private use in RFC 5646, section 2.2.7.
const FOR: &str = "-x-";

/// The same words in several languages; the first is the catalog's fallback. Words for one of
/// the [`AUDIENCES`] have it in their locale, as in `nl-x-engineer`, and come last.
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

    /// The words for `locale` (`nl-BE` falls back to `nl`, and an audience to all), else the
    /// fallback's, else nothing.
    pub fn get(&self, locale: &str) -> &str {
        let (locale, audience) = match locale.split_once(FOR) {
            Some((locale, audience)) => (locale, Some(audience)),
            None => (locale, None),
        };
        let language = locale.split('-').next().unwrap_or(locale);
        let find = |wanted: &str| self.0.iter().find(|(code, _)| code == wanted);
        audience
            .and_then(|it| find(&for_audience(language, it)))
            .or_else(|| find(locale))
            .or_else(|| find(language))
            .or_else(|| self.0.first())
            .map_or("", |(_, words)| words)
    }

    /// Whether it has words of its own for `audience`, in any language.
    pub fn is_for(&self, audience: &str) -> bool {
        let mut codes = self.0.iter().filter_map(|(code, _)| code.split_once(FOR));
        codes.any(|(_, it)| it == audience)
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

/// The locale of words in `language` for `audience`; of those for all where that is empty.
pub fn for_audience(language: &str, audience: &str) -> String {
    match audience {
        "" => language.to_owned(),
        audience => format!("{language}{FOR}{audience}"),
    }
}

/// `tag`, but Bokmål for any Norwegian: of the written languages it is the one that is there.
pub fn spoken(tag: &str) -> String {
    match tag.split_once('-').unwrap_or((tag, "")) {
        ("no" | "nn", _) => "nb".to_owned(),
        _ => tag.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_the_audience_then_of_the_language_then_the_first() {
        let words = [
            "en",
            "nl",
            "nb-NO",
            "en-x-engineer",
            "nl-x-engineer",
            "nl-x-user",
        ];
        let text = Text::new(words.map(|it| (it.to_owned(), it.to_owned())));
        for (locale, expected) in [
            ("en", "en"),
            ("nl-BE", "nl"),
            ("nb-NO", "nb-NO"),
            ("de", "en"),
            ("nl-x-engineer", "nl-x-engineer"),
            ("nl-BE-x-engineer", "nl-x-engineer"),
            ("en-x-user", "en"),
            ("nl-x-purchaser", "nl"),
            ("nb-NO-x-engineer", "nb-NO"),
            ("de-x-engineer", "en"),
        ] {
            assert_eq!(text.get(locale), expected, "{locale}");
        }
        let own = AUDIENCES.map(|it| text.is_for(it));
        assert_eq!(own, [true, false, true]);
    }
}
