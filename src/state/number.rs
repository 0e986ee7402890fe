use rust_decimal::Decimal;

/// The number that a buyer typed, where `decimal_sign` separates whole and fraction.
///
/// Spaces and grouping signs are overlooked. A sign that could be either, as the
/// point in a Dutch "1.5", counts as grouping only where three digits follow.
pub fn parse_number(text: &str, decimal_sign: char) -> Option<Decimal> {
    let text: String = text
        .chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '\'')
        .collect();
    let grouping = if decimal_sign == ',' { '.' } else { ',' };
    let plain = if groups(&text, grouping, decimal_sign) {
        text.replace(grouping, "").replace(decimal_sign, ".")
    } else if text.matches([',', '.']).count() == 1 {
        text.replace(',', ".")
    } else {
        text
    };
    let digits = plain.strip_prefix('-').unwrap_or(&plain);
    let valid = digits.starts_with(|sign: char| sign.is_ascii_digit())
        && digits
            .chars()
            .all(|sign| sign.is_ascii_digit() || sign == '.');
    if valid { plain.parse().ok() } else { None }
}

/// Whether every `grouping` sign of the whole part is followed by three digits.
fn groups(text: &str, grouping: char, decimal_sign: char) -> bool {
    let whole = text.split(decimal_sign).next().unwrap_or(text);
    let fraction = text.get(whole.len()..).unwrap_or_default();
    !fraction.contains(grouping)
        && whole
            .split(grouping)
            .skip(1)
            .all(|group| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        let cases = [
            ("1250", '.', Some("1250")),
            ("1,250", '.', Some("1250")),
            ("1,250.5", '.', Some("1250.5")),
            ("1,5", '.', Some("1.5")),
            ("0.05", '.', Some("0.05")),
            ("1.250", ',', Some("1250")),
            ("1.250,5", ',', Some("1250.5")),
            ("1,5", ',', Some("1.5")),
            ("1.5", ',', Some("1.5")),
            ("12 000", ',', Some("12000")),
            ("12\u{a0}000", ',', Some("12000")),
            ("12'000", '.', Some("12000")),
            ("-3", '.', Some("-3")),
            ("", '.', None),
            ("-", '.', None),
            (".5", '.', None),
            ("abc", '.', None),
            ("1e5", '.', None),
            ("1.2.3", '.', None),
            ("12 mm", '.', None),
            ("99999999999999999999999999999999", '.', None),
        ];
        for (text, sign, expected) in cases {
            let expected = expected.map(|text| text.parse().unwrap());
            assert_eq!(parse_number(text, sign), expected, "{text:?} with {sign:?}");
        }
    }
}
