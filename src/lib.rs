//! The Quotewright configurator as one custom element.
