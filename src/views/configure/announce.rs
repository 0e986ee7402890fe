use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use quotewright_engine::price::Due;

use super::delivery::{brought, days_text};
use super::field::Field;
use super::notice::notice_text;
use super::repeated::due;
use crate::app::use_app;
use crate::messages::{Words, use_words};
use crate::state::Offer;
use crate::workbench::Workbench;

/// After so many milliseconds without another change, the result is announced.
const PAUSE: u32 = 800;

/// Tells a screen reader what a change has brought, once things are quiet.
#[component]
pub fn Announcements() -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let spoken = RwSignal::new(String::new());
    let waiting = StoredValue::new_local(None::<Timeout>);
    Effect::new(move |before: Option<()>| {
        bench.offer.track();
        bench.arrival.track();
        let question = bench
            .question
            .with(|it| it.as_ref().is_some_and(|it| it.answer.is_some()));
        if before.is_none() && !question {
            return;
        }
        let speak = move || {
            if let Some(text) = announcement(bench, words) {
                spoken.try_set(text);
            }
        };
        // The one before is dropped, and never speaks.
        waiting.set_value(Some(Timeout::new(PAUSE, speak)));
    });
    view! { <p class="spoken" role="status" aria-live="polite">{spoken}</p> }.into_any()
}

fn announcement(bench: Workbench, words: Words) -> Option<String> {
    let catalog = bench.catalog.try_get_untracked()??;
    let question = bench.question.get_untracked();
    if let Some(question) = question.filter(|question| question.answer.is_some()) {
        let field = Field::new(&catalog, question.attribute)?;
        let value = words.value(field.attribute(), question.value);
        return Some(format!("{value}: {}", words.messages.configure.impossible));
    }
    let days = days_text(words, brought(&catalog), &bench.arrival.get_untracked()?);
    let price = &words.messages.price;
    let result = match bench.offer.get_untracked() {
        Offer::Priced(priced) => {
            let (rhythm, amount) = priced.first();
            let amount = words.format.money(amount, &priced.currency);
            match rhythm {
                Due::Once => price.announce.with([&amount, &days]),
                _ => {
                    let often = due(words, rhythm).to_lowercase();
                    price.announce.with([&format!("{amount} {often}"), &days])
                }
            }
        }
        Offer::Hidden | Offer::Unavailable => price.announce_days.with([&days]),
    };
    let changed = bench.notice.get_untracked().and_then(|notice| {
        Some(notice_text(
            &Field::new(&catalog, notice.attribute)?,
            &notice,
            words,
        ))
    });
    Some(changed.map_or_else(|| result.clone(), |changed| format!("{changed} {result}")))
}
