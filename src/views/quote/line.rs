//! One line of the quote.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_engine::quote::LinePrice;

use super::parts::RampView;
use super::prices::{is_tiered, tiers};
use super::sentence::{all_values, sentence};
use super::standing::{StandingTools, if_taken_text, standing_view};
use super::totals::Column;
use super::{QuotePage, cells};
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::{Basket, BasketLine, View};
use crate::sync::new_key;
use crate::views::configure::delivery::{brought, days_text};
use crate::views::documents::attachments;
use crate::views::picture::printed;
use crate::views::tiers::TierChart;

/// One line: what, how many, at which price.
#[component]
pub fn LineView(
    /// Names it in the basket.
    id: u32,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let place = Memo::new(move |_| {
        app.basket
            .with(|basket| basket.lines().iter().position(|line| line.id == id))
    });
    // Everything but the quantity, which changes with each key.
    let line = Memo::new(move |_| {
        let found = app
            .basket
            .with(|it| it.lines().iter().find(|line| line.id == id).cloned());
        found.map(|line| BasketLine {
            quantity: 1,
            wishes: Default::default(),
            ..line
        })
    });
    let price = Memo::new(move |_| {
        let place = place.get()?;
        page.prices.with(|prices| {
            let known = prices.known()?;
            Some((
                known.lines.get(place)?.price.clone(),
                known.currency.clone(),
            ))
        })
    });
    let name = move || {
        line.get()
            .map(|line| words.text(&line.catalog.model.name))
            .unwrap_or_default()
    };
    let number = move || count(words, place.get().map_or(0, |place| place + 1));
    let tiers = Memo::new(move |_| {
        let (place, (line, _)) = place.get().zip(price.get())?;
        let tiers = |basket: &Basket, wishes: &_| tiers(basket.lines(), wishes, place, &line);
        page.wishes
            .with(|wishes| app.basket.with(|it| tiers(it, wishes)))
    });
    let tiered = Memo::new(move |_| {
        let is_tiered = |place| {
            let asked = |wishes: &_| app.basket.with(|it| is_tiered(it.lines(), wishes, place));
            page.wishes.with(asked)
        };
        price.with(Option::is_some) && place.get().is_some_and(is_tiered)
    });
    let termed =
        Memo::new(move |_| price.with(|it| it.as_ref().is_some_and(|(line, _)| line.term > 0)));
    let more = move || tiered.get().then(|| view! { <TierChart tiers=tiers/> });
    let words_of_it = move || {
        let line = line.get()?;
        Some(sentence(words, &line.catalog.model, &line.assignment))
    };
    let drawing = move || {
        let line = line.get()?;
        printed(words, &line.catalog.model, &line.assignment)
    };
    let ready = move || {
        let place = page.counted(place.get()?)?;
        let planned = page
            .plan
            .with(|it| it.as_ref()?.lines.get(place).cloned())?;
        Some(days_text(words, brought(&line.get()?.catalog), &planned))
    };
    let standing = move || {
        let place = place.get()?;
        let proposed = page.proposed.with(|it| it.get(place).copied())??;
        let later = page.later(app, place);
        let told = page.prices.with(|prices| {
            let known = prices.known();
            let if_taken = known.and_then(|known| {
                let if_taken = known.if_taken.get(place)?.as_ref()?;
                Some((if_taken, &known.currency))
            });
            if_taken_text(words, if_taken, later, page.contained.get())
        });
        Some(standing_view(words, Some(proposed), told))
    };
    let apart = move || {
        let place = place.get();
        place.is_some_and(|place| page.counted(place).is_none())
    };
    let all = move || {
        let line = line.get()?;
        Some(all_values(words, &line.catalog.model, &line.assignment))
    };
    let attached = move || {
        let line = line.get()?;
        attachments(words, &app.api(), &line.catalog.model, &line.assignment)
    };
    view! {
        <li class="line" class:apart=apart aria-labelledby=format!("line-{id}")>
            <div class="line-text">
                <h3 id=format!("line-{id}")>
                    <span class="quiet">{number}" "</span>{name}
                </h3>
                {standing}
                <p class="sentence">{words_of_it}</p>
                <p class="small quiet">{ready}</p>
                {drawing}
                {move || price.get().and_then(|(line, currency)| cells::over_term(words, &line, &currency, page.contained.get()))}
                {attached}
                {all}
                {more}
                <RampView id=id offered=termed.into()/>
                <Tools id=id place=place name=Signal::derive(name) number=Signal::derive(number)/>
            </div>
            <Quantity id=id name=Signal::derive(name) number=Signal::derive(number) price=price/>
            <div class="figure cell">
                <span class="cell-name small quiet">{Column::Unit.name()}</span>
                {move || price.get().map(|(line, currency)| cells::unit(words, &line, &currency))}
            </div>
            <div class="figure cell net">
                <span class="cell-name small quiet">{move || Column::all(page.contained.get())[2].name()}</span>
                {move || price.get().map(|(line, currency)| {
                    cells::net_standing(words, &line, &currency, !apart())
                })}
            </div>
        </li>
    }
    .into_any()
}

