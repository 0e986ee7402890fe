//! What the app knows, as plain values without a browser.

mod arrival;
mod basket;
mod catalog;
mod difference;
mod instances;
mod number;
mod offer;
mod promotions;
mod proposals;
mod question;
mod reasoner;
mod session;
mod settings;
mod span;
mod standing;
mod terms;
mod tiers;
mod wishes;

pub use arrival::{Order, arrival, later};
pub use basket::{Basket, BasketLine};
pub use catalog::{Catalog, CatalogState, LoadFailure};
pub use difference::{Difference, differences};
pub use instances::{Instances, THERE};
pub use number::parse_number;
pub use offer::{Offer, Priced, shown};
pub use promotions::{entered, promotions, unknown_promotions};
pub use proposals::{Proposal, counting, proposed};
pub use question::{Answer, Notice, Others, Question, Remedy};
pub use reasoner::ReasonerState;
pub use session::Session;
pub use settings::{Settings, Theme};
pub use span::{Span, spans};
pub use standing::Standing;
pub use terms::{Terms, plain};
pub use tiers::LineTiers;

/// Which screen is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The configurator.
    #[default]
    Configure,
    /// The quote that is being put together.
    Quote,
    /// A request that was sent, or waits to be sent.
    Request(String),
    /// All requests of this device.
    Requests,
    /// What the supplier has received.
    Inbox,
}
