//! The endpoint as its callers see it.

mod catalog;
mod kit;

mod access;
mod app;
mod books;
mod documents;
mod first_page;
mod floors;
mod inbox;
mod leaks;
mod lifecycle;
mod problems;
mod properties;
mod proposed;
mod sending;
mod tampered;
