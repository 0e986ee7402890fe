use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use quotewright_compiler::{CompiledCatalog, Supplier, Visibility};
use quotewright_endpoint::{Limits, Offer, Server, Settings, compile_offers};
use quotewright_engine::catalog::Text;
use quotewright_engine::configure::Configurator;

use crate::logs::{self, LogFormat};
use crate::product::Product;
use crate::secret::{self, TokenSecret};

/// Options of `quotewright serve`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the built app; `dist` where that holds one. Without an app only the API is served.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// A model to serve without prices: a .coom, .uvl, .xml (XCSP) or .cnf (DIMACS) file.
    #[arg(value_name = "MODEL", required_unless_present = "catalogs")]
    model: Option<PathBuf>,
    /// A catalog, or a folder of catalogs.
    #[arg(long, value_name = "DIR", conflicts_with = "model")]
    catalogs: Option<PathBuf>,
    /// The SQLite file; made when missing.
    #[arg(long, value_name = "FILE", default_value = "quotewright.sqlite")]
    data: PathBuf,
    /// Address to listen at.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Origin whose pages may call the API, such as `https://shop.example`; may be repeated.
    #[arg(long = "origin", value_name = "ORIGIN")]
    origins: Vec<String>,
    #[command(flatten)]
    token_secret: TokenSecret,
    /// File with the token that opens the inbox.
    #[arg(long, value_name = "FILE")]
    inbox_token_file: Option<PathBuf>,
    /// The token that opens the inbox; better given by file or environment than typed.
    #[arg(
        long,
        value_name = "TOKEN",
        env = "QUOTEWRIGHT_INBOX_TOKEN",
        hide_env_values = true
    )]
    inbox_token: Option<String>,
    /// Deletes requests after so many days; keeps them where not given.
    #[arg(long, value_name = "DAYS")]
    retention_days: Option<u32>,
    /// Believes the address that the nearest proxy put last into X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
    /// Calls a minute from one client address.
    #[arg(long, value_name = "N", default_value_t = Limits::default().calls_per_minute)]
    calls_per_minute: u32,
    /// Quote requests a minute from one client address.
    #[arg(long, value_name = "N", default_value_t = Limits::default().requests_per_minute)]
    requests_per_minute: u32,
    /// How log lines are written.
    #[arg(long, value_enum, default_value = "text")]
    log: LogFormat,
}

/// Serves until it is told to stop.
///
/// # Errors
/// What keeps it from starting, or ended it.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    logs::start(args.log);
    let (offers, model) = match args.offers() {
        Ok(offers) => offers,
        Err(error) => {
            eprintln!("{error}");
            return Ok(ExitCode::FAILURE);
        }
    };
    let settings = args.settings()?;
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let server = Server::bind(settings, offers).await?;
            let address = server.address()?;
            tracing::info!(%address, "listening");
            if let Some(id) = model {
                println!("http://{address}/?catalog={id}");
            }
            server.run(told_to_stop()).await?;
            Ok(ExitCode::SUCCESS)
        })
}

impl Args {
    /// What is served, and the code of the model if it is one; an error is what is wrong with
    /// it, as people read it.
    fn offers(&self) -> Result<(Vec<Offer>, Option<String>), String> {
        if let Some(model) = &self.model {
            let (code, offer) = model_offer(model)?;
            return Ok((vec![offer], Some(code)));
        }
        let catalogs = self.catalogs.iter().map(|it| compile_offers(it));
        let offers: Result<Vec<Vec<Offer>>, _> = catalogs.collect();
        let offers = offers.map_err(|error| error.to_string())?;
        Ok((offers.into_iter().flatten().collect(), None))
    }

    fn settings(self) -> Result<Settings, Box<dyn Error>> {
        Ok(Settings {
            listen: self.listen,
            app: self.app.or_else(built_app),
            data: self.data,
            origins: self.origins,
            token_secret: self.token_secret.read()?,
            inbox_token: secret::read(self.inbox_token_file.as_deref(), self.inbox_token)?,
            retention_days: self.retention_days,
            behind_proxy: self.behind_proxy,
            limits: Limits {
                calls_per_minute: self.calls_per_minute,
                requests_per_minute: self.requests_per_minute,
                ..Limits::default()
            },
        })
    }
}

/// A model as a catalog of its own, without prices.
fn model_offer(path: &Path) -> Result<(String, Offer), String> {
    let product = Product::of_file(path)?;
    let limits = product.limits().into_iter();
    let limits: Vec<String> = limits
        .map(|(part, most)| format!("no more than {most} of {part} can be chosen here"))
        .collect();
    let mut model = product.model;
    if let (Some(locale), false) = (model.locales.first(), limits.is_empty()) {
        let told = format!("{}.", limits.join(", "));
        eprintln!("{told}");
        model.description = Text::new([(locale.clone(), told)]);
    }
    Configurator::new(model.clone()).map_err(|error| error.told(&model))?;
    let code = model.catalog.clone();
    let offer = Offer::from(CompiledCatalog {
        id: code.clone(),
        title: model.name.clone(),
        supplier: Supplier::default(),
        locales: model.locales.clone(),
        hash: model.hash.clone(),
        visibility: Visibility::Public,
        late_days: 0,
        models: vec![model],
        whole: None,
        audiences: Vec::new(),
        packs: Vec::new(),
        documents: Vec::new(),
    });
    Ok((code, offer))
}

/// Ends at Ctrl-C or SIGTERM.
#[cfg(unix)]
pub async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate()].map(signal);
    let [Ok(mut interrupted), Ok(mut terminated)] = signals else {
        tracing::warn!("signals cannot be heard");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
}

/// Ends at Ctrl-C.
#[cfg(not(unix))]
pub async fn told_to_stop() {
    if let Err(error) = tokio::signal::ctrl_c().await {
        tracing::warn!(%error, "Ctrl-C cannot be heard");
        std::future::pending().await
    }
}

/// The app that was built here.
pub fn built_app() -> Option<PathBuf> {
    let folder = Path::new("dist");
    folder
        .join("index.html")
        .is_file()
        .then(|| folder.to_owned())
}
