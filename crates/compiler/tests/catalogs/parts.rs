//! Parts in sheets: what they mean, and what they cost.

use std::path::PathBuf;

use quotewright_compiler::{CatalogSource, compile, render};

use crate::desk::Change::{self, Replace};
use crate::line::{LINE, line};
use crate::session::Session;

fn check(source: &CatalogSource, session: &str) -> Vec<String> {
    let compilation = compile(source);
    let told = render(&compilation.diagnostics, source, false);
    assert!(compilation.diagnostics.is_empty(), "{told}");
    Session::new(&compilation.catalog.expect("a catalog")).run(session)
}

/// Another row at the end of the rules.
const fn rule(row: &'static str) -> Change {
    Replace("rules.csv", "ask,", row)
}

#[test]
fn sheets_with_parts_mean_what_they_say() {
    let cases: &[(&[Change], &str)] = &[(
        &[],
        "label zone[0].length → Zone 1: Zone 1 · Length
             label +zone[1] → Zones: Zone 2
             label +zone[1].sensor[0] → Zone 2: Zone 2 · Sensor 1
             label zone[1].sensor[0].kind → Zone 2 · Sensor 1: Zone 2 · Sensor 1 · Kind
             +zone[3] → no, yes
             zone[1].length → 500..5000
             value length → 1000
             add zone[1]
             set zone[0].length = 5000
             zone[1].length → 500..5000
             add zone[2]
             set zone[1].length = 5000
             zone[2].length → 500..2000
             set zone[2].length = 2500 → refused: The hall is 12 metres long.
             +zone[3] → no, yes
             value length → 11000
             set zone[1].stop = yes
             value +zone[1].sensor[0] → yes
             zone[2].sensor[0].kind → light, camera
             set zone[1].sensor[0].kind = camera
             set height = 950 → refused: Above 900 mm, a camera does not see the belt.
             set zone[2].length = 1000
             zone[3].length → 500..1000
             message → none
             add zone[3]
             message → With four zones, ask us for a drawing.",
    )];
    for (changes, session) in cases {
        let wrong = check(&line(changes), session);
        assert!(wrong.is_empty(), "{changes:?}: {wrong:#?}");
    }
}

#[test]
fn paths_lead_to_one_several_or_all_instances() {
    let cases: &[(&[Change], &str)] = &[
        // Each instance, and every pair of instances.
        (
            &[rule("long,,,,zone.length >= 1000,At least a metre.\nask,")],
            "zone[2].length → 1000..5000
             +zone[3] → no, yes",
        ),
        (
            &[rule(
                "alike,,,,zone.stop = zone.stop,Either all or none.\nask,",
            )],
            "add zone[1]
             set zone[1].stop = yes
             zone[0].stop → yes
             zone[2].stop → yes",
        ),
        // The first, the last that is there, and some of them.
        (
            &[rule("ends,,,,zone[last].stop,The last one stops.\nask,")],
            "set zone[0].stop = no
             +zone[1] → yes
             set zone[1].stop = no
             +zone[2] → yes",
        ),
        (
            &[rule(
                "first,,,,zone[0].length >= 2000 && sum(zone[1..3].length) <= 2000,Short.\nask,",
            )],
            "zone[0].length → 2000..5000
             zone[1].length → 500..2000
             add zone[2]
             zone[1].length → 500..1500",
        ),
        // Within a part: its own names, its own parts, those around it, and the product's.
        (
            &[rule(
                "own,zone,,count(sensor) = 2,length >= 2000 && zone.stop && root.height >= 600,Own.\nask,",
            )],
            "add zone[0].sensor[1]
             zone[0].length → 2000..5000
             zone[0].stop → yes
             height → 600..1000
             zone[1].length → 500..5000",
        ),
        (
            &[rule(
                "all,zone,,stop,sum(root.zone.length) >= 3000,All.\nask,",
            )],
            "set zone[0].stop = yes
             length → 3000..12000",
        ),
        // Conditions are counted too, properties are added up, and signs know what is missing.
        (
            &[
                rule("most,,,,count(zone.stop) <= 1,One.\nask,"),
                Replace(
                    "rules.csv",
                    "hall,",
                    "reach,,,,sum(zone.sensor.kind.reach) <= 9,Far.\nhall,",
                ),
            ],
            "add zone[1]
             set zone[1].stop = yes
             zone[0].stop → no
             zone[3].stop → no
             set zone[1].sensor[0].kind = camera
             +zone[0].sensor[0] → no",
        ),
        (
            &[rule("sign,,,,-zone[1].length <= -1500,Long.\nask,")],
            "zone[1].length → 1500..5000
             +zone[1] → no, yes",
        ),
        // A worked-out attribute of a part, and one that is not the buyer's to change.
        (
            &[Replace(
                "attributes.csv",
                "zone,stop",
                "zone,belts,,number,,1,10,1,,,length / 1000 + count(sensor),Belts\nzone,stop",
            )],
            "value zone[0].belts → 1
             set zone[0].length = 1500
             value zone[0].belts → 2
             add zone[0].sensor[0]
             value zone[0].belts → 3
             value zone[1].belts → absent
             add zone[1]
             value zone[1].belts → 1",
        ),
    ];
    for (changes, session) in cases {
        let wrong = check(&line(changes), session);
        assert!(wrong.is_empty(), "{changes:?}: {wrong:#?}");
    }
}

