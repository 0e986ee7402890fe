use super::phrase::{Counted, Phrase};

/// The price panel.
pub struct PriceMessages {
    /// Heading, also for screen readers.
    pub title: &'static str,
    /// Above the large amount; with the currency.
    pub net: Phrase<1>,
    /// The same while something is open.
    pub net_so_far: Phrase<1>,
    /// Above the large amount, where prices contain tax; with the currency.
    pub gross_title: Phrase<1>,
    /// The same while something is open.
    pub gross_so_far: Phrase<1>,
    /// Link below the drawing of what is configured.
    pub save_picture: &'static str,
    /// Label of the number of pieces.
    pub quantity: &'static str,
    /// The same, where something else is counted: its form for many.
    pub quantity_of: Phrase<1>,
    /// What is counted where the catalog does not say: forms for one, few and many, separated
    /// by `|`.
    pub piece: &'static str,
    /// Beside the number of pieces: price of one.
    pub each: Phrase<1>,
    /// Button.
    pub one_more: &'static str,
    /// Button.
    pub one_less: &'static str,
    /// Heading of the waterfall; with its form for one.
    pub steps: Phrase<1>,
    /// Rate times units.
    pub per_unit: Phrase<2>,
    /// Rate, for how many units it is, and units.
    pub per_price_unit: Phrase<3>,
    /// Rate times units, and a flat fee.
    pub with_flat: Phrase<2>,
    /// The least that is charged, and what it would be.
    pub at_least: Phrase<2>,
    /// The most that is charged, and what it would be.
    pub at_most: Phrase<2>,
    /// The agreed price, and what it would be.
    pub instead_of: Phrase<2>,
    /// Percentage of an amount.
    pub percent_of: Phrase<2>,
    /// Steps whose amount waits for decisions.
    pub waiting: Phrase<1>,
    /// Ends a list of which not all is named.
    pub and_more: Phrase<1>,
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
    pub months: Phrase<2>,
    /// One month of the term.
    pub month: Phrase<1>,
    /// What is due from a month of the term on: amount, month.
    pub from_month: Phrase<2>,
    /// Once and over so many months together.
    pub over_term: Counted<1>,
    /// Net price of one: its form for one.
    pub unit_net: Phrase<1>,
    /// Net price of the line: so many of them.
    pub line_net: Phrase<1>,
    /// Net price of a line of one.
    pub one_net: &'static str,
    /// Price of one, where prices contain tax: its form for one.
    pub unit_gross: Phrase<1>,
    /// Price of the line: so many of them, where prices contain tax.
    pub line_gross: Phrase<1>,
    /// Price of a line of one, where prices contain tax.
    pub one_gross: &'static str,
    /// The tax that a price contains.
    pub contains: Phrase<1>,
    /// Once and over so many months together, where prices contain tax.
    pub over_term_gross: Counted<1>,
    /// Net plus tax.
    pub gross: &'static str,
    /// So many more pieces bring the price of one to this amount.
    pub next_tier: Phrase<2>,
    /// So many more pieces bring the price of one to this amount, which is so much less, and
    /// that of the line to this.
    pub next_tier_full: Phrase<4>,
    /// Unfolds a chart: the price of a piece by the number of pieces.
    pub by_quantity: &'static str,
    /// From so many pieces on.
    pub from: Phrase<1>,
    /// Column: the price of a piece.
    pub each_column: &'static str,
    /// Column: the net amount of the line.
    pub line_column: &'static str,
    /// Unfolds a chart: what is due over so many months.
    pub cost_over: Counted<1>,
    /// Column: months of the term.
    pub month_column: &'static str,
    /// Column: what is due again and again.
    pub again_column: &'static str,
    /// Column: all that was due by then.
    pub so_far_column: &'static str,
    /// Of a chart: months, what is due in them, and all that was due by then.
    pub due_so_far: Phrase<3>,
    /// Unfolds the table behind a chart.
    pub as_table: &'static str,
    /// Button: takes so many pieces.
    pub take_tier: Phrase<1>,
    /// Heading.
    pub delivery: &'static str,
    /// Working days until dispatch.
    pub ready_in: Counted<1>,
    /// The same while something is open.
    pub ready_in_at_least: Counted<1>,
    /// Working days until it is with the buyer.
    pub there_in: Counted<1>,
    /// The same while something is open.
    pub there_in_at_least: Counted<1>,
    /// The day, when ordered today.
    pub ready_on: Phrase<1>,
    /// What takes longest, of several steps.
    pub driver: Phrase<1>,
    /// Heading of what is still open.
    pub open: Counted<1>,
    /// Button.
    pub add: &'static str,
    /// Button, where prices are hidden.
    pub ask: &'static str,
    /// Button, while something is open: goes to the first open attribute.
    pub next_open: Phrase<1>,
    /// Button: to the quote with so many lines.
    pub to_quote: Phrase<1>,
    /// In place of the amount, where prices are hidden.
    pub hidden: &'static str,
    /// What that means.
    pub hidden_detail: Phrase<1>,
    /// In place of the amount, where there is no price today.
    pub unavailable: &'static str,
    /// What that means.
    pub unavailable_detail: &'static str,
    /// Button on narrow screens.
    pub details: &'static str,
    /// Announced after a change: net amount, working days.
    pub announce: Phrase<2>,
    /// Announced where there is no amount: working days.
    pub announce_days: Phrase<1>,
}
