//! The amounts of a line: what is due once, and below it what is due again and again.

use leptos::prelude::*;
use quotewright_engine::price::{Currency, Due};
use quotewright_engine::quote::{Charge, LinePrice};
use rust_decimal::Decimal;

use crate::messages::Words;
use crate::views::configure::repeated::{due, over_months};

/// What one piece costs.
pub fn unit(words: Words, line: &LinePrice, currency: &Currency) -> AnyView {
    let shown = |charge: &Charge| !charge.piece.total.is_zero();
    amounts(words, line, currency, shown, |charge| charge.piece.total)
}

/// What the line costs.
pub fn net(words: Words, line: &LinePrice, currency: &Currency) -> AnyView {
    let shown = |charge: &Charge| !charge.net.is_zero();
    amounts(words, line, currency, shown, |charge| charge.net)
}

/// The same of a line that counts or does not: what does not is in brackets.
pub fn net_standing(words: Words, line: &LinePrice, currency: &Currency, counts: bool) -> AnyView {
    let amounts = net(words, line, currency);
    match counts {
        true => amounts,
        false => view! { <span class="apart-amount">"("{amounts}")"</span> }.into_any(),
    }
}

/// What the line costs over its term, where prices contain tax or do not; nothing where it has
/// no term.
pub fn over_term(
    words: Words,
    line: &LinePrice,
    currency: &Currency,
    contained: bool,
) -> Option<AnyView> {
    (!line.recurring.is_empty()).then(|| {
        let label = over_months(words, contained, line.term);
        let amount = words.format.amount(line.contract_total, currency);
        view! { <p class="small quiet">{label}" "{amount}</p> }.into_any()
    })
}

fn amounts(
    words: Words,
    line: &LinePrice,
    currency: &Currency,
    shown: impl Fn(&Charge) -> bool,
    amount: impl Fn(&Charge) -> Decimal,
) -> AnyView {
    let once = Some((Due::Once, &line.once));
    let once = once.filter(|(_, charge)| line.recurring.is_empty() || shown(charge));
    let first = line.recurring.iter().filter(|it| it.from == 0);
    let first = first.map(|it| (it.due, &it.charge));
    let cell = |(rhythm, charge): (Due, &Charge)| {
        let often = (rhythm != Due::Once).then(|| due(words, rhythm).to_lowercase());
        let often = often.map(|it| view! { <span class="often small quiet">" "{it}</span> });
        view! { <span class="due">{words.format.amount(amount(charge), currency)}{often}</span> }
    };
    let cells = once.into_iter().chain(first.filter(|(_, it)| shown(it)));
    cells.map(cell).collect_view().into_any()
}
