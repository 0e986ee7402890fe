/// The quote that is being put together.
pub struct QuoteMessages {
    /// Heading.
    pub title: &'static str,
}

pub(super) const EN: QuoteMessages = QuoteMessages {
    title: "Your quote",
};

pub(super) const NL: QuoteMessages = QuoteMessages {
    title: "Uw offerte",
};
