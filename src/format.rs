//! Numbers, money, dates and lists in the buyer's locale, by the browser's `Intl`.
//!
//! Amounts go to `Intl` as decimal strings, which it formats exactly; as
//! floating-point numbers they would not be.

use std::collections::BTreeMap;

use jiff::civil::Date;
use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_engine::quote::tax::countries;
use rust_decimal::Decimal;
use wasm_bindgen::JsValue;

/// What typesetters use where `Intl` answers with a hyphen.
const MINUS: &str = "\u{2212}";

/// Formatters of one locale.
#[derive(Clone, Copy)]
pub struct Format {
    formatters: StoredValue<Formatters, LocalStorage>,
}

struct Formatters {
    locale: String,
    made: BTreeMap<Kind, Function>,
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Number,
    Percent,
    Amount {
        digits: u32,
        signed: bool,
    },
    Exact {
        digits: u32,
    },
    Money {
        code: String,
        digits: u32,
        signed: bool,
    },
    Date,
    Moment,
}

/// The grammatical number that a count asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plural {
    /// As in "1 piece".
    One,
    /// As in Polish for 2 to 4, 22 to 24 and so on.
    Few,
    /// As in "5 pieces".
    Many,
}

impl Format {
    /// Formatters of `locale`, made when first needed.
    pub fn new(locale: &str) -> Self {
        let formatters = Formatters {
            locale: valid_locale(locale),
            made: BTreeMap::new(),
        };
        Self {
            formatters: StoredValue::new_local(formatters),
        }
    }

    /// A number with the digits it has, such as `12,000.5`.
    pub fn number(self, value: Decimal) -> String {
        self.apply(Kind::Number, &decimal(value))
    }

    /// A count.
    pub fn count(self, value: u32) -> String {
        self.number(Decimal::from(value))
    }

    /// A number with its unit, such as `12,000 mm`.
    pub fn quantity(self, value: Decimal, unit: &str) -> String {
        let number = self.number(value);
        if unit.is_empty() {
            number
        } else {
            format!("{number}\u{a0}{unit}")
        }
    }

    /// Hundredths with the percent sign.
    pub fn percent(self, value: Decimal) -> String {
        self.apply(Kind::Percent, &decimal(value))
    }

    /// An amount of money with its currency.
    pub fn money(self, amount: Decimal, currency: &Currency) -> String {
        self.apply(money_kind(currency, false), &decimal(amount))
    }

    /// As [`money`](Self::money), with a sign in any case: a difference.
    pub fn money_difference(self, amount: Decimal, currency: &Currency) -> String {
        self.apply(money_kind(currency, true), &decimal(amount))
    }

    /// An amount of money where the currency is said elsewhere.
    pub fn amount(self, amount: Decimal, currency: &Currency) -> String {
        let kind = Kind::Amount {
            digits: digits(currency),
            signed: false,
        };
        self.apply(kind, &decimal(amount))
    }

    /// As [`amount`](Self::amount), with the digits beyond the minor unit that it has, so
    /// that what is shown of a sum adds up.
    pub fn exact_amount(self, amount: Decimal, currency: &Currency) -> String {
        let digits = digits(currency);
        self.apply(Kind::Exact { digits }, &decimal(amount))
    }

    /// As [`amount`](Self::amount), with a sign in any case: a difference.
    pub fn amount_difference(self, amount: Decimal, currency: &Currency) -> String {
        let kind = Kind::Amount {
            digits: digits(currency),
            signed: true,
        };
        self.apply(kind, &decimal(amount))
    }

    /// A day, such as `Tuesday 3 March 2026`.
    pub fn date(self, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let noon = format!("{year:04}-{month:02}-{day:02}T12:00:00Z");
        self.apply(Kind::Date, &js_sys::Date::new(&noon.into()))
    }

    /// A moment given as RFC 3339, in the buyer's time zone.
    pub fn moment(self, timestamp: &str) -> String {
        let date = js_sys::Date::new(&timestamp.into());
        if date.get_time().is_nan() {
            timestamp.to_owned()
        } else {
            self.apply(Kind::Moment, &date)
        }
    }

    /// `a, b and c`.
    pub fn list(self, items: &[String]) -> String {
        let items: Array = items.iter().map(|item| JsValue::from_str(item)).collect();
        let options = options(&[("type", "conjunction".into())]);
        self.formatters.with_value(|formatters| {
            Intl::ListFormat::new(&formatters.locales(), &options)
                .format(&items)
                .into()
        })
    }

    /// A country by its name, empty where there is no such code.
    pub fn country(self, code: &str) -> String {
        let all = self.countries().into_iter();
        let named = all.filter(|(it, _)| it == code).map(|(_, name)| name);
        named.collect()
    }

    /// Languages by their names.
    pub fn languages(self, codes: &[String]) -> Vec<String> {
        self.formatters.with_value(|formatters| {
            let options = options(&[("type", "language".into())]);
            let names = Intl::DisplayNames::new(&formatters.locales(), &options);
            let name = |code: &String| names.of(code).map_or_else(|| code.clone(), String::from);
            codes.iter().map(name).collect()
        })
    }

