//! Where drafts are kept: several of a catalog, none written over by a page that has not read it.

use std::cmp::Reverse;

use super::{Draft, Mark};
use crate::storage::{Access, Shelf, StorageError, Store};

/// A draft that is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct Writing {
    /// Under which it is kept.
    pub key: String,
    /// Under which it is kept instead, where another page has written under `key` since.
    pub spare: String,
    /// The mark under which this page read what it changes.
    pub read: Mark,
    /// What is kept, with the mark of this page.
    pub draft: Draft,
}

impl Writing {
    /// Writes it, and answers under which key.
    pub async fn put(&self, access: &Access) -> Result<&str, StorageError> {
        let there = access.get::<Draft>(Shelf::Drafts, &self.key).await;
        let key = match there {
            Ok(there) if self.may_replace(there.as_ref()) => &self.key,
            // Also where a newer version of the app wrote what this one cannot read.
            _ => &self.spare,
        };
        access.put(Shelf::Drafts, key, &self.draft).await?;
        Ok(key)
    }

    /// Whether what is kept is what this page read or wrote.
    fn may_replace(&self, there: Option<&Draft>) -> bool {
        there.is_none_or(|there| {
            there.written == self.read || there.written.page == self.draft.written.page
        })
    }
}

/// The draft under `key`.
pub async fn load(store: &Store, key: &str) -> Option<Draft> {
    let draft = store.read(Shelf::Drafts, async |it| it.get(Shelf::Drafts, key).await);
    draft.await.ok().flatten()
}

/// The drafts for `base` with their ids, the one that was written last first.
pub async fn list(store: &Store, base: &str) -> Vec<(String, Draft)> {
    let found = store.read(Shelf::Drafts, async |it| {
        let mut found = Vec::new();
        for key in it.keys(Shelf::Drafts).await? {
            if let Some(id) = id_in(&key, base)
                && let Ok(Some(draft)) = it.get::<Draft>(Shelf::Drafts, &key).await
            {
                found.push((id.to_owned(), draft));
            }
        }
        Ok(found)
    });
    let mut found = found.await.unwrap_or_default();
    found.sort_by_key(|(_, draft)| Reverse(draft.written.at));
    found
}

/// Keeps a draft, and answers under which key; `None` where that was not possible.
pub async fn save(store: &Store, writing: &Writing) -> Option<String> {
    let written = store.write(&[Shelf::Drafts], async |it| {
        writing.put(it).await.map(str::to_owned)
    });
    written.await.ok()
}

/// Forgets the draft under `key`.
pub async fn delete(store: &Store, key: &str) {
    let deleted = store.write(&[Shelf::Drafts], async |it| {
        it.delete(Shelf::Drafts, key).await
    });
    // Where it failed, the draft is still listed.
    drop(deleted.await);
}

/// Under which the draft `id` for `base` is kept. The one without an id is the only one that
/// earlier versions of the app kept.
pub fn key(base: &str, id: &str) -> String {
    match id {
        "" => base.to_owned(),
        id => format!("{base} {id}"),
    }
}

/// The id in `key`, where it is one for `base`.
fn id_in<'key>(key: &'key str, base: &str) -> Option<&'key str> {
    match key.strip_prefix(base)? {
        "" => Some(""),
        rest => rest.strip_prefix(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_endpoint_catalog_and_draft() {
        let base = "https://example.com conveyor";
        for id in ["", "1f"] {
            assert_eq!(id_in(&key(base, id), base), Some(id));
        }
        for other in [
            "https://example.com conveyor-2",
            "https://example.com",
            "https://example.com pump 1f",
        ] {
            assert_eq!(id_in(other, base), None, "{other}");
        }
    }

    #[test]
    fn no_page_writes_over_what_another_has_changed() {
        let mark = |page: &str, at| Mark {
            page: page.to_owned(),
            at,
        };
        let draft = |written| Draft {
            written,
            ..Draft::default()
        };
        let writing = Writing {
            key: String::new(),
            spare: String::new(),
            read: mark("first", 1),
            draft: draft(mark("mine", 5)),
        };
        for (there, expected) in [
            (None, true),
            (Some(mark("first", 1)), true),
            (Some(mark("mine", 4)), true),
            (Some(mark("first", 3)), false),
            (Some(mark("second", 3)), false),
            (Some(Mark::default()), false),
        ] {
            let found = writing.may_replace(there.clone().map(draft).as_ref());
            assert_eq!(found, expected, "{there:?}");
        }
    }

    #[test]
    fn a_draft_is_blank_until_something_is_in_it() {
        type Fill = fn(&mut Draft);
        let cases: [(Fill, bool); 5] = [
            (|_| {}, true),
            (|draft| draft.form.company.push('A'), true),
            (|draft| draft.name.push('A'), false),
            (|draft| draft.form.note.push('A'), false),
            (
                |draft| {
                    draft
                        .lines
                        .push(crate::storage::drafts::DraftLine::default())
                },
                false,
            ),
        ];
        for (place, (fill, expected)) in cases.into_iter().enumerate() {
            let mut draft = Draft::default();
            fill(&mut draft);
            assert_eq!(draft.is_blank(), expected, "case {place}");
        }
    }

    #[test]
    fn a_draft_of_an_earlier_version_is_read_and_may_be_written() {
        let text =
            r#"{"product":"conveyor","quantity":2,"lines":[{"product":"conveyor","quantity":3}]}"#;
        let there: Draft = serde_json::from_str(text).unwrap();
        assert_eq!((there.quantity, there.lines.len()), (2, 1));
        let writing = Writing {
            key: String::new(),
            spare: String::new(),
            read: there.written.clone(),
            draft: Draft::default(),
        };
        assert!(writing.may_replace(Some(&there)));
    }
}
