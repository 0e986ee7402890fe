//! Words for the buyer, made from the names in a file.

use quotewright_engine::catalog::Text;

/// The language that the names of a file are taken to be in.
pub(super) const LOCALE: &str = "en";

/// `words` as a text in the file's language.
pub(super) fn text(words: impl Into<String>) -> Text {
    Text::new([(LOCALE.to_owned(), words.into())])
}

/// `rearWheel` and `rear_wheel` as `rear wheel`; what is written in capitals stays so.
pub(super) fn words(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    let mut previous = ' ';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '_' {
            if !words.is_empty() && !words.ends_with(' ') {
                words.push(' ');
            }
        } else if letter.is_uppercase() && previous.is_lowercase() {
            words.push(' ');
            match letters.peek() {
                Some(next) if next.is_lowercase() => words.extend(letter.to_lowercase()),
                _ => words.push(letter),
            }
        } else {
            words.push(letter);
        }
        previous = letter;
    }
    words
}

/// `words` with a capital.
pub(super) fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
