//! A small catalog with parts, that of docs/catalogs.md, and ways to spoil it.

use quotewright_compiler::CatalogSource;

use crate::desk::{Change, changed};

/// Its files. Those that the guide shows are there word for word.
pub const LINE: [(&str, &str); 8] = [
    (
        "catalog.toml",
        r#"id = "lines"
title = { en = "Lines" }
locales = ["en"]

[supplier]
name = "Line Works"

[prices]
currency = "EUR"
rounding = "half-up"
round_at = "line"
visibility = "public"

[[taxes]]
code = "standard"
percent = "21"
label = { en = "VAT" }

[[books]]
code = "public"
label = { en = "List" }
"#,
    ),
    ("products.csv", "product,name.en,lead_days\nline,Line,10\n"),
    (
        "groups.csv",
        "group,label.en\nline,Line\nzones,Zones\nend,End\n",
    ),
    (
        "options/kind.csv",
        "option,lead_days,label.en,property.reach,price.public\n\
         light,,Light barrier,2,45\n\
         camera,15,Camera,8,210\n",
    ),
    (
        "parts.csv",
        "\
part,owner,group,from,to,label.en
zone,,zones,1,4,Zone
sensor,zone,,0,2,Sensor
",
    ),
    (
        "attributes.csv",
        "\
part,attribute,group,type,options,min,max,step,unit,default,formula,label.en
,height,line,number,,500,1000,50,mm,800,,Height
,length,line,number,,0,20000,500,mm,,sum(zone.length),Length of all zones
zone,length,,number,,500,5000,500,mm,1000,,Length
zone,stop,,yes_no,,,,,,no,,Stop
sensor,kind,,options,kind,,,,,first,,Kind
",
    ),
    (
        "rules.csv",
        "\
rule,part,kind,when,require,explanation.en
hall,,,,length <= 12000,The hall is 12 metres long.
seen,zone,,stop,count(sensor) >= 1,A zone that stops has a sensor.
camera-height,sensor,,kind = camera,height <= 900,\"Above 900 mm, a camera does not see the belt.\"
ask,,info,count(zone) = 4,,\"With four zones, ask us for a drawing.\"
",
    ),
    (
        "prices.csv",
        "\
part,step,kind,of,per,unit,when,label.en,price.public
,drive,amount,,,,,Drive,640
zone,body,amount,,length / 1000,m,,Body,120
zone,tall,percent,body,,,height > 900,Tall version,10
zone,stop,amount,,,,stop,Stop,85
sensor,sensor,options,kind,,,,,
",
    ),
];

/// The catalog with some changes.
pub fn line(changes: &[Change]) -> CatalogSource {
    changed(&LINE, changes)
}
