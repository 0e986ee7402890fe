//! The UVL reader: what models mean, what is wrong with faulty ones, and the public models.

mod everywhere;
mod faulty;
mod kit;
mod meaning;
mod public;
