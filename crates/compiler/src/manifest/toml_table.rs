use std::collections::BTreeSet;
use std::ops::Range;

use quotewright_engine::catalog::Text;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::CATALOG_FILE;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::suggest::did_you_mean;

/// A table of `catalog.toml` that notes which keys were asked for, so that the
/// others can be told as unknown.
pub(super) struct Table<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    known: BTreeSet<&'static str>,
}

/// A text with its place.
pub(super) struct Word {
    pub(super) text: String,
    pub(super) location: Location,
}

fn place(span: Range<usize>) -> Location {
    Location::bytes(CATALOG_FILE, span)
}

impl<'a> Table<'a> {
    pub(super) fn new(table: &'a DeTable<'a>, span: Range<usize>) -> Self {
        Self {
            table,
            span,
            known: BTreeSet::new(),
        }
    }

    pub(super) fn location(&self) -> Location {
        place(self.span.clone())
    }

    fn get(&mut self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.known.insert(key);
        let found = self.table.iter().find(|(name, _)| name.get_ref() == key);
        found.map(|(_, value)| value)
    }

    pub(super) fn missing(&self, key: &str, report: &mut Report) {
        let message = format!("`{key}` is missing");
        report.push(Diagnostic::error("missing-key", self.location(), message));
    }

    fn wrong_type(value: &Spanned<DeValue<'_>>, key: &str, wanted: &str, report: &mut Report) {
        let message = format!("`{key}` must be {wanted}");
        report.push(Diagnostic::error("type", place(value.span()), message));
    }

    /// A text; numbers and dates count as the text that they are written as.
    pub(super) fn word(&mut self, key: &'static str, report: &mut Report) -> Option<Word> {
        let value = self.get(key)?;
        let text = match value.get_ref() {
            DeValue::String(text) => text.trim().to_owned(),
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().to_owned(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                Self::wrong_type(value, key, "a text in quotation marks", report);
                return None;
            }
        };
        Some(Word {
            text,
            location: place(value.span()),
        })
    }

    /// As [`word`](Self::word), but it must be there.
    pub(super) fn required(&mut self, key: &'static str, report: &mut Report) -> Option<Word> {
        if self.get(key).is_none() {
            self.missing(key, report);
        }
        self.word(key, report).filter(|word| {
            if word.text.is_empty() {
                self.missing(key, report);
            }
            !word.text.is_empty()
        })
    }

    pub(super) fn words(&mut self, key: &'static str, report: &mut Report) -> Option<Vec<Word>> {
        let value = self.get(key)?;
        let Some(array) = value.get_ref().as_array() else {
            Self::wrong_type(value, key, "a list of texts", report);
            return None;
        };
        let mut words = Vec::new();
        for item in array.iter() {
            match item.get_ref().as_str() {
                Some(text) => words.push(Word {
                    text: text.to_owned(),
                    location: place(item.span()),
                }),
                None => Self::wrong_type(item, key, "a list of texts", report),
            }
        }
        Some(words)
    }

    /// `true` or `false`.
    pub(super) fn flag(&mut self, key: &'static str, report: &mut Report) -> Option<bool> {
        let value = self.get(key)?;
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            Self::wrong_type(value, key, "true or false", report);
        }
        flag
    }

    /// As [`text`](Self::text); empty where it is not there.
    pub(super) fn optional_text(
        &mut self,
        key: &'static str,
        locales: &[String],
        report: &mut Report,
    ) -> Text {
        match self.get(key) {
            Some(_) => self.text(key, locales, report),
            None => Text::default(),
        }
    }

    /// A text in several languages, as in `{ en = "...", nl = "..." }`.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        locales: &[String],
        report: &mut Report,
    ) -> Text {
        let Some(value) = self.get(key) else {
            self.missing(key, report);
            return Text::default();
        };
        let Some(table) = value.get_ref().as_table() else {
            let wanted = "a text for each language, as in `{ en = \"...\" }`";
            Self::wrong_type(value, key, wanted, report);
            return Text::default();
        };
        for (locale, translation) in table.iter() {
            if !locales.iter().any(|known| known == locale.get_ref()) && !locales.is_empty() {
                let message = format!("`{}` is not a language of this catalog", locale.get_ref());
                let hint = did_you_mean(locale.get_ref(), locales.iter().map(String::as_str));
                report.push(
                    Diagnostic::error("unknown-language", place(locale.span()), message)
                        .maybe_hint(hint),
                );
            } else if !translation.get_ref().is_str() {
                Self::wrong_type(translation, key, "a text in quotation marks", report);
            }
        }
        let words = |locale: &String| {
            let mut items = table.iter();
            let found = items.find(|(key, _)| key.get_ref() == locale)?;
            let words = found.1.get_ref().as_str()?.trim();
            (!words.is_empty()).then(|| words.to_owned())
        };
        for (position, locale) in locales.iter().enumerate() {
            if words(locale).is_some() {
                continue;
            }
            let message = format!("`{key}` has no text in `{locale}`");
            let location = place(value.span());
            report.push(match position {
                0 => Diagnostic::error("missing-text", location, message),
                _ => Diagnostic::warning("missing-translation", location, message),
            });
        }
        let translations = locales
            .iter()
            .filter_map(|it| Some((it.clone(), words(it)?)));
        Text::new(translations)
    }

    pub(super) fn table(&mut self, key: &'static str, report: &mut Report) -> Option<Table<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Table::new(table, value.span())),
            _ => {
                Self::wrong_type(value, key, &format!("a table: `[{key}]`"), report);
                None
            }
        }
    }

    pub(super) fn tables(&mut self, key: &'static str, report: &mut Report) -> Vec<Table<'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let items = value.get_ref().as_array().map(|array| array.iter());
        let mut tables = Vec::new();
        for item in items.into_iter().flatten() {
            if let DeValue::Table(table) = item.get_ref() {
                tables.push(Table::new(table, item.span()));
            }
        }
        if tables.is_empty() {
            Self::wrong_type(
                value,
                key,
                &format!("a list of tables: `[[{key}]]`"),
                report,
            );
        }
        tables
    }

    /// Tells the keys that nobody asked for.
    pub(super) fn finish(self, report: &mut Report) {
        for (key, _) in self.table.iter() {
            if !self.known.contains(key.get_ref().as_ref()) {
                let message = format!("`{}` means nothing here", key.get_ref());
                let hint = did_you_mean(key.get_ref(), self.known.iter().copied());
                report.push(
                    Diagnostic::error("unknown-key", place(key.span()), message).maybe_hint(hint),
                );
            }
        }
    }
}
