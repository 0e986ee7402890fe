use crate::catalog::ArithmeticError;

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// What is called off is not what the line has.
    #[error("line {}: {called_off} pieces are called off of {quantity}", line + 1)]
    CallOffs {
        /// Position of the line.
        line: usize,
        /// Pieces that are called off.
        called_off: u64,
        /// Pieces of the line.
        quantity: u32,
    },
    /// Nothing is called off on a day.
    #[error("line {}: a call-off has no pieces", line + 1)]
    EmptyCallOff {
        /// Position of the line.
        line: usize,
    },
    /// No row of a table of days matches.
    #[error("no row of the table of days `{table}` matches")]
    NoRow {
        /// Code of the table.
        table: String,
    },
    /// Something takes more days than can be counted.
    #[error("`{task}` takes more days than can be counted")]
    TooLong {
        /// Code of the task.
        task: String,
    },
    /// The catalog points at something that it does not hold.
    #[error("the catalog contradicts itself about delivery")]
    Malformed,
    /// A number does not fit an exact one.
    #[error(transparent)]
    Arithmetic(#[from] ArithmeticError),
}
