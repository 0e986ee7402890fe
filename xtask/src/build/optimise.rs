//! wasm-opt.

use std::fs;
use std::path::Path;

use anyhow::{Result, ensure};

use super::files;
use crate::context::Context;
use crate::{process, tools};

/// What every browser of the last years can do, by name: `--all-features` would let
/// wasm-opt write types that they refuse.
const ARGUMENTS: &[&str] = &[
    "-Oz",
    // What is called often gets the short numbers.
    "--reorder-functions",
    "--enable-bulk-memory",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Makes the wasm files in `folder` smaller, in place.
pub fn wasm(context: &Context, folder: &Path) -> Result<()> {
    let mut files = files::all(folder)?;
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "wasm")
    });
    ensure!(
        !files.is_empty(),
        "there is no wasm in {}",
        folder.display()
    );
    for file in files {
        let smaller = file.with_extension("smaller");
        let mut command = tools::wasm_command(context, "wasm-opt")?;
        command.args(ARGUMENTS).arg(&file).arg("-o").arg(&smaller);
        process::run(&mut command, &context.log("wasm-opt run"), None)?;
        fs::rename(&smaller, &file)?;
    }
    Ok(())
}
