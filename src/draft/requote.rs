use quotewright_protocol::QuoteRequest;

use super::{assignment_of, is_passing, reopen};
use crate::app::App;
use crate::clock;
use crate::questions::asked_by;
use crate::state::{Basket, Terms};
use crate::views::quote::prices::{Prices, Wishes};
use crate::views::quote::request::{draft_of, request as build_request};
use crate::views::quote::requested;
use crate::views::requests::changes::{Change, between};

/// A request at today's prices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requoted {
    /// The request and what differs; `None` where it cannot be sent.
    pub now: Option<(QuoteRequest, Vec<Change>)>,
    /// Positions of the lines that the catalog no longer allows.
    pub impossible: Vec<usize>,
}

/// `request`, which was for `endpoint`, under its catalog and the prices as they are now.
/// Nothing where the page is another endpoint's, or the catalog cannot be had for now.
pub async fn requote(app: App, endpoint: &str, request: &QuoteRequest, locale: &str) -> Requoted {
    let (form, lines) = draft_of(request);
    let mut basket = Basket::default();
    let mut impossible = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        // Before each line: the host page may have moved on meanwhile.
        if app.endpoint().as_deref() != Some(endpoint) {
            return Requoted::default();
        }
        let found = app.fetch_now(&request.catalog, &line.product).await;
        if found.as_ref().is_err_and(is_passing) {
            return Requoted::default();
        }
        match found.ok().and_then(|catalog| reopen(catalog, line)) {
            Some(opened) => {
                opened.add_to(&mut basket);
            }
            None => impossible.push(place),
        }
    }
    let answers = match asked_by(&basket) {
        None => Some(None),
        Some(asked) => {
            let values = assignment_of(&asked.model, &request.answers);
            values.map(|values| Some((asked, values.into_iter().map(Some).collect())))
        }
    };
    let wishes = answers.map(|answers| Wishes {
        answers,
        terms: Terms::of(&form),
        date: clock::today(),
        dates: request.contract_dates,
        requested: requested(&form),
    });
    let Some(wishes) = wishes else {
        return Requoted {
            impossible,
            ..Requoted::default()
        };
    };
    let prices = Prices::of(basket.lines(), &wishes);
    let now = build_request(&basket, &prices, &form, &wishes, locale);
    let sendable = impossible.is_empty() && prices != Prices::Unavailable;
    Requoted {
        now: now.filter(|_| sendable).map(|now| {
            let changes = between(request, &now);
            (now, changes)
        }),
        impossible,
    }
}
