//! Parts of the product that may be there or not: what is shown of them, adding and removing.

use leptos::prelude::*;
use quotewright_engine::catalog::{Access, AttributeDomain, AttributeIndex, Model};
use quotewright_engine::configure::{AttributeState, Domain, Origin, Possibility};

use super::field::{Field, control_id};
use super::why::{WhyNot, WhyNotButton};
use crate::app::{App, use_app};
use crate::messages::use_words;
use crate::state::{Instances, THERE};
use crate::workbench::{Workbench, use_bench};

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
    let beside = field.clone();
    let is_there = move || stands.get().is_some_and(Stands::is_there);
    view! {
        <div class="presence">
            {move || stands.get().map(|stands| action(&field, stands))}
            {move || is_there().then(|| view! { <RowTools field=beside.clone()/> })}
        </div>
        <WhyNot field=panel only=Some(THERE)/>
    }
    .into_any()
}

/// Copies a part that is there, and moves it up and down among its like.
#[component]
fn RowTools(
    /// The part's presence.
    field: Field,
) -> impl IntoView {
    let (bench, presence) = (use_bench(), field.index);
    let row = Memo::new(move |_| Row::of(bench, presence));
    let tools = move || {
        let row = row.get()?;
        let tools = [Tool::Copy, Tool::Up, Tool::Down].into_iter();
        let tools = tools.filter(|tool| row.offers(*tool));
        Some(tools.map(|tool| tool_view(&field, tool)).collect_view())
    };
    view! { {tools} }.into_any()
}

/// Where a part stands among its like.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    place: usize,
    /// So many are there.
    count: usize,
    /// Whether another one can be.
    has_room: bool,
}

impl Row {
    /// Tracked.
    fn of(bench: Workbench, presence: AttributeIndex) -> Option<Self> {
        let catalog = bench.catalog.get()?;
        let instances = Instances::of(&catalog.model, presence);
        bench.states.with(|states| {
            let stands = |it: &AttributeIndex| states.get(it.0).map(Stands::of);
            let stands: Vec<_> = instances.places.iter().map(stands).collect();
            let there = |it: &&Option<Stands>| it.is_some_and(Stands::is_there);
            let count = stands.iter().take_while(there).count();
            Some(Self {
                place: instances.place(presence)?,
                count,
                has_room: stands.get(count) == Some(&Some(Stands::Possible)),
            })
        })
    }

    fn offers(self, tool: Tool) -> bool {
        match tool {
            Tool::Copy => self.has_room,
            Tool::Up => self.place > 0,
            Tool::Down => self.place + 1 < self.count,
        }
    }
}

/// What can be done with a part that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tool {
    Copy,
    Up,
    Down,
}

impl Tool {
    fn id(self, presence: AttributeIndex) -> String {
        let name = match self {
            Self::Copy => "copy",
            Self::Up => "up",
            Self::Down => "down",
        };
        format!("{name}{}", presence.0)
    }

    /// The focus goes with the part.
    fn run(self, app: App, presence: AttributeIndex) -> Option<()> {
        let bench = app.workbench;
        let catalog = bench.catalog.get_untracked()?;
        let row = untrack(|| Row::of(bench, presence))?;
        let instances = Instances::of(&catalog.model, presence);
        let to = match self {
            Self::Copy => row.count,
            Self::Up => row.place.checked_sub(1)?,
            Self::Down => row.place + 1,
        };
        bench.change(|session| {
            let now = session.decisions();
            session.replace(match self {
                Self::Copy => instances.copied(now, row.place, to),
                Self::Up | Self::Down => instances.exchanged(now, row.place, to),
            });
        });
        let there = *instances.places.get(to)?;
        let own = app.focus_in_place(&self.id(there));
        own.or_else(|| app.focus_in_place(&control_id(there, THERE)))
            .map(|_| ())
    }
}

fn tool_view(field: &Field, tool: Tool) -> AnyView {
    let app = use_app();
    let configure = &use_words().messages.configure;
    let name = match tool {
        Tool::Copy => configure.part_copy,
        Tool::Up => configure.part_up,
        Tool::Down => configure.part_down,
    };
    let (name, presence) = (name.with([&field.label()]), field.index);
    let run = move |_| {
        tool.run(app, presence);
    };
    view! {
        <button class="link" type="button" id=tool.id(presence) on:click=run>{name}</button>
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
    fn is_there(self) -> bool {
        matches!(self, Self::Added | Self::Needed)
    }

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
    let remove = move |_| {
        let removed = || {
            let catalog = bench.catalog.get_untracked()?;
            let row = untrack(|| Row::of(bench, index))?;
            let instances = Instances::of(&catalog.model, index);
            bench.change(|session| {
                let now = session.decisions();
                session.replace(instances.removed(now, row.place, row.count));
            });
            Some(())
        };
        removed();
        app.focus_in_place(&control_id(index, THERE));
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
