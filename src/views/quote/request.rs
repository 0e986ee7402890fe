//! From what is on the page to what is sent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::catalog::Decisions;
use quotewright_engine::quote::{LinePrice, Proposed};
use quotewright_protocol::{Contact, FORMAT, QuoteRequest, RequestLine, RequestTotals};

use super::prices::{KnownPrices, Prices, Wishes};
use crate::draft;
use crate::state::{Basket, BasketLine, entered, proposed};
use crate::storage::drafts::{DraftLine, Form, LineWishes, ProposedLine, TypedPart};
use crate::sync::new_key;

/// The request for what is in `basket`, or `None` where there is nothing in it, or a question
/// about the quote as a whole is open.
pub fn request(
    basket: &Basket,
    prices: &Prices,
    form: &Form,
    wishes: &Wishes,
    locale: &str,
) -> Option<QuoteRequest> {
    let first = &basket.lines().first()?.catalog;
    let known = prices.known();
    let drafts = draft::lines_of(basket);
    let proposed = proposed(basket.lines());
    let lines = basket.lines().iter().zip(drafts).zip(proposed).enumerate();
    Some(QuoteRequest {
        format: FORMAT,
        catalog: first.manifest.catalog.clone(),
        catalog_hash: first.manifest.catalog_hash.clone(),
        pack_hash: first.pack.as_ref().map(|pack| pack.hash.clone()),
        price_date: wishes.date,
        locale: locale.to_owned(),
        contact: contact(form),
        buyer: wishes.terms.buyer.clone(),
        note: form.note.trim().to_owned(),
        delivery_date: form.delivery_date.trim().parse().ok(),
        contract_dates: (wishes.dates).filter(|_| known.is_some_and(KnownPrices::repeats)),
        promotions: (first.pack.as_ref())
            .map_or_else(Vec::new, |pack| entered(&wishes.terms.promotions, pack)),
        answers: answers(wishes)?,
        lines: lines
            .map(|(place, ((line, draft), proposed))| RequestLine {
                proposed,
                ..request_line(line, draft, prices, place)
            })
            .collect(),
        totals: known.map(|known| RequestTotals {
            net: known.quote.totals.net,
            tax: known.quote.totals.tax,
            gross: known.quote.totals.gross,
            contract_total: (!known.quote.recurring.is_empty())
                .then_some(known.quote.contract_total),
        }),
    })
}

fn request_line(line: &BasketLine, draft: DraftLine, prices: &Prices, place: usize) -> RequestLine {
    let price = prices.known().and_then(|known| known.lines.get(place));
    let price = price.map(|line| &line.price);
    RequestLine {
        product: draft.product,
        quantity: line.quantity,
        ramp: match price.is_some_and(|it| it.term > 0) {
            true => line.wishes.ramp(line.catalog.quantities()),
            false => Vec::new(),
        },
        delivery_date: line.wishes.date(),
        call_offs: line.wishes.call_offs(line.quantity),
        decisions: draft.decisions,
        assignment: draft.assignment,
        proposed: None,
        unit_net: price.map(LinePrice::unit_net),
        net: price.map(|price| price.once.net),
    }
}

/// What is asked and answered, without what the lines say.
fn answers(wishes: &Wishes) -> Option<BTreeMap<String, String>> {
    let Some((asked, values)) = &wishes.answers else {
        return Some(BTreeMap::new());
    };
    let model = &asked.model;
    let is_fact = |index| model.facts.iter().any(|(fact, _)| *fact == index);
    let answers = model.indices().zip(values.iter().copied());
    let answers = answers.filter(|(index, _)| !is_fact(*index));
    let answers: Option<Decisions> = answers
        .map(|(index, value)| Some((index, value?)))
        .collect();
    Some(draft::codes(model, &answers?))
}

fn contact(form: &Form) -> Contact {
    let text = |text: &str| text.trim().to_owned();
    Contact {
        company: text(&form.company),
        name: text(&form.name),
        email: text(&form.email),
        phone: text(&form.phone),
    }
}

/// The way back: what the buyer had typed and chosen before `request` was made of it.
pub fn draft_of(request: &QuoteRequest) -> (Form, Vec<DraftLine>) {
    let form = Form {
        company: request.contact.company.clone(),
        name: request.contact.name.clone(),
        email: request.contact.email.clone(),
        phone: request.contact.phone.clone(),
        buyer: request.buyer.clone(),
        delivery_date: typed(request.delivery_date),
        start: typed(request.contract_dates.map(|it| it.start)),
        until: typed(request.contract_dates.and_then(|it| it.until)),
        note: request.note.clone(),
        promotions: request.promotions.join(" "),
    };
    // New ones: the lines may come beside others.
    let keys: Vec<String> = request.lines.iter().map(|_| new_key()).collect();
    let lines = request
        .lines
        .iter()
        .zip(&keys)
        .map(|(line, key)| DraftLine {
            product: line.product.clone(),
            quantity: line.quantity,
            decisions: line.decisions.clone(),
            assignment: line.assignment.clone(),
            wishes: LineWishes {
                key: key.clone(),
                proposed: line.proposed.and_then(|it| proposed_line(it, &keys)),
                ..wishes_of(line)
            },
        });
    (form, lines.collect())
}

fn wishes_of(line: &RequestLine) -> LineWishes {
    let part = |at: String, quantity: u32| TypedPart {
        at,
        quantity: quantity.to_string(),
    };
    let ramp = line.ramp.iter();
    let call_offs = line.call_offs.iter();
    LineWishes {
        wanted: typed(line.delivery_date),
        ramp: ramp
            .map(|it| part(it.from.saturating_add(1).to_string(), it.quantity))
            .collect(),
        call_offs: call_offs
            .map(|it| part(it.date.to_string(), it.quantity))
            .collect(),
        ..LineWishes::default()
    }
}

/// By the key of its line instead of the position.
fn proposed_line(proposed: Proposed, keys: &[String]) -> Option<ProposedLine> {
    match proposed {
        Proposed::Optional => Some(ProposedLine::Optional),
        Proposed::AlternativeTo(of) => {
            let key = keys.get(of)?;
            Some(ProposedLine::AlternativeTo(key.clone()))
        }
    }
}

/// A day as it is typed.
fn typed(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
