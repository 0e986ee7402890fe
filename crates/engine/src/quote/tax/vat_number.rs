//! The form of VAT numbers.

use super::country::vat_area;

/// The forms of VAT numbers by country, after the prefix: 9 is a digit, L a letter, X either, S
/// any of these, `+` or `*`; all else stands for itself.
///
/// As the European Commission publishes them: VIES, frequently asked questions, "What is the
/// format of a VAT number?".
const FORMS: [(&str, &[&str]); 27] = [
    ("AT", &["U99999999"]),
    ("BE", &["0999999999", "1999999999"]),
    ("BG", &["999999999", "9999999999"]),
    ("CY", &["99999999L"]),
    ("CZ", &["99999999", "999999999", "9999999999"]),
    ("DE", &["999999999"]),
    ("DK", &["99999999"]),
    ("EE", &["999999999"]),
    ("ES", &["X9999999X"]),
    ("FI", &["99999999"]),
    ("FR", &["XX999999999"]),
    ("GR", &["999999999"]),
    ("HR", &["99999999999"]),
    ("HU", &["99999999"]),
    ("IE", &["9S99999L", "9999999LL"]),
    ("IT", &["99999999999"]),
    ("LT", &["999999999", "999999999999"]),
    ("LU", &["99999999"]),
    ("LV", &["99999999999"]),
    ("MT", &["99999999"]),
    ("NL", &["999999999B99"]),
    ("PL", &["9999999999"]),
    ("PT", &["999999999"]),
    (
        "RO",
        &[
            "99",
            "999",
            "9999",
            "99999",
            "999999",
            "9999999",
            "99999999",
            "999999999",
            "9999999999",
        ],
    ),
    ("SE", &["999999999999"]),
    ("SI", &["99999999"]),
    ("SK", &["9999999999"]),
];

/// What VAT numbers of Northern Ireland begin with, whose goods are of the European Union.
pub(super) const NORTHERN_IRELAND: &str = "XI";

/// The forms of VAT numbers of Northern Ireland.
const XI_FORMS: &[&str] = &["999999999", "999999999999", "GD999", "HA999"];

/// What VAT numbers of the country begin with: the code of its area, but `EL` in Greece.
fn prefix(country: &str) -> &str {
    match vat_area(country) {
        "GR" => "EL",
        other => other,
    }
}

/// Whether `id` is as VAT numbers of the country are: the prefix, then what the country's form
/// says, with check digits that are right where they are simple to check. Outside the European
/// Union 2 to 13 letters and digits. Spaces, points and dashes between them do not count.
///
/// Whether it has been given to anybody is not for the engine to know.
pub fn is_vat_number(id: &str, country: &str) -> bool {
    let plain = plain(id);
    if let Some(number) = plain.strip_prefix(NORTHERN_IRELAND) {
        return vat_area(country) == "GB" && XI_FORMS.iter().any(|it| is_like(number, it));
    }
    let Some(number) = plain.strip_prefix(prefix(country)) else {
        return false;
    };
    match forms(country) {
        Some(forms) => forms.iter().any(|it| is_like(number, it)) && checks(number, country),
        None => (2..=13).contains(&number.len()) && number.chars().all(|it| is_sign(it, 'X')),
    }
}

/// Whether a VAT number begins as those of Northern Ireland do.
pub(super) fn is_northern_irish(id: &str) -> bool {
    plain(id).starts_with(NORTHERN_IRELAND)
}

/// Without spaces, points and dashes.
fn plain(id: &str) -> String {
    let signs = id.chars();
    signs.filter(|it| !matches!(it, ' ' | '.' | '-')).collect()
}

/// How VAT numbers of the country are written, such as `DE999999999`.
pub(super) fn vat_number_form(country: &str) -> String {
    let prefix = prefix(country);
    match forms(country) {
        None => format!("`{prefix}` and 2 to 13 letters or digits"),
        Some(forms) => {
            let forms: Vec<String> = forms.iter().map(|it| format!("`{prefix}{it}`")).collect();
            let signs = "where 9 is a digit, L a letter, X either, with the right check digits";
            format!("{}, {signs}", forms.join(" or "))
        }
    }
}

