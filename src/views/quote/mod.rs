//! The quote that is being put together. It reads like the document it becomes.

mod action;
mod buyer;
pub mod cells;
mod dates;
mod entry;
mod form;
pub mod line;
pub mod plan;
pub mod prices;
mod promotions;
mod questions;
pub mod request;
pub mod sentence;
mod sooner;
pub mod totals;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use leptos::prelude::*;
use quotewright_engine::catalog::AttributeIndex;
use quotewright_engine::delivery::Plan;

use crate::app::{App, use_app};
use crate::clock;
use crate::messages::use_words;
use crate::questions::asked_by;
use crate::state::{CatalogState, Terms, View};
use crate::storage::drafts::Form;
use crate::views::contact::ContactView;
use crate::views::language::LanguageMenu;
use action::Action;
use buyer::BuyerFields;
use dates::LineDates;
use entry::{DateField, NoteField, TextField};
use form::{Fault, Input, faults};
use line::LineView;
use plan::{Delivered, PlanView};
use prices::{KnownPrices, Prices, Wishes, planned};
use promotions::PromotionsField;
use questions::QuestionsView;
use sooner::SoonerView;
use totals::{Column, LinesHead, TotalsView};

/// State of the quote page.
#[derive(Clone, Copy)]
struct QuotePage {
    /// What holds for all lines.
    wishes: Memo<Wishes>,
    /// The amounts.
    prices: Memo<Prices>,
    /// Whether prices contain tax.
    contained: Memo<bool>,
    /// When the lines can be there.
    plan: Memo<Option<Plan>>,
    /// Questions about the quote as a whole that have no answer.
    open: Memo<Vec<AttributeIndex>>,
    /// What is wrong with what was typed.
    faults: Memo<Vec<(Input, Fault)>>,
    /// What is wrong with the requested days of lines.
    dates: Memo<Vec<(u32, Fault)>>,
    /// Lines whose number of pieces is wrong.
    wrong: RwSignal<BTreeSet<u32>>,
    /// Whether the buyer has tried to send: before that, nothing is called a mistake.
    attempted: RwSignal<bool>,
    /// For screen readers.
    announcement: RwSignal<String>,
}

impl QuotePage {
    fn new(app: App) -> Self {
        let today = clock::today();
        let terms = Memo::new(move |_| app.form.with(Terms::of));
        let wishes = Memo::new(move |_| {
            let asked = app.basket.with(asked_by);
            Wishes {
                answers: asked.map(|asked| (Arc::clone(&asked), app.questions.values(&asked))),
                terms: terms.get(),
                date: today,
            }
        });
        let prices = Memo::new(move |_| {
            let prices = |wishes: &_| app.basket.with(|it| Prices::of(it.lines(), wishes));
            wishes.with(prices)
        });
        let contained = Memo::new(move |_| {
            let contained = |known: &KnownPrices| known.quote.totals.contained;
            prices.with(|it: &Prices| it.known().is_some_and(contained))
        });
        let requested = Memo::new(move |_| app.form.with(requested));
        let plan = Memo::new(move |_| {
            let planned = |wishes: &_| {
                let date = requested.get();
                app.basket.with(|it| planned(it.lines(), wishes, date))
            };
            wishes.with(planned)
        });
        let open = Memo::new(move |_| match wishes.with(|it| it.answers.is_some()) {
            true => app.questions.bench.open_attributes(),
            false => Vec::new(),
        });
        Self {
            wishes,
            prices,
            contained,
            plan,
            open,
            faults: Memo::new(move |_| app.form.with(|form| faults(form, today))),
            dates: Memo::new(move |_| app.basket.with(|it| dates::faults(it, today))),
            wrong: RwSignal::default(),
            attempted: RwSignal::new(false),
            announcement: RwSignal::default(),
        }
    }

    /// What is shown to be wrong with `input`.
    fn fault(self, input: Input) -> Option<Fault> {
        let found = self.faults.with(|faults| {
            let mut found = faults.iter().filter(|(at, _)| *at == input);
            found.next().map(|(_, fault)| *fault)
        });
        found.filter(|_| self.attempted.get())
    }
}

