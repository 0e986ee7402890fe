//! What is wrong with what was typed. The endpoint checks the same again.

use jiff::civil::Date;
use quotewright_engine::price::Quantities;
use quotewright_engine::quote::recurring::{ContractDates, Period};
use quotewright_engine::quote::tax::{VatNumberFault, vat_number_fault};
use quotewright_protocol::TaxedBuyer;
use quotewright_protocol::limits::{DELIVERY_YEARS, EMAIL, NAME, NOTE, PHONE};

use crate::state::plain;
use crate::storage::drafts::Form;

/// A field of the quote page, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Input {
    /// Company name.
    Company,
    /// Name of the person.
    Name,
    /// E-mail address.
    Email,
    /// Telephone number.
    Phone,
    /// VAT number.
    VatId,
    /// First day of the contract.
    Start,
    /// Last day of the contract.
    Until,
    /// Requested day.
    Date,
    /// Free text.
    Note,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was typed.
    Missing,
    /// It is no e-mail address.
    NotAnEmail,
    /// It is no VAT number of the buyer's country.
    NotAVatNumber,
    /// It is written as a VAT number of the buyer's country, with other check digits.
    WrongCheckDigits,
    /// It is no day.
    NotADate,
    /// The day is over.
    Past,
    /// The day is too far away.
    TooFar,
    /// More characters than these.
    TooLong(usize),
    /// The contract ends before it begins.
    BeforeStart,
    /// The contract ends within a month, which has no price.
    NotProrated,
    /// It is no month from the second to this one, or there twice.
    NotAMonth(u32),
    /// It is no number of pieces that is sold.
    NotAQuantity(Quantities),
    /// The parts of a line are not all of it.
    NotAll,
}

impl Input {
    /// Id of the control.
    pub fn id(self) -> &'static str {
        match self {
            Self::Company => "quote-company",
            Self::Name => "quote-name",
            Self::Email => "quote-email",
            Self::Phone => "quote-phone",
            Self::VatId => "quote-vat-id",
            Self::Start => "quote-start",
            Self::Until => "quote-until",
            Self::Date => "quote-date",
            Self::Note => "quote-note",
        }
    }

    /// What was typed.
    pub fn get(self, form: &Form) -> &str {
        match self {
            Self::Company => &form.company,
            Self::Name => &form.name,
            Self::Email => &form.email,
            Self::Phone => &form.phone,
            Self::VatId => &form.buyer.vat_id,
            Self::Start => &form.start,
            Self::Until => &form.until,
            Self::Date => &form.delivery_date,
            Self::Note => &form.note,
        }
    }

    /// Takes over what was typed.
    pub fn set(self, form: &mut Form, text: String) {
        *match self {
            Self::Company => &mut form.company,
            Self::Name => &mut form.name,
            Self::Email => &mut form.email,
            Self::Phone => &mut form.phone,
            Self::VatId => &mut form.buyer.vat_id,
            Self::Start => &mut form.start,
            Self::Until => &mut form.until,
            Self::Date => &mut form.delivery_date,
            Self::Note => &mut form.note,
        } = text;
    }
}

/// Everything that is wrong, in the order of the page.
pub fn faults(form: &Form, today: Date) -> Vec<(Input, Fault)> {
    [
        (Input::Company, required(&form.company, NAME)),
        (Input::Name, required(&form.name, NAME)),
        (Input::Email, email(&form.email)),
        (Input::Phone, longest(&form.phone, PHONE)),
        (Input::VatId, vat_id(&form.buyer)),
        (Input::Start, start(form, today)),
        (Input::Until, until(form, today)),
        (Input::Date, date(&form.delivery_date, today)),
        (Input::Note, longest(&form.note, NOTE)),
    ]
    .into_iter()
    .filter_map(|(input, fault)| Some((input, fault?)))
    .collect()
}

fn required(text: &str, most: usize) -> Option<Fault> {
    if text.trim().is_empty() {
        Some(Fault::Missing)
    } else {
        longest(text, most)
    }
}

fn longest(text: &str, most: usize) -> Option<Fault> {
    (text.trim().chars().count() > most).then_some(Fault::TooLong(most))
}

fn email(text: &str) -> Option<Fault> {
    let text = text.trim();
    required(text, EMAIL).or_else(|| (!is_email(text)).then_some(Fault::NotAnEmail))
}

/// Something, an `@`, and a domain of two labels or more.
fn is_email(text: &str) -> bool {
    let Some((person, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|sign| sign.is_alphanumeric() || sign == '-')
    };
    let plain =
        |sign: char| !sign.is_whitespace() && !sign.is_control() && !"@<>(),;:".contains(sign);
    !person.is_empty()
        && !person.starts_with('.')
        && !person.ends_with('.')
        && !person.contains("..")
        && person.chars().all(plain)
        && domain.contains('.')
        && domain.split('.').all(label)
}

fn vat_id(buyer: &TaxedBuyer) -> Option<Fault> {
    let typed = plain(&buyer.vat_id);
    if typed.is_empty() {
        return None;
    }
    if buyer.country.is_empty() {
        return Some(Fault::NotAVatNumber);
    }
    Some(match vat_number_fault(&typed, &buyer.country)? {
        VatNumberFault::Form => Fault::NotAVatNumber,
        VatNumberFault::CheckDigits => Fault::WrongCheckDigits,
    })
}

