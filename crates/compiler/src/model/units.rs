/// Symbols of units that need no second look: SI, and what trade uses beside it.
const UNITS: [&str; 74] = [
    "mm", "cm", "dm", "m", "km", "µm", "in", "ft", "mm²", "cm²", "m²", "ha", "mm³", "cm³", "dm³",
    "m³", "ml", "cl", "l", "hl", "mg", "g", "kg", "t", "ms", "s", "min", "h", "d", "Hz", "kHz",
    "MHz", "GHz", "°", "rad", "m/s", "m/min", "mm/s", "km/h", "m/s²", "1/min", "rpm", "N", "kN",
    "MN", "Nm", "kNm", "N/mm", "N/mm²", "Pa", "hPa", "kPa", "MPa", "mbar", "bar", "J", "kJ", "Wh",
    "kWh", "W", "kW", "MW", "VA", "kVA", "mV", "V", "kV", "mA", "A", "Ah", "°C", "K", "%", "dB",
];

/// More of them that combine two.
const RATES: [&str; 14] = [
    "l/s", "l/min", "l/h", "m³/h", "m³/min", "kg/h", "t/h", "kg/m", "kg/m²", "kg/m³", "W/m²",
    "1/h", "GB", "TB",
];

/// Whether `symbol` is a unit that is commonly written so.
pub(super) fn is_known(symbol: &str) -> bool {
    all().any(|unit| unit == symbol)
}

/// All known symbols.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    UNITS.iter().chain(&RATES).copied()
}
