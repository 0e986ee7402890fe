//! Lines that do not count in the total: what they are called, what taking them would change,
//! and how that is chosen.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_engine::quote::{IfTaken, Proposed};
use quotewright_protocol::limits::PROPOSED;

use super::QuotePage;
use super::line::{count, line_name, quantity_id};
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::Proposal;
use crate::sync::new_key;
use crate::views::configure::difference::days;
use crate::views::configure::repeated::due;

/// What a line is proposed as, in words: it is never told by its looks alone.
pub fn proposed_text(words: Words, proposed: Proposed) -> String {
    let quote = &words.messages.quote;
    match proposed {
        Proposed::Optional => quote.optional_line.to_owned(),
        Proposed::AlternativeTo(of) => quote.alternative_to.with([&count(words, of + 1)]),
    }
}

/// What taking a line would change of what the quote comes to and of its date, as text: with
/// tax where prices contain it. Nothing where nothing is known of it.
pub fn if_taken_text(
    words: Words,
    if_taken: Option<(&IfTaken, &Currency)>,
    days_later: Option<i32>,
    contained: bool,
) -> Option<String> {
    let quote = &words.messages.quote;
    let amounts = if_taken.map(|(it, currency)| {
        let amount = |amount| words.format.amount_difference(amount, currency);
        let paid = |net, gross| if contained { gross } else { net };
        let once = paid(it.net, it.gross);
        let again = it.recurring.iter().filter(|it| it.from == 0);
        let again = again.map(|it| {
            let often = due(words, it.due).to_lowercase();
            format!("{} {often}", amount(paid(it.net, it.gross)))
        });
        let over_terms = (!it.recurring.is_empty()).then(|| {
            let label = match contained {
                true => quote.contract_total_gross,
                false => quote.contract_total,
            };
            format!("{label} {}", amount(it.contract_total))
        });
        let once = (it.recurring.is_empty() || !once.is_zero()).then(|| amount(once));
        let all = once.into_iter().chain(again).chain(over_terms);
        all.collect::<Vec<_>>()
    });
    let later = days_later.and_then(|it| days(words, it.into()));
    let told: Vec<String> = amounts.into_iter().flatten().chain(later).collect();
    (!told.is_empty()).then(|| quote.if_taken.with([&told.join(" \u{b7} ")]))
}

/// What a line is proposed as and what taking it would change; nothing for one that counts.
pub fn standing_view(
    words: Words,
    proposed: Option<Proposed>,
    if_taken: Option<String>,
) -> AnyView {
    let proposed = proposed.map(|it| {
        view! {
            <p class="standing small">
                <b>{proposed_text(words, it)}</b>" "
                <span class="quiet">{words.messages.quote.not_in_total}</span>
            </p>
            <p class="small">{if_taken}</p>
        }
    });
    view! { {proposed} }.into_any()
}

/// How a line stands is chosen here, and one that does not count is taken with one click.
#[component]
pub fn StandingTools(
    /// Names the line in the basket.
    id: u32,
    /// Its place.
    place: Memo<Option<usize>>,
    /// Of the product.
    name: Signal<String>,
    /// Of the line.
    number: Signal<String>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let own = Memo::new(move |_| {
        let place = place.get()?;
        page.proposed.with(|it| it.get(place).copied()?)
    });
    let choices = Memo::new(move |_| choices(app, words, page, (id, own.get())));
    // A line alone, or the only one that counts, has nothing else to be.
    let choosable = Memo::new(move |_| choices.with(|it| it.len() > 1));
    let choose = move |event| {
        let chosen = event_target_value(&event);
        let found = choices.with_untracked(|it| it.iter().find(|it| it.value == chosen).cloned());
        if let Some(choice) = found {
            app.basket
                .update(|basket| basket.propose(id, choice.proposal, new_key));
            page.announcement
                .set(format!("{}: {}", name.get_untracked(), choice.label));
        }
    };
    let options = move || {
        let own = own.get();
        let option = |it: Choice| {
            view! { <option value=it.value selected=it.proposed == own>{it.label}</option> }
        };
        choices.get().into_iter().map(option).collect_view()
    };
    let control = format!("line-{id}-standing");
    let take = move |_| {
        app.basket.update(|basket| basket.take(id, new_key));
        page.announcement
            .set(quote.taken.with([&name.get_untracked()]));
        // The button goes, and the choice too where no other line counts.
        app.focus_in_place(&quantity_id(id));
    };
    let taking = move || {
        let label = match own.get()? {
            Proposed::Optional => quote.take_optional.to_owned(),
            Proposed::AlternativeTo(of) => quote.take_instead.with([&count(words, of + 1)]),
        };
        let spoken = move |label: &str| {
            format!(
                "{label}: {}",
                quote.line_name.with([&number.get(), &name.get()])
            )
        };
        let spoken = spoken(&label);
        Some(view! {
            <button class="link" type="button" aria-label=spoken on:click=take>{label}</button>
        })
    };
    move || {
        let control = control.clone();
        choosable.get().then(|| {
            view! {
                {taking}
                <select class="standing-choice small" id=control on:change=choose
                    aria-label=move || quote.standing_spoken.with([&number.get(), &name.get()])>
                    {options}
                </select>
            }
        })
    }
}

/// One of the ways in which a line can stand.
#[derive(Clone, PartialEq)]
struct Choice {
    value: String,
    proposal: Proposal,
    proposed: Option<Proposed>,
    label: String,
}

/// The ways in which the line can stand; only that it counts where no other does, or as many as
/// can do not count already.
fn choices(
    app: App,
    words: Words,
    page: QuotePage,
    (id, own): (u32, Option<Proposed>),
) -> Vec<Choice> {
    let quote = &words.messages.quote;
    let mut choices = vec![Choice {
        value: "counts".to_owned(),
        proposal: Proposal::Counts,
        proposed: None,
        label: quote.counts.to_owned(),
    }];
    let proposed = page.proposed.get();
    let lines = app.basket.with(|basket| {
        let lines = basket.lines().iter().zip(&proposed).enumerate();
        let others = lines.filter(|(_, (line, it))| line.id != id && it.is_none());
        let named = others.map(|(at, (line, _))| {
            let name = line_name(words, at, &words.text(&line.catalog.model.name));
            (at, line.id, name)
        });
        named.collect::<Vec<_>>()
    });
    let others = proposed.iter().filter(|it| it.is_some()).count();
    if lines.is_empty() || own.is_none() && others >= PROPOSED {
        return choices;
    }
    choices.push(Choice {
        value: "optional".to_owned(),
        proposal: Proposal::Optional,
        proposed: Some(Proposed::Optional),
        label: quote.optional_line.to_owned(),
    });
    choices.extend(lines.into_iter().map(|(at, of, name)| Choice {
        value: of.to_string(),
        proposal: Proposal::AlternativeTo(of),
        proposed: Some(Proposed::AlternativeTo(at)),
        label: quote.alternative_to_named.with([&name]),
    }));
    choices
}
