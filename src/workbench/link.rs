//! The reasoner, which is a second module: what is said to it and what it answers.

use quotewright_reasoner::{Call, Reply};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/workbench/hire.js")]
extern "C" {
    type Hired;

    fn hire(reply: &Closure<dyn Fn(String)>, lost: &Closure<dyn Fn()>) -> Hired;

    #[wasm_bindgen(method)]
    fn say(this: &Hired, call: &str);

    #[wasm_bindgen(method)]
    fn close(this: &Hired);
}

/// A reasoner on its way or at work; ends when dropped.
pub struct Link {
    hired: Hired,
    // Called for as long as the reasoner is there.
    _reply: Closure<dyn Fn(String)>,
    _lost: Closure<dyn Fn()>,
}

impl Link {
    /// Starts one. `lost`: it could not be started, or broke down.
    pub fn new(reply: impl Fn(Reply) + 'static, lost: impl Fn() + 'static) -> Self {
        let reply = Closure::new(move |text: String| {
            // Both are of the same build.
            if let Ok(heard) = serde_json::from_str(&text) {
                reply(heard);
            }
        });
        let lost = Closure::new(lost);
        Self {
            hired: hire(&reply, &lost),
            _reply: reply,
            _lost: lost,
        }
    }

    /// Says something to it; it waits where the reasoner is not there yet.
    pub fn say(&self, call: &Call) {
        if let Ok(text) = serde_json::to_string(call) {
            self.hired.say(&text);
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.hired.close();
    }
}
