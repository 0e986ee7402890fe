//! A request that the endpoint keeps, as it keeps it.

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, Attribute, Model, Text};
use quotewright_engine::price::Currency;
use quotewright_engine::quote::Totals;
use quotewright_protocol::{RequestLine, StoredLine, StoredRequest, TaxedBuyer};
use wasm_bindgen_futures::spawn_local;

use super::wished::Wished;
use super::{Confirm, badge};
use crate::api::{Api, ApiError};
use crate::app::{App, use_app};
use crate::draft::{self, assignment_of};
use crate::messages::{Words, use_words};
use crate::state::View;
use crate::storage::catalogs::Library;
use crate::sync::{SentRequest, subject_of};
use crate::views::configure::delivery::{days_text, is_brought};
use crate::views::documents::attachments;
use crate::views::picture::printed;
use crate::views::quote::cells;
use crate::views::quote::plan::{Delivered, PlanView};
use crate::views::quote::sender;
use crate::views::quote::sentence::{all_values, sentence};
use crate::views::quote::standing::{if_taken_text, standing_view};
use crate::views::quote::totals::{Column, LinesHead, Sums, TotalsView};

/// A request with the models of its lines, where those could be had.
#[derive(Clone)]
struct Document {
    /// The endpoint that keeps it.
    api: Api,
    stored: StoredRequest,
    models: Vec<Option<Model>>,
    /// What was asked about the quote as a whole.
    asked: Option<Model>,
}

impl Document {
    /// Of each line the name of its product, by its code where the model cannot be had, and what
    /// is counted of it.
    fn names(&self) -> Vec<(Text, Text)> {
        let lines = self.stored.request.lines.iter().zip(&self.models);
        let name = |(line, model): (&RequestLine, &Option<Model>)| match model {
            Some(model) => (model.name.clone(), model.unit.clone()),
            None => (named(&line.product), Text::default()),
        };
        lines.map(name).collect()
    }
}

/// A code in place of a name.
pub fn named(code: &str) -> Text {
    Text::new([("en".to_owned(), code.to_owned())])
}

/// One request that the endpoint keeps.
#[component]
pub fn ReceivedView(
    /// Its id at the endpoint.
    id: String,
    /// What this device knows of it.
    sent: Option<SentRequest>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let requests = &words.messages.requests;
    let found = RwSignal::new(None::<Result<Document, ApiError>>);
    let api = api_for(app, sent.as_ref());
    spawn_local({
        let (api, id) = (api.clone(), id.clone());
        async move {
            let document = load(app, api, &id).await;
            found.try_set(Some(document));
        }
    });
    let number = sent.as_ref().map(|sent| sent.receipt.number.clone());
    let title = {
        let number = number.clone();
        move || {
            let stored =
                found.with(|it| Some(it.as_ref()?.as_ref().ok()?.stored.receipt.number.clone()));
            match stored.or_else(|| number.clone()) {
                Some(number) => requests.number.with([&number]),
                None => requests.no_number.to_owned(),
            }
        }
    };
    let known = number.is_some();
    let body = move || match found.get() {
        None => view! { <p class="block quiet" role="status">{requests.loading}</p> }.into_any(),
        Some(Ok(document)) => document_view(words, &document),
        Some(Err(error)) => failure(words, &error, known),
    };
    let next = move || {
        let supplier = app.ready()?.manifest.supplier.name.clone();
        known.then(|| view! { <p>{requests.received_detail.with([&supplier])}</p> })
    };
    let there = move || known || found.with(|it| matches!(it, Some(Ok(_))));
    let next_steps = {
        let id = id.clone();
        move || {
            let stored = found.with(|it| Some(it.as_ref()?.as_ref().ok()?.stored.clone()));
            let (api, id) = (api.clone(), id.clone());
            view! { <NextSteps stored=stored api=api id=id/> }
        }
    };
    view! {
        <article class="sheet">
            {move || app.ready().map(|it| sender(&it.manifest.supplier))}
            <header class="letterhead">
                <h1 id="top" tabindex="-1">{title}</h1>
                {move || there().then(|| badge("received", requests.received))}
            </header>
            {next}
            {body}
            {move || there().then(next_steps.clone())}
        </article>
    }
    .into_any()
}

