use std::collections::BTreeSet;

use quotewright_engine::configure::Configurator;

use crate::catalog::{choice, decisions, model, name, row};

/// Decisions, the value that they make impossible, and what stands in the way.
/// Without any one of the decisions the value would be possible.
const CASES: &[(&str, &str, &[&str])] = &[
    ("environment=food", "frame=steel", &["food-frame"]),
    ("environment=food", "belt=pvc_black", &["food-belt"]),
    ("environment=food", "certificate=ce", &["food-certificate"]),
    ("certificate=food", "frame=steel", &["food-declaration"]),
    ("certificate=food", "belt=pvc_grip", &["food-declaration"]),
    ("environment=wet", "frame=steel", &["wet-frame"]),
    ("environment=atex", "belt=pvc_black", &["atex-belt"]),
    ("environment=atex", "control=inverter", &["atex-control"]),
    ("environment=dry", "certificate=atex", &["atex-certificate"]),
    ("environment=atex", "certificate=ce", &["atex-certificate"]),
    ("certificate=ce", "voltage=v480", &["north-america"]),
    ("voltage=v400", "certificate=ul", &["north-america"]),
    ("incline=up15", "belt=pvc_black", &["belt-incline"]),
    ("belt=pvc_grip", "incline=up25", &["belt-incline"]),
    ("belt=pvc_cleated", "speed=1.05", &["belt-speed"]),
    // 0.33 x 400 kg x 9.81 = 1,295 N without the belt itself; 200 mm carry 1,000 N.
    (
        "width=200 belt=pu_white bed=slider",
        "load=400",
        &["belt-strength", "= pull"],
    ),
    // At least 0.33 x 200 kg x 9.81 = 647 N, at 0.5 m/s 432 W.
    (
        "load=200 speed=0.5 bed=slider",
        "motor=kw037",
        &["motor-power", "= pull", "= required_power"],
    ),
    // At least 0.33 x 151 kg x 9.81 = 489 N, 490; 327 W, 330; a quarter more is 413 W.
    (
        "load=150 speed=0.5 bed=slider duty=three",
        "motor=kw037",
        &["motor-reserve", "= pull", "= required_power"],
    ),
    // 330 x 1.2 = 396 W.
    (
        "load=150 speed=0.5 bed=slider temperature=hot",
        "motor=kw037",
        &["motor-heat", "= pull", "= required_power"],
    ),
    ("width=800", "motor=kw037", &["wide-belt"]),
    ("speed=1.05", "control=direct", &["soft-start"]),
    ("length=2000 frame=aluminium", "load=125", &["frame-load"]),
    ("feet=castors", "length=4100", &["castors"]),
    ("feet=castors", "load=255", &["castors"]),
    ("feet=castors", "incline=up15", &["castors-incline"]),
    ("length=10100", "pull_cord=no", &["long-stop"]),
    ("width=600", "length=1100", &["tracking"]),
    ("belt=pvc_cleated", "guides=low", &["belt-guides"]),
    ("voltage=v230", "motor=kw11", &["drive-supply"]),
    ("voltage=v230", "control=direct", &["drive-supply"]),
    ("frame=aluminium", "width=850", &["frame-width"]),
    ("length=3000", "supports=2", &["= supports"]),
    // 3 m x 0.4 m x 2 x 2.4 kg/m2 = 5.76 kg, rounded up to 6.
    (
        "length=3000 width=400 belt=pvc_black",
        "belt_mass=7",
        &["= belt_mass"],
    ),
    ("item_length=300", "short_item=350", &["item-order"]),
    ("length=1000", "item_length=550", &["item-length"]),
    ("load=20", "item_mass=21", &["item-mass"]),
    ("short_item=250", "bed=rollers_100", &["three-rollers"]),
    ("item_mass=60", "bed=rollers_75", &["roller-load"]),
    ("environment=wet", "bed=rollers_75", &["dry-rollers"]),
    ("short_item=100", "drum=d113", &["transfer"]),
    ("belt=rubber_antistatic", "drum=d113", &["belt-drum"]),
    // 0.33 x 600 kg x 9.81 = 1,942 N on a plate; drums of 60 mm bear 1,500 N.
    ("drum=d60 load=600", "bed=slider", &["drum-pull", "= pull"]),
    ("temperature=cold", "belt=pvc_black", &["cold-belt"]),
    ("temperature=cold", "control=inverter", &["cold-control"]),
    ("belt=pvc_grip", "scraper=yes", &["scraper"]),
    ("reversible=yes", "scraper=yes", &["scraper"]),
    ("height=600", "support=standard", &["height-range"]),
    ("height=1050", "guards=standard", &["reach-below"]),
    ("length=1900", "drive_position=centre", &["centre-drive"]),
    ("reversible=yes", "control=direct", &["reversing"]),
    ("reversible=yes", "incline=up10", &["reversing"]),
    (
        "reversible=yes length=4100",
        "drive_position=end",
        &["reversing-long"],
    ),
    ("incline=up25", "brake=no", &["runs-back"]),
    ("signals=profinet", "control=direct", &["signals"]),
    ("estop=sto", "control=inverter", &["safe-torque"]),
    ("control=none", "certificate=ce", &["partly-completed"]),
    (
        "certificate=incorporation",
        "control=direct",
        &["partly-completed"],
    ),
    ("mode=continuous", "+zone[0]=yes", &["zones-mode"]),
    // Two zones of 450 + 100 mm, worked out as 550, are longer than a metre.
    (
        "mode=accumulating length=1000",
        "item_length=450",
        &["two-zones", "zones-fit", "= zone_length"],
    ),
    ("mode=accumulating", "belt=pvc_grip", &["zones-belt"]),
    ("mode=accumulating", "speed=0.85", &["zones-belt"]),
    ("mode=accumulating", "control=inverter", &["zones-control"]),
    ("mode=accumulating", "environment=atex", &["zones-control"]),
    ("item_mass=40", "zone[0].stop=clamp", &["zone-holds"]),
    (
        "installation_days=0 commissioning_days=0",
        "training_days=1",
        &["training"],
    ),
    ("length=6100", "sections=1", &["= sections"]),
    ("item_length=300", "zone_length=450", &["= zone_length"]),
];

