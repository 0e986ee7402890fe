use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, Attribute, AttributeDomain, AttributeIndex, Value};
use quotewright_engine::configure::AttributeState;

use super::choices::Choices;
use super::notice::NoticeView;
use super::number::{CalculatedView, NumberView};
use super::origin::OriginView;
use super::part::PartView;
use crate::messages::use_words;
use crate::state::Catalog;
use crate::workbench::{Workbench, use_bench};

/// One attribute of the product on the screen.
#[derive(Clone)]
pub struct Field {
    /// Which attribute.
    pub index: AttributeIndex,
    catalog: Arc<Catalog>,
}

impl Field {
    /// The field of the attribute at `index`; `None` where the model has none.
    pub fn new(catalog: &Arc<Catalog>, index: AttributeIndex) -> Option<Self> {
        catalog.model.attribute(index)?;
        Some(Self {
            index,
            catalog: Arc::clone(catalog),
        })
    }

    /// The fields of one group, in the order of the catalog; what the lines of a quote say is
    /// nobody's to fill in.
    pub fn of_group(catalog: &Arc<Catalog>, group: usize) -> Vec<Self> {
        let fields = catalog
            .model
            .indices()
            .filter_map(|index| Self::new(catalog, index));
        fields
            .filter(|field| field.attribute().group == group && !field.is_fact())
            .collect()
    }

    /// The attribute.
    pub fn attribute(&self) -> &Attribute {
        &self.catalog.model.attributes[self.index.0]
    }

    /// Another attribute of the same product.
    pub fn other(&self, index: AttributeIndex) -> Option<Self> {
        Self::new(&self.catalog, index)
    }

    /// The product.
    pub fn catalog(&self) -> &Arc<Catalog> {
        &self.catalog
    }

    /// Its name for the buyer.
    pub fn label(&self) -> String {
        use_words().text(&self.attribute().label)
    }

    /// Whether the buyer may decide it.
    pub fn is_decidable(&self) -> bool {
        let attribute = self.attribute();
        attribute.formula.is_none() && attribute.access == Access::Open
    }

    fn is_fact(&self) -> bool {
        let facts = &self.catalog.model.facts;
        facts.iter().any(|(index, _)| *index == self.index)
    }

    /// Id of its heading.
    pub fn id(&self) -> String {
        format!("a{}", self.index.0)
    }

    /// Where it stands; changes only when this attribute's state does.
    pub fn state(&self, bench: Workbench) -> Memo<Option<AttributeState>> {
        let index = self.index.0;
        Memo::new(move |_| bench.states.with(|states| states.get(index).cloned()))
    }
}

/// Name, help, origin and control of one attribute.
#[component]
pub fn FieldView(
    /// The attribute.
    field: Field,
) -> impl IntoView {
    let bench = use_bench();
    let state = field.state(bench);
    let attribute = field.attribute();
    let help = use_words().text(&attribute.help);
    let calculated = !field.is_decidable();
    let control = match &attribute.domain {
        _ if calculated => view! { <CalculatedView field=field.clone() state=state/> }.into_any(),
        AttributeDomain::Number(range) => {
            view! { <NumberView field=field.clone() range=range.clone() state=state/> }.into_any()
        }
        AttributeDomain::Presence(_) => {
            view! { <PartView field=field.clone() state=state/> }.into_any()
        }
        AttributeDomain::Options(_) | AttributeDomain::Flag => {
            view! { <Choices field=field.clone() state=state/> }.into_any()
        }
    };
    let class = if calculated {
        "field calculated"
    } else {
        "field"
    };
    view! {
        <div class=class data-attribute=attribute.code.clone()>
            <div class="legend">
                <h3 id=field.id() tabindex="-1">{field.label()}</h3>
                {(!help.is_empty()).then(|| view! {
                    <p class="small quiet" id=format!("{}-help", field.id())>{help}</p>
                })}
                {(!matches!(attribute.domain, AttributeDomain::Presence(_)))
                    .then(|| view! { <OriginView field=field.clone() state=state/> })}
            </div>
            <div class="answer">
                {control}
                <NoticeView field=field.clone()/>
            </div>
        </div>
    }
    .into_any()
}

/// The id of the control to focus for `value` of the attribute at `index`.
pub fn control_id(index: AttributeIndex, value: Value) -> String {
    match value {
        Value::Option(option) => format!("o{}-{option}", index.0),
        Value::Number(_) | Value::Absent => format!("n{}", index.0),
    }
}
