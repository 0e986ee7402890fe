use super::LoadFailure;

/// How it is with the reasoner, which comes after the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReasonerState {
    /// It has not said anything about this product yet.
    #[default]
    Waiting,
    /// It has.
    Ready,
    /// It could not be loaded, or broke down.
    Lost,
    /// It has looked at the product: there is nothing to configure.
    Refused(LoadFailure),
}
