//! Node and npm, for wasm-opt and the end-to-end tests.

use std::process::Command;

use super::{Step, apt};
use crate::process;

const OLDEST: u32 = 20;

pub const STEP: Step = Step {
    name: "node",
    ready: |_| {
        process::output(Command::new("npm").arg("--version"))?;
        let version = process::output(Command::new("node").arg("--version"))?;
        let major: u32 = version.strip_prefix('v')?.split('.').next()?.parse().ok()?;
        (major >= OLDEST).then_some(version)
    },
    provide: |context| apt::install(context, &["nodejs", "npm"]),
    help: "Install Node 20 or newer with npm, from nodejs.org or your system's packages.",
};
