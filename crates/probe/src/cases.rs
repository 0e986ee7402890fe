//! Cases of other systems, as text that a browser and the host can be compared by.

use quotewright_cases::{Outcome, run};

/// What became of each case of one source, a line each.
///
/// # Errors
/// Where the text is no JSON.
pub fn cases(text: &str) -> Result<String, serde_json::Error> {
    let told = run(text)?.into_iter().map(|case| {
        let outcome = match case.outcome {
            Outcome::AsAsserted => "as asserted".to_owned(),
            Outcome::NotOffered(why) => format!("not offered: {why}"),
            Outcome::Otherwise(what) => format!("WRONG: {what}"),
        };
        format!("{} {}: {outcome}\n", case.id, case.semantics)
    });
    Ok(told.collect())
}
