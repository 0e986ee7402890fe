//! Cases that other systems' tests and public documents assert, as far as the
//! engine offers their policy.
//!
//! The cases are not part of this repository: whoever has them gives their text. No file is read
//! here, so that they run in a browser as on the host.

mod adjust;
mod books;
mod cases;
mod errors;
pub mod fields;
pub mod kit;
mod money;
mod quotes;
mod recurring;
mod scales;
mod tax;

pub use cases::Outcome;

use serde_json::Value;

/// What became of one case.
pub struct Report {
    /// Its name.
    pub id: String,
    /// The policy that it is about.
    pub semantics: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Runs the cases of one source, given as JSON.
///
/// # Errors
/// Where the text is no JSON.
pub fn run(text: &str) -> Result<Vec<Report>, serde_json::Error> {
    let file: Value = serde_json::from_str(text)?;
    let cases = file["cases"].as_array().into_iter().flatten();
    let report = |case: &Value| Report {
        id: case["id"].to_string(),
        semantics: case["semantics"].as_str().unwrap_or_default().to_owned(),
        outcome: cases::run(case),
    };
    Ok(cases.map(report).collect())
}
