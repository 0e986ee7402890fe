//! One more change by hand.

use leptos::prelude::*;
use quotewright_engine::price::Due;
use quotewright_protocol::{Adjustment, NewAdjustment};
use rust_decimal::Decimal;
use wasm_bindgen_futures::spawn_local;

use super::Inbox;
use super::detail::Detail;
use crate::api::ApiError;
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::parse_number;
use crate::views::quote::line::line_name;

/// What was typed.
#[derive(Clone, Default)]
pub(super) struct Typed {
    /// Position of the line; the whole quote where there is none.
    line: String,
    by: How,
    value: String,
    reason: String,
    who: String,
    below_floor: String,
}

#[derive(Clone, Copy, Default, PartialEq)]
enum How {
    #[default]
    Percent,
    Amount,
    Price,
}

impl Typed {
    fn adjustment(&self, value: Decimal, due: Due) -> Adjustment {
        let as_is = |how| (self.by == how).then_some(value);
        let below_floor = self.below_floor.trim();
        Adjustment {
            line: self.line.parse().ok(),
            due,
            percent: as_is(How::Percent),
            amount: as_is(How::Amount),
            price: as_is(How::Price),
            by: self.who.trim().to_owned(),
            reason: self.reason.trim().to_owned(),
            below_floor: (!below_floor.is_empty()).then(|| below_floor.to_owned()),
        }
    }
}

/// Asks for a change and makes it. Why it may pass a floor is asked only where it would.
#[component]
pub(super) fn AdjustForm(
    /// The request as it is.
    detail: Detail,
    /// Where the changed one goes.
    found: RwSignal<Option<Result<Detail, ApiError>>>,
    /// What was typed; it outlives a change, as the controls do.
    typed: RwSignal<Typed>,
) -> impl IntoView {
    let inbox: Inbox = expect_context();
    let app = use_app();
    let words = use_words();
    let messages = &words.messages.inbox;
    let fault = RwSignal::new(String::new());
    let passes_floor = RwSignal::new(false);
    let after = detail
        .request
        .staged
        .as_ref()
        .map_or(0, |it| it.adjustments.len());
    let id = detail.request.stored.receipt.id.clone();
    let before = detail.clone();
    let prices: Vec<_> = detail
        .request
        .stored
        .lines
        .iter()
        .map(|it| it.price.clone())
        .collect();
    // What is due again is changed where nothing is due once.
    let due_of = move |line: Option<usize>| {
        let price = prices
            .get(line.unwrap_or_default())
            .and_then(Option::as_ref);
        let price = price.filter(|it| it.price.once.net.is_zero());
        let again = price.and_then(|it| it.price.recurring.first());
        again.map_or(Due::Once, |it| it.due)
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let form = typed.get_untracked();
        let value = parse_number(&form.value, words.format.decimal_sign());
        let stated = !form.reason.trim().is_empty() && !form.who.trim().is_empty();
        let (Some(value), true, Some(api)) = (value, stated, inbox.api()) else {
            fault.set(messages.incomplete.to_owned());
            return;
        };
        let adjustment = form.adjustment(value, due_of(form.line.parse().ok()));
        let new = NewAdjustment { after, adjustment };
        let (id, before) = (id.clone(), before.clone());
        spawn_local(async move {
            match api.adjust(&id, &new).await {
                Ok(request) => {
                    // Each change has its own reason to pass a floor.
                    typed.try_update(|typed| typed.below_floor.clear());
                    found.try_set(Some(Ok(Detail { request, ..before })));
                    app.focus_in_place("top");
                }
                Err(ApiError::Refused(problem)) => {
                    passes_floor.try_set(problem.kind.ends_with(":below-floor"));
                    fault.try_set(problem.detail);
                }
                Err(_) => drop(fault.try_set(words.messages.requests.failed.to_owned())),
            }
        });
    };
    let set = move |change: fn(&mut Typed, String)| {
        move |event| {
            let text = event_target_value(&event);
            typed.update(|typed| change(typed, text));
        }
    };
    let field = move |id: &'static str, label: &'static str, change: fn(&mut Typed, String)| {
        view! {
            <div class="entry">
                <label for=id>{label}</label>
                <input class="control" id=id type="text" autocomplete="off" on:input=set(change)/>
            </div>
        }
    };
    let asked = &detail.request.stored.request.lines;
    let counted = detail.names.iter().zip(asked).enumerate();
    let counted = counted.filter(|(_, (_, line))| line.proposed.is_none());
    let lines = counted.map(|(at, ((name, _), _))| {
        view! { <option value=at.to_string()>{line_name(words, at, &words.text(name))}</option> }
    });
    let floor = move || {
        (passes_floor.get()).then(|| {
            field("adjust-floor", messages.floor_reason, |it, text| {
                it.below_floor = text
            })
        })
    };
    view! {
        <form class="block" aria-labelledby="adjust" novalidate on:submit=submit>
            <h2 id="adjust">{messages.change}</h2>
            <div class="entries">
                <div class="entry">
                    <label for="adjust-line">{messages.of}</label>
                    <select class="control" id="adjust-line" on:change=set(|it, text| it.line = text)>
                        <option value="">{messages.whole}</option>
                        {lines.collect_view()}
                    </select>
                </div>
                <div class="entry">
                    <label for="adjust-how">{messages.how}</label>
                    <select class="control" id="adjust-how" on:change=set(|it, text| it.by = how(&text))>
                        <option value="percent">{messages.by_percent}</option>
                        <option value="amount">{messages.by_amount}</option>
                        <option value="price">{messages.by_price}</option>
                    </select>
                </div>
                {field("adjust-value", messages.value, |it, text| it.value = text)}
                {field("adjust-reason", messages.reason, |it, text| it.reason = text)}
                {field("adjust-who", messages.who, |it, text| it.who = text)}
                {floor}
            </div>
            <p class="fault" role="alert">{fault}</p>
            <p><button class="button primary" type="submit">{messages.make}</button></p>
        </form>
    }
    .into_any()
}

fn how(text: &str) -> How {
    match text {
        "amount" => How::Amount,
        "price" => How::Price,
        _ => How::Percent,
    }
}
