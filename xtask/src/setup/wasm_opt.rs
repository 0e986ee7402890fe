//! wasm-opt, which makes the wasm smaller after the compiler is done with it.

use std::fs;
use std::process::Command;

use anyhow::Result;

use super::Step;
use crate::context::Context;
use crate::{process, tools};

pub const STEP: Step = Step {
    name: "wasm-opt",
    ready,
    provide,
    help: "It comes with npm's package `binaryen`; that needs npm and a network.",
};

fn ready(context: &Context) -> Option<String> {
    let mut command = tools::wasm_command(context, "wasm-opt").ok()?;
    let found = process::output(command.arg("--version"))?;
    found
        .contains(&format!("version {}", tools::BINARYEN))
        .then(|| tools::BINARYEN.to_owned())
}

fn provide(context: &Context) -> Result<()> {
    let folder = tools::folder(context, "binaryen", tools::BINARYEN);
    fs::create_dir_all(&folder)?;
    let mut command = Command::new("npm");
    command
        .args(["install", "--no-save", "--no-audit", "--no-fund"])
        .arg("--prefix")
        .arg(&folder)
        .arg(format!("binaryen@{}", tools::BINARYEN))
        .current_dir(&folder);
    process::run(&mut command, &context.log("wasm-opt"), None)
}
