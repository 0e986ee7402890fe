//! The configurator.

mod announce;
mod choices;
mod complete;
pub mod delivery;
pub mod difference;
pub mod field;
mod headline;
pub mod inputs;
mod messages;
mod notice;
mod number;
mod origin;
mod overview;
mod part;
mod price;
mod reasoner;
pub mod repeated;
mod report;
mod steps;
mod tools;
pub mod waterfall;
mod why;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::use_app;
use crate::messages::use_words;
use crate::state::Catalog;
use crate::views::documents::DocumentsView;
use crate::views::language::LanguageMenu;
use crate::workbench::use_bench;
use announce::Announcements;
use field::{Field, FieldView};
use messages::MessagesView;
use part::{is_always_visible, is_visible};
use price::PricePanel;
use reasoner::ReasonerView;
use report::report_changes;
use steps::Steps;
use tools::Tools;

/// Attributes, price and next action of one product.
#[component]
pub fn ConfigureView(
    /// What is configured.
    catalog: Arc<Catalog>,
) -> impl IntoView {
    let words = use_words();
    let app = use_app();
    report_changes(app);
    let settled = app.workbench.settled;
    Effect::new(move |before: Option<()>| {
        app.workbench.quantity.track();
        app.workbench.terms.track();
        app.workbench.answers.track();
        if before.is_some() {
            app.workbench.price_outlook();
        }
    });
    let model = &catalog.model;
    view! {
        <div class="configure">
            <div class="head">
                <p class="supplier quiet">{catalog.manifest.supplier.name.clone()}</p>
                <LanguageMenu/>
                <h1 id="top" tabindex="-1">{words.text(&model.name)}</h1>
                <p class="description quiet">{words.text(&model.description)}</p>
                <Tools catalog=Arc::clone(&catalog)/>
            </div>
            <Steps catalog=Arc::clone(&catalog)/>
            <div class="groups" aria-busy=move || (!settled.get()).to_string()>
                {groups_view(&catalog)}
                <DocumentsView catalog=Arc::clone(&catalog)/>
            </div>
            <PricePanel catalog=Arc::clone(&catalog)/>
            <Announcements/>
        </div>
    }
    .into_any()
}

/// All that can be decided, and what the catalog has to say about it.
pub fn groups_view(catalog: &Arc<Catalog>) -> AnyView {
    let model = &catalog.model;
    let messages =
        (!model.messages.is_empty()).then(|| view! { <MessagesView catalog=Arc::clone(catalog)/> });
    let groups = (0..model.groups.len()).map(|group| group_view(catalog, group));
    view! { <ReasonerView/>{messages}{groups.collect_view()} }.into_any()
}

fn group_view(catalog: &Arc<Catalog>, group: usize) -> Option<AnyView> {
    let label = use_words().text(&catalog.model.groups.get(group)?.label);
    let fields = Field::of_group(catalog, group);
    let shown = shown(catalog, &fields);
    let fields = fields.into_iter().map(field_view).collect_view();
    let id = format!("g{group}");
    let view = view! {
        <section class="group" aria-labelledby=id.clone() hidden=move || !shown.get()>
            <h2 id=id.clone() tabindex="-1">{label}</h2>
            <div class="fields">{fields}</div>
        </section>
    };
    Some(view.into_any())
}

/// Whether any of the fields is to be seen.
fn shown(catalog: &Arc<Catalog>, fields: &[Field]) -> Memo<bool> {
    let bench = use_bench();
    let always = fields.iter().any(is_always_visible);
    let members: Vec<_> = fields.iter().map(|field| field.index).collect();
    let catalog = Arc::clone(catalog);
    Memo::new(move |_| {
        always
            || bench.states.with(|states| {
                let visible = |it: &_| is_visible(&catalog.model, states, *it);
                members.iter().any(visible)
            })
    })
}

/// One attribute; of a part that may come and go, only while it is to be seen.
fn field_view(field: Field) -> AnyView {
    if is_always_visible(&field) {
        return view! { <FieldView field=field/> }.into_any();
    }
    let bench = use_bench();
    let (catalog, index) = (Arc::clone(field.catalog()), field.index);
    let visible = Memo::new(move |_| {
        bench
            .states
            .with(|states| is_visible(&catalog.model, states, index))
    });
    view! { {move || visible.get().then(|| view! { <FieldView field=field.clone()/> })} }.into_any()
}
