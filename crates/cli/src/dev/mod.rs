//! `quotewright dev`: a catalog in the browser while it is being written.

mod site;

use std::error::Error;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use notify::{EventKind, RecursiveMode, Watcher};
use quotewright_compiler::{CatalogSource, CompiledCatalog, compile, render};
use quotewright_endpoint::{Limits, Offer, Server, Settings};
use tokio::sync::Notify;

use crate::serve::{built_app, told_to_stop};
use site::{Preview, Site};

/// A save is often several changes one after the other.
const PAUSE: Duration = Duration::from_millis(150);

/// Options of `quotewright dev`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with catalog.toml and the sheets.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Folder of the built app; `dist` where that holds one.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    /// Address to listen at.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
}

/// Serves the catalog, anew after every change that is saved, until it is told to stop. What is
/// wrong is shown in the page, beside the last state that could be served.
///
/// # Errors
/// Where there is no such folder or no app, or the address cannot be listened at.
pub fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let app = args.app.or_else(built_app);
    let app = app.ok_or("there is no app to show it in: build one, or name its folder by --app")?;
    let site = Site::of(&app)?;
    let changed = Arc::new(Notify::new());
    let _watcher = watch(&args.folder, Arc::clone(&changed))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()?;
    runtime.block_on(serve(&args.folder, args.listen, &site, changed))?;
    Ok(ExitCode::SUCCESS)
}

/// Tells `changed` of everything in `folder` that is written, made or removed.
fn watch(folder: &Path, changed: Arc<Notify>) -> notify::Result<notify::RecommendedWatcher> {
    let told = move |event: notify::Result<notify::Event>| {
        let read_only = |it: &notify::Event| matches!(it.kind, EventKind::Access(_));
        if event.is_ok_and(|it| !read_only(&it)) {
            changed.notify_one();
        }
    };
    let mut watcher = notify::recommended_watcher(told)?;
    watcher.watch(folder, RecursiveMode::Recursive)?;
    Ok(watcher)
}

async fn serve(
    folder: &Path,
    mut listen: SocketAddr,
    site: &Site,
    changed: Arc<Notify>,
) -> Result<(), Box<dyn Error>> {
    let mut preview = Preview::default();
    let mut last: Option<CompiledCatalog> = None;
    loop {
        let (catalog, report) = read(folder);
        preview.next(catalog.is_some(), &report);
        last = catalog.or(last);
        site.tell(&preview)?;
        let offers = last.clone().map(Offer::from).into_iter().collect();
        let server = Server::bind(site.settings(listen), offers).await?;
        // The port stays, so that pages find their way back.
        listen = server.address()?;
        println!("{}", summary(&report, last.as_ref(), listen));
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let next = Arc::clone(&changed);
        server
            .run(async move {
                let goes_on = tokio::select! {
                    () = next.notified() => true,
                    () = told_to_stop() => false,
                };
                tokio::time::sleep(PAUSE).await;
                // Nobody listens where serving has ended by itself.
                let _ = stop.send(goes_on);
            })
            .await?;
        if !stopped.await.unwrap_or(false) {
            return Ok(());
        }
    }
}

/// The catalog, unless it has mistakes, and all that there is to say about it.
fn read(folder: &Path) -> (Option<CompiledCatalog>, String) {
    match CatalogSource::read(folder) {
        Ok(source) => {
            let found = compile(&source);
            let report = render(&found.diagnostics, &source, false);
            (found.catalog, report)
        }
        Err(error) => (None, error.to_string()),
    }
}

fn summary(report: &str, shown: Option<&CompiledCatalog>, listen: SocketAddr) -> String {
    let code = shown.map_or("", |it| it.id.as_str());
    let address = format!("http://{listen}/?catalog={code}");
    match report.is_empty() {
        true => format!("nothing wrong; {address}"),
        false => format!("{report}\n{address}"),
    }
}

impl Site {
    fn settings(&self, listen: SocketAddr) -> Settings {
        Settings {
            listen,
            app: Some(self.app()),
            data: self.data(),
            origins: Vec::new(),
            token_secret: None,
            inbox_token: None,
            retention_days: None,
            behind_proxy: false,
            limits: Limits::default(),
        }
    }
}
