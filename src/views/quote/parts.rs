//! Other quantities in later months, and parts of a line with dates of their own.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::Text;
use quotewright_protocol::limits::CALL_OFFS;
use wasm_bindgen_futures::spawn_local;

use super::QuotePage;
use super::entry::fault_text;
use super::form::Fault;
use super::line::line_name;
use crate::app::{App, use_app};
use crate::format::Plural;
use crate::messages::{Words, use_words};
use crate::state::{Basket, BasketLine};
use crate::storage::drafts::{LineWishes, TypedPart};
use crate::views::chart::Folding;

/// What the parts of a line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// From a month on, another quantity.
    Ramp,
    /// For a day, some of the pieces.
    CallOff,
}

impl Kind {
    fn of(self, wishes: &LineWishes) -> &[TypedPart] {
        match self {
            Self::Ramp => &wishes.ramp,
            Self::CallOff => &wishes.call_offs,
        }
    }

    fn of_mut(self, wishes: &mut LineWishes) -> &mut Vec<TypedPart> {
        match self {
            Self::Ramp => &mut wishes.ramp,
            Self::CallOff => &mut wishes.call_offs,
        }
    }

    /// Begins the ids of the controls.
    pub fn id(self, line: u32) -> String {
        match self {
            Self::Ramp => format!("line-{line}-ramp"),
            Self::CallOff => format!("line-{line}-part"),
        }
    }
}

/// Other quantities in later months, to be unfolded; nothing where the line has no term.
#[component]
pub fn RampView(
    /// Names the line in the basket.
    id: u32,
    /// Whether it has a term.
    offered: Signal<bool>,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let unit = Memo::new(move |_| {
        app.basket.with(|basket| {
            let line = basket.lines().iter().find(|line| line.id == id);
            line.map(|line| line.catalog.model.unit.clone())
        })
    });
    let body = move |unit: Text| {
        let title = quote.ramp.with([&words.piece(&unit, Plural::Many)]);
        unfolding(title, Kind::Ramp, vec![id], move || {
            view! {
                <p class="small quiet">{quote.ramp_hint}</p>
                <Parts id=id kind=Kind::Ramp unit=unit.clone()/>
            }
            .into_any()
        })
    };
    move || offered.get().then(|| unit.get().map(body))
}

/// Parts of lines with dates of their own, to be unfolded; nothing where no line has more than
/// one piece that takes time.
#[component]
pub fn CallOffsView() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let lines = Memo::new(move |_| app.basket.with(|it| parted(words, it)));
    let line = move |(place, id, name, unit): (usize, u32, String, Text)| {
        let several = lines.with(|it| it.len() > 1);
        let name = several.then(|| view! { <h3>{line_name(words, place, &name)}</h3> });
        view! { <div class="parts-of">{name}<Parts id=id kind=Kind::CallOff unit=unit/></div> }
    };
    move || {
        let lines = lines.get();
        let ids: Vec<u32> = lines.iter().map(|it| it.1).collect();
        let body = move || {
            lines
                .clone()
                .into_iter()
                .map(line)
                .collect_view()
                .into_any()
        };
        let title = words.messages.quote.call_offs.to_owned();
        (!ids.is_empty()).then(|| unfolding(title, Kind::CallOff, ids, body))
    }
}

/// The lines that can come in parts: place, id, name by language, what is counted.
fn parted(words: Words, basket: &Basket) -> Vec<(usize, u32, String, Text)> {
    let several = |line: &BasketLine| line.quantity > 1 || !line.wishes.call_offs.is_empty();
    let takes_time = |line: &BasketLine| {
        let brought = line.catalog.questions.as_ref();
        let models = [Some(&line.catalog.model), brought.map(|it| &it.model)];
        models.into_iter().flatten().any(|it| it.delivery.is_some())
    };
    let lines = basket.lines().iter().enumerate();
    let lines = lines.filter(|(_, line)| several(line) && takes_time(line));
    let told = lines.map(|(place, line)| {
        let model = &line.catalog.model;
        (place, line.id, words.text(&model.name), model.unit.clone())
    });
    told.collect()
}

/// Folded until it is opened, holds something, or something in it is wrong.
fn unfolding(
    title: String,
    kind: Kind,
    ids: Vec<u32>,
    body: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let app = use_app();
    let filled = app.basket.with_untracked(|basket| {
        let lines = basket.lines().iter().filter(|line| ids.contains(&line.id));
        lines
            .map(|line| kind.of(&line.wishes))
            .any(|it| !it.is_empty())
    });
    let folding = Folding::new();
    let page: QuotePage = expect_context();
    let starts: Vec<String> = ids.iter().map(|id| kind.id(*id)).collect();
    let wrong = move || {
        let of_these = |id: &String| {
            starts
                .iter()
                .any(|start| id.starts_with(&format!("{start}-")))
        };
        page.attempted.get() && page.parts.with(|it| it.iter().any(|(id, _)| of_these(id)))
    };
    let open = move || filled || wrong() || folding.is_open_untracked();
    view! {
        <details class="unfolds" open=open on:toggle=move |event| folding.follow(&event)>
            <summary>{title}</summary>
            {move || (filled || folding.is_open()).then(&body)}
        </details>
    }
    .into_any()
}

