/// Requests that were sent, or wait to be sent.
pub struct RequestMessages {
    /// Heading.
    pub title: &'static str,
}

pub(super) const EN: RequestMessages = RequestMessages {
    title: "Your requests",
};

pub(super) const NL: RequestMessages = RequestMessages {
    title: "Uw aanvragen",
};
