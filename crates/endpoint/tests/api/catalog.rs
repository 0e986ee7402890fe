//! Small catalogs to test with.

use quotewright_compiler::{CatalogSource, CompiledCatalog, compile};

/// What tests change of the catalog.
#[derive(Clone, Copy)]
pub struct Variant {
    /// `public` or `signed-in`.
    pub visibility: &'static str,
    /// Public price of a metre.
    pub metre: &'static str,
    /// Help of the frame: part of the public source.
    pub help: &'static str,
}

pub const PLAIN: Variant = Variant {
    visibility: "public",
    metre: "100.00",
    help: "What it stands on.",
};

const MANIFEST: &str = r#"
id = "gadgets"
title = { en = "Gadgets" }
locales = ["en"]

[supplier]
name = "Gadget Works"
email = "quotes@gadgets.example"

[prices]
visibility = "VISIBILITY"
currency = "EUR"
rounding = "half-up"
round_at = "line"
late_days = 30

[[taxes]]
code = "standard"
percent = "21"
label = { en = "VAT 21 %" }

[[books]]
code = "public"
label = { en = "List prices" }

[[books]]
code = "acme"
customer = "acme"
label = { en = "Acme's prices" }

[[books]]
code = "late"
customer = "late"
label = { en = "Prices that ended" }
valid_until = "2020-12-31"
"#;

const FILES: [(&str, &str); 9] = [
    (
        "products.csv",
        "product,name.en,description.en,lead_days,tax\ngadget,Gadget,,5,standard\n",
    ),
    ("groups.csv", "group,label.en\nbody,Body\n"),
    (
        "attributes.csv",
        "product,attribute,group,type,options,min,max,step,unit,default,formula,label.en,help.en\n\
         gadget,frame,body,options,frame,,,,,first,,Frame,HELP\n\
         gadget,length,body,number,,1000,5000,100,mm,,,Length,\n\
         gadget,colour,body,options,colour,,,,,first,,Colour,\n\
         gadget,guides,body,yes_no,,,,,,no,,Guides,\n\
         gadget,supports,body,number,,2,10,1,,,length / 1000,Supports,\n",
    ),
    (
        "options/frame.csv",
        "option,part_number,lead_days,label.en,price.public,price.acme,price.late,cost\n\
         steel,F1,0,Steel,211.01,7211.37,8211.41,31211.53\n\
         stainless,F2,3,Stainless,212.03,7212.43,8212.47,31212.59\n",
    ),
    (
        "options/colour.csv",
        "option,part_number,lead_days,label.en,price.public,price.acme,price.late,cost\n\
         bare,C0,0,Bare,0,0,0,0\n\
         blue,C1,0,Blue,31.05,7031.61,8031.67,31031.71\n\
         red,C2,0,Red,32.07,7032.73,8032.79,31032.83\n",
    ),
    (
        "tables.csv",
        "table,product,explanation.en\npaint,gadget,Stainless is not painted.\n",
    ),
    (
        "tables/paint.csv",
        "frame,colour\nsteel,*\nstainless,bare\n",
    ),
    (
        "rules.csv",
        "rule,product,when,require,explanation.en\n\
         short,gadget,frame = stainless,length <= 4000,Stainless frames end at four metres.\n",
    ),
    (
        "tiers.csv",
        "product,step,from,percent.public,percent.acme,percent.late\n\
                   gadget,quantity,10,-5,-17.29,-19.31\n",
    ),
];

const PRICES: &str = "product,step,kind,of,per,unit,when,label.en,price.public,price.acme,price.late,cost\n\
     gadget,body,amount,,length / 1000,m,,Body,METRE,7100.19,8100.23,31100.29\n\
     gadget,frame,options,frame,,,,Frame,,,,\n\
     gadget,colour,options,colour,,,,Colour,,,,\n\
     gadget,guides,amount,,,,guides,Guides,55.55,7055.07,8055.11,31055.13\n\
     gadget,quantity,tiers,,,,,Quantity discount,,,,\n";

/// Text of every amount of the contract books, and of every cost.
pub const SECRETS: [&str; 20] = [
    "7211.37", "8211.41", "31211.53", "7212.43", "8212.47", "31212.59", "7031.61", "8031.67",
    "31031.71", "7032.73", "8032.79", "31032.83", "7100.19", "8100.23", "31100.29", "7055.07",
    "8055.11", "31055.13", "17.29", "19.31",
];

/// The catalog `gadgets`, with these changes.
pub fn gadgets(variant: Variant) -> CompiledCatalog {
    let manifest = MANIFEST.replace("VISIBILITY", variant.visibility);
    let mut files = vec![
        ("catalog.toml".to_owned(), manifest),
        (
            "prices.csv".to_owned(),
            PRICES.replace("METRE", variant.metre),
        ),
    ];
    let fixed = FILES.map(|(name, text)| (name.to_owned(), text.replace("HELP", variant.help)));
    files.extend(fixed);
    let compilation = compile(&CatalogSource::from_files(files));
    compilation
        .catalog
        .unwrap_or_else(|| panic!("{:#?}", compilation.diagnostics))
}