/// A line by its number, from 0, and its product.
pub fn line_name(words: Words, place: usize, name: &str) -> String {
    let number = count(words, place + 1);
    words.messages.quote.line_name.with([&number, name])
}

/// A number of lines or a place among them.
pub fn count(words: Words, number: usize) -> String {
    words
        .format
        .count(u32::try_from(number).unwrap_or(u32::MAX))
}

#[component]
fn Tools(
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
    let editable = move || is_open(app, id);
    let remove = move |_| {
        page.announcement
            .set(quote.removed.with([&name.get_untracked()]));
        page.wrong.update(|wrong| {
            wrong.remove(&id);
        });
        let promoted = app.basket.try_update(|basket| {
            let id = basket.remove(id, new_key)?;
            let line = basket.lines().iter().find(|line| line.id == id)?;
            Some(words.text(&line.catalog.model.name))
        });
        if let Some(name) = promoted.flatten() {
            page.announcement
                .update(|told| *told = format!("{told} {}", quote.taken.with([&name])));
        }
        app.focus_in_place("top");
    };
    view! {
        <div class="line-tools">
            <Show when=editable>
                <button class="link" type="button" on:click=move |_| edit(app, id)
                    aria-label=move || quote.edit_spoken.with([&number.get(), &name.get()])>{quote.edit}</button>
            </Show>
            <button class="link" type="button" on:click=remove
                aria-label=move || quote.remove_spoken.with([&number.get(), &name.get()])>{quote.remove}</button>
            <StandingTools id=id place=place name=name number=number/>
        </div>
    }
}

/// Whether the configurator has the line's product open.
fn is_open(app: App, id: u32) -> bool {
    let open = app.workbench.catalog.get();
    let product = open.map(|catalog| catalog.model.product.clone());
    app.basket.with(|basket| {
        let line = basket.lines().iter().find(|line| line.id == id);
        line.map(|line| &line.catalog.model.product) == product.as_ref()
    })
}

/// Back to the configurator, with the line's decisions.
fn edit(app: App, id: u32) {
    let line = app
        .basket
        .with_untracked(|basket| basket.lines().iter().find(|line| line.id == id).cloned());
    if let Some(line) = line {
        app.workbench
            .change(|session| session.replace(line.decisions));
        app.workbench.ask_for(line.quantity);
        app.basket.update(|basket| basket.edit(id));
        app.show(View::Configure);
    }
}

#[component]
fn Quantity(
    /// Names the line in the basket.
    id: u32,
    /// Of the product.
    name: Signal<String>,
    /// Of the line.
    number: Signal<String>,
    /// Of the line.
    price: Memo<Option<(LinePrice, Currency)>>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let line = app.basket.with_untracked(|basket| {
        let mut lines = basket.lines().iter();
        lines.find(|line| line.id == id).cloned()
    });
    let pieces = line.as_ref().map(|line| line.quantity);
    let catalog = line.map(|line| line.catalog);
    let sold = catalog
        .as_ref()
        .map(|it| it.quantities())
        .unwrap_or_default();
    // What was kept may have become too little.
    if pieces.is_some_and(|it| !sold.allow(it)) {
        page.wrong.update(|wrong| {
            wrong.insert(id);
        });
    }
    let text = RwSignal::new(pieces.map(|it| it.to_string()).unwrap_or_default());
    let wrong = Memo::new(move |_| page.wrong.with(|wrong| wrong.contains(&id)));
    let typed = move |typed: String| {
        let pieces = typed
            .trim()
            .parse()
            .ok()
            .filter(|it| catalog.as_ref().is_none_or(|catalog| catalog.sells(*it)));
        text.set(typed);
        page.wrong.update(|wrong| {
            match pieces {
                Some(_) => wrong.remove(&id),
                None => wrong.insert(id),
            };
        });
        if let Some(pieces) = pieces {
            app.basket.update(|basket| basket.set_quantity(id, pieces));
        }
    };
    let fault = move || wrong.get().then(|| words.quantities(sold));
    let tier = move || {
        let (line, currency) = price.get()?;
        let next = line.next_tier?;
        let more = next.from.checked_sub(line.quantity)?;
        let amount = words.format.money(next.unit_net, &currency);
        let next_tier = words.messages.price.next_tier;
        Some(next_tier.with([&words.format.count(more), &amount]))
    };
    let fault_id = format!("line-{id}-fault");
    view! {
        <div class="cell pieces">
            <label class="cell-name small quiet" for=quantity_id(id)>{Column::Quantity.name()}</label>
            <input class="control figure" id=quantity_id(id) type="text" inputmode="numeric"
                autocomplete="off"
                aria-label=move || quote.quantity_spoken.with([&number.get(), &name.get()])
                aria-describedby=format!("{fault_id} line-{id}-tier")
                aria-invalid=move || wrong.get().then_some("true")
                prop:value=text
                on:input=move |event| typed(event_target_value(&event))/>
            <p class="fault small" id=fault_id>{fault}</p>
            <p class="tier small quiet" id=format!("line-{id}-tier")>{tier}</p>
        </div>
    }
    .into_any()
}

/// Id of the control for the pieces of a line.
pub fn quantity_id(id: u32) -> String {
    format!("line-{id}-quantity")
}