/// Lines, contact and sending.
#[component]
pub fn QuoteView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page = QuotePage::new(app);
    provide_context(page);
    let empty = Memo::new(move |_| app.basket.with(|basket| basket.is_empty()));
    let opening =
        move || app.catalog.with(|it| matches!(it, CatalogState::Loading)) && is_waiting(app);
    let left_out = move || {
        // Until the catalog is here, the lines may yet be opened.
        let loading = app.catalog.with(|it| matches!(it, CatalogState::Loading));
        let quote = &words.messages.quote;
        let (passing, impossible) = app.left_out.with(|it| (it.passing, it.impossible));
        let told = [(impossible, quote.lost), (passing, quote.unopened)].into_iter();
        told.filter(|(count, _)| *count > 0 && !loading)
            .map(|(count, text)| {
                text.with(words.format.plural(count), [&words.format.count(count)])
            })
            .map(|text| view! { <p class="warning" role="status">{text}</p> })
            .collect_view()
    };
    view! {
        <div class="paper">
            <PaperBar/>
            {left_out}
            {move || match (empty.get(), opening()) {
                (true, true) => ().into_any(),
                (true, false) => view! { <EmptyQuote/> }.into_any(),
                (false, _) => view! { <Sheet/> }.into_any(),
            }}
            <p class="spoken" role="status">{page.announcement}</p>
        </div>
    }
    .into_any()
}

/// Whether lines of the draft are still to be opened.
fn is_waiting(app: App) -> bool {
    !app.restored.get() || app.left_out.with(|left_out| left_out.passing > 0)
}

/// The ways out of a document.
#[component]
pub fn PaperBar() -> impl IntoView {
    let app = use_app();
    let shell = &use_words().messages.shell;
    let listed = move || !matches!(app.view.get(), View::Requests);
    view! {
        <nav class="paper-bar">
            <button class="button plain" type="button" on:click=move |_| app.show(View::Configure)>
                <span aria-hidden="true">"←"</span>
                {shell.back_to_configurator}
            </button>
            <Show when=listed>
                <button class="button plain" type="button"
                    on:click=move |_| app.show(View::Requests)>{shell.requests}</button>
            </Show>
            <LanguageMenu/>
        </nav>
    }
}

#[component]
fn EmptyQuote() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    view! {
        <div class="notice">
            <h1 id="top" tabindex="-1">{quote.empty}</h1>
            <p class="quiet">{quote.empty_detail}</p>
            <button class="button primary" on:click=move |_| app.show(View::Configure)>
                {words.messages.shell.back_to_configurator}
            </button>
        </div>
    }
}

#[component]
fn Sheet() -> impl IntoView {
    let words = use_words();
    let quote = &words.messages.quote;
    view! {
        <form class="sheet" novalidate on:submit=move |event| event.prevent_default()>
            <Letterhead/>
            <section class="block" aria-labelledby="quote-from">
                <h2 id="quote-from">{quote.from}</h2>
                <div class="entries">
                    <TextField input=Input::Company/>
                    <TextField input=Input::Name/>
                    <TextField input=Input::Email/>
                    <TextField input=Input::Phone/>
                    <BuyerFields/>
                </div>
            </section>
            <Lines/>
            <QuestionsView/>
            <Totals/>
            <section class="block" aria-labelledby="quote-delivery">
                <h2 id="quote-delivery">{quote.delivery}</h2>
                <div class="entries">
                    <DateField/>
                    <LineDates/>
                    <PlanOfQuote/>
                    <SoonerView/>
                    <NoteField/>
                </div>
            </section>
            <AskFirst/>
            <Action/>
        </form>
    }
    .into_any()
}

/// Whom to ask before sending.
#[component]
fn AskFirst() -> impl IntoView {
    let app = use_app();
    let first = Memo::new(move |_| {
        app.basket
            .with(|basket| Some(Arc::clone(&basket.lines().first()?.catalog)))
    });
    move || {
        first
            .get()
            .map(|catalog| view! { <ContactView catalog=catalog/> })
    }
}

