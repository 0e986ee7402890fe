use std::error::Error;
use std::process::ExitCode;

use quotewright_endpoint::{Customer, CustomerTokens};

use crate::secret::TokenSecret;

/// Options of `quotewright token`.
#[derive(clap::Args)]
pub struct Args {
    /// The customer of a price book.
    #[arg(long, value_name = "CODE")]
    customer: String,
    /// The catalog that the token is for.
    #[arg(long, value_name = "CODE")]
    catalog: String,
    /// Days for which it is valid.
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u32,
    #[command(flatten)]
    secret: TokenSecret,
}

/// Prints a token.
///
/// # Errors
/// Where there is no usable secret.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let secret = args
        .secret
        .read()?
        .ok_or("give the secret by --token-secret-file or QUOTEWRIGHT_TOKEN_SECRET")?;
    let customer = Customer {
        code: args.customer,
        catalog: args.catalog,
    };
    println!(
        "{}",
        CustomerTokens::new(&secret)?.mint(&customer, args.days)?
    );
    Ok(ExitCode::SUCCESS)
}
