//! Seeded sessions of a buyer who clicks at random.
//!
//! Whatever the engine answers goes into one hash: the same model, prices and
//! seed must give the same hash on the host and in a browser. The caller holds
//! the clock and times each call.

mod session;

pub use session::{ProbeError, Session};

use wasm_bindgen::prelude::*;

/// A [`Session`] for JavaScript.
#[wasm_bindgen]
pub struct Probe(Session);

#[wasm_bindgen]
impl Probe {
    /// A session on a compiled model and price pack, both JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(model: &str, pack: &str, seed: u32) -> Result<Probe, JsError> {
        Ok(Self(Session::new(model, pack, seed)?))
    }

    /// One decision and all that a screen shows after it.
    pub fn click(&mut self) -> Result<(), JsError> {
        Ok(self.0.click()?)
    }

    /// Why one impossible value is impossible, and what would make it possible.
    pub fn ask(&mut self) -> Result<(), JsError> {
        Ok(self.0.ask()?)
    }

    /// SHA-256 in hexadecimal of all answers so far.
    pub fn digest(&self) -> String {
        self.0.digest()
    }
}
