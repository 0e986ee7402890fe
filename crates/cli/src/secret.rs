use std::io;
use std::path::{Path, PathBuf};

/// The secret that signs customers' tokens, by file or by environment.
#[derive(clap::Args)]
pub struct TokenSecret {
    /// File with the secret that signs customers' tokens, at least 32 bytes.
    #[arg(long, value_name = "FILE")]
    token_secret_file: Option<PathBuf>,
    /// The secret itself; better given by file or environment than typed.
    #[arg(
        long,
        value_name = "SECRET",
        env = "QUOTEWRIGHT_TOKEN_SECRET",
        hide_env_values = true
    )]
    token_secret: Option<String>,
}

impl TokenSecret {
    /// The secret, if one is given; the file counts first.
    ///
    /// # Errors
    /// Those of reading the file.
    pub fn read(self) -> io::Result<Option<String>> {
        read(self.token_secret_file.as_deref(), self.token_secret)
    }
}

/// The text of `file` without the line break at its end, else `given`.
///
/// # Errors
/// Those of reading the file, with its name.
pub fn read(file: Option<&Path>, given: Option<String>) -> io::Result<Option<String>> {
    let Some(file) = file else {
        return Ok(given);
    };
    let text = std::fs::read_to_string(file)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", file.display())))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}
