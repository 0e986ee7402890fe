use quotewright_engine::catalog::{Assignment, Decisions};
use std::sync::Arc;

use super::Catalog;
use crate::storage::drafts::LineWishes;

/// What the buyer wants a quote for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basket {
    lines: Vec<BasketLine>,
    last_id: u32,
    edited: Option<u32>,
}

/// One configured product, so many pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct BasketLine {
    /// Names the line as long as the basket lives.
    pub id: u32,
    /// The product and its prices as they were configured.
    pub catalog: Arc<Catalog>,
    /// What the buyer chose.
    pub decisions: Decisions,
    /// The complete configuration.
    pub assignment: Assignment,
    /// Pieces, at least one.
    pub quantity: u32,
    /// What the buyer wants of it besides, as it was typed.
    pub wishes: LineWishes,
}

impl Basket {
    /// The lines, in the order in which they were added.
    pub fn lines(&self) -> &[BasketLine] {
        &self.lines
    }

    /// Adds a line, or puts it in place of the one that is edited, and answers its id.
    pub fn add(
        &mut self,
        catalog: Arc<Catalog>,
        decisions: Decisions,
        assignment: Assignment,
        quantity: u32,
    ) -> u32 {
        let edited = self.edited.take();
        let place = edited.and_then(|id| self.lines.iter().position(|line| line.id == id));
        let id = match (edited, place) {
            (Some(id), Some(_)) => id,
            _ => self.next_id(),
        };
        let line = BasketLine {
            id,
            catalog,
            decisions,
            assignment,
            quantity: quantity.max(1),
            wishes: LineWishes::default(),
        };
        match place.and_then(|place| self.lines.get_mut(place)) {
            Some(old) => {
                let wishes = std::mem::take(&mut old.wishes);
                *old = BasketLine { wishes, ..line };
            }
            None => self.lines.push(line),
        }
        id
    }

    fn line_mut(&mut self, id: u32) -> Option<&mut BasketLine> {
        self.lines.iter_mut().find(|line| line.id == id)
    }

    fn next_id(&mut self) -> u32 {
        self.last_id += 1;
        self.last_id
    }

    /// The next line that is added takes the place of this one.
    pub fn edit(&mut self, id: u32) {
        self.edited = Some(id);
    }

    /// The line that is edited.
    pub fn edited(&self) -> Option<u32> {
        self.edited
    }

    /// Changes the number of pieces of a line.
    pub fn set_quantity(&mut self, id: u32, quantity: u32) {
        if let Some(line) = self.line_mut(id) {
            line.quantity = quantity.max(1);
        }
    }

    /// Decides a line otherwise.
    pub fn decide(&mut self, id: u32, decisions: Decisions, assignment: Assignment) {
        if let Some(line) = self.line_mut(id) {
            line.decisions = decisions;
            line.assignment = assignment;
        }
    }

    /// Changes what is wanted of a line besides, of which there are so many pieces.
    pub fn wish(&mut self, id: u32, change: impl FnOnce(&mut LineWishes, u32)) {
        if let Some(line) = self.line_mut(id) {
            change(&mut line.wishes, line.quantity);
        }
    }

    /// Takes a line out, and nothing else.
    pub(super) fn drop_line(&mut self, id: u32) {
        self.lines.retain(|line| line.id != id);
    }

    /// Takes all lines out, once they were sent.
    pub fn clear(&mut self) {
        self.lines.clear();
        self.edited = None;
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }
}
