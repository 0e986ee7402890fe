//! Catalog, configure, price, quote: pure functions over plain values.
