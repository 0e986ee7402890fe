//! Prices against other systems' cases, and properties that hold of every price.

mod kit;
mod oracle;
mod properties;
