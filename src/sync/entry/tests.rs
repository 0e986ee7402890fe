use quotewright_protocol::{Problem, QuoteState, Receipt};

use super::{Cause, Entry, EntryState, Moment, Occasion, Settled};
use crate::api::ApiError;

const NOW: Moment = 1_000_000;

fn entry() -> Entry {
    Entry::new("key".into(), String::new(), None, "{ }".into(), NOW)
}

fn receipt() -> Receipt {
    Receipt {
        id: "id".into(),
        number: "Q-2026-00001".into(),
        state: QuoteState::Received,
        received_at: "2026-03-02T10:00:00Z".into(),
        company: "Acme".into(),
        lines: 1,
        totals: None,
        currency: None,
        to_confirm: false,
        late_days: 0,
    }
}

fn problem(status: u16) -> Box<Problem> {
    Box::new(Problem {
        status,
        ..Problem::default()
    })
}

#[test]
fn each_answer_has_its_consequence() {
    let asked = |cause, until, earliest| EntryState::Waiting {
        until,
        earliest,
        cause: Some(cause),
    };
    let waiting = |cause, until| asked(cause, until, 0);
    let busy = |status, retry_after| ApiError::Busy {
        status,
        retry_after,
    };
    let soon = NOW + 2_000;
    for (answer, expected) in [
        (ApiError::Network, waiting(Cause::Network, soon)),
        (busy(503, None), waiting(Cause::Busy, soon)),
        (busy(429, Some(1)), asked(Cause::Busy, soon, NOW + 1_000)),
        (
            busy(429, Some(600)),
            asked(Cause::Busy, NOW + 600_000, NOW + 600_000),
        ),
        (ApiError::Unauthorised, waiting(Cause::SignIn, soon)),
        (
            ApiError::Refused(problem(401)),
            waiting(Cause::SignIn, soon),
        ),
        (ApiError::NotFound, waiting(Cause::Unexpected, soon)),
        (
            ApiError::Unexpected("a hotel's login page".into()),
            waiting(Cause::Unexpected, soon),
        ),
        (
            ApiError::Refused(problem(422)),
            EntryState::Refused(problem(422)),
        ),
        (
            ApiError::Refused(problem(410)),
            EntryState::Refused(problem(410)),
        ),
    ] {
        let settled = entry().begin().settle(Err(answer.clone()), NOW);
        let Settled::Kept(kept) = settled else {
            panic!("{answer:?} must not lose the request");
        };
        assert_eq!(kept.state, expected, "{answer:?}");
        assert_eq!((kept.key.as_str(), kept.body.as_str()), ("key", "{ }"));
    }
}

#[test]
fn only_a_receipt_ends_it() {
    let Settled::Sent(sent) = entry().begin().settle(Ok(receipt()), NOW) else {
        panic!("a receipt is the end");
    };
    assert_eq!((sent.key.as_str(), &sent.receipt), ("key", &receipt()));
}

#[test]
fn what_was_interrupted_is_sent_again() {
    use Occasion::{Buyer, Change, Timer};
    let waiting = |cause| EntryState::Waiting {
        until: NOW,
        earliest: 0,
        cause,
    };
    let told = EntryState::Waiting {
        until: NOW,
        earliest: NOW - 1,
        cause: Some(Cause::Busy),
    };
    for (state, occasion, expected) in [
        (waiting(None), Timer, Some(NOW)),
        (waiting(Some(Cause::Network)), Timer, Some(NOW)),
        (waiting(Some(Cause::Network)), Change, Some(0)),
        (waiting(Some(Cause::SignIn)), Change, Some(0)),
        (waiting(Some(Cause::Busy)), Change, Some(NOW)),
        (waiting(Some(Cause::Unexpected)), Change, Some(NOW)),
        (waiting(Some(Cause::Network)), Buyer, Some(0)),
        (waiting(Some(Cause::SignIn)), Buyer, Some(0)),
        (waiting(Some(Cause::Busy)), Buyer, Some(0)),
        (waiting(Some(Cause::Unexpected)), Buyer, Some(0)),
        (told.clone(), Change, Some(NOW)),
        (told, Buyer, Some(NOW - 1)),
        (EntryState::Sending, Timer, Some(0)),
        (EntryState::Refused(problem(422)), Buyer, None),
    ] {
        let entry = Entry { state, ..entry() };
        assert_eq!(
            entry.due(occasion),
            expected,
            "{occasion:?} {:?}",
            entry.state
        );
    }
}

/// Whatever answers come, in whatever order, and wherever the app is killed and started
/// again from what it wrote down: the request is there until it was answered for good,
/// and every attempt has the same key and body.
#[test]
fn no_history_loses_or_changes_a_request() {
    let answers = [
        Err(ApiError::Network),
        Err(ApiError::Busy {
            status: 500,
            retry_after: None,
        }),
        Err(ApiError::Unauthorised),
        Err(ApiError::Refused(problem(422))),
        Ok(receipt()),
    ];
    for history in 0..answers.len().pow(5) {
        let mut on_disk = entry();
        let mut rest = history;
        for _ in 0..5 {
            let answer = answers[rest % answers.len()].clone();
            rest /= answers.len();
            if on_disk.due(Occasion::Buyer).is_none() {
                break;
            }
            on_disk = reload(&on_disk.clone().begin());
            // Killed here, it is due again at once.
            assert_eq!(on_disk.due(Occasion::Timer), Some(0));
            match on_disk.clone().settle(answer, NOW) {
                Settled::Sent(sent) => {
                    assert_eq!(sent.key, "key");
                    break;
                }
                Settled::Kept(kept) => on_disk = reload(&kept),
            }
            assert_eq!(
                (on_disk.key.as_str(), on_disk.body.as_str()),
                ("key", "{ }")
            );
        }
    }
}

fn reload(entry: &Entry) -> Entry {
    let text = serde_json::to_string(entry).expect("an entry is JSON");
    serde_json::from_str(&text).expect("and comes back")
}

#[test]
fn pauses_grow_and_end() {
    for (attempts, expected) in [
        (0, 2_000),
        (1, 2_000),
        (2, 4_000),
        (5, 32_000),
        (6, 60_000),
        (u32::MAX, 60_000),
    ] {
        assert_eq!(super::pause(attempts), expected, "{attempts}");
    }
}
