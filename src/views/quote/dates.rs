//! A requested day for each line, where there are several.

use jiff::civil::Date;
use leptos::prelude::*;

use super::QuotePage;
use super::entry::fault_text;
use super::form::{Fault, date};
use super::line::line_name;
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::Basket;
use crate::views::chart::Folding;

/// What is wrong with the days of lines.
pub fn faults(basket: &Basket, today: Date) -> Vec<(u32, Fault)> {
    let lines = basket.lines().iter();
    lines
        .filter_map(|line| Some((line.id, date(&line.wishes.wanted, today)?)))
        .collect()
}

/// Id of the control for the day of a line.
pub fn date_id(id: u32) -> String {
    format!("line-{id}-date")
}

/// The days, to be unfolded; nothing where there is one line.
#[component]
pub fn LineDates() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let folding = Folding::new();
    let ids = move || {
        let ids = |it: &Basket| it.lines().iter().map(|line| line.id).collect::<Vec<_>>();
        app.basket.with(ids)
    };
    let several = Memo::new(move |_| app.basket.with(|it| it.lines().len() > 1));
    let open = move || {
        let wrong = page.attempted.get() && page.dates.with(|it| !it.is_empty());
        wrong || folding.is_open_untracked()
    };
    move || {
        several.get().then(|| {
            view! {
                <details class="unfolds" open=open on:toggle=move |event| folding.follow(&event)>
                    <summary>{words.messages.quote.line_dates}</summary>
                    <div class="line-dates">
                        <For each=ids key=|id| *id let:id><LineDate id=id/></For>
                    </div>
                </details>
            }
        })
    }
}

#[component]
fn LineDate(
    /// Names the line in the basket.
    id: u32,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let label = move || {
        app.basket.with(|basket| {
            let place = basket.lines().iter().position(|line| line.id == id)?;
            let line = basket.lines().get(place)?;
            let name = words.text(&line.catalog.model.name);
            Some(line_name(words, place, &name))
        })
    };
    let wanted = move || {
        app.basket.with(|basket| {
            let line = basket.lines().iter().find(|line| line.id == id);
            line.map(|line| line.wishes.wanted.clone())
                .unwrap_or_default()
        })
    };
    let fault = Memo::new(move |_| {
        let found = |it: &Vec<(u32, Fault)>| {
            let mut found = it.iter().filter(|(line, _)| *line == id);
            found.next().map(|(_, fault)| *fault)
        };
        page.dates.with(found).filter(|_| page.attempted.get())
    });
    let fault_id = format!("{}-fault", date_id(id));
    view! {
        <div class="entry">
            <label for=date_id(id)>{label}</label>
            <input class="control date" id=date_id(id) type="date"
                aria-describedby=fault_id.clone()
                aria-invalid=move || fault.get().map(|_| "true")
                prop:value=wanted
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    app.basket.update(|basket| basket.wish(id, |it, _| it.wanted = typed));
                }/>
            <p class="fault small" id=fault_id>{move || fault.get().map(|it| fault_text(words, it))}</p>
        </div>
    }
    .into_any()
}