#[component]
fn Parts(
    /// Names the line in the basket.
    id: u32,
    /// What its parts are.
    kind: Kind,
    /// What is counted.
    unit: Text,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let count = Memo::new(move |_| read(app, id, |line| kind.of(&line.wishes).len()));
    let places = move || (0..count.get()).collect::<Vec<_>>();
    let full = move || count.get() >= CALL_OFFS;
    let add = move |_| {
        app.basket.update(|basket| {
            basket.wish(id, |wishes, quantity| {
                let left = u64::from(quantity).saturating_sub(wishes.called_off());
                let typed = match kind {
                    Kind::Ramp => quantity.to_string(),
                    Kind::CallOff => left.to_string(),
                };
                kind.of_mut(wishes).push(TypedPart {
                    at: String::new(),
                    quantity: typed,
                });
            });
        });
        let last = count.get_untracked().saturating_sub(1);
        spawn_local(async move {
            // Once the new row is there.
            TimeoutFuture::new(0).await;
            app.focus_in_place(&format!("{}-{last}-at", kind.id(id)));
        });
    };
    let label = match kind {
        Kind::Ramp => quote.ramp_add,
        Kind::CallOff => quote.call_off_add,
    };
    let sum = move || {
        (kind == Kind::CallOff && count.get() > 0).then(|| {
            let (called_off, quantity) =
                read(app, id, |line| (line.wishes.called_off(), line.quantity));
            let of = [called_off, quantity.into()].map(|it| words.format.number(it.into()));
            quote.called_off.with([&of[0], &of[1]])
        })
    };
    view! {
        <div class="parts">
            <For each=places key=|at| *at let:at>
                <Part id=id kind=kind at=at unit=unit.clone()/>
            </For>
            <p class="small" role="status">{sum}</p>
            <button class="button" type="button" id=format!("{}-add", kind.id(id))
                disabled=full on:click=add>{label}</button>
        </div>
    }
    .into_any()
}

#[component]
fn Part(
    /// Names the line in the basket.
    id: u32,
    /// What it is.
    kind: Kind,
    /// Its place.
    at: usize,
    /// What is counted.
    unit: Text,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let label = match kind {
        Kind::Ramp => quote.ramp_month,
        Kind::CallOff => quote.date,
    };
    let remove = move |_| {
        app.basket.update(|basket| {
            basket.wish(id, |wishes, _| {
                let parts = kind.of_mut(wishes);
                if at < parts.len() {
                    parts.remove(at);
                }
            });
        });
        app.focus_in_place(&format!("{}-add", kind.id(id)));
    };
    let name = move || {
        let at = read(app, id, |line| {
            kind.of(&line.wishes).get(at).map(|it| it.at.clone())
        });
        let what = format!("{label} {}", at.unwrap_or_default());
        quote.remove_part.with([&what])
    };
    view! {
        <div class="part">
            <PartField id=id kind=kind at=at label=label.to_owned() first=true/>
            <PartField id=id kind=kind at=at label=words.number_of(&unit) first=false/>
            <button class="link" type="button" aria-label=name on:click=remove>{quote.remove}</button>
        </div>
    }
    .into_any()
}

#[component]
fn PartField(
    /// Names the line in the basket.
    id: u32,
    /// Of which parts.
    kind: Kind,
    /// Place of the part.
    at: usize,
    /// Name of the field.
    label: String,
    /// Whether it is the first of the two.
    first: bool,
) -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let page: QuotePage = expect_context();
    let field = if first { "at" } else { "quantity" };
    let control = format!("{}-{at}-{field}", kind.id(id));
    let fault_id = format!("{control}-fault");
    let is_date = first && kind == Kind::CallOff;
    let typed = move || {
        read(app, id, |line| {
            let part = kind.of(&line.wishes).get(at).cloned().unwrap_or_default();
            if first { part.at } else { part.quantity }
        })
    };
    let name = control.clone();
    let fault = Memo::new(move |_| {
        let fault = |it: &Vec<(String, Fault)>| {
            it.iter()
                .find(|(at, _)| *at == name)
                .map(|(_, fault)| *fault)
        };
        page.parts.with(fault).filter(|_| page.attempted.get())
    });
    view! {
        <div class="entry">
            <label for=control.clone()>{label}</label>
            <input class="control" class:date=is_date class:figure=!is_date id=control
                type=if is_date { "date" } else { "text" } inputmode=(!is_date).then_some("numeric")
                autocomplete="off" aria-describedby=fault_id.clone()
                aria-invalid=move || fault.get().map(|_| "true") prop:value=typed
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    app.basket.update(|basket| basket.wish(id, |wishes, _| {
                        if let Some(part) = kind.of_mut(wishes).get_mut(at) {
                            *(if first { &mut part.at } else { &mut part.quantity }) = typed;
                        }
                    }));
                }/>
            <p class="fault small" id=fault_id>{move || fault.get().map(|it| fault_text(words, it))}</p>
        </div>
    }
    .into_any()
}

/// Something of a line; tracked.
fn read<T: Default>(app: App, id: u32, read: impl FnOnce(&BasketLine) -> T) -> T {
    app.basket.with(|basket| {
        let line = basket.lines().iter().find(|line| line.id == id);
        line.map(read).unwrap_or_default()
    })
}
