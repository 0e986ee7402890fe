//! Deciding all that is open at once: shown first, taken then.

use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::configure::{Goal, Proof};
use quotewright_engine::price::{Due, PriceFormula, Purchase, budget_rule, price_formula};
use quotewright_engine::quote::lead_time_formula;
use quotewright_reasoner::Proposal;
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use super::delivery::{brought, days_text};
use super::field::Field;
use crate::clock;
use crate::messages::{Words, use_words};
use crate::state::{Catalog, Offer, entered, parse_number};
use crate::views::dialog::DialogButton;
use crate::workbench::{Workbench, use_bench};

/// The button, and the dialog that it opens.
#[component]
pub fn Complete(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let title = use_words().messages.configure.complete;
    let content = move |open| view! { <Ways catalog=Arc::clone(&catalog) open=open/> }.into_any();
    view! { <DialogButton title=title id="complete" content=content/> }.into_any()
}

/// What it is to be like.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Suggested,
    Cheapest,
    Soonest,
    Within(Decimal),
}

/// What is known of the answer.
#[derive(Clone, PartialEq)]
enum Found {
    Nothing,
    Looking(Way),
    Answer(Way, Option<Box<Proposal>>),
}

#[component]
fn Ways(
    /// What is configured.
    catalog: Arc<Catalog>,
    /// Whether the dialog is shown.
    open: RwSignal<bool>,
) -> impl IntoView {
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let found = RwSignal::new(Found::Nothing);
    let ask = {
        let catalog = Arc::clone(&catalog);
        move |way| {
            found.set(Found::Looking(way));
            let catalog = Arc::clone(&catalog);
            spawn_local(async move {
                let answer = answer(bench, &catalog, way).await.map(Box::new);
                if found.try_get_untracked() == Some(Found::Looking(way)) {
                    found.set(Found::Answer(way, answer));
                }
            });
        }
    };
    let way = {
        let ask = ask.clone();
        move |way: Way, label: &'static str| {
            let ask = ask.clone();
            let pressed = move || found.with(|it| it.way() == Some(way)).to_string();
            view! {
                <button class="button" type="button" aria-pressed=pressed on:click=move |_| ask(way)>
                    {label}
                </button>
            }
        }
    };
    let priced = formula(bench, &catalog).is_some();
    let cheapest = priced.then(|| way(Way::Cheapest, configure.cheapest));
    let budget = priced.then(|| budget_view(words, &catalog, ask));
    let answer = move || match found.get() {
        Found::Nothing => ().into_any(),
        Found::Looking(_) => view! { <div class="progress" aria-hidden="true"></div> }.into_any(),
        Found::Answer(way, answer) => match answer {
            Some(proposal) => proposal_view(&catalog, way, *proposal, open),
            None => view! { <p>{configure.no_proposal}</p> }.into_any(),
        },
    };
    view! {
        <p class="quiet">{configure.complete_detail}</p>
        <div class="ways">
            {way(Way::Suggested, configure.as_suggested)}
            {cheapest}
            {way(Way::Soonest, configure.soonest)}
        </div>
        {budget}
        <div class="proposal" role="status">{answer}</div>
    }
    .into_any()
}

impl Found {
    fn way(&self) -> Option<Way> {
        match self {
            Self::Nothing => None,
            Self::Looking(way) | Self::Answer(way, _) => Some(*way),
        }
    }
}

fn budget_view(
    words: Words,
    catalog: &Catalog,
    ask: impl Fn(Way) + Clone + 'static,
) -> Option<AnyView> {
    let configure = &words.messages.configure;
    let code = catalog.pack.as_ref()?.currency.code.clone();
    let amount = RwSignal::new(String::new());
    let invalid = RwSignal::new(false);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let typed = amount.get_untracked();
        let number = parse_number(&typed, words.format.decimal_sign());
        let number = number.filter(|it| it.is_sign_positive());
        invalid.set(number.is_none());
        if let Some(number) = number {
            ask(Way::Within(number));
        }
    };
    let example = words.format.number(Decimal::new(5000, 0));
    let view = view! {
        <form class="budget" on:submit=submit>
            <label>
                <span>{configure.budget.with([&code])}</span>
                <input class="control" type="text" inputmode="decimal" autocomplete="off"
                    aria-invalid=move || invalid.get().then_some("true")
                    aria-describedby="budget-error"
                    on:input=move |event| amount.set(event_target_value(&event))/>
            </label>
            <button class="button" type="submit">{configure.within}</button>
            <p class="error small" id="budget-error" role="alert">
                {move || invalid.get().then(|| configure.no_number.with([&example]))}
            </p>
        </form>
    };
    Some(view.into_any())
}

