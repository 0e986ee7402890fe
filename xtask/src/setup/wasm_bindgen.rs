//! wasm-bindgen's command, which writes the glue between wasm and the page.

use super::{Step, cargo_install};
use crate::context::Context;
use crate::{process, tools};

pub const STEP: Step = Step {
    name: "wasm-bindgen",
    ready,
    provide: |context| {
        let version = tools::wasm_bindgen_version(context)?;
        // Its own lock file does not resolve.
        cargo_install::install(context, "wasm-bindgen-cli", &version, &[])
    },
    help: "It is built from crates.io in the version of Cargo.lock, in about 3 minutes; \
           that needs a network and a C compiler.",
};

fn ready(context: &Context) -> Option<String> {
    let wanted = tools::wasm_bindgen_version(context).ok()?;
    let mut command = tools::wasm_command(context, "wasm-bindgen").ok()?;
    let found = process::output(command.arg("--version"))?;
    found.ends_with(&format!(" {wanted}")).then_some(wanted)
}
