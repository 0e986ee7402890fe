use serde::{Deserialize, Serialize};

/// A number that the lines of a quote say, not the buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fact {
    /// What the lines cost that is due once.
    Net,
    /// What the lines weigh, in kilograms.
    Weight,
    /// Pieces on all lines.
    Pieces,
    /// How many lines there are.
    Lines,
}
