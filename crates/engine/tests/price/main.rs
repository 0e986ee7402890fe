//! Prices against other systems' cases, and properties that hold of every price.

mod arithmetic;
mod by_hand;
mod oracle;
mod order;
mod properties;
mod proposed;
mod ramps;
