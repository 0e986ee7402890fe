//! The browser's clock; the engine has none.

use jiff::civil::Date;

/// Today in the buyer's time zone.
pub fn today() -> Date {
    let now = js_sys::Date::new_0();
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