#[test]
fn as_many_instances_are_laid_out_as_the_rules_allow() {
    let many = Replace("parts.csv", ",1,4,", ",1,*,");
    let cases: &[(&[Change], usize)] = &[
        // 20 metres of at least half a metre each.
        (&[many], 40),
        (&[many, rule("few,,,,count(zone) <= 6,Few.\nask,")], 6),
        // How many zones stop says nothing about how many there are.
        (
            &[
                many,
                rule("stops,,,,count(zone.stop) <= 3,Few.\nask,"),
                Replace("attributes.csv", "sum(zone.length)", ""),
            ],
            9,
        ),
    ];
    for (changes, expected) in cases {
        let compilation = quotewright_compiler::translate(&line(changes));
        let model = &compilation.catalog.expect("a catalog").models[0];
        let zones = model.attributes.iter();
        let zones =
            zones.filter(|it| it.code.starts_with("zone[") && it.code.ends_with("].length"));
        assert_eq!(zones.count(), *expected, "{changes:?}");
    }
}

#[test]
fn preferences_of_sheets_give_way_by_weight() {
    let kinds = Replace(
        "rules.csv",
        "rule,part,kind,when,require,explanation.en\n",
        "rule,part,kind,weight,when,require,explanation.en\n\
         low,,minimize,1,,height,\n\
         tall,,prefer,2,count(zone) = 2,height >= 700,\n\
         short,zone,minimize,,,length,\n",
    );
    let rows = [
        "hall,,,",
        "seen,zone,,",
        "camera-height,sensor,,",
        "ask,,info,",
    ];
    let wider = [
        "hall,,,,",
        "seen,zone,,,",
        "camera-height,sensor,,,",
        "ask,,info,,",
    ];
    let mut changes = vec![kinds];
    let rows = rows.into_iter().zip(wider);
    changes.extend(rows.map(|(row, wider)| Replace("rules.csv", row, wider)));
    let session = "completed height → 500
                   completed zone[0].length → 500
                   completed +zone[1] → no
                   add zone[1]
                   completed height → 500
                   set +zone[2] = no
                   completed height → 700
                   completed zone[1].length → 500
                   set zone[1].length = 2000
                   completed zone[1].length → 2000";
    let wrong = check(&line(&changes), session);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_instance_has_its_price() {
    let cases: &[(&[Change], &str)] = &[
        (
            &[],
            "price → Drive 640.00 + Zone 1 · Body 120.00 = 760.00
             days → 10
             add zone[1]
             set zone[1].length = 3500
             set zone[1].stop = yes
             set zone[1].sensor[0].kind = camera
             days → 25
             price → Drive 640.00 + Zone 1 · Body 120.00 + Zone 2 · Body 420.00 + \
             Zone 2 · Stop 85.00 + Zone 2 · Sensor 1 210.00 = 1475.00
             cheapest → 1415.00",
        ),
        (
            &[],
            "set height = 1000
             set zone[0].length = 2000
             price → Drive 640.00 + Zone 1 · Body 240.00 + Zone 1 · Tall version 24.00 = 904.00
             budget 1000
             zone[1].length → 500..500
             +zone[2] → no",
        ),
        // One step for all instances, by the author's choice; a percentage of the steps of all.
        (
            &[
                Replace(
                    "prices.csv",
                    "zone,body,amount,,length / 1000,m",
                    ",body,amount,,sum(zone.length) / 1000,m",
                ),
                Replace("prices.csv", "zone,tall,percent,body", ",tall,percent,body"),
                Replace(
                    "prices.csv",
                    "sensor,sensor,options",
                    ",all,percent,stop|body,,,,All,50\nsensor,sensor,options",
                ),
            ],
            "add zone[1]
             set zone[1].stop = yes
             set zone[0].stop = yes
             price → Drive 640.00 + Body 240.00 + Zone 1 · Stop 85.00 + Zone 2 · Stop 85.00 + \
             All 205.00 + Zone 1 · Sensor 1 45.00 + Zone 2 · Sensor 1 45.00 \
             = 1345.00",
        ),
    ];
    for (changes, session) in cases {
        let wrong = check(&line(changes), session);
        assert!(wrong.is_empty(), "{changes:?}: {wrong:#?}");
    }
}

/// A row of the bench with `w1600`: 465 + 62 x 1.6 x 0.75 = 539.40.
#[test]
fn the_packing_station_costs_what_its_parts_cost() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/packing_station");
    let source = CatalogSource::read(&root).expect("the folder can be read");
    let session = "set width = w1600
        price → Bench 465.00 + Surface 74.40 + Height adjustment 0.00 + Frame finish 0.00 = 539.40
        set esd = yes
        value surface → rubber
        add drawer[1]
        set drawer[1].height = d300
        drawer[0].height → d100, d150, d300
        +drawer[2] → no, yes
        drawer[0].lock → no, yes
        set drawer[1].lock = yes
        add shelf[0]
        set shelf[0].rated = 50
        add rail[0]
        set rail[0].socket[0].device = sealer
        value rail[0].mounting → front
        value demand → 1800
        +rail[0].socket[2] → no, yes
        rail[0].socket[1].device → scanner, printer, spare
        set adjustment = electric
        days → 13
        price → Bench 465.00 + Surface 132.00 + Height adjustment 390.00 + Frame finish 58.00 + \
Drawer 1 74.00 + Drawer 2 118.00 + Drawer 2 · Lock 19.50 + \
Drawer 1 · Conductive version 11.10 + Drawer 2 · Conductive version 17.70 + \
Shelf 1 69.00 + Shelf 1 · Reinforcement 22.50 + Power rail 48.00 + \
Power rail · Socket 1 26.00 = 1450.80";
    let wrong = check(&source, session);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The guide shows the sheets of the small catalog, and what a buyer makes of them.
#[test]
fn the_guide_shows_a_catalog_with_parts() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/catalogs.md");
    let guide = std::fs::read_to_string(root).expect("the guide can be read");
    for file in ["parts.csv", "attributes.csv", "rules.csv", "prices.csv"] {
        let (_, sheet) = LINE.iter().find(|it| it.0 == file).expect("a sheet");
        assert!(guide.contains(&format!("```csv\n{sheet}```")), "{file}");
    }
    let (_, session) = guide.split_once("```session\n").expect("a session");
    let (session, _) = session.split_once("```").expect("its end");
    let wrong = check(&line(&[]), session);
    assert!(wrong.is_empty(), "{wrong:#?}");
}
