//! Parts.

use super::check_in;
use crate::desk::Change::{self, Replace};
use crate::line::LINE;

/// Another row at the end of the rules, with this as its `part`, `when` and `require`.
const fn rule(row: &'static str) -> Change {
    Replace("rules.csv", "ask,", row)
}

#[test]
fn parts() {
    check_in(
        &LINE,
        &[
            (&[], &[]),
            // `parts.csv` itself.
            (
                &[Replace("parts.csv", ",1,4,", ",5,4,")],
                &["error bad-range parts.csv E2 `4`"],
            ),
            (
                &[Replace("parts.csv", ",1,4,", ",1,many,")],
                &["error bad-number parts.csv E2 `many`"],
            ),
            (
                &[Replace("parts.csv", ",1,4,", ",,,")],
                &[
                    "error missing-value parts.csv D2 ``",
                    "error missing-value parts.csv E2 ``",
                ],
            ),
            (
                &[Replace("parts.csv", "zone,,zones", "zone,sensor,")],
                &[
                    "error part-cycle parts.csv B2 `sensor`",
                    "error part-cycle parts.csv B3 `zone`",
                ],
            ),
            (
                &[Replace("parts.csv", "sensor,zone", "sensor,zome")],
                &["error unknown-part parts.csv B3 `zome`"],
            ),
            (
                &[Replace("parts.csv", "zone,,zones", "zone,,zone")],
                &["error unknown-group parts.csv C2 `zone`"],
            ),
            (
                &[Replace("parts.csv", "sensor,zone,,", "sensor,zone,end,")],
                &["error unused-cell parts.csv C3 `end`"],
            ),
            (
                &[Replace(
                    "parts.csv",
                    "sensor,zone,,0,2,Sensor",
                    "zone,,zones,0,2,Zone",
                )],
                &[
                    "error unknown-part attributes.csv A6 `sensor`",
                    "error duplicate-code parts.csv A3 `zone`",
                    "error unknown-part prices.csv A6 `sensor`",
                    "error unknown-attribute rules.csv E3 `sensor`",
                    "error unknown-part rules.csv B4 `sensor`",
                ],
            ),
            // Their attributes.
            (
                &[Replace("attributes.csv", "zone,stop,", "zome,stop,")],
                &["error unknown-part attributes.csv A5 `zome`"],
            ),
            (
                &[Replace("attributes.csv", "zone,stop,,", "zone,stop,line,")],
                &["error unused-cell attributes.csv C5 `line`"],
            ),
            (
                &[Replace("attributes.csv", ",height,line,", ",height,,")],
                &["error missing-value attributes.csv C2 ``"],
            ),
            (
                &[Replace(
                    "attributes.csv",
                    "zone,stop,,yes_no,,,,,,no,,Stop",
                    "zone,stop,,yes_no,,,,,,no,,Stop\nzone,sensor,,yes_no,,,,,,no,,Seen",
                )],
                &["error duplicate-code attributes.csv B6 `sensor`"],
            ),
            (
                &[Replace("attributes.csv", "sum(zone.length)", "zone.length")],
                &["error several attributes.csv K3 `zone.length`"],
            ),
            (
                &[Replace(
                    "attributes.csv",
                    "sum(zone.length)",
                    "zone[1].length",
                )],
                &["error absent attributes.csv K3 `zone[1].length`"],
            ),
            (
                &[Replace(
                    "attributes.csv",
                    "mm,1000,,Length",
                    "mm,,root.length / 2,Length",
                )],
                &["error formula-cycle attributes.csv K3 `sum(zone.length)`"],
            ),
        ],
    );
}

#[test]
fn paths() {
    check_in(
        &LINE,
        &[
            (
                &[rule("new,,,,zome.stop,No.\nask,")],
                &["error unknown-attribute rules.csv E5 `zome`"],
            ),
            (
                &[rule("new,,,,zone.lenght > 5,No.\nask,")],
                &["error unknown-attribute rules.csv E5 `lenght`"],
            ),
            (
                &[rule("new,,,,stop,No.\nask,")],
                &["error unknown-attribute rules.csv E5 `stop`"],
            ),
            (
                &[rule("new,,,,zone[4].stop,No.\nask,")],
                &["error unknown-part rules.csv E5 `zone`"],
            ),
            (
                &[rule("new,,,,height[0] > 600,No.\nask,")],
                &["error index rules.csv E5 `height`"],
            ),
            (
                &[rule("new,,,,zone,No.\nask,")],
                &["error type rules.csv E5 `zone`"],
            ),
            (
                &[rule("new,,,,zone.sensor.kind = eye,No.\nask,")],
                &["error unknown-option rules.csv E5 `eye`"],
            ),
            (
                &[rule("new,,,,zone.sensor.kind.range > 5,No.\nask,")],
                &["error unknown-property rules.csv E5 `range`"],
            ),
            (
                &[rule("new,zome,,,length > 5,No.\nask,")],
                &["error unknown-part rules.csv B5 `zome`"],
            ),
            (
                &[rule("new,,,,max(zone[last].length) > 5,No.\nask,")],
                &["error unsupported rules.csv E5 `max`"],
            ),
            // The same mistake in every instance is one.
            (
                &[rule("new,zone,,,lenght > 5,No.\nask,")],
                &["error unknown-attribute rules.csv E5 `lenght`"],
            ),
        ],
    );
}

