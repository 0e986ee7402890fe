//! Pictures of every screen.

use anyhow::Result;

use crate::build::{self, Mode};
use crate::context::Context;
use crate::{check, process, setup, tools};

/// Takes a picture of every screen in every width, theme and language, and says which differ
/// from those of the last time.
pub fn gallery(context: &Context) -> Result<()> {
    setup::for_browsing(context)?;
    build::app_if_changed(context, Mode::Release)?;
    tools::build_quotewright(context)?;
    process::show(check::node(context)?.arg("gallery.mjs"))
}
