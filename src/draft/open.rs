use crate::storage::drafts::{Draft, Mark};
use crate::sync::{Moment, new_key, now};

/// Which of the drafts of a catalog a page has open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OpenDraft {
    /// Names it; `None` before one is chosen.
    pub id: Option<String>,
    /// What the buyer calls it.
    pub name: String,
    /// When it was begun.
    pub began: Moment,
    /// The mark under which it was read.
    pub read: Mark,
    /// Names the draft that this page goes on with, should another change this one.
    pub spare: String,
    /// Whether that has happened.
    pub parted: bool,
    /// Whether another page has changed it, and this one has not written since.
    pub changed: bool,
}

impl OpenDraft {
    /// The one that is to be opened.
    pub fn called(id: String) -> Self {
        Self {
            id: Some(id),
            ..Self::default()
        }
    }

    /// The one that was read.
    pub fn read(id: String, draft: &Draft) -> Self {
        Self {
            id: Some(id),
            name: draft.name.clone(),
            began: draft.began,
            read: draft.written.clone(),
            spare: new_key(),
            parted: false,
            changed: false,
        }
    }

    /// Its lines were sent: what follows is another quote.
    pub fn begin_again(&mut self) {
        self.name.clear();
        self.began = now();
        self.parted = false;
    }

    /// Goes on as a draft of its own.
    pub fn part(&mut self) {
        self.id = Some(std::mem::replace(&mut self.spare, new_key()));
        self.read = Mark::default();
        self.parted = true;
        self.changed = false;
    }
}
