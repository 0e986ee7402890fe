//! COOM files, from their text to what is told about them.

mod files;
mod hostile;
mod language;
mod mistakes;