#[test]
fn kinds_of_rules() {
    check_in(
        &LINE,
        &[
            (
                &[rule("new,,must,,height > 600,No.\nask,")],
                &["error unknown-kind rules.csv C5 `must`"],
            ),
            (
                &[rule("new,,minimize,,,\nask,")],
                &["error missing-value rules.csv E5 ``"],
            ),
            (
                &[rule("new,,minimize,,zone.length,\nask,")],
                &["error several rules.csv E5 `zone.length`"],
            ),
            (
                &[rule("new,,info,,height > 600,Told.\nask,")],
                &["error unused-cell rules.csv E5 `height > 600`"],
            ),
            (
                &[rule("new,,warning,height > 600,,\nask,")],
                &["error missing-text rules.csv F5 ``"],
            ),
        ],
    );
}

#[test]
fn prices_and_tables() {
    check_in(
        &LINE,
        &[
            (
                &[Replace("prices.csv", "zone,body", "zome,body")],
                &["error unknown-part prices.csv A3 `zome`"],
            ),
            (
                &[Replace(
                    "prices.csv",
                    "zone,body,amount,,length",
                    ",body,amount,,zone.length",
                )],
                &["error several prices.csv E3 `zone.length`"],
            ),
            (
                &[Replace(
                    "prices.csv",
                    "zone,tall,percent,body",
                    "zone,tall,percent,drive",
                )],
                &["error foreign-step prices.csv D4 `drive`"],
            ),
            (
                &[Replace(
                    "prices.csv",
                    "zone,stop,amount,,,,stop",
                    ",stop,amount,,,,zone.stop",
                )],
                &["error several prices.csv G5 `zone.stop`"],
            ),
            (
                &[Replace(
                    "prices.csv",
                    "sensor,sensor,options,kind",
                    ",sensor,options,zone.sensor.kind",
                )],
                &[
                    "warning unused-prices options/kind.csv E2 `45`",
                    "error several prices.csv D6 `zone.sensor.kind`",
                    "error missing-text prices.csv H6 ``",
                ],
            ),
            (
                &[Replace(
                    "prices.csv",
                    "sensor,sensor,options,kind",
                    ",sensor,options,kind",
                )],
                &[
                    "warning unused-prices options/kind.csv E2 `45`",
                    "error unknown-attribute prices.csv D6 `kind`",
                    "error missing-text prices.csv H6 ``",
                ],
            ),
            (
                &[
                    Change::Write("tables.csv", b"table,part,explanation.en\nt,zone,Why.\n"),
                    Change::Write("tables/t.csv", b"height\n600\n"),
                ],
                &["error foreign-table tables/t.csv - `height`"],
            ),
            (
                &[
                    Change::Write("tables.csv", b"table,part,explanation.en\nt,zone,Why.\n"),
                    Change::Write("tables/t.csv", b"lenght,height\n600,600\n"),
                ],
                &["error unknown-attribute tables/t.csv A1 `lenght`"],
            ),
            // A table about each zone, and one about every zone's sensors.
            (
                &[
                    Change::Write(
                        "tables.csv",
                        b"table,part,explanation.en\nt,zone,Why.\nu,,Why.\n",
                    ),
                    Change::Write(
                        "tables/t.csv",
                        b"length,stop,height\n500..2000,*,*\n2500..5000,no,500..900\n",
                    ),
                    Change::Write(
                        "tables/u.csv",
                        b"zone.sensor.kind,zone.length\nlight,*\ncamera,1000..5000\n",
                    ),
                ],
                &[],
            ),
        ],
    );
}

#[test]
fn what_only_a_search_finds_of_parts() {
    check_in(
        &LINE,
        &[
            (
                &[Replace("rules.csv", "length <= 12000", "length <= 1000")],
                &["warning dead-part parts.csv E2 `4`"],
            ),
            (
                &[rule("none,,,,count(zone.sensor) = 0,No.\nask,")],
                &[
                    "warning dead-option attributes.csv B5 `stop`",
                    "warning dead-option options/kind.csv A2 `light`",
                    "warning dead-option options/kind.csv A3 `camera`",
                    "warning dead-part parts.csv E3 `2`",
                    "warning idle-rule rules.csv D3 `stop`",
                    "warning idle-rule rules.csv D4 `kind = camera`",
                ],
            ),
            // One instance that can is enough.
            (
                &[rule("one,,,,count(zone[1..3].sensor) = 0,No.\nask,")],
                &[],
            ),
            // Of any number, more are laid out than can be there.
            (
                &[
                    Replace("parts.csv", ",1,4,", ",1,*,"),
                    Replace("rules.csv", "length <= 12000", "length <= 1000"),
                ],
                &[],
            ),
        ],
    );
}
