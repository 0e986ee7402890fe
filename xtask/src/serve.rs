//! Serves the app with the sample catalogs.

use std::fs::{self, File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::CommandExt as _;

use anyhow::{Context as _, Result};

use crate::build::{self, Mode};
use crate::context::Context;
use crate::{setup, tools};

const DATABASE: &str = "data/quotewright.sqlite";
const INBOX_TOKEN: &str = "data/inbox-token";
const TOKEN_SECRET: &str = "data/token-secret";

/// Builds what has changed, then becomes the endpoint.
pub fn serve(context: &Context, port: u16, mode: Mode) -> Result<()> {
    setup::for_building(context)?;
    build::app_if_changed(context, mode)?;
    println!("   build  endpoint ...");
    tools::build_quotewright(context)?;
    fs::create_dir_all(context.root.join("data"))?;
    for secret in [INBOX_TOKEN, TOKEN_SECRET] {
        provide_secret(context, secret)?;
    }
    let address = format!("127.0.0.1:{port}");
    let program = tools::quotewright(context);
    println!(
        "\n   Quotewright: http://{address}/   (Ctrl-C ends it)\n\
         \x20  requests:    curl -H \"Authorization: Bearer $(cat {INBOX_TOKEN})\" http://{address}/api/inbox\n\
         \x20  contract:    {} token --token-secret-file {TOKEN_SECRET} --catalog CODE --customer CODE\n",
        program.display()
    );
    let mut quotewright = tools::command(context, &program.to_string_lossy());
    quotewright
        .args(["serve", "--app", "dist", "--catalogs", "catalogs"])
        .args(["--data", DATABASE, "--listen", &address])
        .args(["--inbox-token-file", INBOX_TOKEN])
        .args(["--token-secret-file", TOKEN_SECRET]);
    // Taking its place lets signals reach it.
    Err(quotewright.exec()).with_context(|| format!("starting {}", program.display()))
}

/// Writes 32 random bytes as text into the file `name`, unless it is there.
fn provide_secret(context: &Context, name: &str) -> Result<()> {
    let place = context.root.join(name);
    if place.exists() {
        return Ok(());
    }
    let mut bytes = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(place)?;
    for byte in bytes {
        write!(file, "{byte:02x}")?;
    }
    Ok(())
}
