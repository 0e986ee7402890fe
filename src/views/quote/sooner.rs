//! What would bring a quote sooner, and at which price.

use leptos::prelude::*;
use quotewright_engine::catalog::{Assignment, AttributeIndex, Model, Value};
use quotewright_engine::delivery::{Change, Faster, Plan};
use wasm_bindgen_futures::spawn_local;

use super::line::line_name;
use super::prices::sooner;
use super::{QuotePage, requested};
use crate::app::{App, use_app};
use crate::messages::{Words, use_words};
use crate::state::{Basket, BasketLine, Session, proposed};
use crate::views::chart::Folding;

/// The most ways that are shown.
const MOST: usize = 5;

/// What would bring it sooner, to be unfolded and worked out only then.
#[component]
pub fn SoonerView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let folding = Folding::new();
    let changes = RwSignal::new(None::<Vec<Change>>);
    let undo = RwSignal::new(None::<Undo>);
    Effect::new(move |_| {
        app.basket.track();
        page.wishes.track();
        if folding.is_open() {
            spawn_local(async move {
                let found = ask(app, page).await;
                changes.try_set(Some(found));
            });
        }
    });
    let takes_time = Memo::new(move |_| {
        let slow = |plan: &Plan| {
            let mut lines = plan.lines.iter();
            lines.any(|line| line.arrives.possible > plan.ordered)
        };
        page.plan.with(|plan| plan.as_ref().is_some_and(slow))
    });
    let body = move || {
        let found = changes.get()?;
        let date = app.form.with(requested);
        let told = page.wishes.with(|wishes| {
            let found = app
                .basket
                .with(|it| sooner(it.lines(), wishes, date, &found));
            let ways = found.iter().take(MOST);
            let ways = ways.filter_map(|it| way(app, words, page, it, &changes.get()?, undo));
            ways.collect::<Vec<AnyView>>()
        });
        Some(match told.is_empty() {
            true => view! { <p class="small quiet">{quote.nothing_sooner}</p> }.into_any(),
            false => view! { <ul class="sooner">{told}</ul> }.into_any(),
        })
    };
    let back = move || {
        undo.get().map(|it| {
            let revert = move |_| {
                it.clone().run(app);
                undo.set(None);
                app.focus_in_place("sooner");
            };
            view! {
                <p class="small">
                    {quote.sooner_taken}" "
                    <button class="link" type="button" on:click=revert>
                        {words.messages.configure.undo}
                    </button>
                </p>
            }
        })
    };
    move || {
        takes_time.get().then(|| {
            view! {
                <details class="unfolds" open=folding.is_open_untracked()
                    on:toggle=move |event| folding.follow(&event)>
                    <summary id="sooner">{quote.sooner}</summary>
                    {body}
                    <div role="status">{back}</div>
                </details>
            }
        })
    }
}

/// The way back from a change that was taken.
#[derive(Clone)]
enum Undo {
    /// The line as it was.
    Line(Box<BasketLine>),
    /// The answers about the quote as a whole.
    Answers,
}

impl Undo {
    fn run(self, app: App) {
        match self {
            Self::Line(line) => app.basket.update(|basket| {
                basket.decide(line.id, line.decisions, line.assignment);
            }),
            Self::Answers => app.questions.bench.change(Session::undo),
        }
    }
}

/// The lines that count: a change names one of them.
fn counted_lines(basket: &Basket) -> Vec<BasketLine> {
    let lines = basket.lines().iter().zip(proposed(basket.lines()));
    let lines = lines.filter(|(_, proposed)| proposed.is_none());
    lines.map(|(line, _)| line.clone()).collect()
}

