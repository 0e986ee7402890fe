use crate::format::Plural;

/// The price panel.
pub struct PriceMessages {
    /// Heading, also for screen readers.
    pub title: &'static str,
    /// Above the large amount; with the currency.
    pub net: fn(&str) -> String,
    /// The same while something is open.
    pub net_so_far: fn(&str) -> String,
    /// Label of the number of pieces.
    pub quantity: &'static str,
    /// Beside the number of pieces: price of one.
    pub each: fn(&str) -> String,
    /// Button.
    pub one_more: &'static str,
    /// Button.
    pub one_less: &'static str,
    /// Heading of the waterfall.
    pub steps: &'static str,
    /// Rate times units.
    pub per_unit: fn(&str, &str) -> String,
    /// Rate, for how many units it is, and units.
    pub per_price_unit: fn(&str, &str, &str) -> String,
    /// Rate times units, and a flat fee.
    pub with_flat: fn(&str, &str) -> String,
    /// The least that is charged, and what it would be.
    pub at_least: fn(&str, &str) -> String,
    /// The most that is charged, and what it would be.
    pub at_most: fn(&str, &str) -> String,
    /// The agreed price, and what it would be.
    pub instead_of: fn(&str, &str) -> String,
    /// Percentage of an amount.
    pub percent_of: fn(&str, &str) -> String,
    /// Steps whose amount waits for decisions.
    pub waiting: fn(&str) -> String,
    /// What rounding adds or takes.
    pub rounding: &'static str,
    /// Heading of the steps for all pieces of the line together.
    pub of_line: &'static str,
    /// How often something is due; also after an amount.
    pub once: &'static str,
    /// The same.
    pub monthly: &'static str,
    /// The same.
    pub quarterly: &'static str,
    /// The same.
    pub yearly: &'static str,
    /// From the first to the last month of the term.
    pub months: fn(&str, &str) -> String,
    /// Once and over so many months together.
    pub over_term: fn(&str) -> String,
    /// Net price of one piece.
    pub unit_net: &'static str,
    /// Net price of the line: so many pieces.
    pub line_net: fn(&str) -> String,
    /// Net plus tax.
    pub gross: &'static str,
    /// So many more pieces bring the price of one to this amount.
    pub next_tier: fn(Plural, &str, &str) -> String,
    /// Button: takes so many pieces.
    pub take_tier: fn(&str) -> String,
    /// Heading.
    pub delivery: &'static str,
    /// Working days until dispatch.
    pub ready_in: fn(Plural, &str) -> String,
    /// The same while something is open.
    pub ready_in_at_least: fn(Plural, &str) -> String,
    /// The day, when ordered today.
    pub ready_on: fn(&str) -> String,
    /// What takes longest.
    pub driver: fn(&str) -> String,
    /// Heading of what is still open.
    pub open: fn(Plural, &str) -> String,
    /// Button.
    pub add: &'static str,
    /// Button, where prices are hidden.
    pub ask: &'static str,
    /// Button, while something is open: goes to the first open attribute.
    pub next_open: fn(&str) -> String,
    /// Button: to the quote with so many lines.
    pub to_quote: fn(&str) -> String,
    /// In place of the amount, where prices are hidden.
    pub hidden: &'static str,
    /// What that means.
    pub hidden_detail: fn(&str) -> String,
    /// In place of the amount, where there is no price today.
    pub unavailable: &'static str,
    /// What that means.
    pub unavailable_detail: &'static str,
    /// Button on narrow screens.
    pub details: &'static str,
    /// Announced after a change: net amount, working days.
    pub announce: fn(&str, &str) -> String,
    /// Announced where there is no amount: working days.
    pub announce_days: fn(&str) -> String,
}

