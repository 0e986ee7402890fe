use super::*;
use crate::price::Due;
use crate::price::adjust::Adjustment;
use crate::price::kit::{amount, asked, dec, large_box, line, model, pack};
use crate::quote::{BelowFloor, Manual, price_quote};

/// Two boxes that cost 60.00, have a floor of 90.00 and are sold at 100.00, with this much
/// off: net, cost, margin, its percentage, what is missed to the floor, the commission.
fn left(off: &str, partner: Option<&str>) -> [Option<Decimal>; 6] {
    let of = |number: &str| pack(vec![amount(number)], Vec::new());
    let confidential = Confidential {
        costs: Some(of("60")),
        floors: Some(of("90")),
        least_margin: None,
        below: BelowFloor::Confirm,
        commissions: vec![Commission {
            partner: "ann".to_owned(),
            percent: dec("5"),
            of: CommissionBase::Net,
            groups: Vec::new(),
        }],
    };
    let (pack, model, values) = (of("100"), model(), large_box());
    let manual = [Manual {
        line: Some(0),
        due: Due::Once,
        change: Adjustment::Amount(dec(off)),
        below_floor: true,
    }];
    let lines = [line(&model, &values, 2)];
    let asked = Asked {
        manual: &manual,
        ..asked(&lines)
    };
    let price = price_quote(&pack, &asked).expect("a price");
    let margins = margins(&confidential, &pack, &asked, &price, partner).expect("margins");
    let line = margins.lines[0];
    let commission = margins.commissions.first().map(|it| it.amount);
    let below = Some(margins.below_floor);
    [
        Some(line.net),
        line.cost,
        line.margin,
        line.margin_percent,
        below,
        commission,
    ]
}

#[test]
fn what_is_left_of_a_line() {
    for (off, partner, expected) in [
        ("0", None, ["200", "120", "80", "40", "0", ""]),
        ("0", Some("ann"), ["200", "120", "80", "40", "0", "10"]),
        ("0", Some("bob"), ["200", "120", "80", "40", "0", ""]),
        ("-30", None, ["170", "120", "50", "29.41", "10", ""]),
        (
            "-140",
            Some("ann"),
            ["60", "120", "-60", "-100", "120", "3"],
        ),
    ] {
        let expected = expected.map(|it| (!it.is_empty()).then(|| dec(it)));
        assert_eq!(left(off, partner), expected, "{off} {partner:?}");
    }
}
