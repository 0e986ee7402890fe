//! Whole catalogs, from their files to what is told about them and compiled.

mod books;
mod desk;
mod diagnostics;
mod documents;
mod guide;
mod hostile;
mod line;
mod monotonic;
mod names;
mod parts;
mod picture;
mod samples;
mod secrecy;
mod session;