/// A contract that ends begins, too.
fn start(form: &Form, today: Date) -> Option<Fault> {
    let needed = form.start.trim().is_empty() && !form.until.trim().is_empty();
    needed
        .then_some(Fault::Missing)
        .or_else(|| date(&form.start, today))
}

fn until(form: &Form, today: Date) -> Option<Fault> {
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let backwards = day(&form.until).zip(day(&form.start));
    let backwards = backwards.is_some_and(|(until, start)| until < start);
    date(&form.until, today).or_else(|| backwards.then_some(Fault::BeforeStart))
}

/// When the contract begins and ends, as far as what was typed is right.
pub fn contract_dates(form: &Form) -> Option<ContractDates> {
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let start = day(&form.start)?;
    let until = day(&form.until).filter(|until| *until >= start);
    Some(ContractDates { start, until })
}

/// Whether a contract ends with a whole month, counted from its first day.
pub fn ends_with_month(dates: &ContractDates) -> bool {
    let ends = |until: Date| {
        let end = until.tomorrow().ok()?;
        let months = Period::Months(1).whole(dates.start, end).ok()?;
        Some(Period::Months(1).advance(dates.start, months).ok()? == end)
    };
    dates.until.is_none_or(|until| ends(until).unwrap_or(false))
}

/// What is wrong with a requested day.
pub fn date(text: &str, today: Date) -> Option<Fault> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match text.parse::<Date>() {
        Err(_) => Some(Fault::NotADate),
        Ok(date) if date < today => Some(Fault::Past),
        Ok(date) if date.year().saturating_sub(today.year()) > DELIVERY_YEARS => {
            Some(Fault::TooFar)
        }
        Ok(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::constant(2026, 3, 2)
    }

    #[test]
    fn each_fault_is_found_at_its_field() {
        let right = Form {
            company: "Acme BV".into(),
            name: "Ann Ås".into(),
            email: "ann@acme.example".into(),
            buyer: TaxedBuyer {
                country: "NL".into(),
                ..TaxedBuyer::default()
            },
            ..Form::default()
        };
        assert_eq!(faults(&right, today()), []);
        let long = |most: usize| "x".repeat(most + 1);
        for (input, text, fault) in [
            (Input::Company, "  ".to_owned(), Fault::Missing),
            (Input::Company, long(NAME), Fault::TooLong(NAME)),
            (Input::Name, String::new(), Fault::Missing),
            (Input::Email, " ".into(), Fault::Missing),
            (Input::Email, "ann@acme".into(), Fault::NotAnEmail),
            (Input::Email, "ann@@acme.example".into(), Fault::NotAnEmail),
            (
                Input::Email,
                "ann acme@acme.example".into(),
                Fault::NotAnEmail,
            ),
            (Input::Email, "@acme.example".into(), Fault::NotAnEmail),
            (Input::Email, "ann@acme..example".into(), Fault::NotAnEmail),
            (Input::Phone, long(PHONE), Fault::TooLong(PHONE)),
            (Input::VatId, "NL1".into(), Fault::NotAVatNumber),
            (
                Input::VatId,
                "NL123456789B14".into(),
                Fault::WrongCheckDigits,
            ),
            (Input::Start, "2026-03-01".into(), Fault::Past),
            (Input::Date, "soon".into(), Fault::NotADate),
            (Input::Date, "2026-02-30".into(), Fault::NotADate),
            (Input::Date, "2026-03-01".into(), Fault::Past),
            (Input::Date, "2037-01-01".into(), Fault::TooFar),
            (Input::Note, long(NOTE), Fault::TooLong(NOTE)),
        ] {
            let mut form = right.clone();
            input.set(&mut form, text.clone());
            assert_eq!(input.get(&form), text);
            assert_eq!(faults(&form, today()), [(input, fault)], "{text}");
        }
        assert_eq!(faults(&Form::default(), today()).len(), 3);
    }

    #[test]
    fn a_contract_ends_after_it_begins_and_with_a_month_where_that_is_asked() {
        for (start, until, fault, whole) in [
            ("2026-04-17", "", None, true),
            ("2026-04-17", "2026-05-16", None, true),
            ("2026-04-17", "2026-05-17", None, false),
            (
                "2026-04-17",
                "2026-04-16",
                Some((Input::Until, Fault::BeforeStart)),
                true,
            ),
            ("", "2026-05-16", Some((Input::Start, Fault::Missing)), true),
        ] {
            let form = Form {
                company: "Acme BV".into(),
                name: "Ann Ås".into(),
                email: "ann@acme.example".into(),
                start: start.into(),
                until: until.into(),
                ..Form::default()
            };
            let expected: Vec<_> = fault.into_iter().collect();
            assert_eq!(faults(&form, today()), expected, "{start} {until}");
            let dates = contract_dates(&form);
            assert_eq!(
                dates.is_none_or(|it| ends_with_month(&it)),
                whole,
                "{until}"
            );
        }
    }

    #[test]
    fn what_people_have_as_addresses_is_taken() {
        for text in [
            "a@b.nl",
            " ann.o'neil+quotes@sub.acme.co.uk ",
            "jörg@müller.example",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }
}