#[test]
fn each_case_is_impossible_for_the_reason_given() {
    let mut configurator = Configurator::new(model().clone()).expect("a supported model");
    for (given, wanted, reasons) in CASES {
        let (attribute, value) = choice(wanted);
        let decisions = decisions(given);
        let conflict = configurator
            .explain(&decisions, attribute, value)
            .unwrap_or_else(|| panic!("{wanted} is possible with {given}"));
        let mine: Vec<_> = decisions.into_iter().collect();
        assert_eq!(conflict.decisions, mine, "{wanted} with {given}");
        let found: BTreeSet<_> = conflict.constraints.into_iter().map(name).collect();
        let expected: BTreeSet<_> = reasons.iter().map(|it| (*it).to_owned()).collect();
        assert_eq!(found, expected, "{wanted} with {given}");
    }
}

#[test]
fn every_rule_table_and_formula_is_in_a_case() {
    let model = model();
    let rules = model.rules.iter().map(|rule| row(&rule.code));
    let tables = model.tables.iter().map(|table| table.code.clone());
    let worked_out = model.attributes.iter().filter(|it| it.formula.is_some());
    let formulas = worked_out.map(|it| format!("= {}", it.code));
    let all: BTreeSet<_> = rules.chain(tables).chain(formulas).collect();
    let named = CASES.iter().flat_map(|(_, _, reasons)| *reasons);
    let named: BTreeSet<_> = named.map(|it| (*it).to_owned()).collect();
    assert_eq!(
        all.difference(&named).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn a_possible_value_right_beside_has_no_reason() {
    let mut configurator = Configurator::new(model().clone()).expect("a supported model");
    for (given, wanted) in [
        ("environment=food", "frame=stainless_316"),
        ("belt=pvc_grip", "incline=up20"),
        ("belt=pvc_cleated", "speed=1"),
        ("speed=1", "control=direct"),
        ("length=2000 frame=aluminium", "load=120"),
        ("feet=castors", "length=4000"),
        ("length=10000", "pull_cord=no"),
        ("width=600", "length=1200"),
        ("voltage=v230", "motor=kw075"),
        ("frame=aluminium", "width=800"),
        ("short_item=300", "bed=rollers_100"),
        ("item_mass=50", "bed=rollers_75"),
        ("drum=d160", "belt=rubber_antistatic"),
        ("height=1000", "guards=standard"),
        ("reversible=yes length=4000", "drive_position=end"),
        ("incline=up20", "brake=no"),
        ("mode=accumulating length=1000", "item_length=400"),
        ("item_mass=25", "zone[0].stop=roller"),
    ] {
        let (attribute, value) = choice(wanted);
        let conflict = configurator.explain(&decisions(given), attribute, value);
        assert_eq!(conflict, None, "{wanted} with {given}");
    }
}
