//! Packages of Debian and its descendants.

use std::process::Command;

use anyhow::{Result, bail};

use crate::context::Context;
use crate::process;

/// Whether this machine has `apt-get`.
pub fn exists() -> bool {
    process::output(Command::new("apt-get").arg("--version")).is_some()
}

/// Installs `packages`; asks for the password of sudo when it is not root.
pub fn install(context: &Context, packages: &[&str]) -> Result<()> {
    if !exists() {
        bail!("there is no apt-get to install {}", packages.join(" "));
    }
    process::run(
        apt_get().arg("update"),
        &context.log("apt-get update"),
        None,
    )?;
    process::run(
        apt_get()
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages),
        &context.log("apt-get install"),
        None,
    )
}

fn apt_get() -> Command {
    let is_root = process::output(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    let mut command = Command::new(if is_root { "env" } else { "sudo" });
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    command
}
