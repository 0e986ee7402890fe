/// The price panel.
pub struct PriceMessages {
    /// Heading.
    pub title: &'static str,
}

pub(super) const EN: PriceMessages = PriceMessages { title: "Price" };

pub(super) const NL: PriceMessages = PriceMessages { title: "Prijs" };
