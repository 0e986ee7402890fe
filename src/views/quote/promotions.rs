//! Codes of promotions, where the supplier has any.

use leptos::prelude::*;

use crate::app::use_app;
use crate::messages::use_words;
use crate::state::{promotions, unknown_promotions};

/// Where codes are typed; nothing where the prices know none.
#[component]
pub fn PromotionsField() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
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
    let field = move || {
        view! {
            <div class="entry promotions">
                <label for="quote-promotions">
                    {quote.promotions}<span class="small quiet">" "{quote.optional}</span>
                </label>
                <input class="control" id="quote-promotions" type="text" autocomplete="off"
                    autocapitalize="characters" spellcheck="false"
                    aria-describedby="quote-promotions-fault"
                    prop:value=move || app.form.with(|form| form.promotions.clone())
                    on:change=move |event| {
                        let typed = event_target_value(&event);
                        app.form.update(|form| form.promotions = typed);
                    }/>
                <p class="fault small" id="quote-promotions-fault" role="status">{unknown}</p>
            </div>
        }
    };
    move || (known.get() == Some(true)).then(field)
}
