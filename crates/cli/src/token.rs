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
    /// The group of customers that they belong to.
    #[arg(long, value_name = "CODE")]
    group: Option<String>,
    /// The contract under which they ask.
    #[arg(long, value_name = "CODE")]
    contract: Option<String>,
    /// Their country, such as NL.
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The channel through which they ask.
    #[arg(long, value_name = "CODE")]
    channel: Option<String>,
    /// The partner through whom they ask.
    #[arg(long, value_name = "CODE")]
    partner: Option<String>,
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
    let facts = [
        ("group", args.group),
        ("contract", args.contract),
        ("country", args.country),
        ("channel", args.channel),
        ("partner", args.partner),
    ];
    let facts = facts.into_iter();
    let customer = Customer {
        code: args.customer,
        catalog: args.catalog,
        facts: facts
            .filter_map(|(fact, value)| Some((fact.to_owned(), value?)))
            .collect(),
    };
    println!(
        "{}",
        CustomerTokens::new(&secret)?.mint(&customer, args.days)?
    );
    Ok(ExitCode::SUCCESS)
}
