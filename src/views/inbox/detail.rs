//! One request as its supplier sees it.

use leptos::prelude::*;
use quotewright_engine::catalog::{Document, Model, Text};
use quotewright_engine::price::Currency;
use quotewright_engine::quote::Margins;
use quotewright_protocol::{KeptAdjustment, RequestLine, StoredLine, SupplierRequest};
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use super::adjust::{AdjustForm, Typed};
use super::{Inbox, currency_of};
use crate::api::{Api, ApiError};
use crate::app::use_app;
use crate::draft::assignment_of;
use crate::messages::{Words, use_words};
use crate::views::documents::{attached, documents_of};
use crate::views::quote::line::line_name;
use crate::views::quote::standing::{if_taken_text, standing_view};
use crate::views::requests::received::named as code_as_name;
use crate::views::requests::wished::Wished;

/// A request with the names of its lines.
#[derive(Clone)]
pub(super) struct Detail {
    pub request: SupplierRequest,
    /// Names of the products and what is counted of them, in the order of the lines.
    pub names: Vec<(Text, Text)>,
    /// What each line comes with, in the order of the lines.
    pub documents: Vec<Vec<Document>>,
}

/// Lines with costs, margins and floors; changes by hand, and one more.
#[component]
pub(super) fn DetailView(
    /// Id of the request.
    id: String,
) -> impl IntoView {
    let inbox: Inbox = expect_context();
    let words = use_words();
    let app = use_app();
    let found = RwSignal::new(None::<Result<Detail, ApiError>>);
    let typed = RwSignal::new(Typed::default());
    if let Some(api) = inbox.api() {
        spawn_local(async move {
            let detail = match api.inbox_request(&id).await {
                Ok(request) => Ok(named(app, request).await),
                Err(error) => Err(error),
            };
            found.try_set(Some(detail));
        });
    }
    let back = move |_| {
        inbox.open.set(None);
        app.focus_in_place("top");
    };
    let body = move || match found.get() {
        None => view! { <p role="status">{words.messages.requests.loading}</p> }.into_any(),
        Some(Err(_)) => view! { <p role="alert">{words.messages.requests.failed}</p> }.into_any(),
        Some(Ok(detail)) => detail_view(words, &detail, found, typed),
    };
    view! {
        <p><button class="link" type="button" on:click=back>
            <span aria-hidden="true">"← "</span>{words.messages.inbox.back}
        </button></p>
        {body}
    }
}

/// The names of the products, by their codes where the catalog is not to be had.
async fn named(app: crate::app::App, request: SupplierRequest) -> Detail {
    let library = app.library().await;
    let (mut names, mut documents) = (Vec::new(), Vec::new());
    let asked = &request.stored.request;
    for line in &asked.lines {
        let model = library.model(&asked.catalog_hash, &line.product).await;
        let model = model.ok().map(|(model, _)| model);
        documents.push(
            model
                .as_ref()
                .map_or_else(Vec::new, |it| come_with(it, line)),
        );
        names.push(match model {
            Some(model) => (model.name, model.unit),
            None => (code_as_name(&line.product), Text::default()),
        });
    }
    Detail {
        request,
        names,
        documents,
    }
}

fn come_with(model: &Model, line: &RequestLine) -> Vec<Document> {
    let assignment = assignment_of(model, &line.assignment).unwrap_or_default();
    documents_of(model, &assignment)
}

/// The documents of each line that comes with any.
fn documents_view(words: Words, api: &Api, detail: &Detail) -> AnyView {
    let lines = detail.names.iter().zip(&detail.documents).enumerate();
    let line = |(place, ((name, _), documents)): (usize, (&(Text, Text), &Vec<Document>))| {
        let list = attached(words, api, documents)?;
        let name = line_name(words, place, &words.text(name));
        Some(view! { <div><h3>{name}</h3>{list}</div> })
    };
    lines.filter_map(line).collect_view().into_any()
}

fn detail_view(
    words: Words,
    detail: &Detail,
    found: RwSignal<Option<Result<Detail, ApiError>>>,
    typed: RwSignal<Typed>,
) -> AnyView {
    let messages = &words.messages.inbox;
    let request = &detail.request;
    let receipt = &request.stored.receipt;
    let staged = request.staged.as_ref();
    let margins = staged.map(|it| &it.margins).or(request.margins.as_ref());
    let figures = margins
        .zip(currency_of(receipt))
        .map(|(margins, currency)| margins_view(words, detail, margins, &currency));
    let made = staged.map_or(&[][..], |it| &it.adjustments);
    let changes = (!made.is_empty()).then(|| {
        let made = made.iter().map(|it| change(words, detail, it));
        view! {
            <h2>{messages.changes}</h2>
            <ol class="block">{made.collect_view()}</ol>
        }
    });
    let form = figures.is_some().then(|| {
        view! { <AdjustForm detail=detail.clone() found=found typed=typed/> }
    });
    let wished = Wished::of(&request.stored.request, &detail.names).facts(words);
    let wished = (!wished.is_empty()).then(|| view! { <dl class="facts">{wished}</dl> });
    view! {
        <section class="block">
            <h2>{receipt.number.clone()}" "{receipt.company.clone()}</h2>
            {wished}
            {documents_view(words, &use_app().api(), detail)}
            {figures}
            {proposed_view(words, detail)}
            {changes}
        </section>
        {form}
    }
    .into_any()
}

