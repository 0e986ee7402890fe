//! Keeps what the buyer is working on, and opens it again.

mod left_out;
mod open;
mod requote;
mod saving;
mod several;
mod tabs;

pub use left_out::{LeftOut, is_passing};
pub use open::OpenDraft;
pub use requote::{Requoted, requote};
pub use saving::{Saving, keep, leave, writing};
pub use several::{all, begin, copy, copy_request, delete, is_open, name_of, rename, switch};
pub use tabs::{Tabs, listen, take_over};

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use quotewright_engine::catalog::{Assignment, Decisions, Model, Value};
use quotewright_engine::configure::check;

use crate::api::Api;
use crate::app::App;
use crate::state::{Basket, Catalog, Settings};
use crate::storage::drafts::{Draft, DraftLine, Form, LineWishes, Mark};
use crate::storage::tab;
use crate::sync::now;

/// Takes the lines out of the quote until they are opened again, as part of the draft: what
/// they cost is one customer's business.
pub fn set_aside(app: App) {
    let lines = all_lines(app);
    app.left_out.set(LeftOut::waiting(lines));
    app.basket.update(Basket::clear);
}

/// Under which the drafts of an element with these attributes are kept.
pub fn key_for(settings: &Settings) -> String {
    let api = Api::new(&settings.endpoint, None);
    format!("{} {}", api.endpoint(), settings.catalog)
}

/// The draft as it is now.
pub fn draft_of(app: App) -> Option<Draft> {
    let catalog = app.workbench.catalog.try_get_untracked().flatten()?;
    let session = app.workbench.session.try_get_untracked()?;
    let open = app.open_draft.try_get_untracked()?;
    Some(Draft {
        name: open.name,
        began: open.began,
        written: Mark::default(),
        product: catalog.model.product.clone(),
        quantity: app.workbench.quantity.try_get_untracked()?,
        decisions: codes(&catalog.model, session.decisions()),
        lines: all_lines(app),
        answers: app.questions.answers.try_get_untracked()?,
        form: app.form.try_get_untracked()?,
    })
}

/// Those of the quote, then those that are left out of it.
fn all_lines(app: App) -> Vec<DraftLine> {
    let mut lines = app.basket.try_with_untracked(lines_of).unwrap_or_default();
    lines.extend(left_out_lines(app));
    lines
}

fn left_out_lines(app: App) -> Vec<DraftLine> {
    app.left_out
        .try_with_untracked(|left_out| left_out.lines.clone())
        .unwrap_or_default()
}

/// The draft once the lines of the quote were sent.
pub fn draft_once_sent(app: App) -> Option<Draft> {
    let mut draft = draft_of(app)?;
    draft.lines = left_out_lines(app);
    draft.name.clear();
    draft.began = now();
    keep_contact_only(&mut draft.form);
    Some(draft)
}

/// What the next request will most likely say as well.
pub fn keep_contact_only(form: &mut Form) {
    form.note.clear();
    form.delivery_date.clear();
    form.start.clear();
    form.until.clear();
    form.promotions.clear();
}

/// Opens the draft that is kept, as far as the catalog still has what it names. `still`:
/// whether anybody is waiting for it.
pub async fn restore(app: App, catalog: &Arc<Catalog>, still: impl Fn() -> bool) {
    let Some(base) = app.settings.try_with_untracked(key_for) else {
        return;
    };
    let (id, draft) = several::find(app, &base).await;
    let (opened, left_out) = open_lines(app, &draft.lines, false).await;
    if !still() {
        return;
    }
    if draft.form != Form::default() {
        app.form.set(draft.form.clone());
    }
    app.questions.answer(&draft.answers);
    put(app, opened, left_out);
    decide(app, catalog, &draft);
    tab::remember(&base, &id);
    app.open_draft.set(OpenDraft::read(id, &draft));
    // What cannot be opened any more is told once.
    let complete = app.left_out.with_untracked(|it| it.impossible == 0);
    app.saving
        .kept
        .set_value(draft_of(app).filter(|_| complete));
    app.restored.set(true);
}

/// Opens `draft`, which the page has open already, under the catalog and the prices that
/// hold now. Lines that these do not allow stay in the draft: they may be allowed again
/// after the next sign-in.
pub async fn open_again(app: App, catalog: &Arc<Catalog>, draft: &Draft, still: impl Fn() -> bool) {
    loop {
        let lines = all_lines(app);
        let (opened, left_out) = open_lines(app, &lines, true).await;
        if !still() {
            return;
        }
        // The buyer may have changed them meanwhile.
        if all_lines(app) == lines {
            put(app, opened, left_out);
            break;
        }
    }
    decide(app, catalog, draft);
}

