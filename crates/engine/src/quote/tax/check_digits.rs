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
        "BG" => is_bulgarian(&digits),
        "CY" => number.as_bytes().last() == Some(&cypriot_letter(&digits)),
        "CZ" => is_czech(&digits),
        "DE" | "HR" => is_mod_11_10(&digits),
        "DK" => rest(&[2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        "EE" => rest(&[3, 7, 1, 3, 7, 1, 3, 7, 1], 10) == 0,
        "ES" => is_spanish(number.as_bytes()),
        "FI" => rest(&[7, 9, 10, 5, 8, 4, 2, 1], 11) == 0,
        // Of keys with letters, the tax office publishes none.
        "FR" if digits.len() < 11 => true,
        "FR" => value(&digits[..2]) == (12 + 3 * (value(&digits[2..]) % 97)) % 97,
        "GR" => is_last(rest(&[256, 128, 64, 32, 16, 8, 4, 2], 11)),
        "HU" => rest(&[9, 7, 3, 1, 9, 7, 3, 1], 10) == 0,
        "IE" => is_irish(number, &digits),
        "IT" => luhn_sum(&digits).is_multiple_of(10),
        "LT" => is_lithuanian(&digits),
        "LU" => value(&digits[..6]) % 89 == value(&digits[6..]),
        "LV" => is_latvian(&digits),
        "MT" => rest(&[3, 4, 6, 7, 8, 9, 10, 1], 37) == 0,
        // Of organisations by 11; of sole traders, since 2020, by 97 with the letters as numbers.
        "NL" => rest(&[9, 8, 7, 6, 5, 4, 3, 2], 11) == digits[8] || iso_97("NL", number) == 1,
        "NO" => rest(&[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        // The last digit is the remainder of the others.
        "PL" => rest(&[6, 5, 7, 2, 3, 4, 5, 6, 7, 10], 11) == 0,
        "PT" => is_last(11 - rest(&[9, 8, 7, 6, 5, 4, 3, 2], 11)),
        // As many weights as digits before the last, counted from there.
        "RO" => {
            let weights = &[7, 5, 3, 2, 1, 7, 5, 3, 2][10 - digits.len()..];
            is_last(rest(weights, 11) * 10 % 11)
        }
        "SE" => luhn_sum(&digits[..10]).is_multiple_of(10),
        "SI" => is_last(11 - rest(&[8, 7, 6, 5, 4, 3, 2], 11)),
        "SK" => value(&digits).is_multiple_of(11),
        _ => true,
    }
}

/// Nine digits of organisations. Ten of persons, of foreigners, or of others: each has weights of
/// its own, and nothing says which of them it is.
fn is_bulgarian(digits: &[u32]) -> bool {
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    let rest = |weights: &[u32], by: u32| weighted(first, weights) % by;
    if first.len() < 9 {
        let of_ten = || rest(&[3, 4, 5, 6, 7, 8, 9, 10], 11) % 10;
        return *last == if_ten(rest(&[1, 2, 3, 4, 5, 6, 7, 8], 11), of_ten);
    }
    *last == rest(&[2, 4, 8, 5, 10, 9, 7, 3, 6], 11) % 10
        || *last == rest(&[21, 19, 17, 13, 11, 9, 7, 3, 1], 10)
        || *last == (11 - rest(&[4, 3, 2, 7, 6, 5, 4, 3, 2], 11)) % 11
}

/// What a remainder comes to that is less than ten, else `of_ten`.
fn if_ten(rest: u32, of_ten: impl Fn() -> u32) -> u32 {
    match rest {
        10 => of_ten(),
        rest => rest,
    }
}

/// Every other digit, from the first on, counts as another number.
fn cypriot_letter(digits: &[u32]) -> u8 {
    const COUNTS_AS: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let worth = |(at, digit): (usize, &u32)| match at % 2 {
        0 => COUNTS_AS[*digit as usize],
        _ => *digit,
    };
    let sum: u32 = digits.iter().enumerate().map(worth).sum();
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(sum % 26) as usize]
}

/// Eight digits of organisations. Nine of persons: those with a 6 in front have a check digit, and
/// birth numbers from before 1954 none. Ten are birth numbers: until 1985 a remainder of ten had
/// the digit 0.
fn is_czech(digits: &[u32]) -> bool {
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    let weights = [8, 7, 6, 5, 4, 3, 2];
    match (digits.len(), digits[0]) {
        (8, _) => match weighted(first, &weights) % 11 {
            0 => *last == 1,
            rest => *last == (11 - rest) % 10,
        },
        (9, 6) => {
            let rest = weighted(&first[1..], &weights) % 11;
            *last == (8 + rest) % 10
        }
        (9, _) => true,
        _ => u64::from(*last) == value(first) % 11 % 10,
    }
}

/// Of Spaniards, of foreigners (X, Y or Z in front) and of a few others (K, L or M) a letter for
/// the number; of organisations a digit or a letter for Luhn's sum.
fn is_spanish(signs: &[u8]) -> bool {
    const OF_PERSONS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    const OF_ORGANISATIONS: &[u8] = b"JABCDEFGHI";
    let [first, middle @ .., last] = signs else {
        return false;
    };
    let digits: Vec<u32> = middle.iter().map(|it| u32::from(*it - b'0')).collect();
    let of_person = |leading: u64| {
        let number = leading * 10_000_000 + value(&digits);
        OF_PERSONS[(number % 23) as usize] == *last
    };
    match first {
        b'0'..=b'9' => of_person(u64::from(*first - b'0')),
        b'X'..=b'Z' => of_person(u64::from(*first - b'X')),
        b'K'..=b'M' => of_person(0),
        _ => {
            let followed: Vec<u32> = digits.iter().copied().chain([0]).collect();
            let check = (10 - luhn_sum(&followed) % 10) % 10;
            *last == OF_ORGANISATIONS[check as usize] || u32::from(*last) == u32::from(b'0') + check
        }
    }
}

/// Weights from 1 to 9 and again; where ten is left, two more each.
fn is_lithuanian(digits: &[u32]) -> bool {
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    let rest = |from: u32| {
        let weights: Vec<u32> = (0..11).map(|at| 1 + (at + from) % 9).collect();
        weighted(first, &weights) % 11
    };
    *last == if_ten(rest(0), || rest(2) % 10)
}

/// Of organisations, which begin with a 4 or more. Of persons, those from 2017 on begin with 32
/// and say nothing about their birth; of them, no rule is published.
fn is_latvian(digits: &[u32]) -> bool {
    let Some((last, first)) = digits.split_last() else {
        return false;
    };
    match digits {
        [3, 2, ..] => true,
        [..=3, ..] => {
            let sum = 1 + weighted(first, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]);
            *last == sum % 11 % 10
        }
        _ => weighted(digits, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3,
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
            ("BG", "175074752"),
            ("BG", "7523169263"),
            ("CY", "10259033P"),
            ("CZ", "25123891"),
            ("CZ", "640903926"),
            ("CZ", "7103192745"),
            ("DE", "136695976"),
            ("DE", "123456788"),
            ("DK", "13585628"),
            ("EE", "100931558"),
            ("ES", "54362315K"),
            ("ES", "X2482300W"),
            ("ES", "J99216582"),
            ("ES", "M1234567L"),
            ("FI", "20774740"),
            ("FR", "40303265045"),
            ("GR", "094259216"),
            ("HR", "33392005961"),
            ("HU", "12892312"),
            ("IE", "6433435F"),
            ("IE", "6433435OA"),
            ("IT", "00743110157"),
            ("LT", "119511515"),
            ("LT", "100001919017"),
            ("LT", "100004801610"),
            ("LU", "15027442"),
            ("LV", "40003521600"),
            ("LV", "16117519997"),
            ("MC", "40303265045"),
            ("MT", "11679112"),
            ("NL", "004495445B01"),
            ("NL", "123456789B13"),
            ("NO", "995525828MVA"),
            ("NO", "995525828"),
            ("PL", "5260001246"),
            ("PT", "501964843"),
            ("RO", "18547290"),
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
            ("CZ", "531121999"),
            ("LV", "32123456789"),
        ] {
            assert!(are_right(number, country), "{country} {number}");
        }
    }
}