/// The endpoint that has it, with the customer's token where it was sent with one.
fn api_for(app: App, sent: Option<&SentRequest>) -> Api {
    let Some(sent) = sent else {
        return app.api();
    };
    let token = app
        .settings
        .with_untracked(|settings| settings.token.clone());
    let mine = sent.subject.is_some() && sent.subject == subject_of(&token);
    let here = app.api().endpoint() == sent.endpoint;
    Api::new(&sent.endpoint, (mine && here).then_some(token))
}

async fn load(app: App, api: Api, id: &str) -> Result<Document, ApiError> {
    let stored = api.request(id).await?;
    let library = Library::new(api.clone(), app.outbox.store().await);
    let mut models = Vec::with_capacity(stored.request.lines.len());
    for line in &stored.request.lines {
        let model = library.model(&stored.request.catalog_hash, &line.product);
        models.push(model.await.ok().map(|(model, _)| model));
    }
    let asked = asked(&library, &stored).await;
    Ok(Document {
        api,
        stored,
        models,
        asked,
    })
}

/// What was asked about the quote as a whole, where anything was answered.
async fn asked(library: &Library, stored: &StoredRequest) -> Option<Model> {
    let request = &stored.request;
    if request.answers.is_empty() {
        return None;
    }
    let code = library.manifest(&request.catalog).await.ok()?.questions?;
    let asked = library.model(&request.catalog_hash, &code).await.ok()?;
    Some(asked.0)
}

fn sums(document: &Document, totals: Totals, currency: Currency) -> Sums {
    let prices = || {
        let lines = document.stored.request.lines.iter();
        let lines = lines.zip(&document.stored.lines);
        let counted = lines.filter(|(line, _)| line.proposed.is_none());
        counted.filter_map(|(_, it)| Some(&it.price.as_ref()?.price))
    };
    let (lines, once) = Sums::lines(prices());
    let whole = document.stored.whole.clone();
    let (steps, recurring, contract_total, exchanged, requirements, payment) = match whole {
        Some(whole) => (
            whole.steps,
            whole.recurring,
            whole.contract_total,
            whole.exchanged,
            whole.requirements,
            whole.payment,
        ),
        None => Default::default(),
    };
    Sums {
        lines,
        once,
        steps,
        totals,
        recurring,
        contract_total,
        exchanged,
        requirements,
        payment,
        currency,
        terms: Sums::terms(prices()),
        asked: document.asked.clone(),
    }
}

fn failure(words: Words, error: &ApiError, known: bool) -> AnyView {
    let requests = &words.messages.requests;
    let (title, detail) = match error {
        ApiError::NotFound => (requests.not_found, requests.not_found_detail),
        ApiError::Network | ApiError::Busy { .. } => ("", requests.offline),
        _ => (requests.failed, ""),
    };
    view! {
        <section class="block" role="alert">
            {(!title.is_empty() && !known).then(|| view! { <h2>{title}</h2> })}
            <p>{detail}</p>
        </section>
    }
    .into_any()
}

fn document_view(words: Words, document: &Document) -> AnyView {
    let (requests, quote) = (&words.messages.requests, &words.messages.quote);
    let (request, receipt) = (&document.stored.request, &document.stored.receipt);
    let currency = receipt.currency.as_ref().map(|code| Currency {
        code: code.clone(),
        minor_units: document
            .stored
            .receipt
            .totals
            .as_ref()
            .map_or(2, |totals| totals.gross.scale()),
    });
    let contact = [
        (quote.company, &request.contact.company),
        (quote.name, &request.contact.name),
        (quote.email, &request.contact.email),
        (quote.phone, &request.contact.phone),
    ];
    let contact = contact.into_iter().filter(|(_, text)| !text.is_empty());
    let contact = contact.map(|(label, text)| fact(label, text.clone()));
    let columns = Column::all(receipt.totals.as_ref().is_some_and(|it| it.contained));
    let lines = request.lines.iter().zip(&document.stored.lines).enumerate();
    let lines = lines.map(|(place, (line, stored))| {
        line_view(
            words,
            document,
            (place, line, stored),
            (currency.as_ref(), columns),
        )
    });
    let totals = receipt.totals.clone().zip(currency.clone());
    let totals = match totals {
        Some((totals, currency)) => {
            let sums = sums(document, totals, currency);
            view! { <TotalsView sums=sums/> }.into_any()
        }
        None => view! { <p class="quiet">{quote.hidden}</p> }.into_any(),
    };
    let note = (!request.note.is_empty()).then(|| fact(quote.note, request.note.clone()));
    let promotions = (!request.promotions.is_empty())
        .then(|| fact(quote.promotions, words.format.list(&request.promotions)));
    let buyer = buyer(words, &request.buyer);
    let answers = answers(words, document);
    let wished = Wished::of(request, &document.names()).facts(words);
    let told = [buyer, answers, promotions].into_iter().flatten();
    let told: Vec<AnyView> = told.chain(wished).chain(note).collect();
    let plan = plan(document);
    view! {
        <section class="block">
            <dl class="facts">
                {fact(quote.date, words.format.moment(&receipt.received_at))}
                {fact(quote.prices, words.format.date(request.price_date))}
                {contact.collect_view()}
            </dl>
        </section>
        <section class="block" aria-labelledby="quote-lines">
            <h2 id="quote-lines">{quote.lines}</h2>
            <div class="lines kept" class:priced=currency.is_some()>
                <LinesHead columns=columns/>
                <ol>{lines.collect_view()}</ol>
            </div>
            <div class="lines-foot">{totals}</div>
            {receipt.to_confirm.then(|| view! { <p>{requests.to_confirm}</p> })}
        </section>
        {(!told.is_empty() || plan.is_some()).then(|| view! {
            <section class="block">
                {(!told.is_empty()).then(|| view! { <dl class="facts">{told}</dl> })}
                {plan}
            </section>
        })}
        <div class="small quiet">
            <p>{requests.link}</p>
            <p class="reference">{requests.id}" "{receipt.id.clone()}</p>
        </div>
    }
    .into_any()
}

