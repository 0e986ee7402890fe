//! The parts that a quote has in common with what was kept of it.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_engine::quote::Totals;

use crate::messages::use_words;

/// A column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Pieces.
    Quantity,
    /// Price of one piece.
    Unit,
    /// Net amount of the line.
    Net,
}

/// The head of the lines, where there is room for one; each figure has its name for
/// screen readers and narrow screens as well.
#[component]
pub fn LinesHead(
    /// The columns.
    columns: [Column; 3],
) -> impl IntoView {
    let quote = &use_words().messages.quote;
    let cells = columns.map(|column| view! { <span class="figure">{column.name()}</span> });
    view! {
        <div class="lines-head small quiet" aria-hidden="true">
            <span>{quote.product}</span>
            {cells}
        </div>
    }
}

impl Column {
    /// Its heading, in the language of the view that is being built.
    pub fn name(self) -> &'static str {
        let quote = &use_words().messages.quote;
        match self {
            Self::Quantity => quote.quantity,
            Self::Unit => quote.unit,
            Self::Net => quote.net,
        }
    }
}

/// Net, taxes, gross.
#[component]
pub fn TotalsView(
    /// What the lines add up to.
    totals: Totals,
    /// What amounts are in.
    currency: Currency,
) -> impl IntoView {
    let words = use_words();
    let quote = &words.messages.quote;
    let format = words.format;
    let taxes = totals.taxes.iter().map(|tax| {
        let base = format.amount(tax.base, &currency);
        let label = quote.tax.with([&format.percent(tax.percent), &base]);
        view! { <div><dt>{label}</dt><dd class="figure">{format.amount(tax.amount, &currency)}</dd></div> }
    });
    view! {
        <dl class="totals">
            <div>
                <dt>{quote.total_net}</dt>
                <dd class="figure">{format.amount(totals.net, &currency)}</dd>
            </div>
            {taxes.collect_view()}
            <div class="gross">
                <dt>{quote.gross}</dt>
                <dd class="figure">{format.money(totals.gross, &currency)}</dd>
            </div>
        </dl>
    }
}
