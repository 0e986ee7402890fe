//! The module of the web worker: a [`Desk`] for JavaScript, which holds the clock.

use js_sys::{Date, Function};
use quotewright_reasoner::{Call, Desk};
use wasm_bindgen::prelude::*;

/// A [`Desk`] that replies to a function.
#[wasm_bindgen]
pub struct Reasoner {
    desk: Desk,
    reply: Function,
    slice: f64,
}

#[wasm_bindgen]
impl Reasoner {
    /// `reply` takes each reply as JSON; a slice of work takes about `slice` milliseconds.
    #[wasm_bindgen(constructor)]
    pub fn new(reply: Function, slice: f64) -> Self {
        Self {
            desk: Desk::default(),
            reply,
            slice,
        }
    }

    /// Takes a call as JSON.
    pub fn receive(&mut self, call: &str) -> Result<(), JsError> {
        self.desk.receive(serde_json::from_str::<Call>(call)?);
        Ok(())
    }

    /// Works for one slice; whether there is more to do.
    pub fn work(&mut self) -> bool {
        self.desk.work(Date::now, self.slice, |reply| {
            if let Ok(text) = serde_json::to_string(&reply) {
                // What the page does with it is its own business.
                let _ = self.reply.call1(&JsValue::NULL, &text.into());
            }
        })
    }
}

fn main() {}
