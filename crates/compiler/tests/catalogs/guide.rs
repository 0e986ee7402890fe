//! The steps of docs/catalogs.md do what it says.

use std::collections::BTreeMap;
use std::path::PathBuf;

use quotewright_compiler::{CatalogSource, compile};

/// One step: what it appends to a sheet, or changes in it, and what is told afterwards.
type Step = (
    &'static str,
    fn(&mut String),
    &'static [(&'static str, &'static str)],
);

const STEPS: [Step; 5] = [
    (
        "options/belt.csv",
        |sheet| {
            sheet.push_str(
                "pu_blue,BB-PU-2,10,\"PU, blue, smooth\",\"PU, blauw, glad\",\"PU, blå, glatt\",\
                 \"PU, niebieska, gładka\",Easy to see in food,Goed te zien in voedsel,\
                 Lett å se i mat,Dobrze widoczna w żywności,1.8,0.33,6,1.5,10,1,0,50\n",
            );
        },
        &[("dead-option", "options/belt.csv")],
    ),
    (
        "tables/belt-guides.csv",
        |sheet| *sheet = sheet.replace("|pu_white,", "|pu_white|pu_blue,"),
        &[("price-gap", "price-tables/belt.csv")],
    ),
    (
        "price-tables/belt.csv",
        |sheet| sheet.push_str("pu_blue,44.50,38.70,26.10\n"),
        &[],
    ),
    (
        "prices.csv",
        |sheet| {
            let row = "belt_conveyor,,blue-setup,amount,,,,belt = pu_blue,\"Set-up, blue belt\",\
                       Instelkosten blauwe band,\"Oppsett, blått bånd\",\
                       \"Przezbrojenie, taśma niebieska\",35.00,,12.00\n";
            let last = sheet.find("belt_conveyor,,quantity").expect("the discount");
            sheet.insert_str(last, row);
        },
        &[],
    ),
    (
        "rules.csv",
        |sheet| {
            sheet.push_str(
                "blue-belt,belt_conveyor,,,belt = pu_blue,environment = food || environment = wet,\
                 The blue belt is made for food and for wet rooms.,\
                 De blauwe band is gemaakt voor voedsel en natte ruimtes.,\
                 Det blå båndet er laget for mat og våte rom.,\
                 Niebieska taśma jest przeznaczona do żywności i mokrych pomieszczeń.\n",
            );
        },
        &[],
    ),
];

#[test]
fn the_guide_holds() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../catalogs/conveyor");
    let source = CatalogSource::read(&root).expect("the folder can be read");
    let mut files: BTreeMap<String, Vec<u8>> = source.files().clone();
    for (file, change, expected) in STEPS {
        let sheet = files.get_mut(file).expect("a sheet of the catalog");
        let mut text = String::from_utf8(sheet.clone()).expect("text");
        change(&mut text);
        *sheet = text.into_bytes();
        let compilation = compile(&CatalogSource::from_files(files.clone()));
        let told: Vec<(&str, &str)> = compilation
            .diagnostics
            .iter()
            .map(|it| (it.code, it.location.file.as_str()))
            .collect();
        assert_eq!(told, expected, "{file}: {:?}", compilation.diagnostics);
    }
}
