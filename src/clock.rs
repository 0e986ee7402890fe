//! The browser's clock; the engine has none.

use jiff::civil::Date;

/// Today in the buyer's time zone.
pub fn today() -> Date {
    date_of(&js_sys::Date::new_0())
}

/// The day of a moment, given in milliseconds since 1970, in the buyer's time zone.
pub fn day_of(moment: u64) -> Date {
    date_of(&js_sys::Date::new(&(moment as f64).into()))
}

fn date_of(now: &js_sys::Date) -> Date {
    let part = |value: u32| i8::try_from(value).unwrap_or(1);
    i16::try_from(now.get_full_year())
        .ok()
        .and_then(|year| Date::new(year, part(now.get_month() + 1), part(now.get_date())).ok())
        .unwrap_or(Date::ZERO)
}

/// Milliseconds of the buyer's clock, to tell how long something takes.
pub fn milliseconds() -> f64 {
    js_sys::Date::now()
}
