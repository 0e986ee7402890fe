use crate::format::Plural;

/// A sentence with `N` gaps, written `{0}`, `{1}`: each language puts them in its own order.
#[derive(Clone, Copy)]
pub struct Phrase<const N: usize>(&'static str);

/// A sentence in each grammatical number that its language tells apart.
#[derive(Clone, Copy)]
pub struct Counted<const N: usize> {
    one: Phrase<N>,
    few: Phrase<N>,
    many: Phrase<N>,
}

impl<const N: usize> Phrase<N> {
    /// The sentence with `words` in its gaps.
    pub fn with(self, words: [&str; N]) -> String {
        fill(self.0, &words)
    }
}

impl<const N: usize> Counted<N> {
    /// The sentence for `plural` with `words` in its gaps.
    pub fn with(self, plural: Plural, words: [&str; N]) -> String {
        let phrase = match plural {
            Plural::One => self.one,
            Plural::Few => self.few,
            Plural::Many => self.many,
        };
        phrase.with(words)
    }
}

/// Refused by the compiler unless each of the `N` gaps is there.
pub(super) const fn phrase<const N: usize>(text: &'static str) -> Phrase<N> {
    assert!(gaps(text.as_bytes()) == (1 << N) - 1, "other gaps");
    Phrase(text)
}

/// For languages that tell one from more.
pub(super) const fn counted<const N: usize>(one: &'static str, many: &'static str) -> Counted<N> {
    slavic(one, many, many)
}

/// For languages that have a form of their own for two to four, as Polish.
pub(super) const fn slavic<const N: usize>(
    one: &'static str,
    few: &'static str,
    many: &'static str,
) -> Counted<N> {
    Counted {
        one: phrase(one),
        few: phrase(few),
        many: phrase(many),
    }
}

/// The set of gaps that occur, a bit for each.
const fn gaps(text: &[u8]) -> u32 {
    let (mut found, mut rest) = (0, text);
    while let [_, after @ ..] = rest {
        if let [b'{', digit, b'}', ..] = rest {
            found |= 1 << (*digit - b'0');
        }
        rest = after;
    }
    found
}

/// Not generic, so that it is there once.
fn fill(text: &str, words: &[&str]) -> String {
    let mut filled = String::new();
    let mut parts = text.split('{');
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (gap, after) = part.split_once('}').unwrap_or(("", part));
        let word = gap.parse().ok().and_then(|gap: usize| words.get(gap));
        filled.push_str(word.copied().unwrap_or_default());
        filled.push_str(after);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_where_their_language_has_them() {
        let cases = [
            (phrase("{0} of {1}"), "10 % of 20"),
            (phrase("Of {1} {0}."), "Of 20 10 %."),
            (phrase("{1}, {0}, {1}"), "20, 10 %, 20"),
        ];
        for (phrase, expected) in cases {
            assert_eq!(phrase.with(["10 %", "20"]), expected);
        }
    }

    #[test]
    fn words_with_braces_stay_as_they_are() {
        assert_eq!(phrase::<1>("Add {0}").with(["{0}{"]), "Add {0}{");
    }

    #[test]
    fn each_grammatical_number_has_its_form() {
        let days = slavic("{0} dzień", "{0} dni robocze", "{0} dni roboczych");
        for (plural, expected) in [
            (Plural::One, "3 dzień"),
            (Plural::Few, "3 dni robocze"),
            (Plural::Many, "3 dni roboczych"),
        ] {
            assert_eq!(days.with(plural, ["3"]), expected);
        }
    }
}
