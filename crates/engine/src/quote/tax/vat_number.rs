//! Whether VAT numbers are written as those of their country are.

use super::check_digits;
use super::country::vat_area;

/// The forms of VAT numbers by country, after the prefix: 9 is a digit, L a letter, X either, S
/// any of these, `+` or `*`; all else stands for itself.
///
/// As the European Commission publishes them: VIES, frequently asked questions, "What is the
/// format of a VAT number?"; of Norway, as the Brønnøysund Register Centre does.
const FORMS: [(&str, &[&str]); 28] = [
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
    ("NO", &["999999999MVA", "999999999"]),
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

/// What is wrong with a VAT number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VatNumberFault {
    /// It is not written as those of the country are.
    Form,
    /// Its check digits are wrong: a digit is, or two have changed places.
    CheckDigits,
}

/// What keeps `id` from being a VAT number of the country: the prefix, then what the country's
/// form says, with check digits that are right where their rule is published. Outside the European
/// Union and Norway 2 to 13 letters and digits. Spaces, points and dashes between them do not
/// count.
///
/// Whether it has been given to anybody is not for the engine to know.
pub fn vat_number_fault(id: &str, country: &str) -> Option<VatNumberFault> {
    let plain = plain(id);
    let (number, checked) = match plain.strip_prefix(NORTHERN_IRELAND) {
        Some(number) => (Some(number), false),
        None => (plain.strip_prefix(prefix(country)), true),
    };
    let has_form = number.is_some_and(|number| match (checked, forms(country)) {
        (false, _) => vat_area(country) == "GB" && XI_FORMS.iter().any(|it| is_like(number, it)),
        (true, Some(forms)) => forms.iter().any(|it| is_like(number, it)),
        (true, None) => {
            (2..=13).contains(&number.len()) && number.chars().all(|it| is_sign(it, 'X'))
        }
    });
    let Some(number) = number.filter(|_| has_form) else {
        return Some(VatNumberFault::Form);
    };
    let is_right = !checked || check_digits::are_right(number, country);
    (!is_right).then_some(VatNumberFault::CheckDigits)
}

/// Whether `id` is a VAT number of the country, as far as [`vat_number_fault`] can tell.
pub fn is_vat_number(id: &str, country: &str) -> bool {
    vat_number_fault(id, country).is_none()
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
pub fn vat_number_form(country: &str) -> String {
    let prefix = prefix(country);
    match forms(country) {
        None => format!("`{prefix}` and 2 to 13 letters or digits"),
        Some(forms) => {
            let forms: Vec<String> = forms.iter().map(|it| format!("`{prefix}{it}`")).collect();
            let signs = "where 9 is a digit, L a letter, X either";
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

#[cfg(test)]
mod tests {
    use super::super::country::{countries, is_member_state};
    use super::*;

    #[test]
    fn every_member_state_and_norway_have_a_form() {
        for country in countries() {
            assert_eq!(
                forms(country).is_some(),
                is_member_state(vat_area(country)) || country == "NO",
                "{country}"
            );
        }
    }

    #[test]
    fn the_form_of_vat_numbers() {
        for (id, country, is_one) in [
            ("NL123456789B13", "NL", true),
            ("NL123456789001", "NL", false),
            ("DE 123.456.788", "DE", true),
            ("DE12", "DE", false),
            ("DE1A", "DE", false),
            ("DE1234567890", "DE", false),
            ("EL123456783", "GR", true),
            ("GR123456789", "GR", false),
            ("IE1+23456A", "IE", true),
            ("IE6433435OA", "IE", true),
            ("IE1234567", "IE", false),
            ("ATU13585627", "AT", true),
            ("AT12345678", "AT", false),
            ("FRXX123456789", "FR", true),
            ("RO19", "RO", true),
            ("RO12", "RO", false),
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
            ("DE123456788", "NL", false),
            ("NL", "NL", false),
            ("nl123456789b13", "NL", false),
        ] {
            assert_eq!(is_vat_number(id, country), is_one, "{id} {country}");
        }
    }

    #[test]
    fn form_and_check_digits_are_told_apart() {
        use VatNumberFault::{CheckDigits, Form};
        for (id, country, fault) in [
            ("DE123456788", "DE", None),
            ("DE123456789", "DE", Some(CheckDigits)),
            ("DE12345678", "DE", Some(Form)),
            ("NO 995 525 828 MVA", "NO", None),
            ("NO995525829", "NO", Some(CheckDigits)),
            ("NL123456789B14", "NL", Some(CheckDigits)),
        ] {
            assert_eq!(vat_number_fault(id, country), fault, "{id}");
        }
    }
}
