//! Where there are several catalogs and none is named.

use leptos::prelude::*;
use quotewright_protocol::ListedCatalog;

use super::language::LanguageMenu;
use crate::app::use_app;
use crate::messages::use_words;
use crate::state::View;

/// The catalogs, to choose one of them.
#[component]
pub fn StartView(
    /// The catalogs.
    listed: Vec<ListedCatalog>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let shell = &words.messages.shell;
    let catalog = move |listed: ListedCatalog| {
        let products: Vec<String> = listed.products.iter().map(|it| words.text(it)).collect();
        let title = words.text(&listed.title);
        // Where the only product is called as the catalog, once is enough.
        let products = (products != [title.clone()]).then(|| words.format.list(&products));
        let code = listed.catalog;
        view! {
            <li>
                <button class="catalog" type="button" on:click=move |_| app.choose("catalog", &code)>
                    <span class="name">{title}</span>
                    <span class="small">{products}</span>
                    <span class="small quiet">{listed.supplier}</span>
                </button>
            </li>
        }
    };
    let none = listed
        .is_empty()
        .then(|| view! { <p>{shell.no_catalogs}</p> });
    view! {
        <div class="paper start">
            <nav class="paper-bar">
                <button class="button plain" type="button"
                    on:click=move |_| app.show(View::Requests)>{shell.requests}</button>
                <LanguageMenu/>
            </nav>
            <h1 id="top" tabindex="-1">{shell.start}</h1>
            {none}
            <ul class="catalogs">{listed.into_iter().map(catalog).collect_view()}</ul>
        </div>
    }
    .into_any()
}
