//! Who buys, where tax depends on it.

use leptos::prelude::*;
use quotewright_engine::quote::tax::asks_vat_number;

use super::entry::TextField;
use super::form::Input;
use crate::app::use_app;
use crate::messages::use_words;

/// Country and VAT number; nothing where all buyers pay the same tax.
#[component]
pub fn BuyerFields() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let matters = Memo::new(move |_| {
        app.basket.with(|basket| {
            let pack = basket.lines().first()?.catalog.pack.as_ref()?;
            Some(!pack.settlement.tax_rules.is_empty())
        })
    });
    // Where nobody has a VAT number, none is asked for.
    let asks = move |country: &str| {
        country.is_empty()
            || app.basket.with(|basket| {
                let pack = basket
                    .lines()
                    .first()
                    .and_then(|it| it.catalog.pack.as_ref());
                pack.is_some_and(|pack| asks_vat_number(pack, country))
            })
    };
    let country = move || app.form.with(|form| form.buyer.country.clone());
    let fields = move || {
        let option = |(code, name): (String, String)| {
            let (value, mine) = (code.clone(), code);
            view! { <option value=value selected=move || country() == mine>{name}</option> }
        };
        let countries = words.format.countries().into_iter().map(option);
        view! {
            <div class="entry">
                <label for="quote-country">
                    {quote.country}<span class="small quiet">" "{quote.optional}</span>
                </label>
                <select class="control" id="quote-country" autocomplete="country"
                    aria-describedby="quote-country-hint"
                    on:change=move |event| {
                        let chosen = event_target_value(&event);
                        let asked = asks(&chosen);
                        app.form.update(|form| {
                            form.buyer.country = chosen;
                            if !asked {
                                form.buyer.vat_id.clear();
                            }
                        });
                    }>
                    <option value="" selected=move || country().is_empty()>{quote.as_at_home}</option>
                    {countries.collect_view()}
                </select>
                <p class="small quiet" id="quote-country-hint">{quote.country_hint}</p>
            </div>
            <Show when=move || asks(&country())><TextField input=Input::VatId/></Show>
        }
    };
    move || (matters.get() == Some(true)).then(fields)
}
