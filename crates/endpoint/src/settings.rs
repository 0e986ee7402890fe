use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What an endpoint serves, where it keeps what it receives, and its limits.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Address to listen at; port 0 takes any free one.
    pub listen: SocketAddr,
    /// Folder of the built app; none where another server has it.
    pub app: Option<PathBuf>,
    /// The SQLite file; made when missing.
    pub data: PathBuf,
    /// Origins whose pages may call the API, such as `https://shop.example`.
    pub origins: Vec<String>,
    /// Secret of the customers' tokens; without it nobody can sign in.
    pub token_secret: Option<String>,
    /// The supplier's token for the inbox; without it nobody can read the inbox.
    pub inbox_token: Option<String>,
    /// Days after which a request is deleted; never where `None`.
    pub retention_days: Option<u32>,
    /// Whether `X-Forwarded-For` names the client: only behind a proxy that sets it.
    pub behind_proxy: bool,
    /// What one client, or one call, may ask for.
    pub limits: Limits,
}

/// What one client, or one call, may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Calls a minute from one client address.
    pub calls_per_minute: u32,
    /// Quote requests a minute from one client address.
    pub requests_per_minute: u32,
    /// Bytes of a request's body.
    pub body_bytes: usize,
    /// Time in which a call must be answered.
    pub answer_within: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls_per_minute: 600,
            requests_per_minute: 30,
            body_bytes: 256 * 1024,
            answer_within: Duration::from_secs(15),
        }
    }
}
