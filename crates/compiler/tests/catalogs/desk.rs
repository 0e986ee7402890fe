//! A small catalog in which everything is right, and ways to spoil it.

use quotewright_compiler::CatalogSource;

/// Its files. Every kind of sheet, attribute, rule and price step occurs.
pub const DESK: [(&str, &str); 12] = [
    (
        "catalog.toml",
        r#"id = "desks"
title = { en = "Desks", nl = "Bureaus" }
locales = ["en", "nl"]

[supplier]
name = "Desk Works"
email = "desks@desk.example"

[prices]
visibility = "public"
currency = "EUR"
rounding = "half-up"
round_at = "line"

[[taxes]]
code = "standard"
percent = "21"
label = { en = "VAT", nl = "Btw" }

[[books]]
code = "public"
label = { en = "List", nl = "Lijst" }

[[books]]
code = "acme"
customer = "acme"
label = { en = "Acme", nl = "Acme" }
valid_from = "2026-01-01"
valid_until = "2026-12-31"
"#,
    ),
    (
        "products.csv",
        "product,name.en,name.nl,lead_days,tax\ndesk,Desk,Bureau,5,standard\n",
    ),
    (
        "groups.csv",
        "group,label.en,label.nl\nsize,Size,Maat\nlook,Look,Uiterlijk\n",
    ),
    (
        "attributes.csv",
        "attribute,group,type,options,min,max,step,unit,default,formula,label.en,label.nl\n\
         width,size,number,,800,2000,100,mm,1200,,Width,Breedte\n\
         legs,size,number,,4,8,1,,,width / 500 + 2,Legs,Poten\n\
         top,look,options,top,,,,,first,,Top,Blad\n\
         frame,look,options,frame,,,,,first,,Frame,Onderstel\n\
         lamp,look,yes_no,,,,,,no,,Lamp,Lamp\n",
    ),
    (
        "options/top.csv",
        "option,part_number,label.en,label.nl,property.mass,price.public,price.acme,cost\n\
         oak,T1,Oak,Eiken,20,120,110,60\n\
         glass,T2,Glass,Glas,35,0,,\n",
    ),
    (
        "options/frame.csv",
        "option,part_number,label.en,label.nl,property.carries\n\
         steel,F1,Steel,Staal,80\n\
         wood,F2,Wood,Hout,30\n",
    ),
    (
        "tables.csv",
        "table,explanation.en,explanation.nl\n\
         top-width,Glass comes in small sizes.,Glas is er in kleine maten.\n",
    ),
    (
        "tables/top-width.csv",
        "top,width\noak,*\nglass,800..1500\n",
    ),
    (
        "rules.csv",
        "rule,when,require,explanation.en,explanation.nl\n\
         carry,,frame.carries >= top.mass,Too heavy.,Te zwaar.\n\
         lit,lamp,width >= 1000 && top = oak,No room.,Geen ruimte.\n",
    ),
    (
        "prices.csv",
        "step,kind,of,per,unit,when,label.en,label.nl,price.public,price.acme,cost\n\
         base,amount,,,,,Base,Basis,100,90,50\n\
         legs,amount,,legs,,,Legs,Poten,8.50,,4\n\
         top,options,top,,,,Top,Blad,,,\n\
         body,table,body,width / 1000,m,,Body,Romp,,,\n\
         lit,amount,,,,lamp,Lamp,Lamp,30,25,12\n\
         care,percent,base|body,,,top = oak,Care,Zorg,5,4,2\n\
         more,tiers,,,,,Quantity,Aantal,,,\n",
    ),
    (
        "price-tables/body.csv",
        "frame,width,price.public,price.acme,cost\n\
         steel,1200,200,180,90\n\
         steel,2000,300,270,140\n\
         wood,2000,250,,110\n",
    ),
    (
        "tiers.csv",
        "step,from,percent.public,percent.acme\nmore,5,-3,-5\nmore,20,-6,-9\n",
    ),
];

/// How a file is spoiled.
#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// In this file, the first text becomes the second.
    Replace(&'static str, &'static str, &'static str),
    /// This file has this content.
    Write(&'static str, &'static [u8]),
    /// This file is not there.
    Remove(&'static str),
}

/// The desk catalog with some changes.
pub fn desk(changes: &[Change]) -> CatalogSource {
    changed(&DESK, changes)
}

/// A catalog with some changes.
pub fn changed(catalog: &[(&str, &str)], changes: &[Change]) -> CatalogSource {
    let mut files: Vec<(String, Vec<u8>)> = catalog
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
        .collect();
    for change in changes {
        match change {
            Change::Replace(file, from, to) => {
                let (_, content) = files
                    .iter_mut()
                    .find(|(name, _)| name == file)
                    .expect("the catalog has the file");
                let text = String::from_utf8(content.clone()).expect("it is text");
                assert!(text.contains(from), "{file} does not contain {from}");
                *content = text.replacen(from, to, 1).into_bytes();
            }
            Change::Write(file, content) => {
                files.retain(|(name, _)| name != file);
                files.push(((*file).to_owned(), content.to_vec()));
            }
            Change::Remove(file) => files.retain(|(name, _)| name != file),
        }
    }
    CatalogSource::from_files(files)
}