/// Who writes to whom, when, at which prices.
#[component]
fn Letterhead() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let supplier = move || {
        let first = |basket: &crate::state::Basket| Some(basket.lines().first()?.catalog.clone());
        let catalog = app.basket.with(first)?;
        Some(catalog.manifest.supplier.name.clone())
    };
    let book = move || {
        let book = page
            .prices
            .with(|it| it.known().map(|known| words.text(&known.book)))?;
        Some(view! { <div><dt>{quote.prices}</dt><dd>{book}</dd></div> })
    };
    view! {
        <div class="letterhead">
            <h1 id="top" tabindex="-1">{quote.title}</h1>
            <dl class="facts">
                <div><dt>{quote.to}</dt><dd>{supplier}</dd></div>
                <div><dt>{quote.date}</dt><dd>{words.format.date(clock::today())}</dd></div>
                {book}
            </dl>
        </div>
    }
}

#[component]
fn Lines() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let ids = move || {
        app.basket
            .with(|it| it.lines().iter().map(|line| line.id).collect::<Vec<_>>())
    };
    let priced = Memo::new(move |_| page.prices.with(|it| it.known().is_some()));
    view! {
        <section class="block" aria-labelledby="quote-lines">
            <h2 id="quote-lines">{quote.lines}</h2>
            <div class="lines" class:priced=priced>
                {move || view! { <LinesHead columns=Column::all(page.contained.get())/> }}
                <ol>
                    <For each=ids key=|id| *id let:id>
                        <LineView id=id/>
                    </For>
                </ol>
            </div>
            <div class="lines-foot">
                <button class="button plain" type="button"
                    on:click=move |_| app.show(View::Configure)>{quote.add_line}</button>
            </div>
        </section>
    }
    .into_any()
}

/// When the lines can be there.
#[component]
fn PlanOfQuote() -> impl IntoView {
    let app = use_app();
    let page: QuotePage = expect_context();
    let delivered = move || {
        let asked = page.wishes.get_untracked().answers;
        let lines = app.basket.with(|basket| {
            let lines = basket.lines().iter();
            let line = |line: &crate::state::BasketLine| {
                let values = line.assignment.iter().copied().map(Some).collect();
                (line.catalog.model.clone(), values)
            };
            lines.map(line).collect()
        });
        Delivered {
            lines,
            asked: asked.map(|(asked, values)| (asked.model.clone(), values)),
        }
    };
    view! { <PlanView plan=page.plan.into() delivered=Callback::new(move |()| delivered())/> }
}

/// What it comes to, or why that is not known.
#[component]
fn Totals() -> impl IntoView {
    let app = use_app();
    let quote = &use_words().messages.quote;
    let page: QuotePage = expect_context();
    let asked = move || {
        page.wishes
            .with(|it| Some(Arc::clone(&it.answers.as_ref()?.0)))
    };
    let totals = move || match page.prices.get() {
        Prices::Known(known) => {
            view! { <TotalsView sums=known.sums(asked().as_deref())/> }.into_any()
        }
        Prices::Hidden => view! { <p class="quiet">{quote.hidden}</p> }.into_any(),
        Prices::Unavailable => {
            let supplier = app.basket.with(supplier_of);
            view! { <p class="warning">{quote.unavailable.with([&supplier])}</p> }.into_any()
        }
    };
    view! {
        <section class="block totals-block" aria-label=quote.totals>
            <PromotionsField/>
            {totals}
        </section>
    }
    .into_any()
}

/// The supplier's name.
fn supplier_of(basket: &crate::state::Basket) -> String {
    let first = basket.lines().first();
    first
        .map(|line| line.catalog.manifest.supplier.name.clone())
        .unwrap_or_default()
}

/// The day that the buyer wants.
fn requested(form: &Form) -> Option<Date> {
    form.delivery_date.trim().parse().ok()
}
