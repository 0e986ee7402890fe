//! cargo-deny, which checks licences and sources of dependencies.

use super::{Step, cargo_install};
use crate::{process, tools};

pub const STEP: Step = Step {
    name: "cargo-deny",
    ready: |context| {
        let mut command = tools::wasm_command(context, "cargo-deny").ok()?;
        process::output(command.arg("--version"))
    },
    provide: |context| {
        cargo_install::install(context, "cargo-deny", tools::CARGO_DENY, &["--locked"])
    },
    help: "It is built from crates.io, in about 2 minutes; that needs a network and a C compiler.",
};
