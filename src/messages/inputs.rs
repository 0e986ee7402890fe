use super::phrase::Phrase;

/// What decided the amount of a step of a price.
pub struct InputMessages {
    /// The rows of a price table that an amount lies between.
    pub table_between: Phrase<1>,
    /// A row of a table: what it is for, its amount.
    pub row: Phrase<2>,
    /// A number that a row goes up to.
    pub up_to: Phrase<1>,
    /// A number that a row begins with.
    pub from: Phrase<1>,
    /// An index: its name, value, the day since when, the value that prices were made at, and
    /// the share that follows it.
    pub index: Phrase<5>,
    /// Pieces counted over products of one group.
    pub in_group: Phrase<1>,
    /// Pieces counted over all lines.
    pub in_quote: Phrase<1>,
    /// Pieces counted over a contract's period.
    pub in_contract: Phrase<1>,
    /// How many bundles there are.
    pub bundles: Phrase<1>,
    /// The number that decided a tier.
    pub decides: Phrase<1>,
    /// The steps that a percentage is of.
    pub of: Phrase<1>,
    /// The same: all so far.
    pub of_all: &'static str,
    /// To which multiples something was rounded.
    pub rounded: Phrase<1>,
}