/// Adds `lines` to the quote, under the catalog as it is now.
pub fn add(app: App, lines: Vec<DraftLine>) {
    app.left_out.update(|left_out| {
        let lines = [std::mem::take(&mut left_out.lines), lines].concat();
        *left_out = LeftOut::waiting(lines);
    });
    app.load();
}

fn put(app: App, opened: Vec<Opened>, left_out: LeftOut) {
    app.basket.update(|basket| {
        basket.clear();
        for line in opened {
            line.add_to(basket);
        }
    });
    app.left_out.set(left_out);
}

fn decide(app: App, catalog: &Catalog, draft: &Draft) {
    if draft.product == catalog.model.product && !draft.decisions.is_empty() {
        let decisions = decisions_of(&catalog.model, &draft.decisions);
        app.workbench.change(|session| session.replace(decisions));
        app.workbench.ask_for(draft.quantity);
    }
}

/// `keep`: also what is no longer possible.
async fn open_lines(app: App, lines: &[DraftLine], keep: bool) -> (Vec<Opened>, LeftOut) {
    let mut opened = Vec::new();
    let mut left_out = LeftOut::default();
    for line in lines {
        match app.fetch_product(&line.product).await {
            Err(failure) => left_out.add(line, Some(&failure), keep),
            Ok(catalog) => match reopen(catalog, line) {
                Some(line) => opened.push(line),
                None => left_out.add(line, None, keep),
            },
        }
    }
    (opened, left_out)
}

/// A line under the catalog as it is now.
pub struct Opened {
    catalog: Arc<Catalog>,
    decisions: Decisions,
    assignment: Assignment,
    quantity: u32,
    wishes: LineWishes,
}

impl Opened {
    fn add_to(self, basket: &mut Basket) {
        let id = basket.add(self.catalog, self.decisions, self.assignment, self.quantity);
        basket.wish(id, |wishes, _| *wishes = self.wishes);
    }
}

/// `line` under `catalog`; `None` where it is no valid configuration any more.
fn reopen(catalog: Arc<Catalog>, line: &DraftLine) -> Option<Opened> {
    let model = &catalog.model;
    let assignment = assignment_of(model, &line.assignment)?;
    let decisions = decisions_of(model, &line.decisions);
    Some(Opened {
        catalog,
        decisions,
        assignment,
        quantity: line.quantity,
        wishes: line.wishes.clone(),
    })
}

/// The lines of a quote, by codes.
pub fn lines_of(basket: &Basket) -> Vec<DraftLine> {
    let line = |line: &crate::state::BasketLine| DraftLine {
        product: line.catalog.model.product.clone(),
        quantity: line.quantity,
        decisions: codes(&line.catalog.model, &line.decisions),
        assignment: assignment_codes(&line.catalog.model, &line.assignment),
        wishes: line.wishes.clone(),
    };
    basket.lines().iter().map(line).collect()
}

/// The valid configuration with these values, by attribute code; `None` where there is none.
pub fn assignment_of(model: &Model, codes: &BTreeMap<String, String>) -> Option<Assignment> {
    let value = |index| {
        let attribute = model.attribute(index)?;
        if model.facts.iter().any(|(fact, _)| *fact == index) {
            return attribute.domain.value_at(0);
        }
        match codes.get(&attribute.code) {
            Some(text) => model.value_from_text(index, text),
            None => attribute.part.map(|_| Value::Absent),
        }
    };
    let assignment = model.indices().map(value).collect::<Option<Assignment>>()?;
    let known = codes.keys().all(|code| model.index_of(code).is_some());
    let valid = check(model, &assignment).is_ok_and(|broken| broken.is_empty());
    (known && valid).then_some(assignment)
}

/// A whole configuration by attribute code.
pub fn assignment_codes(model: &Model, assignment: &[Value]) -> BTreeMap<String, String> {
    let values = model.indices().zip(assignment.iter().copied());
    codes(model, &values.collect())
}

/// Decisions by attribute code.
pub fn codes(model: &Model, values: &Decisions) -> BTreeMap<String, String> {
    let pair = |(index, value): (&_, &Value)| {
        let code = model.attribute(*index)?.code.clone();
        // What is not there is not sent: whether it is follows from its part.
        (*value != Value::Absent).then_some(())?;
        Some((code, model.value_to_text(*index, *value)))
    };
    values.iter().filter_map(pair).collect()
}

/// Decisions from codes, as far as the model has them.
pub fn decisions_of(model: &Model, codes: &BTreeMap<String, String>) -> Decisions {
    let pair = |(code, text): (&String, &String)| {
        let index = model.index_of(code)?;
        Some((index, model.value_from_text(index, text)?))
    };
    codes.iter().filter_map(pair).collect()
}
