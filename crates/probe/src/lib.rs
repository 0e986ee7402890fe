//! Seeded sessions of a buyer who clicks at random.
//!
//! Whatever the engine answers goes into one hash: the same artifact and seed
//! must give the same hash on the host and in a browser. Or the answers are
//! timed, by a clock of the caller.

mod artifact;
mod buyer;
mod cases;
mod choice;
mod prices;
mod pricing;
mod session;
mod timing;

pub use artifact::{Artifact, ArtifactError};
pub use buyer::{Buyer, Click, Offered};
pub use cases::cases;
pub use prices::Offer;
pub use pricing::{Lines, PricingError, large_pack};
pub use session::{ProbeError, Session};
pub use timing::{Amount, Note, Watch, measure};

use quotewright_engine::price::PricePack;
use wasm_bindgen::prelude::*;

/// A [`Session`] for JavaScript.
#[wasm_bindgen]
pub struct Probe(Session);

#[wasm_bindgen]
impl Probe {
    /// See [`Session::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(artifact: &[u8], seed: u32) -> Result<Probe, JsError> {
        Ok(Self(Session::new(artifact, seed)?))
    }

    /// See [`Session::click`].
    pub fn click(&mut self) -> Result<(), JsError> {
        Ok(self.0.click()?)
    }

    /// See [`Session::ask`].
    pub fn ask(&mut self) -> Result<(), JsError> {
        Ok(self.0.ask()?)
    }

    /// See [`Session::ask_all`].
    pub fn ask_all(&mut self) -> Result<(), JsError> {
        Ok(self.0.ask_all()?)
    }

    /// See [`Session::digest`].
    pub fn digest(&self) -> String {
        self.0.digest()
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;
    #[wasm_bindgen(js_name = postMessage)]
    fn post_message(note: &str);
}

#[cfg(target_arch = "wasm32")]
fn memory_of_worker() -> Option<u64> {
    const PAGE: u64 = 64 * 1024;
    let pages = u64::try_from(core::arch::wasm32::memory_size::<0>()).ok()?;
    Some(pages * PAGE)
}

#[cfg(not(target_arch = "wasm32"))]
fn memory_of_worker() -> Option<u64> {
    None
}

/// A worker of a page, which tells the page each note.
struct Worker;

impl Watch for Worker {
    fn now(&self) -> f64 {
        now()
    }

    fn memory(&self) -> Option<u64> {
        memory_of_worker()
    }

    fn note(&self, note: &Note) {
        post_message(&serde_json::to_string(note).unwrap_or_default());
    }
}

/// See [`fn@measure`]; `amount` and `given` are JSON. For a worker.
#[wasm_bindgen(js_name = measure)]
pub fn measure_in_worker(artifact: &[u8], amount: &str, given: &str) -> Result<(), JsError> {
    let (amount, given): (Amount, Vec<Vec<Click>>) =
        (serde_json::from_str(amount)?, serde_json::from_str(given)?);
    Ok(measure(
        &Artifact::read(artifact)?,
        &amount,
        &given,
        &Worker,
    )?)
}

/// See [`fn@cases`].
#[wasm_bindgen(js_name = cases)]
pub fn cases_in_browser(text: &str) -> Result<String, JsError> {
    Ok(cases(text)?)
}

/// [`Lines`] for JavaScript.
#[wasm_bindgen]
pub struct PricedLines(Lines);

#[wasm_bindgen]
impl PricedLines {
    /// See [`Lines::new`].
    #[wasm_bindgen(constructor)]
    pub fn new(artifact: &[u8]) -> Result<PricedLines, JsError> {
        Ok(Self(Lines::new(artifact)?))
    }

    /// The net total of so many lines.
    pub fn net(&self, count: u32) -> Result<String, JsError> {
        Ok(self.0.price(count)?.totals.net.to_string())
    }

    /// All that [`Lines::price`] works out, as JSON.
    pub fn told(&self, count: u32) -> Result<String, JsError> {
        Ok(serde_json::to_string(&self.0.price(count)?)?)
    }
}

/// How many products a pack has prices of, once it is read as the app reads it.
#[wasm_bindgen]
pub fn read_pack(bytes: &[u8]) -> Result<usize, JsError> {
    let pack: PricePack = serde_json::from_slice(bytes)?;
    Ok(pack.products.len())
}
