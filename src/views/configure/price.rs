use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::Value;
use quotewright_engine::quote::LinePrice;
use wasm_bindgen_futures::spawn_local;

use super::delivery::{Delivery, OpenAttributes};
use super::field::Field;
use super::headline::Headline;
use super::repeated::Unfolded;
use super::waterfall::WaterfallView;
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::{Catalog, LineTiers, Offer, ReasonerState, View};
use crate::views::chart::Folding;
use crate::views::picture::PictureView;
use crate::views::sign::{Sign, sign};
use crate::views::term::{Contract, TermChart};
use crate::views::tiers::{TierChart, next_text};

/// Price, delivery, what is open and the next action; always in view.
#[component]
pub fn PricePanel(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let words = use_words();
    let price = &words.messages.price;
    let unfolded = RwSignal::new(false);
    // Until it is known what follows, there is room for the price, and no price that would change.
    let reasoner = use_app().workbench.reasoner;
    let awaited = Memo::new(move |_| reasoner.with(|it| *it == ReasonerState::Waiting));
    let priced = Arc::clone(&catalog);
    let headline = move || match awaited.get() {
        true => view! { <div class="pending"></div> }.into_any(),
        false => view! { <Headline catalog=Arc::clone(&priced)/> }.into_any(),
    };
    let detailed = Arc::clone(&catalog);
    let details = move || {
        (!awaited.get()).then(|| {
            view! {
                <Quantity catalog=Arc::clone(&detailed)/>
                <Steps/>
                <OverTerm/>
                <Delivery catalog=Arc::clone(&detailed)/>
                <OpenAttributes catalog=Arc::clone(&detailed)/>
            }
        })
    };
    view! {
        <section class="panel" class:unfolded=move || unfolded.get()
            class:awaited=move || awaited.get() aria-label=price.title>
            <PictureView catalog=Arc::clone(&catalog)/>
            <div class="total">
                {headline}
                <button class="button plain unfold" type="button" aria-label=price.details
                    aria-expanded=move || unfolded.get().to_string() aria-controls="price-details"
                    on:click=move |_| unfolded.update(|it| *it = !*it)>
                    {sign(Sign::Up)}
                </button>
            </div>
            <div class="details" id="price-details">{details}</div>
            <NextAction catalog=catalog/>
        </section>
    }
    .into_any()
}

/// Whether the price of one piece says more than the price of the line.
fn shows_each(line: &LinePrice) -> bool {
    line.quantity > 1 && !line.once.piece.total.is_zero()
}

#[component]
fn Quantity(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let price = &words.messages.price;
    let label = words.number_of(&catalog.model.unit);
    let sold = catalog.quantities();
    let set = move |quantity: u32| bench.ask_for(quantity);
    let rule = (!sold.is_any()).then(|| words.quantities(sold));
    let typed = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let number = crate::state::parse_number(&text, words.format.decimal_sign());
        let number = number.and_then(|number| u32::try_from(number.trunc().mantissa()).ok());
        set(number.unwrap_or_else(|| bench.quantity.get_untracked()));
        bench.quantity.notify();
    };
    let each = move || {
        bench.offer.with(|offer| match offer {
            Offer::Priced(priced) if shows_each(&priced.line) => Some(
                price.each.with([&words
                    .format
                    .exact_amount(priced.line.unit_net(), &priced.currency)]),
            ),
            _ => None,
        })
    };
    view! {
        <div class="quantity">
            <label for="quantity">{label}</label>
            <div class="stepper small-stepper">
                <button type="button" tabindex="-1" aria-label=price.one_less
                    on:click=move |_| set(sold.below(bench.quantity.get_untracked()))>
                    {sign(Sign::Minus)}
                </button>
                <input id="quantity" type="text" inputmode="numeric" autocomplete="off"
                    aria-describedby=rule.is_some().then_some("quantity-rule")
                    prop:value=move || bench.quantity.get().to_string() on:change=typed/>
                <button type="button" tabindex="-1" aria-label=price.one_more
                    on:click=move |_| set(bench.quantity.get_untracked().saturating_add(1))>
                    {sign(Sign::Plus)}
                </button>
            </div>
            <span class="each quiet">{each}</span>
        </div>
        {rule.map(|rule| view! { <p class="small quiet" id="quantity-rule">{rule}</p> })}
        <MorePieces/>
    }
    .into_any()
}

