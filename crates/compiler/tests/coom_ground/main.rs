//! COOM models made flat.

mod models;