fn forms(country: &str) -> Option<&'static [&'static str]> {
    let found = FORMS.iter().find(|(code, _)| *code == vat_area(country));
    found.map(|(_, forms)| *forms)
}

fn is_like(number: &str, form: &str) -> bool {
    number.len() == form.len()
        && number
            .chars()
            .zip(form.chars())
            .all(|(it, of)| is_sign(it, of))
}

fn is_sign(it: char, of: char) -> bool {
    match of {
        '9' => it.is_ascii_digit(),
        'L' => it.is_ascii_uppercase(),
        'X' => it.is_ascii_digit() || it.is_ascii_uppercase(),
        'S' => it.is_ascii_digit() || it.is_ascii_uppercase() || "+*".contains(it),
        other => it == other,
    }
}

/// Whether the check digits are right; of countries that are not here, they are not checked.
fn checks(number: &str, country: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|it| it.to_digit(10)).collect();
    let value = |digits: &[u32]| {
        digits
            .iter()
            .fold(0_u64, |sum, it| sum * 10 + u64::from(*it))
    };
    match country {
        // The last two complete the others to a multiple of 97.
        "BE" => (value(&digits[..8]) + value(&digits[8..])).is_multiple_of(97),
        "DK" => weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]),
        "FI" => weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1]),
        "IT" => luhn(&digits),
        "LU" => value(&digits[..6]) % 89 == value(&digits[6..]),
        // The last digit is the remainder of the others.
        "PL" => weighted(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7, 10]),
        "SE" => luhn(&digits[..10]),
        _ => true,
    }
}

/// Whether the weighted sum is a multiple of 11.
fn weighted(digits: &[u32], weights: &[u32]) -> bool {
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum.is_multiple_of(11)
}

/// Whether every other digit doubled makes a sum of digits that is a multiple of ten.
fn luhn(digits: &[u32]) -> bool {
    let doubled = |(at, digit): (usize, &u32)| match at % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::super::country::{countries, is_member_state};
    use super::*;

    #[test]
    fn every_member_state_has_a_form() {
        for country in countries() {
            assert_eq!(
                forms(country).is_some(),
                is_member_state(vat_area(country)),
                "{country}"
            );
        }
    }

    #[test]
    fn the_form_of_vat_numbers() {
        for (id, country, is_one) in [
            ("NL123456789B01", "NL", true),
            ("NL123456789001", "NL", false),
            ("DE 123.456.789", "DE", true),
            ("DE12", "DE", false),
            ("DE1A", "DE", false),
            ("DE1234567890", "DE", false),
            ("EL123456789", "GR", true),
            ("GR123456789", "GR", false),
            ("IE1+23456A", "IE", true),
            ("IE1234567WA", "IE", true),
            ("IE1234567", "IE", false),
            ("ATU12345678", "AT", true),
            ("AT12345678", "AT", false),
            ("FRXX123456789", "FR", true),
            ("RO12", "RO", true),
            ("RO1", "RO", false),
            ("CHE-123.456.788", "CH", true),
            ("US", "US", false),
            ("FRXX123456789", "MC", true),
            ("MC123456789", "MC", false),
            ("GB123456789", "IM", true),
            ("XI123456789", "GB", true),
            ("XI GD123", "GB", true),
            ("XI1234", "GB", false),
            ("XI123456789", "IE", false),
            ("DE123456789", "NL", false),
            ("NL", "NL", false),
            ("nl123456789b01", "NL", false),
        ] {
            assert_eq!(is_vat_number(id, country), is_one, "{id} {country}");
        }
    }

    #[test]
    fn one_wrong_check_digit_is_found() {
        for (id, country) in [
            ("BE0411905847", "BE"),
            ("DK13585628", "DK"),
            ("FI20774740", "FI"),
            ("IT00743110157", "IT"),
            ("LU15027442", "LU"),
            ("PL5260001246", "PL"),
            ("SE556188840401", "SE"),
        ] {
            assert!(is_vat_number(id, country), "{id}");
            let at = if country == "SE" {
                id.len() - 3
            } else {
                id.len() - 1
            };
            let right = id[at..=at].parse::<u32>().expect("a digit");
            let wrong = format!("{}{}{}", &id[..at], (right + 1) % 10, &id[at + 1..]);
            assert!(!is_vat_number(&wrong, country), "{wrong}");
        }
    }
}
