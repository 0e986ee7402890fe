//! Seeded sessions of a buyer who clicks at random.
//!
//! Whatever the engine answers goes into one hash: the same model, prices and
//! seed must give the same hash on the host and in a browser. The caller holds
//! the clock and times each call.

mod artifact;
mod choice;
mod drill;
mod session;

pub use artifact::{Artifact, ArtifactError};
pub use drill::{Click, Drill};
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

/// A [`Drill`] for JavaScript.
#[wasm_bindgen]
pub struct Bench(Drill);

#[wasm_bindgen]
impl Bench {
    /// See [`Drill::new`]; `artifact` is what [`Artifact::write`] has written.
    #[wasm_bindgen(constructor)]
    pub fn new(artifact: &[u8]) -> Result<Bench, JsError> {
        Ok(Self(Drill::new(Artifact::read(artifact)?)?))
    }

    /// See [`Drill::start`].
    pub fn start(&mut self, seed: u32) {
        self.0.start(seed);
    }

    /// See [`Drill::choose`]: `click`, or `back` where a decision was taken back.
    pub fn choose(&mut self) -> Option<String> {
        self.0.choose().map(|click| click.kind().to_owned())
    }

    /// See [`Drill::click`].
    pub fn click(&mut self) -> bool {
        self.0.click()
    }

    /// See [`Drill::choose_impossible`].
    pub fn choose_impossible(&mut self) -> bool {
        self.0.choose_impossible()
    }

    /// See [`Drill::explain`].
    pub fn explain(&mut self) -> bool {
        self.0.explain()
    }

    /// See [`Drill::repairs`].
    pub fn repairs(&mut self, all: bool) -> usize {
        self.0.repairs(all)
    }

    /// See [`Drill::effects`].
    pub fn effects(&mut self) {
        self.0.effects();
    }

    /// See [`Drill::complete`].
    pub fn complete(&mut self) -> bool {
        self.0.complete()
    }

    /// See [`Drill::cheapest`].
    pub fn cheapest(&mut self) -> bool {
        self.0.cheapest()
    }

    /// See [`Drill::has_prices`].
    pub fn has_prices(&self) -> bool {
        self.0.has_prices()
    }

    /// See [`Drill::is_joined`].
    pub fn is_joined(&self) -> bool {
        self.0.is_joined()
    }
}
