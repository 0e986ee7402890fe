use jiff::civil::{Date, date};
use quotewright_engine::configure::Configurator;
use quotewright_engine::price::Purchase;
use quotewright_engine::quote::{lead_time, price_line, totals};

use crate::catalog::{decisions, model, pack};

const DAY: Date = date(2026, 6, 1);

/// One configuration, worked out by hand in the comment above it.
struct Golden {
    decisions: &'static str,
    /// Values that follow or are suggested, among others.
    follows: &'static str,
    book: &'static str,
    quantity: u32,
    unit_net: &'static str,
    net: &'static str,
    tax: &'static str,
    gross: &'static str,
    /// Working days, and the attribute that takes longest.
    lead_time: (u32, Option<&'static str>),
}

const GOLDEN: &[Golden] = &[
    // Belt 3 x 0.4 x 2 = 2.4 m2, x 2.4 kg = 5.76 -> 6 kg.
    // Pull 0.36 x (50 + 6) x 9.81 = 197.8 -> 200 N; 200 x 0.5 / 0.75 = 133.3 -> 140 W.
    // Supports 3 / 2 + 1 = 2.5 -> 3.
    // 640.00 + 164.50 x 3 + 26.90 x 2.4 + 78.00 x 3 + 18.60 x 3 + 312.00 + 64.00
    // = 640.00 + 493.50 + 64.56 + 234.00 + 55.80 + 312.00 + 64.00.
    Golden {
        decisions: "length=3000 width=400 load=50 speed=0.5",
        follows: "belt_mass=6 pull=200 required_power=140 motor=kw025 supports=3 belt=pvc_black",
        book: "public",
        quantity: 1,
        unit_net: "1863.86",
        net: "1863.86",
        tax: "391.41",
        gross: "2255.27",
        lead_time: (10, None),
    },
    // The same three times, 3 % off: 1,863.86 - 55.9158 = 1,807.9442, rounded; x 3.
    Golden {
        decisions: "length=3000 width=400 load=50 speed=0.5",
        follows: "certificate=ce documents=manual",
        book: "public",
        quantity: 3,
        unit_net: "1807.94",
        net: "5423.82",
        tax: "1139.00",
        gross: "6562.82",
        lead_time: (10, None),
    },
    // Belt 6 x 0.6 x 2 = 7.2 m2, x 1.6 kg = 11.52 -> 12 kg.
    // Pull 0.33 x (120 + 12) x 9.81 = 427.3 -> 430 N; 430 x 0.5 / 0.75 = 286.7 -> 290 W.
    // Drive station and body 640.00 + 214.40 x 6 = 1,926.40; 38 % of it is 732.032.
    // 1,926.40 + 732.032 + 47.20 x 7.2 + 78.00 x 4 + 18.60 x 4 + 338.00 + 64.00 + 175.00
    // = 1,926.40 + 732.032 + 339.84 + 312.00 + 74.40 + 338.00 + 64.00 + 175.00.
    Golden {
        decisions: "length=6000 width=600 load=120 speed=0.5 environment=food",
        follows: "belt=pu_white belt_mass=12 pull=430 required_power=290 motor=kw037 supports=4 \
                  frame=stainless_304 certificate=food",
        book: "public",
        quantity: 1,
        unit_net: "3961.67",
        net: "3961.67",
        tax: "831.95",
        gross: "4793.62",
        lead_time: (18, Some("belt")),
    },
    // The same five times under the contract.
    // Drive station and body 556.75 + 186.55 x 6 = 1,676.05; 33.25 % of it is 557.286625.
    // 1,676.05 + 557.286625 + 41.05 x 7.2 + 67.85 x 4 + 16.15 x 4 + 294.05 + 55.65 + 152.25
    // = 3,366.846625; 7.35 % off is 247.4632269375, leaves 3,119.3833980625, rounded; x 5.
    Golden {
        decisions: "length=6000 width=600 load=120 speed=0.5 environment=food",
        follows: "frame=stainless_304",
        book: "acme",
        quantity: 5,
        unit_net: "3119.38",
        net: "15596.90",
        tax: "3275.35",
        gross: "18872.25",
        lead_time: (18, Some("belt")),
    },
    // Belt 8 x 0.5 x 2 = 8 m2, x 3.2 kg = 25.6 -> 26 kg.
    // Pull (0.36 x 326 + 0.342 x 300) x 9.81 = 2,157.8 -> 2,160 N; x 0.8 / 0.75 = 2,304 -> 2,310 W.
    // 640.00 + 183.00 x 8 + 38.60 x 8 + 68.40 x 8 + 78.00 x 5 + 24.40 x 5 + 918.00 + 345.00 + 95.00.
    Golden {
        decisions: "length=8000 width=500 load=300 speed=0.8 incline=up20 belt=pvc_grip \
                    guides=high feet=floor_plates control=inverter documents=cad",
        follows: "belt_mass=26 pull=2160 required_power=2310 motor=kw30 supports=5",
        book: "public",
        quantity: 1,
        unit_net: "4830.00",
        net: "4830.00",
        tax: "1014.30",
        gross: "5844.30",
        lead_time: (25, Some("motor")),
    },
    // Belt 12 x 0.8 x 2 = 19.2 m2, x 2.5 kg = 48 kg.
    // Pull 0.36 x (400 + 48) x 9.81 = 1,582.2 -> 1,590 N; x 1.2 / 0.75 = 2,544 -> 2,550 W.
    // 640.00 + 249.00 x 12 + 31.40 x 19.2 + 78.00 x 7 + 18.60 x 7 + 918.00 + 1,180.00
    // + 22.50 x 12 + 860.00.
    Golden {
        decisions: "length=12000 width=800 load=400 speed=1.2 environment=atex",
        follows: "belt=pvc_antistatic belt_mass=48 pull=1590 required_power=2550 motor=kw30 \
                  supports=7 control=cabinet pull_cord=yes certificate=atex",
        book: "public",
        quantity: 1,
        unit_net: "8135.08",
        net: "8135.08",
        tax: "1708.37",
        gross: "9843.45",
        lead_time: (30, Some("certificate")),
    },
    // Belt 2 x 0.3 x 2 = 1.2 m2, x 2.4 kg = 2.88 -> 3 kg.
    // Pull 0.36 x 43 x 9.81 = 151.9 -> 160 N; x 0.3 / 0.75 = 64 -> 70 W.
    // 640.00 + 148.00 x 2 + 84.00 + 26.90 x 1.2 + 78.00 x 2 + 57.80 x 2 + 312.00 + 36.00 + 345.00.
    Golden {
        decisions: "length=2000 width=300 load=40 speed=0.3 environment=wet feet=castors \
                    voltage=v230",
        follows: "frame=aluminium belt_mass=3 pull=160 required_power=70 control=inverter",
        book: "public",
        quantity: 1,
        unit_net: "2016.88",
        net: "2016.88",
        tax: "423.54",
        gross: "2440.42",
        lead_time: (13, Some("feet")),
    },
    // Belt 4 x 0.25 x 2 = 2 m2, x 2.4 kg = 4.8 -> 5 kg.
    // Pull 0.36 x 65 x 9.81 = 229.6 -> 230 N; x 0.4 / 0.75 = 122.7 -> 130 W.
    // Drive station and body 640.00 + 148.00 x 4 = 1,232.00; 62 % of it is 763.84.
    // 1,232.00 + 763.84 + 26.90 x 2 + 96.20 x 4 + 78.00 x 3 + 18.60 x 3 + 312.00 + 128.00
    // + 64.00 + 540.00 + 420.00.
    Golden {
        decisions: "length=4000 width=250 load=60 speed=0.4 voltage=v480 frame=stainless_316 \
                    guides=adjustable documents=dossier",
        follows: "belt_mass=5 pull=230 required_power=130 certificate=ul",
        book: "public",
        quantity: 1,
        unit_net: "4188.24",
        net: "4188.24",
        tax: "879.53",
        gross: "5067.77",
        lead_time: (25, Some("frame")),
    },
    // Rollers take 0.3 off the friction. Belt 5 x 0.4 x 2 = 4 m2, x 2.4 kg = 9.6 -> 10 kg.
    // Pull 0.06 x 110 x 9.81 = 64.7 -> 70 N; 70 x 0.6 / 0.75 = 56 -> 60 W, x 1.1 = 66.
    // 640.00 + 164.50 x 5 + 145.00 + 26.90 x 4 + 82.00 x 5 + 46.00 x 5 + 78.00 x 4 + 124.00
    // + 18.60 x 4 + 312.00 + 285.00 + 68.00 + 345.00.
    Golden {
        decisions: "length=5000 width=400 load=100 speed=0.6 bed=rollers_100 reversible=yes \
                    height=1100 colour=custom duty=two",
        follows: "belt_mass=10 pull=70 required_power=60 motor=kw025 supports=4 support=high \
                  guards=closed drive_position=centre control=inverter",
        book: "public",
        quantity: 1,
        unit_net: "3875.50",
        net: "3875.50",
        tax: "813.86",
        gross: "4689.36",
        lead_time: (18, Some("colour")),
    },
    // Belt 6 x 0.5 x 2 = 6 m2, x 2.4 kg = 14.4 -> 15 kg. What is held rubs on it:
    // (0.36 x 135 + 0.4 x 120) x 9.81 = 947.6 -> 950 N; 950 x 0.5 / 0.75 = 633.3 -> 640 W.
    // 640.00 + 183.00 x 6 + 26.90 x 6 + 78.00 x 4 + 18.60 x 4 + 416.00 + 1,180.00 + 420.00
    // + 46.00 + 74.00 + 236.00 + 735.00 + 148.00 + 165.00 = 5,705.80, less 3 % 5,534.626. A day of commissioning and one of training are not discounted:
    // 5,534.626 + 980.00 + 890.00, rounded; x 2.
    Golden {
        decisions: "length=6000 width=500 load=120 speed=0.5 mode=accumulating \
                    zone[0].stop=roller zone[1].sensor=background \
                    item_length=500 item_mass=15 spare_parts=wear packaging=crate \
                    training_days=1",
        follows: "belt_mass=15 pull=950 required_power=640 motor=kw075 supports=4 control=cabinet \
                  zone_length=600 +zone[1]=yes +zone[2]=no zone[0].sensor=retro \
                  zone[1].stop=gate commissioning_days=1 sections=1",
        book: "public",
        quantity: 2,
        unit_net: "7404.63",
        net: "14809.26",
        tax: "3109.94",
        gross: "17919.20",
        lead_time: (22, Some("control")),
    },
];

#[test]
fn golden_prices_come_out_as_worked_out_by_hand() {
    let mut configurator = Configurator::new(model().clone()).expect("a supported model");
    for golden in GOLDEN {
        let decided = decisions(golden.decisions);
        let configuration = configurator.configure(&decided).expect("possible");
        let values: Vec<_> = configuration.states.iter().map(|it| it.value).collect();
        for (attribute, value) in decisions(golden.follows) {
            let code = &model().attributes[attribute.0].code;
            assert_eq!(
                values[attribute.0],
                Some(value),
                "{code}: {}",
                golden.decisions
            );
        }
        let pack = pack(golden.book);
        let line = price_line(
            model(),
            pack,
            &values,
            &Purchase::alone(golden.quantity, DAY),
        )
        .expect("a price");
        let totals = totals(std::slice::from_ref(&line), pack).expect("totals");
        let found =
            [line.unit_net(), line.once.net, totals.tax, totals.gross].map(|it| it.to_string());
        let expected = [golden.unit_net, golden.net, golden.tax, golden.gross];
        assert_eq!(found, expected, "{}", golden.decisions);
        assert!(!line.open);

        let time = lead_time(model(), &values);
        let driver = time.driver.map(|it| model().attributes[it.0].code.as_str());
        assert_eq!(
            (time.working_days, driver),
            golden.lead_time,
            "{}",
            golden.decisions
        );
        assert!(!time.open);
    }
}

#[test]
fn the_next_tier_is_announced() {
    let mut configurator = Configurator::new(model().clone()).expect("a supported model");
    let decided = decisions("length=3000 width=400 load=50 speed=0.5");
    let configuration = configurator.configure(&decided).expect("possible");
    let values: Vec<_> = configuration.states.iter().map(|it| it.value).collect();
    // 1,863.86 less 3, 6 and 9 percent.
    for (quantity, next) in [
        (1, Some((2, "1807.94"))),
        (2, Some((5, "1752.03"))),
        (7, Some((10, "1696.11"))),
        (10, None),
    ] {
        let line = price_line(
            model(),
            pack("public"),
            &values,
            &Purchase::alone(quantity, DAY),
        )
        .expect("a price");
        let found = line.next_tier.map(|it| (it.from, it.unit_net.to_string()));
        let next = next.map(|(from, unit_net)| (from, unit_net.to_owned()));
        assert_eq!(found, next, "{quantity}");
    }
}

#[test]
fn the_contract_holds_from_its_first_day_to_its_last() {
    let open = vec![None; model().attributes.len()];
    let priced = |day| price_line(model(), pack("acme"), &open, &Purchase::alone(1, day)).is_ok();
    for (day, valid) in [
        (date(2025, 12, 31), false),
        (date(2026, 1, 1), true),
        (date(2027, 12, 31), true),
        (date(2028, 1, 1), false),
    ] {
        assert_eq!(priced(day), valid, "{day}");
    }
}
