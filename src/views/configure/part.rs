//! Parts of the product that may be there or not: what is shown of them, adding and removing.

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, AttributeDomain, AttributeIndex, Model, Value};
use quotewright_engine::configure::{AttributeState, Domain, Origin, Possibility};

use super::field::{Field, control_id};
use super::why::{WhyNot, WhyNotButton};
use crate::app::use_app;
use crate::messages::use_words;
use crate::workbench::use_bench;

const THERE: Value = Value::Option(1);

/// Whether an attribute is to be shown: those of a part only while it is there; the part
/// itself once it can be added, that is with its owner and the instance before it.
pub fn is_visible(model: &Model, states: &[AttributeState], index: AttributeIndex) -> bool {
    let there = |part: Option<AttributeIndex>| {
        part.is_none_or(|part| states.get(part.0).and_then(|it| it.value) == Some(THERE))
    };
    let Some(attribute) = model.attribute(index) else {
        return false;
    };
    let placed = match &attribute.domain {
        AttributeDomain::Presence(part) => there(part.owner) && there(part.previous),
        _ => there(attribute.part),
    };
    placed && attribute.access != Access::Hidden
}

/// Whether whether it is shown never changes.
pub fn is_always_visible(field: &Field) -> bool {
    let attribute = field.attribute();
    let plain = attribute.part.is_none() && attribute.access != Access::Hidden;
    plain && !matches!(attribute.domain, AttributeDomain::Presence(_))
}

/// Adds the part, or takes it away again.
#[component]
pub fn PartView(
    /// The part's presence.
    field: Field,
    /// Where it stands.
    state: Memo<Option<AttributeState>>,
) -> impl IntoView {
    let stands = Memo::new(move |_| state.with(|state| state.as_ref().map(Stands::of)));
    let panel = field.clone();
    view! {
        <div class="part">
            {move || stands.get().map(|stands| action(&field, stands))}
        </div>
        <WhyNot field=panel only=Some(THERE)/>
    }
    .into_any()
}

/// How a part stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    Added,
    Needed,
    Possible,
    Impossible,
}

impl Stands {
    fn of(state: &AttributeState) -> Self {
        let possible = match &state.domain {
            Domain::Options(options) => options.get(1) != Some(&Possibility::Impossible),
            Domain::Number { .. } => false,
        };
        match (state.value == Some(THERE), state.origin) {
            (true, Origin::Decided) => Self::Added,
            (true, _) => Self::Needed,
            (false, _) if possible => Self::Possible,
            (false, _) => Self::Impossible,
        }
    }
}

fn action(field: &Field, stands: Stands) -> AnyView {
    let app = use_app();
    let bench = use_bench();
    let configure = &use_words().messages.configure;
    let (index, label) = (field.index, field.label());
    let id = control_id(index, THERE);
    let add = move |_| bench.choose(index, THERE);
    let remove = {
        let field = field.clone();
        move |_| {
            let inside = decisions_inside(&field.catalog().model, index);
            bench.change(|session| session.clear_all(&inside));
            app.focus_in_place(&control_id(index, THERE));
        }
    };
    match stands {
        Stands::Needed => {
            view! { <p class="small quiet" id=id tabindex="-1">{configure.part_there}</p> }
                .into_any()
        }
        Stands::Added => view! {
            <button class="button" type="button" id=id on:click=remove>
                {configure.part_remove.with([&label])}
            </button>
        }
        .into_any(),
        Stands::Possible => view! {
            <button class="button" type="button" id=id on:click=add>
                {configure.part_add.with([&label])}
            </button>
        }
        .into_any(),
        Stands::Impossible => view! {
            <span class="small quiet" id=id tabindex="-1">{configure.impossible}</span>
            <WhyNotButton field=field.clone() value=THERE name=label/>
        }
        .into_any(),
    }
}

/// The part, all that belongs to it and the instances after it: what goes when it goes.
fn decisions_inside(model: &Model, part: AttributeIndex) -> Vec<AttributeIndex> {
    let mut gone = vec![part];
    // Owners and earlier instances stand before what depends on them.
    for (index, attribute) in model.indices().zip(&model.attributes) {
        let depends = match &attribute.domain {
            AttributeDomain::Presence(place) => [place.owner, place.previous],
            _ => [attribute.part, None],
        };
        if depends.into_iter().flatten().any(|it| gone.contains(&it)) {
            gone.push(index);
        }
    }
    gone
}
