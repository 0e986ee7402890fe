//! The most that a request may hold, the same in the browser and at the endpoint.

/// Lines of a request.
pub const LINES: usize = 100;
/// Lines that do not count: for each, the whole quote is worked out again.
pub const PROPOSED: usize = 20;
/// Pieces in one line.
pub const QUANTITY: u32 = 100_000;
/// Characters of the company's or the person's name.
pub const NAME: usize = 200;
/// Characters of a telephone number.
pub const PHONE: usize = 50;
/// Characters of an e-mail address: RFC 5321, section 4.5.3.1.3.
pub const EMAIL: usize = 254;
/// Characters of the note.
pub const NOTE: usize = 5_000;
/// Characters of a language tag: RFC 5646, section 4.4.1.
pub const LOCALE: usize = 35;
/// Changes of one quote by hand.
pub const ADJUSTMENTS: usize = 50;
/// Call-offs of one line: one for each week of a year, and some.
pub const CALL_OFFS: usize = 60;
/// Changes of the quantity of one line over its term: one for each month of ten years.
pub const RAMP: usize = 120;
/// Years from the price date to the year of delivery.
pub const DELIVERY_YEARS: i16 = 10;