/// The price as a formula, where it is one and all of it is due once.
fn formula(bench: Workbench, catalog: &Catalog) -> Option<PriceFormula> {
    let repeats = bench
        .offer
        .with_untracked(|offer| offer.priced().is_none_or(|it| it.first().0 != Due::Once));
    if repeats {
        return None;
    }
    with_purchase(bench, catalog, |pack, purchase| {
        price_formula(&catalog.model, pack, purchase).ok()
    })
}

fn with_purchase<T>(
    bench: Workbench,
    catalog: &Catalog,
    read: impl FnOnce(&quotewright_engine::price::PricePack, &Purchase) -> Option<T>,
) -> Option<T> {
    let pack = catalog.pack.as_ref()?;
    let promotions = entered(&bench.terms.get_untracked().promotions, pack);
    let purchase = Purchase {
        promotions: &promotions,
        ..Purchase::alone(bench.quantity.get_untracked(), clock::today())
    };
    read(pack, &purchase)
}

async fn answer(bench: Workbench, catalog: &Catalog, way: Way) -> Option<Proposal> {
    let (goal, budget) = match way {
        Way::Suggested => (Goal::Default, None),
        Way::Soonest => (Goal::Minimize(lead_time_formula(&catalog.model)), None),
        Way::Cheapest => {
            let quantity = bench.quantity.get_untracked();
            (
                Goal::Minimize(formula(bench, catalog)?.total(quantity)),
                None,
            )
        }
        Way::Within(amount) => {
            let rule = with_purchase(bench, catalog, |pack, purchase| {
                budget_rule(&catalog.model, pack, purchase, amount).ok()
            });
            (Goal::Default, Some(rule?))
        }
    };
    bench.proposal(goal, budget).await
}

/// What would be chosen, what it costs, and the way to take it.
fn proposal_view(
    catalog: &Arc<Catalog>,
    way: Way,
    proposal: Proposal,
    open: RwSignal<bool>,
) -> AnyView {
    let bench = use_bench();
    let words = use_words();
    let configure = &words.messages.configure;
    let decided = bench.decisions();
    let new = proposal.decisions.iter();
    let new = new.filter(|(index, value)| decided.get(index) != Some(value));
    let rows = new.filter_map(|(index, value)| {
        let field = Field::new(catalog, *index)?;
        let value = words.value(field.attribute(), *value);
        Some(view! { <div><dt class="quiet">{field.label()}</dt><dd>{value}</dd></div> })
    });
    let rows = rows.collect_view();
    let (quantity, terms) = (bench.quantity.get_untracked(), bench.terms.get_untracked());
    let offer = Offer::of(catalog, &proposal.values, quantity, clock::today(), &terms);
    let price = offer.priced().map(|priced| {
        let label = match priced.due.totals.contained {
            true => words.messages.price.gross_title,
            false => words.messages.price.net,
        };
        let amount = words.format.amount(priced.first().1, &priced.currency);
        let label = label.with([&priced.currency.code]);
        view! { <div class="strong"><dt>{label}</dt><dd>{amount}</dd></div> }
    });
    let planned = bench.planned(&proposal.values);
    let days = planned.map(|planned| {
        let days = days_text(words, brought(catalog), &planned);
        view! { <div><dt>{words.messages.price.delivery}</dt><dd>{days}</dd></div> }
    });
    let proof = match (way, proposal.proof) {
        (Way::Cheapest | Way::Soonest, Proof::Optimal) => Some(configure.proven),
        (Way::Cheapest | Way::Soonest, Proof::Gap { .. }) => Some(configure.not_proven),
        (Way::Suggested | Way::Within(_), _) => None,
    };
    let decisions = proposal.decisions;
    let take = move |_| {
        let decisions = decisions.clone();
        bench.change(move |session| session.replace(decisions));
        open.set(false);
    };
    view! {
        <dl class="chosen-so">{rows}{price}{days}</dl>
        {proof.map(|text| view! { <p class="small quiet">{text}</p> })}
        <button class="button primary" type="button" on:click=take>{configure.take}</button>
    }
    .into_any()
}
