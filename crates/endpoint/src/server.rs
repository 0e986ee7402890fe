use std::future::Future;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, map_response};
use axum::routing::{any, get};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::app_files::{AppFiles, serve_file};
use crate::clock::{day, now};
use crate::first_page::{self, Site};
use crate::housekeeping::keep_house;
use crate::library::{Library, Offer};
use crate::routes::{Rates, api};
use crate::settings::Settings;
use crate::state::{SharedState, State};
use crate::store::{Store, StoreError};
use crate::tokens::{CustomerTokens, SupplierToken, TokenError};
use crate::web::access_log::log_access;
use crate::web::cors::origin;
use crate::web::problems::{panicked, problems_only};
use crate::web::rate_limit::RateLimit;
use crate::web::security_headers::secure;

/// Time that calls under way have to finish when the endpoint is told to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// Why the endpoint cannot start, or stopped.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The app cannot be read.
    #[error("the app in {folder} cannot be served: {error}")]
    App {
        /// Its folder.
        folder: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The secret cannot be used.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// This is not an origin.
    #[error("`{0}` is not an origin: write it as https://shop.example, without a path")]
    Origin(String),
    /// The address cannot be listened at.
    #[error("cannot listen at {address}: {error}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// The network failed.
    #[error("the network failed: {0}")]
    Network(#[from] std::io::Error),
}

/// An endpoint that listens and is ready to run.
pub struct Server {
    listener: TcpListener,
    router: Router,
    store: Store,
    rates: Arc<Rates>,
    retention_days: Option<u32>,
}

impl Server {
    /// Opens the database and listens; `offers` are the catalogs to serve.
    ///
    /// # Errors
    /// [`ServeError`], which says what to change.
    pub async fn bind(settings: Settings, offers: Vec<Offer>) -> Result<Self, ServeError> {
        let app = settings.app.clone().map(read_app).transpose()?;
        let origins = settings
            .origins
            .iter()
            .map(|text| origin(text).ok_or_else(|| ServeError::Origin(text.clone())))
            .collect::<Result<Vec<_>, _>>()?;
        let secret = settings.token_secret.as_deref();
        let customer_tokens = secret.map(CustomerTokens::new).transpose()?;
        let store = Store::open(&settings.data)?;
        let library = Library::open(offers, store.clone(), day(now())).await?;
        let state = Arc::new(State {
            library,
            store: store.clone(),
            customer_tokens,
            supplier_token: settings.inbox_token.as_deref().map(SupplierToken::new),
        });
        let limits = settings.limits;
        let rates = Arc::new(Rates {
            calls: RateLimit::new(limits.calls_per_minute, settings.behind_proxy),
            requests: RateLimit::new(limits.requests_per_minute, settings.behind_proxy),
        });
        let pages = app.map(|app| pages(app, Arc::clone(&state)));
        let router = around(api(state, limits, &rates, origins), pages);
        let listener =
            TcpListener::bind(settings.listen)
                .await
                .map_err(|error| ServeError::Listen {
                    address: settings.listen,
                    error,
                })?;
        Ok(Self {
            listener,
            router,
            store,
            rates,
            retention_days: settings.retention_days,
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn address(&self) -> Result<SocketAddr, ServeError> {
        Ok(self.listener.local_addr()?)
    }

    /// Answers until `stop` comes, lets calls under way finish, and closes the database.
    ///
    /// # Errors
    /// [`ServeError::Network`].
    pub async fn run(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let housekeeping = tokio::spawn(keep_house(
            self.store.clone(),
            self.retention_days,
            self.rates,
        ));
        let (stopping, stopped) = tokio::sync::oneshot::channel();
        let stop = async move {
            stop.await;
            tracing::info!("stopping");
            let _ = stopping.send(());
        };
        let service = self
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        let serving = axum::serve(self.listener, service).with_graceful_shutdown(stop);
        let served = tokio::select! {
            served = serving.into_future() => served,
            () = farewell(stopped) => Ok(()),
        };
        housekeeping.abort();
        let store = self.store;
        // The writer may still be busy: wait beside the other tasks.
        let _ = tokio::task::spawn_blocking(move || store.close()).await;
        Ok(served?)
    }
}

/// Ends some time after the endpoint was told to stop; not at all where it was not.
async fn farewell(stopped: tokio::sync::oneshot::Receiver<()>) {
    match stopped.await {
        Ok(()) => tokio::time::sleep(FAREWELL).await,
        Err(_) => std::future::pending().await,
    }
    tracing::warn!("calls under way were given up");
}

fn read_app(folder: PathBuf) -> Result<AppFiles, ServeError> {
    AppFiles::read(&folder).map_err(|error| ServeError::App { folder, error })
}

/// The app: its page, and its files.
fn pages(app: AppFiles, state: SharedState) -> Router {
    let app = Arc::new(app);
    let site = Site {
        app: Arc::clone(&app),
        state,
    };
    let page = Router::new()
        .route("/", get(first_page::show))
        .with_state(site);
    page.fallback_service(Router::new().fallback(serve_file).with_state(app))
}

/// The API, the app beside it, and what is around every answer.
fn around(api: Router, pages: Option<Router>) -> Router {
    let nothing = || Router::new().fallback(any(|| async { StatusCode::NOT_FOUND }));
    api.fallback_service(pages.unwrap_or_else(nothing))
        .layer(CompressionLayer::new())
        .layer(from_fn(problems_only))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(map_response(secure))
        .layer(from_fn(log_access))
}
