use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

/// Options of `quotewright forget`.
#[derive(clap::Args)]
pub struct Args {
    /// E-mail address of the person, in capitals or not.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// The SQLite file; the endpoint may be running.
    #[arg(long, value_name = "FILE")]
    data: PathBuf,
}

/// Deletes the person's requests and prints how many there were.
///
/// # Errors
/// Those of the database.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let deleted = quotewright_endpoint::forget(&args.data, &args.email)?;
    println!("{deleted}");
    Ok(ExitCode::SUCCESS)
}