    /// All countries by code and name, in the order of their names.
    pub fn countries(self) -> Vec<(String, String)> {
        self.formatters.with_value(|formatters| {
            let options = options(&[("type", "region".into())]);
            let names = Intl::DisplayNames::new(&formatters.locales(), &options);
            let name = |code: &'static str| {
                let name = names.of(code).map(String::from);
                (code.to_owned(), name.unwrap_or_else(|| code.to_owned()))
            };
            let mut countries: Vec<_> = countries().map(name).collect();
            let compare = Intl::Collator::new(&formatters.locales(), &Object::new()).compare();
            let order = |one: &str, other: &str| {
                let order = compare.call2(&JsValue::UNDEFINED, &one.into(), &other.into());
                let order = order.ok().and_then(|it| it.as_f64()).unwrap_or_default();
                order.total_cmp(&0.0)
            };
            countries.sort_by(|(_, one), (_, other)| order(one, other));
            countries
        })
    }

    /// What stands before each of `count` items of a list, and after the last: for
    /// lists whose items are more than text.
    pub fn list_joints(self, count: usize) -> Vec<String> {
        // An item that no language puts between items.
        let items = vec!["\u{0}".to_owned(); count];
        self.list(&items)
            .split('\u{0}')
            .map(str::to_owned)
            .collect()
    }

    /// The grammatical number for `count`.
    pub fn plural(self, count: u32) -> Plural {
        let category = self.formatters.with_value(|formatters| {
            Intl::PluralRules::new(&formatters.locales(), &Object::new()).select(f64::from(count))
        });
        match category.as_string().as_deref() {
            Some("one") => Plural::One,
            Some("few") => Plural::Few,
            _ => Plural::Many,
        }
    }

    /// The sign between whole and fraction.
    pub fn decimal_sign(self) -> char {
        let sample = self.number(Decimal::new(15, 1));
        sample
            .chars()
            .find(|sign| !sign.is_ascii_digit())
            .unwrap_or('.')
    }

    /// The tag that the formatters were made for.
    pub fn locale(self) -> String {
        self.formatters
            .with_value(|formatters| formatters.locale.clone())
    }

    fn apply(self, kind: Kind, value: &JsValue) -> String {
        let function = self
            .formatters
            .try_update_value(|formatters| formatters.get(kind));
        function
            .and_then(|function| function.call1(&JsValue::UNDEFINED, value).ok())
            .and_then(|text| text.as_string())
            .map(|text| text.replace('-', MINUS))
            .unwrap_or_default()
    }
}

impl Formatters {
    fn locales(&self) -> Array {
        Array::of1(&self.locale.as_str().into())
    }

    fn get(&mut self, kind: Kind) -> Function {
        let locales = self.locales();
        let make = || match &kind {
            Kind::Date | Kind::Moment => {
                Intl::DateTimeFormat::new(&locales, &kind.options()).format()
            }
            _ => Intl::NumberFormat::new(&locales, &kind.options()).format(),
        };
        self.made.entry(kind.clone()).or_insert_with(make).clone()
    }
}

impl Kind {
    fn options(&self) -> Object {
        let fixed = |digits: u32| {
            [
                ("minimumFractionDigits", digits.into()),
                ("maximumFractionDigits", digits.into()),
            ]
        };
        let sign = |signed: bool| {
            (
                "signDisplay",
                if signed { "exceptZero" } else { "auto" }.into(),
            )
        };
        match self {
            Self::Number => options(&[("maximumFractionDigits", 10.into())]),
            Self::Percent => options(&[
                ("style", "unit".into()),
                ("unit", "percent".into()),
                ("maximumFractionDigits", 4.into()),
            ]),
            Self::Amount { digits, signed } => {
                let [least, most] = fixed(*digits);
                options(&[least, most, sign(*signed)])
            }
            Self::Exact { digits } => options(&[
                ("minimumFractionDigits", (*digits).into()),
                ("maximumFractionDigits", 10.into()),
            ]),
            Self::Money {
                code,
                digits,
                signed,
            } => {
                let [least, most] = fixed(*digits);
                let (style, currency) = (("style", "currency".into()), ("currency", code.into()));
                options(&[style, currency, least, most, sign(*signed)])
            }
            Self::Date => options(&[("dateStyle", "long".into()), ("timeZone", "UTC".into())]),
            Self::Moment => options(&[("dateStyle", "long".into()), ("timeStyle", "short".into())]),
        }
    }
}

fn options(pairs: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in pairs {
        // Setting a member of a fresh object cannot fail.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

fn decimal(value: Decimal) -> JsValue {
    value.to_string().into()
}

fn digits(currency: &Currency) -> u32 {
    currency.minor_units.min(10)
}

/// `Intl` throws on a currency that is not three letters.
fn money_kind(currency: &Currency, signed: bool) -> Kind {
    let (code, digits) = (currency.code.clone(), digits(currency));
    if code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_alphabetic()) {
        Kind::Money {
            code,
            digits,
            signed,
        }
    } else {
        Kind::Amount { digits, signed }
    }
}

/// `Intl` throws on a malformed tag, and the attribute may hold anything.
fn valid_locale(tag: &str) -> String {
    let name = |name: &str| JsValue::from_str(name);
    let canonical = Reflect::get(&js_sys::global(), &name("Intl")).and_then(|intl| {
        let function = Reflect::get(&intl, &name("getCanonicalLocales"))?;
        Function::from(function).call1(&intl, &name(tag))
    });
    match canonical {
        Ok(_) if !tag.is_empty() => tag.to_owned(),
        _ => "en".to_owned(),
    }
}
