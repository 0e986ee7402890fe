//! What all routes share: reading calls, shaping answers, and the layers around them.

pub mod access_log;
pub mod cached;
pub mod caller;
pub mod client;
pub mod cors;
pub mod json;
pub mod problems;
pub mod rate_limit;
pub mod security_headers;
pub mod time_limit;