/// What a few pieces more would bring, and what a piece costs by quantity; nothing where that
/// is always the same.
#[component]
fn MorePieces() -> impl IntoView {
    let bench = use_app().workbench;
    let words = use_words();
    let tiers = Memo::new(move |_| bench.tiers());
    let several = Memo::new(move |_| {
        tiers.with(|tiers| tiers.as_ref().is_some_and(|tiers| tiers.steps().len() > 1))
    });
    let next = move || tiers.with(|tiers| next_tier_view(words, tiers.as_ref()?));
    move || {
        several
            .get()
            .then(|| view! { {next}<TierChart tiers=tiers/> })
    }
}

fn next_tier_view(words: Words, tiers: &LineTiers) -> Option<AnyView> {
    let sentence = next_text(words, tiers)?;
    let (next, _) = tiers.next()?;
    let from = next.quantity;
    let bench = use_app().workbench;
    let view = view! {
        <p class="next-tier small">
            {sentence}" "
            <button class="link" type="button" on:click=move |_| bench.ask_for(from)>
                {words.messages.price.take_tier.with([&words.format.count(from)])}
            </button>
        </p>
    };
    Some(view.into_any())
}

/// What the line costs over its term.
#[component]
fn OverTerm() -> impl IntoView {
    let bench = use_app().workbench;
    let contract = Memo::new(move |_| {
        bench.offer.with(|offer| match offer {
            Offer::Priced(priced) if !priced.line.open_term => Some(Contract {
                lines: vec![priced.line.clone()],
                once: priced.once(),
                exchanged: priced.due.exchanged.clone(),
                contained: priced.due.totals.contained,
                currency: priced.currency.clone(),
            }),
            Offer::Priced(_) | Offer::Hidden | Offer::Unavailable => None,
        })
    });
    view! { <TermChart contract=contract/> }
}

#[component]
fn Steps() -> impl IntoView {
    let bench = use_app().workbench;
    provide_context(Unfolded(Folding::new()));
    move || match bench.offer.get() {
        Offer::Priced(priced) => Some(view! { <WaterfallView priced=*priced/> }),
        Offer::Hidden | Offer::Unavailable => None,
    }
}

/// The one next thing to do: the next open attribute, else into the quote.
#[component]
fn NextAction(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let price = &words.messages.price;
    let first_open = Memo::new(move |_| app.workbench.open_attributes().first().copied());
    let hidden = move || {
        app.workbench
            .offer
            .with(|offer| !matches!(offer, Offer::Priced(_)))
    };
    view! {
        <div class="next-action">
            {move || match first_open.get().and_then(|index| Field::new(&catalog, index)) {
                Some(field) => {
                    let id = field.id();
                    view! {
                        <button class="button next" type="button" on:click=move |_| app.focus(&id)>
                            {price.next_open.with([&field.label()])}
                        </button>
                    }.into_any()
                }
                None => {
                    let label = if hidden() { price.ask } else { price.add };
                    view! {
                        <button class="button primary next" type="button" on:click=move |_| spawn_local(add(app))>
                            {label}
                        </button>
                    }.into_any()
                }
            }}
        </div>
    }
    .into_any()
}

/// The field with a number in it that is not possible and so is not the configuration's.
fn refused_number(app: App) -> Option<Field> {
    let question = app.workbench.question.get_untracked()?;
    let catalog = app.workbench.catalog.get_untracked()?;
    match question.value {
        Value::Number(_) => Field::new(&catalog, question.attribute),
        Value::Option(_) | Value::Absent => None,
    }
}

/// Puts the configuration into the quote and goes there; once it is worked out, so that a
/// number typed just before counts.
async fn add(app: App) {
    let bench = app.workbench;
    let here = || app.view.try_get_untracked() == Some(View::Configure);
    // A second click while the first one waits adds nothing.
    if !bench.settle_all().await || !here() {
        return;
    }
    if let Some(field) = refused_number(app) {
        app.focus(&field.id());
        return;
    }
    let Some((assignment, catalog)) = bench.assignment().zip(bench.catalog.get_untracked()) else {
        return;
    };
    let decisions = bench
        .session
        .with_untracked(|session| session.decisions().clone());
    let quantity = bench.quantity.get_untracked();
    app.basket.update(|basket| {
        basket.add(catalog, decisions, assignment, quantity);
    });
    app.show(View::Quote);
}
