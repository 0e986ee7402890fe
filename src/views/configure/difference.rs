//! What an option would change, beside the option.

use leptos::prelude::*;
use quotewright_engine::catalog::AttributeIndex;
use quotewright_engine::price::Due;

use super::repeated::due;
use crate::messages::Words;
use crate::state::{Difference, Offer};
use crate::workbench::use_bench;

/// In money and days, what choosing `option` would change; nothing while that is not known.
pub fn difference_view(words: Words, attribute: AttributeIndex, option: usize) -> AnyView {
    let bench = use_bench();
    let difference = Memo::new(move |_| bench.difference(attribute, option));
    let text = move || {
        let difference = difference.get()?;
        let texts = texts(words, &difference);
        (!texts.is_empty()).then(|| {
            let text = |it| view! { <span>{it}</span> };
            view! { <span class="effect small">{texts.into_iter().map(text).collect_view()}</span> }
        })
    };
    view! { {text} }.into_any()
}

fn texts(words: Words, difference: &Difference) -> Vec<String> {
    let configure = &words.messages.configure;
    let days = days(words, difference.days);
    let Some(amounts) = &difference.amounts else {
        return days.into_iter().collect();
    };
    if amounts.is_empty() {
        let same = configure.same_price_short.to_owned();
        return [same].into_iter().chain(days).collect();
    }
    let (currency, repeats) = use_bench().offer.with_untracked(|offer| match offer {
        Offer::Priced(priced) => (Some(priced.currency.clone()), priced.line.term > 0),
        Offer::Hidden | Offer::Unavailable => (None, false),
    });
    let amount = |(rhythm, amount): &(Due, _)| {
        let amount = words.format.amount_difference(*amount, currency.as_ref()?);
        Some(match repeats {
            true => format!("{amount} {}", due(words, *rhythm).to_lowercase()),
            false => amount,
        })
    };
    amounts.iter().filter_map(amount).chain(days).collect()
}

/// Days, signed; nothing where it takes no longer and no shorter.
pub fn days(words: Words, days: i64) -> Option<String> {
    let count = u32::try_from(days.unsigned_abs())
        .ok()
        .filter(|it| *it > 0)?;
    let sign = if days > 0 { "+" } else { "\u{2212}" };
    let signed = format!("{sign}{}", words.format.count(count));
    let text = words.messages.configure.days_short;
    Some(text.with(words.format.plural(count), [&signed]))
}
