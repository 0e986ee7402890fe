//! Codes of promotions, where the supplier has any.

use leptos::prelude::*;

use super::QuotePage;
use super::prices::{KnownPrices, Prices, Wishes};
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::{BasketLine, entered, promotions, unknown_promotions};

/// Where codes are typed; nothing where the prices know none.
#[component]
pub fn PromotionsField() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let known = Memo::new(move |_| {
        app.basket.with(|basket| {
            let pack = basket.lines().first()?.catalog.pack.as_ref()?;
            Some(!promotions(pack).is_empty())
        })
    });
    let unknown = move || {
        let typed = app.form.with(|form| form.promotions.clone());
        app.basket.with(|basket| {
            let pack = basket.lines().first()?.catalog.pack.as_ref()?;
            let unknown = unknown_promotions(&typed, pack);
            (!unknown.is_empty()).then(|| quote.no_promotion.with([&words.format.list(&unknown)]))
        })
    };
    let idle = Memo::new(move |_| {
        let known = page.prices.with(|it| it.known().cloned())?;
        let idle = |wishes: &Wishes| app.basket.with(|it| idle(it.lines(), wishes, &known));
        Some(page.wishes.with(idle)).filter(|it| !it.is_empty())
    });
    let idle = move || {
        let codes = idle.get()?;
        Some(quote.idle_promotion.with([&words.format.list(&codes)]))
    };
    let field = move || {
        view! {
            <div class="entry promotions">
                <label for="quote-promotions">
                    {quote.promotions}<span class="small quiet">" "{quote.optional}</span>
                </label>
                <input class="control" id="quote-promotions" type="text" autocomplete="off"
                    autocapitalize="characters" spellcheck="false"
                    aria-describedby="quote-promotions-fault quote-promotions-idle"
                    prop:value=move || app.form.with(|form| form.promotions.clone())
                    on:change=move |event| {
                        let typed = event_target_value(&event);
                        app.form.update(|form| form.promotions = typed);
                    }/>
                <p class="fault small" id="quote-promotions-fault" role="status">{unknown}</p>
                <p class="small quiet" id="quote-promotions-idle" role="status">{idle}</p>
            </div>
        }
    };
    move || (known.get() == Some(true)).then(field)
}

/// The codes that were entered without which `lines` cost just as much.
fn idle(lines: &[BasketLine], wishes: &Wishes, known: &KnownPrices) -> Vec<String> {
    let pack = lines.first().and_then(|line| line.catalog.pack.as_ref());
    let codes = pack.map_or_else(Vec::new, |it| entered(&wishes.terms.promotions, it));
    let is_idle = |code: &String| {
        let others: Vec<&str> = codes
            .iter()
            .filter(|it| *it != code)
            .map(String::as_str)
            .collect();
        let mut without = wishes.clone();
        without.terms.promotions = others.join(" ");
        let then = Prices::of(lines, &without);
        let amounts = |it: &KnownPrices| (it.quote.totals.gross, it.quote.contract_total);
        then.known().map(amounts) == Some(amounts(known))
    };
    codes.iter().filter(|it| is_idle(it)).cloned().collect()
}