/// Country and VAT number, as far as they were said.
pub fn buyer(words: Words, buyer: &TaxedBuyer) -> Option<AnyView> {
    let quote = &words.messages.quote;
    let country = words.format.country(&buyer.country);
    let told = [
        (quote.country, country),
        (quote.vat_id, buyer.vat_id.clone()),
    ];
    let told = told.into_iter().filter(|(_, text)| !text.is_empty());
    let told: Vec<AnyView> = told.map(|(label, text)| fact(label, text)).collect();
    (!told.is_empty()).then(|| told.into_any())
}

/// When it can be there, as the endpoint worked it out on receipt.
fn plan(document: &Document) -> Option<AnyView> {
    let stored = &document.stored;
    let plan = Signal::stored(Some(stored.delivery.clone()?));
    let values = |model: &Model, codes: &_| -> Option<Vec<_>> {
        let values = assignment_of(model, codes)?;
        Some(values.into_iter().map(Some).collect())
    };
    let lines = document.models.iter().zip(&stored.request.lines);
    let counted = lines.enumerate();
    let counted = counted.filter(|(_, (_, line))| line.proposed.is_none());
    let lines = counted.map(|(place, (model, line))| {
        let values = values(model.as_ref()?, &line.assignment)?;
        Some((place, (model.clone()?, values, line.quantity)))
    });
    let lines: Vec<_> = lines.collect::<Option<_>>()?;
    let asked = document.asked.as_ref();
    let asked = asked.and_then(|it| Some((it.clone(), values(it, &stored.request.answers)?)));
    let delivered = Callback::new(move |()| Delivered {
        lines: lines.clone(),
        asked: asked.clone(),
    });
    Some(view! { <PlanView plan=plan delivered=delivered/> }.into_any())
}

/// What was answered about the quote as a whole.
fn answers(words: Words, document: &Document) -> Option<AnyView> {
    let model = document.asked.as_ref()?;
    let answers = &document.stored.request.answers;
    let answer = |attribute: &Attribute| {
        let index = model.index_of(&attribute.code)?;
        let value = model.value_from_text(index, answers.get(&attribute.code)?)?;
        let hidden = attribute.access == Access::Hidden;
        let label = words.text(&attribute.label);
        (!hidden).then(|| fact(label, words.value(attribute, value)))
    };
    let answers = model.attributes.iter().filter_map(answer);
    Some(answers.collect_view().into_any())
}

/// A name and its text.
pub fn fact(label: impl Into<String>, text: String) -> AnyView {
    view! { <div><dt>{label.into()}</dt><dd>{text}</dd></div> }.into_any()
}

