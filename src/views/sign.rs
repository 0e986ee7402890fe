//! The few signs that stand beside words, never in their place.

use leptos::prelude::*;

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Done, or chosen.
    Check,
    /// Follows from other choices.
    Lock,
    /// Cannot be.
    Barred,
    /// Needs a decision.
    Open,
    /// Unfolds upwards.
    Up,
    /// One less.
    Minus,
    /// One more.
    Plus,
    /// One step back.
    Undo,
    /// One step forth.
    Redo,
}

impl Sign {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M3.5 8.5l3 3 6-7",
            Self::Lock => "M4 7.5h8v5.5H4zM5.5 7.5V5.5a2.5 2.5 0 0 1 5 0v2",
            Self::Barred => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM4.2 4.2l7.6 7.6",
            Self::Open => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 0 1 0-11zM8 5v3.6M8 10.9v.1",
            Self::Up => "M3.5 10l4.5-4.5 4.5 4.5",
            Self::Minus => "M3.5 8h9",
            Self::Plus => "M3.5 8h9M8 3.5v9",
            Self::Undo => "M6 3.5L3 6.5l3 3M3 6.5h6.5a3.5 3.5 0 0 1 0 7H7",
            Self::Redo => "M10 3.5l3 3-3 3M13 6.5H6.5a3.5 3.5 0 0 0 0 7H9",
        }
    }
}

/// Draws a sign in the colour and size of the text around it.
pub fn sign(sign: Sign) -> impl IntoView {
    view! {
        <svg class="sign" viewBox="0 0 16 16" aria-hidden="true">
            <path d=sign.path()/>
        </svg>
    }
}