/// What might be decided otherwise: of the lines whose product the configurator has open, and
/// of the questions that were left to the catalog.
async fn ask(app: App, page: QuotePage) -> Vec<Change> {
    let open = app.workbench.catalog.get_untracked();
    let lines = app.basket.with_untracked(counted_lines);
    let mut found = Vec::new();
    for (place, line) in lines.into_iter().enumerate() {
        let same =
            |it: &std::sync::Arc<crate::state::Catalog>| it.model_text == line.catalog.model_text;
        if open.as_ref().is_some_and(same) {
            let now = line.assignment.iter().copied().map(Some).collect();
            let decisions = line.decisions.clone();
            found.extend(app.workbench.changes(Some(place), decisions, now).await);
        }
    }
    let answers = page.wishes.try_get_untracked().and_then(|it| it.answers);
    if let Some((_, values)) = answers {
        let bench = app.questions.bench;
        let decisions = bench.session.with_untracked(|it| it.decisions().clone());
        found.extend(bench.changes(None, decisions, values).await);
    }
    found
}

/// One way: what changes, what that gains and costs, and a button that takes it.
fn way(
    app: App,
    words: Words,
    page: QuotePage,
    faster: &Faster,
    changes: &[Change],
    undo: RwSignal<Option<Undo>>,
) -> Option<AnyView> {
    let quote = &words.messages.quote;
    let same = |it: &&Change| (it.line, &it.attributes) == (faster.line, &faster.attributes);
    let change = changes.iter().find(same)?.clone();
    let what = match faster.line {
        Some(place) => app.basket.with_untracked(|basket| {
            let line = counted_lines(basket).into_iter().nth(place)?;
            let what = decided(words, &line.catalog.model, &faster.attributes);
            let several = basket.lines().len() > 1;
            let place = basket.lines().iter().position(|it| it.id == line.id)?;
            Some(match several {
                true => line_name(words, place, &what),
                false => what,
            })
        })?,
        None => page.wishes.with_untracked(|wishes| {
            let (asked, _) = wishes.answers.as_ref()?;
            Some(decided(words, &asked.model, &faster.attributes))
        })?,
    };
    let days = faster.days;
    let gain = quote.sooner_by.with(
        words.format.plural(days),
        [
            &words.format.count(days),
            &words.format.date(faster.arrives),
        ],
    );
    let price = faster.price.and_then(|price| {
        let known = |it: &super::Prices| it.known().map(|it| it.currency.clone());
        let currency = page.prices.with_untracked(known)?;
        Some(match price.is_zero() {
            true => words.messages.configure.same_price.to_owned(),
            false => words.format.money_difference(price, &currency),
        })
    });
    let in_time =
        (faster.in_time).then(|| view! { <span class="quiet">" · "{quote.in_time}</span> });
    let spoken = quote.take_sooner.with([&what]);
    let take = move |_| {
        undo.set(taken(app, &change));
        app.focus_in_place("sooner");
    };
    Some(
        view! {
            <li>
                <p><b>{what}</b><br/>{gain}{in_time}</p>
                <p class="figure">{price}</p>
                <button class="button" type="button" aria-label=spoken on:click=take>
                    {words.messages.configure.apply}
                </button>
            </li>
        }
        .into_any(),
    )
}

fn decided(words: Words, model: &Model, attributes: &[(AttributeIndex, Value)]) -> String {
    let choice = |(index, value): &(AttributeIndex, Value)| {
        Some(words.choice(model.attribute(*index)?, *value))
    };
    let choices: Vec<String> = attributes.iter().filter_map(choice).collect();
    words.format.list(&choices)
}

/// Takes a change, and answers the way back.
fn taken(app: App, change: &Change) -> Option<Undo> {
    let Some(place) = change.line else {
        let attributes = change.attributes.clone();
        app.questions.bench.change(|session| {
            let mut decisions = session.decisions().clone();
            decisions.extend(attributes);
            session.replace(decisions);
        });
        return Some(Undo::Answers);
    };
    let line = app
        .basket
        .with_untracked(|it| counted_lines(it).into_iter().nth(place))?;
    let assignment = change
        .values
        .iter()
        .copied()
        .collect::<Option<Assignment>>()?;
    let mut decisions = line.decisions.clone();
    decisions.extend(change.attributes.iter().copied());
    app.basket
        .update(|basket| basket.decide(line.id, decisions, assignment));
    Some(Undo::Line(Box::new(line)))
}