fn line_view(
    words: Words,
    document: &Document,
    (place, line, stored): (usize, &RequestLine, &StoredLine),
    (currency, columns): (Option<&Currency>, [Column; 3]),
) -> AnyView {
    let model = document.models.get(place).and_then(Option::as_ref);
    let ready = ready(words, document, place, stored);
    let name = model.map_or_else(|| line.product.clone(), |model| words.text(&model.name));
    let number = words
        .format
        .count(u32::try_from(place + 1).unwrap_or(u32::MAX));
    let text = model.and_then(|model| {
        let values = assignment_of(model, &line.assignment)?;
        Some(view! {
            <p class="sentence">{sentence(words, model, &values)}</p>
            <p class="small quiet">{ready}</p>
            {printed(words, model, &values)}
            {attachments(words, &document.api, model, &values)}
            {all_values(words, model, &values)}
        })
    });
    let counts = line.proposed.is_none();
    let if_taken = if_taken_text(
        words,
        stored.if_taken.as_ref().zip(currency),
        stored.days_later,
        columns[2] == Column::Gross,
    );
    let priced = stored.price.as_ref().map(|it| &it.price).zip(currency);
    let cell = |column: Column, text: AnyView| {
        view! {
            <div class="figure cell">
                <span class="cell-name small quiet">{column.name()}</span>
                {text}
            </div>
        }
    };
    view! {
        <li class="line" class:apart=!counts>
            <div class="line-text">
                <h3><span class="quiet">{number}" "</span>{name}</h3>
                {standing_view(words, line.proposed, if_taken)}
                {text}
                {priced.and_then(|(line, it)| cells::over_term(words, line, it, columns[2] == Column::Gross))}
            </div>
            {cell(columns[0], words.format.count(line.quantity).into_any())}
            {cell(columns[1], priced.map(|(line, it)| cells::unit(words, line, it)).into_any())}
            {cell(columns[2], priced.map(|(line, it)| cells::net_standing(words, line, it, counts)).into_any())}
        </li>
    }
    .into_any()
}

/// How long a line takes: all its pieces, where a plan was kept.
fn ready(words: Words, document: &Document, place: usize, stored: &StoredLine) -> String {
    let plan = document.stored.delivery.as_ref();
    let counting = document.stored.request.counting().ok();
    let counted = counting.and_then(|it| it.place(place));
    if let Some(planned) = plan.zip(counted).and_then(|(it, at)| it.lines.get(at)) {
        return days_text(
            words,
            document.asked.as_ref().is_some_and(is_brought),
            planned,
        );
    }
    let days = stored.working_days;
    let ready_in = words.messages.price.ready_in;
    ready_in.with(words.format.plural(days), [&words.format.count(days)])
}

/// What can be done with the request: copied, and forgotten by the endpoint and this device.
#[component]
fn NextSteps(
    /// The request, once it is here.
    stored: Option<StoredRequest>,
    /// Of the endpoint that has it.
    api: Api,
    /// Its id there.
    id: String,
) -> impl IntoView {
    let app = use_app();
    let requests = &use_words().messages.requests;
    let failed = RwSignal::new(None::<&'static str>);
    let forget = {
        let api = api.clone();
        move |()| {
            let (api, id) = (api.clone(), id.clone());
            spawn_local(async move {
                match api.delete_request(&id).await {
                    // What is not there any more is as good as deleted.
                    Ok(()) | Err(ApiError::NotFound) => {
                        app.outbox.forget(&id).await;
                        app.show(View::Requests);
                    }
                    Err(_) => drop(failed.try_set(Some(requests.delete_failed))),
                }
            });
        }
    };
    let copy = move |stored: StoredRequest| {
        spawn_local(async move {
            let name = requests.draft_copy_name.with([&stored.receipt.number]);
            match draft::copy_request(app, &stored.request, name).await {
                true => app.show(View::Quote),
                false => drop(failed.try_set(Some(requests.draft_not_kept))),
            }
        });
    };
    let copy_button = move || {
        let stored = stored.clone()?;
        // Into the drafts of its own catalog.
        app.ready_for(api.endpoint(), &stored.request.catalog)?;
        let copy = move |_| copy(stored.clone());
        Some(view! { <button class="button" type="button" on:click=copy>{requests.copy}</button> })
    };
    view! {
        <footer class="action">
            <div class="buttons">
                <button class="button" type="button"
                    on:click=move |_| app.show(View::Configure)>{requests.new}</button>
                {copy_button}
                <Confirm label=requests.delete
                    detail=Signal::derive(move || requests.delete_detail.to_owned())
                    action=requests.delete_now on_confirm=Callback::new(forget)/>
            </div>
            <p class="fault" role="alert">{move || failed.get()}</p>
        </footer>
    }
    .into_any()
}
