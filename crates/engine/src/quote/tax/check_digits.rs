//! Check digits of VAT numbers.
//!
//! As the tax offices publish them, and the European Commission for its own checks (TAXUD,
//! "VAT number construction rules"): weighted sums, Luhn's sum, and the pure and hybrid systems
//! of ISO 7064.

use super::country::vat_area;

/// What the letters of an Irish check character stand for, by the remainder.
const IRISH: &[u8] = b"WABCDEFGHIJKLMNOPQRSTUV";

/// Whether the check digits of a number, of the right form and without its prefix, are right. Of
/// countries that are not here, and of numbers without digits at these places, they are not
/// checked.
pub(super) fn are_right(number: &str, country: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|it| it.to_digit(10)).collect();
    let rest = |weights: &[u32], by: u32| weighted(&digits, weights) % by;
    // The digit for a remainder; a remainder of ten, or none, has the digit 0.
    let is_last = |digit: u32| digits.last() == Some(&(digit % 11 % 10));
    match vat_area(country) {
        "AT" => (luhn_sum(&digits[..7]) + digits[7] + 4).is_multiple_of(10),
        // The last two complete the others to a multiple of 97.
        "BE" => (value(&digits[..8]) + value(&digits[8..])).is_multiple_of(97),
        "DE" | "HR" => is_mod_11_10(&digits),
        "DK" => rest(&[2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        "EE" => rest(&[3, 7, 1, 3, 7, 1, 3, 7, 1], 10) == 0,
        "FI" => rest(&[7, 9, 10, 5, 8, 4, 2, 1], 11) == 0,
        // Of keys with letters, the tax office publishes none.
        "FR" if digits.len() < 11 => true,
        "FR" => value(&digits[..2]) == (12 + 3 * (value(&digits[2..]) % 97)) % 97,
        "GR" => is_last(rest(&[256, 128, 64, 32, 16, 8, 4, 2], 11)),
        "HU" => rest(&[9, 7, 3, 1, 9, 7, 3, 1], 10) == 0,
        "IE" => is_irish(number, &digits),
        "IT" => luhn_sum(&digits).is_multiple_of(10),
        "LU" => value(&digits[..6]) % 89 == value(&digits[6..]),
        "MT" => rest(&[3, 4, 6, 7, 8, 9, 10, 1], 37) == 0,
        // Of organisations by 11; of sole traders, since 2020, by 97 with the letters as numbers.
        "NL" => rest(&[9, 8, 7, 6, 5, 4, 3, 2], 11) == digits[8] || iso_97("NL", number) == 1,
        "NO" => rest(&[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        // The last digit is the remainder of the others.
        "PL" => rest(&[6, 5, 7, 2, 3, 4, 5, 6, 7, 10], 11) == 0,
        "PT" => is_last(11 - rest(&[9, 8, 7, 6, 5, 4, 3, 2], 11)),
        "SE" => luhn_sum(&digits[..10]).is_multiple_of(10),
        "SI" => is_last(11 - rest(&[8, 7, 6, 5, 4, 3, 2], 11)),
        "SK" => value(&digits).is_multiple_of(11),
        _ => true,
    }
}

fn value(digits: &[u32]) -> u64 {
    let add = |sum: u64, digit: &u32| sum * 10 + u64::from(*digit);
    digits.iter().fold(0, add)
}

/// The sum of as many digits as there are weights, each times its own.
fn weighted(digits: &[u32], weights: &[u32]) -> u32 {
    let pairs = digits.iter().zip(weights);
    pairs.map(|(digit, weight)| digit * weight).sum()
}

/// The sum of all digits, every other one doubled, from the last but one on.
fn luhn_sum(digits: &[u32]) -> u32 {
    let doubled = |(at, digit): (usize, &u32)| match at % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    digits.iter().rev().enumerate().map(doubled).sum()
}

/// The hybrid system MOD 11,10 of ISO 7064.
fn is_mod_11_10(digits: &[u32]) -> bool {
    let Some((check, digits)) = digits.split_last() else {
        return false;
    };
    let product = digits.iter().fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            sum => sum,
        };
        sum * 2 % 11
    });
    (product + check) % 10 == 1
}

/// The remainder by 97 as ISO 7064 has it, letters being 10 to 35.
fn iso_97(prefix: &str, number: &str) -> u32 {
    let signs = prefix.chars().chain(number.chars());
    let numbers = signs.filter_map(|it| it.to_digit(36));
    numbers.fold(0, |rest, it| {
        (rest * if it > 9 { 100 } else { 10 } + it) % 97
    })
}

/// Seven digits and a check character, and maybe one more letter, which counts nine times. Of
/// older numbers, whose second sign is none of the digits, it is not checked.
fn is_irish(number: &str, digits: &[u32]) -> bool {
    let signs = number.as_bytes();
    if digits.len() < 7 {
        return true;
    }
    let letter = signs.get(8).filter(|it| **it != b'W');
    let letter = letter.map_or(0, |it| u32::from(*it - b'A') + 1);
    let sum = weighted(digits, &[8, 7, 6, 5, 4, 3, 2]) + 9 * letter;
    IRISH.get((sum % 23) as usize) == signs.get(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of the tax offices' own examples, and of companies that publish theirs.
    #[test]
    fn one_wrong_digit_is_found() {
        for (country, number) in [
            ("AT", "U13585627"),
            ("BE", "0411905847"),
            ("DE", "136695976"),
            ("DE", "123456788"),
            ("DK", "13585628"),
            ("EE", "100931558"),
            ("FI", "20774740"),
            ("FR", "40303265045"),
            ("GR", "094259216"),
            ("HR", "33392005961"),
            ("HU", "12892312"),
            ("IE", "6433435F"),
            ("IE", "6433435OA"),
            ("IT", "00743110157"),
            ("LU", "15027442"),
            ("MC", "40303265045"),
            ("MT", "11679112"),
            ("NL", "004495445B01"),
            ("NL", "123456789B13"),
            ("NO", "995525828MVA"),
            ("NO", "995525828"),
            ("PL", "5260001246"),
            ("PT", "501964843"),
            ("SE", "556188840401"),
            ("SI", "50223054"),
            ("SK", "2022749619"),
        ] {
            assert!(are_right(number, country), "{country} {number}");
            // The fourth sign is a digit that counts in every one of them.
            let right = number[3..4].parse::<u32>().expect("a digit");
            let wrong = format!("{}{}{}", &number[..3], (right + 1) % 10, &number[4..]);
            assert!(!are_right(&wrong, country), "{country} {wrong}");
        }
    }

    #[test]
    fn what_has_no_published_rule_is_not_checked() {
        for (country, number) in [
            ("FR", "X1303265045"),
            ("IE", "1+23456A"),
            ("BG", "123456789"),
        ] {
            assert!(are_right(number, country), "{country} {number}");
        }
    }
}
