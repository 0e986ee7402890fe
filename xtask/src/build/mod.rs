//! Builds the app into dist/, ready to be served.

mod compress;
mod files;
mod fingerprint;
mod loader;
mod names;
mod optimise;
mod probe;
mod service_worker;

pub use compress::{brotli, is_copy as is_compressed_copy};
pub use files::all as files;
pub use probe::{
    build as probe, build_for_browser as probe_for_browser, complete as complete_probe,
    folder as probe_folder,
};

use std::fs;
use std::time::Instant;

use anyhow::Result;

use crate::context::Context;
use crate::{process, tools};

/// What a build is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Small and fast code, compressed files: for users.
    Release,
    /// Built quickly: to try things out.
    Dev,
}

impl Mode {
    /// The mode that the option `--dev` asks for.
    pub fn of(dev: bool) -> Self {
        if dev { Self::Dev } else { Self::Release }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "dev",
        }
    }
}

/// Builds the app, unless dist/ already holds exactly this build.
pub fn app_if_changed(context: &Context, mode: Mode) -> Result<()> {
    if fingerprint::is_current(context, mode)? {
        println!("   ready  app: dist is up to date");
        return Ok(());
    }
    app(context, mode)
}

/// Builds the app.
pub fn app(context: &Context, mode: Mode) -> Result<()> {
    fingerprint::forget(context)?;
    timed("compile", || trunk(context, mode))?;
    if mode == Mode::Release {
        timed("wasm-opt", || optimise::wasm(context, &context.dist()))?;
    }
    let entry = names::after_content(&context.dist())?;
    loader::write(&context.dist(), &entry)?;
    service_worker::write(context)?;
    if mode == Mode::Release {
        timed("compress", || compress::everything(&context.dist()))?;
    }
    fingerprint::remember(context, mode)
}

fn trunk(context: &Context, mode: Mode) -> Result<()> {
    let mut command = tools::wasm_command(context, "trunk")?;
    command.args(["build", "--offline"]);
    if mode == Mode::Release {
        // The page names the profiles of its two modules in either mode.
        command.arg("--release");
    }
    // Trunk takes any value of this common variable for one of its own option.
    command.env_remove("NO_COLOR");
    fs::create_dir_all(context.dist())?;
    process::run(&mut command, &context.log("trunk build"), None)
}

fn timed(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("   build  {what} ...");
    let start = Instant::now();
    work()?;
    println!("    done  {what}, after {} s", start.elapsed().as_secs());
    Ok(())
}
