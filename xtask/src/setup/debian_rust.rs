//! Debian's Rust, with the standard library for wasm32 built from its sources.
//!
//! Debian ships the compiler with the sources of its standard library, but not
//! built for wasm32. It is built once into a sysroot in the cache that otherwise
//! consists of links to Debian's, so that nothing outside the cache is changed.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{apt, rust_for_wasm::TARGET};
use crate::context::Context;
use crate::{process, tools};

const PACKAGES: &[&str] = &[
    "rustc-web",
    "cargo-web",
    "rust-web-src",
    "rust-web-llvm",
    "lld-22",
];
const RUSTC: &str = "/usr/bin/rustc";
const CARGO: &str = "/usr/bin/cargo";
const RUSTLIB: &str = "/usr/lib/rustlib";
const SEED: &str = "\
[package]
name = \"seed\"
edition = \"2021\"

[workspace]

[profile.release]
panic = \"abort\"
";

/// The folder with `cargo` and `rustc`, if it has been built for Debian's present version.
pub fn folder(context: &Context) -> Option<PathBuf> {
    let folder = tools::folder(context, "debian-rust", &version()?).join("bin");
    folder.exists().then_some(folder)
}

/// Installs Debian's packages and builds the standard library.
pub fn provide(context: &Context) -> Result<()> {
    if !Path::new(RUSTLIB).join("src/rust/library").exists() || version().is_none() {
        apt::install(context, PACKAGES)?;
    }
    let version = version().with_context(|| format!("{RUSTC} does not run"))?;
    let place = tools::folder(context, "debian-rust", &version);
    let partial = tools::folder(context, "debian-rust", "partial");
    if partial.exists() {
        fs::remove_dir_all(&partial)?;
    }
    let library = build_std(context, &partial.join("build"))?;
    link_sysroot(&partial.join("sysroot"), &library)?;
    write_commands(&partial.join("bin"), &place.join("sysroot"))?;
    fs::remove_dir_all(partial.join("build"))?;
    fs::rename(&partial, &place)?;
    Ok(())
}

/// The version number of Debian's compiler.
fn version() -> Option<String> {
    let text = process::output(Command::new(RUSTC).arg("--version"))?;
    text.split(' ').nth(1).map(str::to_owned)
}

/// Builds the standard library with an empty crate around it; returns the folder of its parts.
fn build_std(context: &Context, folder: &Path) -> Result<PathBuf> {
    fs::create_dir_all(folder.join("src"))?;
    fs::write(folder.join("Cargo.toml"), SEED)?;
    fs::write(folder.join("src/lib.rs"), "")?;
    let mut command = Command::new(CARGO);
    command
        .args(["build", "--release", "--target", TARGET])
        .arg("-Zbuild-std=std,panic_abort,proc_macro,test")
        .current_dir(folder)
        .env_remove("CARGO")
        .env_remove("RUSTUP_TOOLCHAIN")
        .env("RUSTC", RUSTC)
        .env("RUSTC_BOOTSTRAP", "1")
        // Without bitcode there is no link-time optimisation across the library.
        .env("RUSTFLAGS", "-C embed-bitcode=yes")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env("CARGO_TARGET_DIR", folder.join("target"));
    process::run(&mut command, &context.log("standard library"), None)?;
    Ok(folder.join("target").join(TARGET).join("release/deps"))
}

/// A sysroot of links to Debian's, and our library for the one more target.
fn link_sysroot(sysroot: &Path, library: &Path) -> Result<()> {
    let rustlib = sysroot.join("lib/rustlib");
    let ours = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&ours)?;
    for entry in fs::read_dir(RUSTLIB)? {
        let entry = entry?;
        if entry.file_name() != TARGET {
            symlink(entry.path(), rustlib.join(entry.file_name()))?;
        }
    }
    for entry in fs::read_dir(library)? {
        let entry = entry?;
        let is_library = entry.path().extension() == Some(OsStr::new("rlib"));
        if is_library && !entry.file_name().to_string_lossy().starts_with("libseed-") {
            fs::copy(entry.path(), ours.join(entry.file_name()))?;
        }
    }
    Ok(())
}

/// A folder for PATH: Debian's cargo, and its rustc told about the sysroot.
fn write_commands(folder: &Path, sysroot: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    symlink(CARGO, folder.join("cargo"))?;
    let rustc = folder.join("rustc");
    let script = format!(
        "#!/bin/sh\nexec {RUSTC} --sysroot '{}' \"$@\"\n",
        sysroot.display()
    );
    fs::write(&rustc, script)?;
    fs::set_permissions(&rustc, fs::Permissions::from_mode(0o755))?;
    Ok(())
}
