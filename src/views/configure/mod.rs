//! The configurator.

mod announce;
mod choices;
mod delivery;
mod field;
mod notice;
mod number;
mod origin;
mod price;
mod report;
mod steps;
mod tools;
mod waterfall;
mod why;

use std::sync::Arc;

use leptos::prelude::*;

use crate::app::use_app;
use crate::messages::use_words;
use crate::state::Catalog;
use announce::Announcements;
use field::{Field, FieldView};
use price::PricePanel;
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
    let model = &catalog.model;
    let groups = (0..model.groups.len())
        .map(|group| group_view(&catalog, group))
        .collect_view();
    view! {
        <div class="configure">
            <div class="head">
                <div class="title">
                    <p class="quiet">{catalog.manifest.supplier.name.clone()}</p>
                    <h1 id="top" tabindex="-1">{words.text(&model.name)}</h1>
                    <p class="quiet">{words.text(&model.description)}</p>
                </div>
                <Tools/>
            </div>
            <Steps catalog=Arc::clone(&catalog)/>
            <div class="groups" aria-busy=move || (!settled.get()).to_string()>
                <div class="working" class:shown=move || !settled.get()>
                    <div class="progress" aria-hidden="true"></div>
                    <p class="small quiet">{words.messages.configure.working}</p>
                </div>
                {groups}
            </div>
            <PricePanel catalog=Arc::clone(&catalog)/>
            <Announcements/>
        </div>
    }
    .into_any()
}

fn group_view(catalog: &Arc<Catalog>, group: usize) -> Option<AnyView> {
    let label = use_words().text(&catalog.model.groups.get(group)?.label);
    let fields = Field::of_group(catalog, group)
        .into_iter()
        .map(|field| view! { <FieldView field=field/> })
        .collect_view();
    let id = format!("g{group}");
    let view = view! {
        <section class="group" aria-labelledby=id.clone()>
            <h2 id=id.clone() tabindex="-1">{label}</h2>
            <div class="fields">{fields}</div>
        </section>
    };
    Some(view.into_any())
}