fn margins_view(words: Words, detail: &Detail, margins: &Margins, currency: &Currency) -> AnyView {
    let messages = &words.messages.inbox;
    let amount = |amount: Decimal| words.format.amount(amount, currency);
    let known = |it: Option<Decimal>| it.map_or_else(|| "\u{2013}".to_owned(), amount);
    let percent = |it: Option<Decimal>| it.map(|it| words.format.percent(it.round_dp(1)));
    let floor = |floor: Option<Decimal>, missing: Decimal| {
        let missing = (!missing.is_zero()).then(|| {
            let text = messages.below_floor.with([&amount(missing)]);
            view! { <span class="warning small">" "{text}</span> }
        });
        view! { {floor.map(amount)}{missing} }
    };
    let asked = &detail.request.stored.request.lines;
    let counted = detail.names.iter().zip(asked).enumerate();
    let counted = counted.filter(|(_, (_, line))| line.proposed.is_none());
    let lines = counted.zip(&margins.lines);
    let lines = lines.map(|((place, ((name, _), _)), line)| {
        view! {
            <tr>
                <th scope="row">{line_name(words, place, &words.text(name))}</th>
                <td>{amount(line.net)}</td>
                <td>{known(line.cost)}</td>
                <td>{known(line.margin)}" "{percent(line.margin_percent)}</td>
                <td>{floor(line.floor, line.below_floor)}</td>
            </tr>
        }
    });
    view! {
        <div class="wide-table" tabindex="0" role="group" aria-label=messages.margin>
            <table class="behind margins">
                <thead><tr>
                    <th scope="col">{words.messages.quote.product}</th>
                    <th scope="col">{words.messages.quote.net}</th>
                    <th scope="col">{messages.cost}</th>
                    <th scope="col">{messages.margin}</th>
                    <th scope="col">{messages.floor}</th>
                </tr></thead>
                <tbody>
                    {lines.collect_view()}
                    <tr class="here">
                        <th scope="row">{words.messages.quote.total_net}</th>
                        <td>{amount(margins.net)}</td>
                        <td>{known(margins.cost)}</td>
                        <td>{known(margins.margin)}" "{percent(margins.margin_percent)}</td>
                        <td>{floor(None, margins.below_floor)}</td>
                    </tr>
                </tbody>
            </table>
        </div>
        <p class="small quiet">{messages.only_you}</p>
    }
    .into_any()
}

/// A line with its place, as it was asked for and kept, and its names.
type Row<'a> = (usize, ((&'a RequestLine, &'a StoredLine), &'a (Text, Text)));

/// The lines that do not count, as the buyer was told of them.
fn proposed_view(words: Words, detail: &Detail) -> Option<AnyView> {
    let stored = &detail.request.stored;
    let currency = currency_of(&stored.receipt);
    let contained = stored
        .receipt
        .totals
        .as_ref()
        .is_some_and(|it| it.contained);
    let lines = stored.request.lines.iter().zip(&stored.lines);
    let lines = lines.zip(&detail.names).enumerate();
    let line = |(place, ((line, kept), (name, unit))): Row| {
        let proposed = line.proposed?;
        let if_taken = kept.if_taken.as_ref().zip(currency.as_ref());
        let if_taken = if_taken_text(words, if_taken, kept.days_later, contained);
        let name = line_name(words, place, &words.text(name));
        let pieces = words.pieces(unit, line.quantity);
        Some(view! {
            <li>
                <p>{name}", "{pieces}</p>
                {standing_view(words, Some(proposed), if_taken)}
            </li>
        })
    };
    let told: Vec<_> = lines.filter_map(line).collect();
    (!told.is_empty()).then(|| {
        view! {
            <h2>{words.messages.quote.proposed}</h2>
            <ul class="block proposed">{told}</ul>
        }
        .into_any()
    })
}

/// A change: of what, by what, why, by whom and when.
fn change(words: Words, detail: &Detail, kept: &KeptAdjustment) -> AnyView {
    let it = &kept.adjustment;
    let of = it.line.and_then(|at| Some((at, detail.names.get(at)?)));
    let of = of.map_or_else(
        || words.messages.inbox.whole.to_owned(),
        |(at, (name, _))| line_name(words, at, &words.text(name)),
    );
    let by = match (it.percent, it.amount, it.price) {
        (Some(percent), ..) => words.format.percent(percent),
        (_, Some(amount), _) => words.format.number(amount),
        (.., price) => format!("= {}", words.format.number(price.unwrap_or_default())),
    };
    let floor = it
        .below_floor
        .clone()
        .map(|why| view! { <p class="small warning">{why}</p> });
    let made = format!("{}, {}", it.by, words.format.moment(&kept.at));
    view! {
        <li>
            <p>{of}": "{by}" \u{b7} "{it.reason.clone()}</p>
            {floor}
            <p class="small quiet">{made}</p>
        </li>
    }
    .into_any()
}
