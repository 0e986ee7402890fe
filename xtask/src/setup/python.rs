//! Python packages with independent solvers, for `cargo xtask oracle` and `cargo xtask bench engine`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use super::{Step, apt};
use crate::context::Context;
use crate::process;

/// The names that Python has, the most exact first.
const NAMES: &[&str] = &["python3", "python"];

/// The oldest minor version of Python 3 that the scripts run with.
const OLDEST: u32 = 10;

pub const STEP: Step = Step {
    name: "Python with clingo and a SAT solver",
    ready: |context| {
        let folder = packages(context).ok()?;
        let complete = folder.join(COMPLETE).exists();
        (complete && find().is_some()).then(|| "as in tests/oracle/requirements.txt".to_owned())
    },
    provide,
    help: "Install Python 3.10 or newer with pip; the packages come from PyPI, which needs a network.",
};

/// Written when everything was installed.
const COMPLETE: &str = ".complete";

/// The command of Python, where there is one that is new enough.
pub fn find() -> Option<&'static str> {
    NAMES.iter().copied().find(|name| {
        let version = process::output(Command::new(name).arg("--version"));
        let minor = version
            .as_deref()
            .and_then(|it| it.strip_prefix("Python 3."));
        let minor = minor.and_then(|it| it.split('.').next()?.parse().ok());
        minor.is_some_and(|minor: u32| minor >= OLDEST)
    })
}

/// The folder of the packages, called by what is wanted.
pub fn packages(context: &Context) -> Result<PathBuf> {
    let wanted = fs::read(requirements(context))?;
    let hash = format!("{:x}", Sha256::digest(&wanted));
    let short = hash.get(..12).unwrap_or_default();
    Ok(context.cache.join(format!("python-packages-{short}")))
}

fn provide(context: &Context) -> Result<()> {
    if find().is_none() {
        apt::install(context, &["python3", "python3-pip"])?;
    }
    let python = find().context("there is no Python")?;
    let folder = packages(context)?;
    // A folder of its own, and not a virtual environment, which distributions make a package
    // of its own for. What the packages ask for is left out: requirements.txt names it all.
    let mut pip = Command::new(python);
    pip.args([
        "-m",
        "pip",
        "install",
        "--no-deps",
        "--ignore-requires-python",
    ])
    .args(["--only-binary", ":all:", "--upgrade", "--target"])
    .arg(&folder)
    .arg("--requirement")
    .arg(requirements(context));
    process::run(&mut pip, &context.log("pip install"), None)?;
    import(python, &folder, context)?;
    fs::write(folder.join(COMPLETE), "")?;
    Ok(())
}

fn import(python: &str, folder: &Path, context: &Context) -> Result<()> {
    let mut command = Command::new(python);
    command
        .args(["-c", "import clingo, coomsuite, pysat.solvers"])
        .env("PYTHONPATH", folder);
    process::run(&mut command, &context.log("python packages"), None)
}

fn requirements(context: &Context) -> PathBuf {
    context.root.join("tests/oracle/requirements.txt")
}
