use serde::{Deserialize, Serialize};

/// A refusal as RFC 9457 has it, as `application/problem+json`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Problem {
    /// `urn:quotewright:problem:` and a stable code, such as `amounts-differ`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in a few English words.
    pub title: String,
    /// HTTP status code.
    pub status: u16,
    /// This occurrence in an English sentence: what, where, what to do.
    pub detail: String,
    /// Amounts that differ, line by line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differences: Vec<LineDifference>,
    /// Members of the request that cannot be taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One amount that the endpoint worked out differently.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineDifference {
    /// JSON Pointer (RFC 6901) of the amount in the request.
    pub pointer: String,
    /// As the request has it.
    pub sent: String,
    /// As it is.
    pub correct: String,
}

/// One member of the request that cannot be taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) of the member.
    pub pointer: String,
    /// Stable code, such as `unknown-option` or `rule-broken`.
    pub code: String,
    /// In an English sentence.
    pub detail: String,
}
