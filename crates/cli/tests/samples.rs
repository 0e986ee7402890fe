//! The sample catalogs, priced against figures worked out by hand.

mod kit;

use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

fn priced(catalog: &str, request: &Json) -> Json {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalogs");
    let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
    command.arg("price").arg(root.join(catalog));
    let output = kit::answer(&mut command, &request.to_string());
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{request}: {told}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// `buyer`: who buys, and which promotions were entered.
fn check(catalog: &str, buyer: Json, line: Json, expected: &[(&str, &str)]) {
    let mut request = buyer;
    request["date"] = json!("2026-06-01");
    request["lines"] = json!([line]);
    let answer = priced(catalog, &request);
    for (pointer, expected) in expected {
        let found = answer.pointer(pointer).and_then(Json::as_str);
        assert_eq!(found, Some(*expected), "{pointer} of {request}");
    }
}

#[test]
fn a_subscription_grows_in_its_second_year() {
    let line = json!({
        "quantity": 60,
        "configuration": {
            "plan": "business", "warehouses": 2, "picking": "scanner", "analytics": "yes",
            "carriers": "yes", "shipments": 3400, "api_calls": 250, "support": "extended",
            "onboarding_days": 4, "term": 24, "growth_2": 15,
        },
    });
    let expected = [
        // Set-up, and 4 days at 960.
        ("/totals/net", "4330.00"),
        // 10 users at 490, 40 at 430, 10 at 370.
        (
            "/lines/0/recurring/0/charge/line_steps/0/amount",
            "25800.00",
        ),
        // With 60 scanners at 60, a warehouse at 1,200, analytics at 1,490, 4 packages of
        // shipments at 350 and 2 blocks of calls at 400 it is 34,290; plus 8, minus 5 percent.
        ("/lines/0/recurring/0/total", "35181.54"),
        // 15 users more at 350 make it 39,540.
        ("/lines/0/recurring/1/total", "40568.04"),
        ("/contract_total", "80079.58"),
        // 21 percent on top.
        ("/totals/gross", "5239.30"),
        ("/recurring/0/totals/gross", "42569.66"),
    ];
    check("subscription", json!({}), line, &expected);
}

#[test]
fn a_small_subscription_starts_at_half_the_price_in_kroner() {
    let buyer = json!({ "country": "NO", "promotions": ["HALF"] });
    let line = json!({
        "quantity": 12,
        "configuration": {
            "plan": "start", "billing": "monthly", "picking": "scanner", "e_invoicing": "yes",
            "onboarding_days": 1,
        },
    });
    let expected = [
        ("/currency", "NOK"),
        ("/totals/net", "11500.00"),
        // 5 users at 329, 7 at 289, half of it; 12 scanners at 69, and 449.
        ("/lines/0/recurring/0/charge/net", "3111.00"),
        ("/lines/0/recurring/1/charge/net", "4945.00"),
        // 3 and 9 months, and a day of onboarding.
        ("/contract_total", "65338.00"),
        ("/totals/taxes/0/tax", "outside"),
        ("/totals/gross", "11500.00"),
    ];
    check("subscription", buyer, line, &expected);
}

#[test]
fn a_subscription_begins_on_any_day_and_is_billed_by_the_month() {
    let line = json!({
        "quantity": 12,
        "configuration": {
            "plan": "start", "billing": "monthly", "picking": "scanner", "e_invoicing": "yes",
            "onboarding_days": 1,
        },
    });
    // As above: 3,111.00 in the first three months, which end on 16 January, then 4,945.00.
    let buyer = |until: &str| {
        let mut buyer = json!({ "country": "NO", "promotions": ["HALF"], "start": "2026-10-17" });
        if !until.is_empty() {
            buyer["until"] = json!(until);
        }
        buyer
    };
    let first = [
        ("/lines/0/recurring/0/billed/0/until", "2026-10-31"),
        ("/lines/0/recurring/0/billed/0/periods", "15/31"),
        ("/lines/0/recurring/0/billed/0/amount", "1505.32"),
        ("/lines/0/recurring/0/billed/1/periods", "2"),
        ("/lines/0/recurring/0/billed/1/amount", "6222.00"),
        ("/lines/0/recurring/0/billed/2/until", "2027-01-16"),
        ("/lines/0/recurring/0/billed/2/amount", "1605.68"),
        ("/lines/0/recurring/0/total", "9333.00"),
        ("/lines/0/recurring/1/billed/0/from", "2027-01-17"),
        ("/lines/0/recurring/1/billed/0/amount", "2392.74"),
    ];
    let year = [
        ("/lines/0/recurring/1/billed/1/amount", "39560.00"),
        ("/lines/0/recurring/1/billed/2/until", "2027-10-16"),
        ("/lines/0/recurring/1/billed/2/amount", "2552.26"),
        ("/contract_total", "65338.00"),
    ];
    check(
        "subscription",
        buyer(""),
        line.clone(),
        &[&first[..], &year].concat(),
    );
    // Half of January, February and March.
    let until_march = [
        ("/lines/0/recurring/1/billed/1/amount", "9890.00"),
        ("/lines/0/recurring/1/total", "12282.74"),
        ("/contract_total", "33115.74"),
    ];
    let until = buyer("2027-03-31");
    check(
        "subscription",
        until,
        line,
        &[&first[..], &until_march].concat(),
    );
}

#[test]
fn a_large_subscription_is_priced_in_zlotys() {
    let line = json!({
        "quantity": 300,
        "configuration": {
            "plan": "enterprise", "warehouses": 3, "robots": "yes", "api_calls": 800,
            "picking": "voice", "support": "always", "sso": "scim", "dedicated": "yes",
            "onboarding": "on_site", "onboarding_days": 14, "migration": "custom", "term": 36,
        },
    });
    let expected = [
        ("/currency", "PLN"),
        // 1,790; 14 days at 3,900 less 15 percent, and at 390; 17,900, 3,590, 5,400, 3 at 8,600.
        ("/totals/net", "106350.00"),
        // 50 users at 2,790, 150 at 2,390, 100 at 2,090.
        (
            "/lines/0/recurring/0/charge/line_steps/0/amount",
            "707000.00",
        ),
        // 5 blocks of calls at 1,590, and one at 5,890.
        (
            "/lines/0/recurring/0/charge/line_steps/3/amount",
            "13840.00",
        ),
        // 300 headsets at 540, and the rest: 973,010, plus 18, minus 10 percent.
        ("/lines/0/recurring/0/charge/net", "1033336.62"),
        ("/contract_total", "3206359.86"),
        ("/totals/taxes/0/tax", "reverse"),
        ("/totals/gross", "106350.00"),
    ];
    let buyer = json!({ "country": "PL", "vat_id": "PL5260001246" });
    check("subscription", buyer, line, &expected);
}

#[test]
fn a_subscription_has_a_least_price_and_resellers_a_better_one() {
    let small = json!({
        "quantity": 3,
        "configuration": { "plan": "business", "billing": "monthly" },
    });
    let expected = [
        // 3 users at 49 are 147.
        ("/lines/0/recurring/0/charge/net", "250.00"),
        ("/lines/0/recurring/0/total", "3000.00"),
    ];
    check("subscription", json!({}), small, &expected);
    let line = json!({ "quantity": 10, "configuration": { "plan": "business" } });
    let reseller = json!({ "channel": "reseller", "country": "NL" });
    let expected = [
        // 490 less 20 percent; set-up and two days of onboarding as they are.
        ("/lines/0/recurring/0/charge/net", "3920.00"),
        ("/totals/net", "2410.00"),
    ];
    check("subscription", reseller, line, &expected);
}

#[test]
fn a_retainer_has_hours_fees_and_films() {
    let line = json!({
        "configuration": {
            "search_ads": "yes", "social": "yes", "campaigns": 1, "languages": 2,
            "strategy": 4, "account": 6, "design": 14, "copy": 12, "ads": 10, "development": 0,
            "media_budget": 12000, "reporting": "live", "start_up": "workshop", "term": 12,
            "video_days": 2,
        },
    });
    let expected = [
        // 1,750 less half of it, and two channels at 425.
        ("/lines/0/once/net", "1725.00"),
        // 46 hours are 5,654; less 4 percent, less 7 percent of that.
        (
            "/lines/0/recurring/0/charge/unit_steps/7/amount",
            "-379.9488",
        ),
        // 5,000 at 18 and 7,000 at 15 percent.
        ("/lines/0/recurring/0/charge/line_steps/0/amount", "1950.00"),
        // With a campaign at 290, 12 hours of translation at 46, and 295 for reports.
        ("/lines/0/recurring/0/charge/net", "8134.89"),
        ("/lines/0/recurring/1/charge/net", "3500.00"),
        ("/lines/0/recurring/2/charge/net", "590.00"),
        // 12 months, 4 quarters, one year.
        ("/contract_total", "113933.68"),
        // 21 of 121 parts are tax.
        ("/totals/gross", "1725.00"),
        ("/totals/tax", "299.38"),
        ("/totals/net", "1425.62"),
    ];
    check("agency", json!({}), line, &expected);
}

#[test]
fn a_retainer_is_priced_in_kroner_and_zlotys() {
    let seo = json!({
        "configuration": { "seo": "yes", "strategy": 2, "account": 2, "copy": 8, "development": 4 },
    });
    let expected = [
        ("/currency", "NOK"),
        // 2 at 1,850, 2 at 1,350, 8 at 1,300, 4 at 1,600, less 3 percent for six months.
        ("/lines/0/recurring/0/charge/net", "22504.00"),
        // Outside the EU no tax is due: 3,990 with the order and 22,504 six times, without 21
        // percent.
        ("/contract_total", "114887.62"),
    ];
    check("agency", json!({ "country": "NO" }), seo, &expected);
    let rush = json!({
        "configuration": {
            "search_ads": "yes", "strategy": 4, "account": 8, "ads": 40, "media_budget": 100000,
            "response": "four_hours", "notice": "m1", "reporting": "monthly", "term": 24,
        },
    });
    let buyer = json!({
        "country": "PL", "vat_id": "PL5260001246", "promotions": ["WELCOME"],
    });
    let expected = [
        ("/currency", "PLN"),
        // 1,150 less half of it, and 1,400 are 1,975 with tax; a business pays it without.
        ("/totals/taxes/0/tax", "reverse"),
        ("/totals/gross", "1632.23"),
        // 20,000 at 18, 60,000 at 15, 20,000 at 11 percent.
        (
            "/lines/0/recurring/0/charge/line_steps/1/amount",
            "14800.00",
        ),
        // 52 hours are 15,520, less 4 percent 14,899.20; of this 15 and 4 more, 10 less; 480.
        ("/lines/0/recurring/1/charge/net", "31520.13"),
        // A quarter of 15,520 off.
        ("/lines/0/recurring/0/charge/net", "27640.13"),
        // Each time without the 21 percent that prices contain: 1,632.23 with the order,
        // 22,843.08 in the first month, 26,049.69 in the 23 after it.
        ("/exchanged", "-130617.17"),
        ("/contract_total", "623618.18"),
    ];
    check("agency", buyer, rush, &expected);
}

#[test]
fn a_small_retainer_costs_the_least_that_there_is() {
    let expected = [
        // Eight hours are 1,021, less 3 percent.
        ("/lines/0/recurring/0/charge/unit", "990.37"),
        ("/lines/0/recurring/0/charge/net", "1150.00"),
        ("/lines/0/once/net", "775.00"),
    ];
    let line = json!({ "configuration": { "email": "yes" } });
    check("agency", json!({}), line, &expected);
}

#[test]
fn the_conveyor_waits_for_parts_from_abroad() {
    let ready = |date: &str, configuration: Json| {
        let lines = json!([{ "configuration": configuration }]);
        let request = json!({ "date": date, "delivery": {}, "lines": lines });
        let answer = priced("conveyor", &request);
        answer["delivery"]["lines"][0]["ready"].clone()
    };
    // Five Norwegian days after 11 May, without Ascension Day: the 19th. Eight in Eindhoven,
    // without Whit Monday: 1 June. Two more.
    let frame = json!({ "frame": "stainless_304" });
    assert_eq!(ready("2026-05-11", frame), "2026-06-03");
    // Twelve Polish days after 14 December, without Christmas Eve, Christmas and New Year's
    // Day: 4 January. Eight in Eindhoven: the 14th. Two more, of which one is a Monday.
    let cabinet = json!({ "control": "cabinet" });
    assert_eq!(ready("2026-12-14", cabinet), "2027-01-18");
    // Nothing is waited for: ten days in Eindhoven after 17 December, five of them in January.
    assert_eq!(ready("2026-12-17", json!({})), "2027-01-08");
}