pub(super) const EN: PriceMessages = PriceMessages {
    title: "Price and delivery",
    net: |currency| format!("Net total, {currency}"),
    net_so_far: |currency| format!("Net so far, {currency}"),
    quantity: "Pieces",
    each: |amount| format!("at {amount} each"),
    one_more: "One piece more",
    one_less: "One piece less",
    steps: "Price of one piece",
    per_unit: |rate, units| format!("{rate} × {units}"),
    per_price_unit: |rate, size, units| format!("{rate} for {size} × {units}"),
    with_flat: |priced, flat| format!("{priced} + {flat}"),
    at_least: |least, base| format!("At least {least}, instead of {base}"),
    at_most: |most, base| format!("At most {most}, instead of {base}"),
    instead_of: |price, base| format!("{price} instead of {base}"),
    percent_of: |percent, base| format!("{percent} of {base}"),
    waiting: |steps| format!("Not yet included: {steps}."),
    rounding: "Rounding",
    of_line: "For the whole line",
    once: "Once",
    monthly: "Monthly",
    quarterly: "Quarterly",
    yearly: "Yearly",
    months: |first, last| format!("months {first} to {last}"),
    over_term: |months| format!("Net over {months} months"),
    unit_net: "Net per piece",
    line_net: |count| format!("Net, {count} pieces"),
    gross: "Total including tax",
    next_tier: |plural, count, amount| match plural {
        Plural::One => format!("{count} more brings the piece to {amount}."),
        Plural::Other => format!("{count} more bring the piece to {amount}."),
    },
    take_tier: |count| format!("Take {count}"),
    delivery: "Delivery",
    ready_in: |plural, days| match plural {
        Plural::One => format!("Ready to ship in {days} working day"),
        Plural::Other => format!("Ready to ship in {days} working days"),
    },
    ready_in_at_least: |plural, days| match plural {
        Plural::One => format!("Ready to ship in {days} working day or more"),
        Plural::Other => format!("Ready to ship in {days} working days or more"),
    },
    ready_on: |date| format!("Ordered today: {date}"),
    driver: |value| format!("{value} takes longest."),
    open: |plural, count| match plural {
        Plural::One => format!("{count} choice still open"),
        Plural::Other => format!("{count} choices still open"),
    },
    add: "Add to quote",
    ask: "Request a quote",
    next_open: |attribute| format!("Next: {attribute}"),
    to_quote: |count| format!("Quote ({count})"),
    hidden: "Price on request",
    hidden_detail: |supplier| {
        format!(
            "{supplier} shows prices to signed-in customers. Send your configuration and you get a quote."
        )
    },
    unavailable: "No price at the moment",
    unavailable_detail: "The price list does not hold today. Send your configuration and you get a quote.",
    details: "Price details",
    announce: |amount, days| format!("Net total {amount}. {days}."),
    announce_days: |days| format!("{days}."),
};

pub(super) const NL: PriceMessages = PriceMessages {
    title: "Prijs en levering",
    net: |currency| format!("Totaal netto, {currency}"),
    net_so_far: |currency| format!("Netto tot nu toe, {currency}"),
    quantity: "Aantal",
    each: |amount| format!("à {amount}"),
    one_more: "Eén stuk meer",
    one_less: "Eén stuk minder",
    steps: "Prijs per stuk",
    per_unit: |rate, units| format!("{rate} × {units}"),
    per_price_unit: |rate, size, units| format!("{rate} per {size} × {units}"),
    with_flat: |priced, flat| format!("{priced} + {flat}"),
    at_least: |least, base| format!("Minimaal {least}, in plaats van {base}"),
    at_most: |most, base| format!("Maximaal {most}, in plaats van {base}"),
    instead_of: |price, base| format!("{price} in plaats van {base}"),
    percent_of: |percent, base| format!("{percent} van {base}"),
    waiting: |steps| format!("Nog niet inbegrepen: {steps}."),
    rounding: "Afronding",
    of_line: "Voor de hele regel",
    once: "Eenmalig",
    monthly: "Maandelijks",
    quarterly: "Per kwartaal",
    yearly: "Jaarlijks",
    months: |first, last| format!("maand {first} tot en met {last}"),
    over_term: |months| format!("Netto over {months} maanden"),
    unit_net: "Netto per stuk",
    line_net: |count| format!("Netto, {count} stuks"),
    gross: "Totaal inclusief btw",
    next_tier: |_, count, amount| format!("Neem er {count} meer en een stuk kost {amount}."),
    take_tier: |count| format!("Neem er {count}"),
    delivery: "Levering",
    ready_in: |plural, days| match plural {
        Plural::One => format!("Verzendklaar in {days} werkdag"),
        Plural::Other => format!("Verzendklaar in {days} werkdagen"),
    },
    ready_in_at_least: |plural, days| match plural {
        Plural::One => format!("Verzendklaar in {days} werkdag of meer"),
        Plural::Other => format!("Verzendklaar in {days} werkdagen of meer"),
    },
    ready_on: |date| format!("Vandaag besteld: {date}"),
    driver: |value| format!("{value} duurt het langst."),
    open: |plural, count| match plural {
        Plural::One => format!("Nog {count} keuze open"),
        Plural::Other => format!("Nog {count} keuzes open"),
    },
    add: "Aan offerte toevoegen",
    ask: "Offerte aanvragen",
    next_open: |attribute| format!("Volgende: {attribute}"),
    to_quote: |count| format!("Offerte ({count})"),
    hidden: "Prijs op aanvraag",
    hidden_detail: |supplier| {
        format!(
            "{supplier} toont prijzen aan aangemelde klanten. Stuur uw configuratie in en u ontvangt een offerte."
        )
    },
    unavailable: "Op dit moment geen prijs",
    unavailable_detail: "De prijslijst is vandaag niet geldig. Stuur uw configuratie in en u ontvangt een offerte.",
    details: "Prijsopbouw",
    announce: |amount, days| format!("Totaal netto {amount}. {days}."),
    announce_days: |days| format!("{days}."),
};
