//! Words and numbers of a drawing, as the app's `Intl` has them.

use quotewright_drawing::Words;
use quotewright_engine::catalog::{Attribute, AttributeDomain, Text, Value};
use rust_decimal::Decimal;

/// What a drawing says in a locale.
pub struct Locale<'a>(pub &'a str);

impl Words for Locale<'_> {
    fn text(&self, text: &Text) -> String {
        text.get(self.0).to_owned()
    }

    fn number(&self, number: Decimal) -> String {
        let (decimal, group, least) = match language(self.0) {
            "nl" => (',', '.', 4),
            "nb" => (',', '\u{a0}', 4),
            "pl" => (',', '\u{a0}', 5),
            _ => ('.', ',', 4),
        };
        let written = number.abs().normalize().to_string();
        let (whole, fraction) = written.split_once('.').unwrap_or((&written, ""));
        let sign = if number.is_sign_negative() && !number.is_zero() {
            "\u{2212}"
        } else {
            ""
        };
        let mut text = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            let left = whole.len() - at;
            if at > 0 && left % 3 == 0 && whole.len() >= least {
                text.push(group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(decimal);
            text.push_str(fraction);
        }
        text
    }

    /// Yes and no are the app's words.
    fn value(&self, attribute: &Attribute, value: Value) -> Option<String> {
        match (&attribute.domain, value) {
            (AttributeDomain::Options(list), Value::Option(option)) => {
                list.options.get(option).map(|it| self.text(&it.label))
            }
            (AttributeDomain::Number(range), Value::Number(number)) => {
                let number = self.number(number);
                Some(match range.unit.as_str() {
                    "" => number,
                    unit => format!("{number}\u{a0}{unit}"),
                })
            }
            (_, Value::Absent) => Some(String::new()),
            _ => None,
        }
    }
}

fn language(locale: &str) -> &str {
    locale.split('-').next().unwrap_or(locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_the_app() {
        for (locale, number, expected) in [
            ("en", "1000", "1,000"),
            ("en", "999.50", "999.5"),
            ("en", "-1234567", "\u{2212}1,234,567"),
            ("nl", "12000.5", "12.000,5"),
            ("nb", "1000", "1\u{a0}000"),
            ("pl", "1000", "1000"),
            ("pl", "10000", "10\u{a0}000"),
            ("pl-PL", "0.05", "0,05"),
            ("sv", "1000", "1,000"),
        ] {
            let number: Decimal = number.parse().expect("a number");
            assert_eq!(Locale(locale).number(number), expected, "{locale}");
        }
    }
}
