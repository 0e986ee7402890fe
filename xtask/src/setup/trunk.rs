//! Trunk, which builds the app and its page.

use super::{Step, cargo_install};
use crate::context::Context;
use crate::{process, tools};

pub const STEP: Step = Step {
    name: "trunk",
    ready,
    provide: |context| cargo_install::install(context, "trunk", tools::TRUNK, &["--locked"]),
    help: "It is built from crates.io, in about 6 minutes; that needs a network and a C compiler.",
};

fn ready(context: &Context) -> Option<String> {
    let mut command = tools::wasm_command(context, "trunk").ok()?;
    let found = process::output(command.arg("--version"))?;
    found
        .ends_with(&format!(" {}", tools::TRUNK))
        .then(|| tools::TRUNK.to_owned())
}
