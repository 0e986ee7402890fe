//! From what is on the page to what is sent.

use std::collections::BTreeMap;

use jiff::civil::Date;
use quotewright_engine::quote::LinePrice;
use quotewright_protocol::{Contact, FORMAT, QuoteRequest, RequestLine, RequestTotals};

use super::prices::Prices;
use crate::draft;
use crate::state::{Basket, BasketLine};
use crate::storage::drafts::{DraftLine, Form};

/// The request for what is in `basket`, or `None` where there is nothing in it.
pub fn request(
    basket: &Basket,
    prices: &Prices,
    form: &Form,
    locale: &str,
    date: Date,
) -> Option<QuoteRequest> {
    let first = &basket.lines().first()?.catalog;
    let known = prices.known();
    let drafts = draft::lines_of(basket);
    let lines = basket.lines().iter().zip(drafts).enumerate();
    Some(QuoteRequest {
        format: FORMAT,
        catalog: first.manifest.catalog.clone(),
        catalog_hash: first.manifest.catalog_hash.clone(),
        pack_hash: first.pack.as_ref().map(|pack| pack.hash.clone()),
        price_date: date,
        locale: locale.to_owned(),
        contact: contact(form),
        note: form.note.trim().to_owned(),
        delivery_date: form.delivery_date.trim().parse().ok(),
        promotions: Vec::new(),
        answers: BTreeMap::new(),
        lines: lines
            .map(|(place, (line, draft))| request_line(line, draft, prices, place))
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
    let price = prices
        .known()
        .and_then(|known| known.quote.lines.get(place));
    let price = price.map(|line| &line.price);
    RequestLine {
        product: draft.product,
        quantity: line.quantity,
        ramp: Vec::new(),
        delivery_date: None,
        call_offs: Vec::new(),
        decisions: draft.decisions,
        assignment: draft.assignment,
        unit_net: price.map(LinePrice::unit_net),
        net: price.map(|price| price.once.net),
    }
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
        delivery_date: request
            .delivery_date
            .map(|date| date.to_string())
            .unwrap_or_default(),
        note: request.note.clone(),
    };
    let lines = request.lines.iter().map(|line| DraftLine {
        product: line.product.clone(),
        quantity: line.quantity,
        decisions: line.decisions.clone(),
        assignment: line.assignment.clone(),
    });
    (form, lines.collect())
}
