//! Serves the app with the sample catalogs.

use std::fs;
use std::os::unix::process::CommandExt as _;

use anyhow::Result;

use crate::build::{self, Mode};
use crate::context::Context;
use crate::{setup, tools};

/// Builds what has changed, then becomes the endpoint.
pub fn serve(context: &Context, port: u16, mode: Mode) -> Result<()> {
    setup::for_building(context)?;
    build::app_if_changed(context, mode)?;
    println!("   build  endpoint ...");
    let program = tools::quotewright(context)?;
    fs::create_dir_all(context.root.join("data"))?;

    println!("\n   Quotewright: http://127.0.0.1:{port}/   (Ctrl-C ends it)\n");
    let mut quotewright = tools::command(context, &program.to_string_lossy());
    quotewright
        .args(["serve", "--app", "dist", "--catalogs", "catalogs"])
        .args(["--data", "data/quotewright.sqlite"])
        .args(["--listen", &format!("127.0.0.1:{port}")]);
    // Taking its place lets signals reach it.
    Err(quotewright.exec().into())
}
