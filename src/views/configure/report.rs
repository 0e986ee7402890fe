use js_sys::{Object, Reflect};
use leptos::prelude::*;
use quotewright_engine::catalog::Decisions;
use wasm_bindgen::JsValue;

use crate::app::App;
use crate::state::{Catalog, Offer};

/// Tells the host page of every change: `quotewright:change` with the product, the
/// decisions by code, the pieces, whether nothing is open, and the net amount.
pub fn report_changes(app: App) {
    let bench = app.workbench;
    Effect::new(move |before: Option<()>| {
        bench.states.track();
        let offer = bench.offer.get();
        let quantity = bench.quantity.get();
        let Some(catalog) = bench.catalog.get().filter(|_| before.is_some()) else {
            return;
        };
        let decisions = bench
            .session
            .with_untracked(|it| codes(&catalog, it.decisions()));
        let (net, currency) = match &offer {
            Offer::Priced(priced) => (
                priced.due.totals.net.to_string().into(),
                priced.currency.code.as_str().into(),
            ),
            Offer::Hidden | Offer::Unavailable => (JsValue::NULL, JsValue::NULL),
        };
        app.dispatch(
            "quotewright:change",
            &[
                ("catalog", catalog.model.catalog.as_str().into()),
                ("product", catalog.model.product.as_str().into()),
                ("decisions", decisions.into()),
                ("quantity", quantity.into()),
                ("complete", bench.assignment().is_some().into()),
                ("net", net),
                ("currency", currency),
            ],
        );
    });
}

fn codes(catalog: &Catalog, decisions: &Decisions) -> Object {
    let object = Object::new();
    for (index, value) in decisions {
        if let Some(attribute) = catalog.model.attribute(*index) {
            let text = catalog.model.value_to_text(*index, *value);
            // Setting a member of a fresh object cannot fail.
            let _ = Reflect::set(&object, &attribute.code.as_str().into(), &text.into());
        }
    }
    object
}
