//! Optional lines and alternatives: checked, kept, and told to the supplier.

use serde_json::{Value as Json, json};

use crate::catalog::{PLAIN, gadgets};
use crate::kit::{Answer, Endpoint, INBOX, new_key, request, today};

/// Line 0 costs 6,242.75, line 1 612.03; the second is proposed so.
fn proposing(mut sent: Json, proposed: Json) -> Json {
    sent["lines"][1]["proposed"] = proposed;
    sent["totals"] = json!({ "net": "6242.75", "tax": "1310.98", "gross": "7553.73" });
    sent
}

#[tokio::test]
async fn a_line_that_does_not_count_is_kept_with_what_taking_it_would_change() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = || request(&catalog, Some("public"), today());
    for (proposed, net, gross) in [
        // 21 percent of 6,854.78 are 1,439.50.
        (json!("optional"), "612.03", "740.55"),
        (json!({ "alternative_to": 0 }), "-5630.72", "-6813.17"),
    ] {
        let sent = proposing(sent(), proposed);
        let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
        assert_eq!(answer.status, 201, "{:#}", answer.body);
        assert_eq!(answer.body["totals"]["net"], "6242.75");
        let id = answer.body["id"].as_str().expect("an id").to_owned();
        let kept = Answer::of(endpoint.get(&format!("/api/quote-requests/{id}"))).await;
        assert_eq!(kept.body["request"], sent);
        let [counts, other] = [0, 1].map(|at| &kept.body["lines"][at]);
        assert_eq!(counts["if_taken"], json!(null));
        let once = &other["price"]["price"]["once"];
        assert_eq!(once["net"], sent["lines"][1]["net"]);
        assert_eq!(other["if_taken"]["net"], net);
        assert_eq!(other["if_taken"]["gross"], gross);
        assert!(other["days_later"].is_number(), "{other:#}");
        let inbox = endpoint.get(&format!("/api/inbox/{id}")).bearer_auth(INBOX);
        let inbox = Answer::of(inbox).await;
        assert_eq!(inbox.body["margins"]["net"], "6242.75", "{:#}", inbox.body);
        assert_eq!(inbox.body["stored"]["lines"][1]["if_taken"]["net"], net);
    }
}

#[tokio::test]
async fn what_is_proposed_wrongly_is_refused_by_its_place() {
    let catalog = gadgets(PLAIN);
    let endpoint = Endpoint::start(std::slice::from_ref(&catalog)).await;
    let sent = || request(&catalog, Some("public"), today());
    let mut cheaper = proposing(sent(), json!("optional"));
    cheaper["lines"][1]["net"] = json!("1.00");
    let mut none = proposing(sent(), json!("optional"));
    none["lines"][0]["proposed"] = json!("optional");
    let mut counted = sent();
    counted["lines"][1]["proposed"] = json!("optional");
    let mut many = proposing(sent(), json!("optional"));
    let line = many["lines"][1].clone();
    let lines = many["lines"].as_array_mut().expect("lines");
    lines.extend(std::iter::repeat_n(line, 20));
    for (sent, problem, pointer) in [
        (many, "invalid-request", ("/lines", "too-many")),
        (cheaper, "amounts-differ", ("/lines/1/net", "612.03")),
        (counted, "amounts-differ", ("/totals/net", "6242.75")),
        (none, "invalid-request", ("/lines", "nothing-counts")),
        (
            proposing(sent(), json!({ "alternative_to": 1 })),
            "invalid-request",
            ("/lines/1/proposed", "no-alternative"),
        ),
        (
            proposing(sent(), json!({ "alternative_to": 7 })),
            "invalid-request",
            ("/lines/1/proposed", "no-alternative"),
        ),
    ] {
        let answer = Answer::of(endpoint.post(&new_key(), &sent)).await;
        assert_eq!(answer.problem(), problem, "{:#}", answer.body);
        let (pointer, code) = pointer;
        let expected = (pointer.to_owned(), code.to_owned());
        assert_eq!(
            answer.pointers().first(),
            Some(&expected),
            "{:#}",
            answer.body
        );
    }
    assert_eq!(endpoint.count(), 0);
}
