//! Columns, cells, products, attributes and options.

use super::check;
use crate::desk::Change::Replace;

#[test]
fn columns_and_cells() {
    check(&[
        (
            &[Replace("products.csv", "lead_days", "leaddays")],
            &["error unknown-column products.csv D1 `leaddays`"],
        ),
        (
            &[Replace("rules.csv", "require", "requires")],
            &[
                "error missing-column rules.csv - `rule,when,requires,explanation.en,explanation.nl`",
                "error unknown-column rules.csv C1 `requires`",
                "error missing-value rules.csv - `carry`",
                "error missing-value rules.csv - `lit`",
            ],
        ),
        (
            &[Replace(
                "groups.csv",
                ",label.nl\nsize,Size,Maat\nlook,Look,Uiterlijk",
                "\nsize,Size\nlook,Look",
            )],
            &["warning missing-translation groups.csv - `group,label.en`"],
        ),
        (
            &[Replace("groups.csv", "Maat", "")],
            &["warning missing-translation groups.csv C2 ``"],
        ),
        (
            &[Replace("groups.csv", "Size", "")],
            &["error missing-text groups.csv B2 ``"],
        ),
        (
            &[Replace("groups.csv", "label.nl", "label.de")],
            &[
                "warning missing-translation groups.csv - `group,label.en,label.de`",
                "error unknown-language groups.csv C1 `label.de`",
            ],
        ),
        (
            &[Replace("groups.csv", "label.nl", "label.en")],
            &[
                "warning missing-translation groups.csv - `group,label.en,label.en`",
                "error duplicate-column groups.csv C1 `label.en`",
            ],
        ),
        (
            &[Replace("rules.csv", "Too heavy.", "Too heavy, really.")],
            &["error cell-count rules.csv F2 `Te zwaar.`"],
        ),
        (
            &[Replace("rules.csv", ",Too heavy.,Te zwaar.", "")],
            &[
                "error missing-text rules.csv D2 `carry`",
                "error cell-count rules.csv C2 `frame.carries >= top.mass`",
            ],
        ),
        (
            &[Replace("products.csv", "Bureau,5", "Bureau,five")],
            &["error bad-number products.csv D2 `five`"],
        ),
        (
            &[Replace("products.csv", "Bureau,5", "Bureau,2.5")],
            &["error bad-number products.csv D2 `2.5`"],
        ),
        (
            &[Replace("options/top.csv", "20,120", "\"1,250\",120")],
            &["error bad-number options/top.csv E2 `1,250`"],
        ),
        (
            &[Replace("options/top.csv", "20,120", ",120")],
            &["error missing-value options/top.csv E2 ``"],
        ),
        (
            &[Replace("options/top.csv", "property.mass", "property.Mass")],
            &[
                "error bad-code options/top.csv E1 `property.Mass`",
                "error unknown-property rules.csv C2 `mass`",
            ],
        ),
    ]);
}

#[test]
fn products_and_attributes() {
    check(&[
        (
            &[Replace(
                "products.csv",
                "standard\n",
                "standard\ndesk,Desk,Bureau,5,standard\n",
            )],
            &["error duplicate-code products.csv A3 `desk`"],
        ),
        (
            &[Replace("attributes.csv", "\nlamp,", "\ntop,")],
            &[
                "error duplicate-code attributes.csv A6 `top`",
                "error unknown-attribute prices.csv F6 `lamp`",
                "error unknown-attribute rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("attributes.csv", "\nlamp,", "\nLamp,")],
            &[
                "error bad-code attributes.csv A6 `Lamp`",
                "error unknown-attribute prices.csv F6 `lamp`",
                "error unknown-attribute rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("attributes.csv", "yes_no", "yesno")],
            &["error unknown-type attributes.csv C6 `yesno`"],
        ),
        (
            &[Replace("attributes.csv", "options,top", "options,tops")],
            &["error unknown-list attributes.csv D4 `tops`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "lamp,look,yes_no,,,",
                "lamp,look,yes_no,top,3,",
            )],
            &[
                "error unused-cell attributes.csv D6 `top`",
                "error unused-cell attributes.csv E6 `3`",
            ],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,2050,100")],
            &["error bad-range attributes.csv F2 `2050`"],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,200,100")],
            &["error bad-range attributes.csv F2 `200`"],
        ),
        (
            &[Replace("attributes.csv", "800,2000,100", "800,2000,0")],
            &["error bad-range attributes.csv G2 `0`"],
        ),
        (
            &[Replace("attributes.csv", "100,mm,1200", "100,mm,1250")],
            &["error out-of-range attributes.csv I2 `1250`"],
        ),
        (
            &[Replace("attributes.csv", "top,,,,,first", "top,,,,,maple")],
            &["error unknown-option attributes.csv I4 `maple`"],
        ),
        (
            &[Replace("attributes.csv", "100,mm,", "100,nm,")],
            &["warning unknown-unit attributes.csv H2 `nm`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "1,,,width / 500 + 2",
                "1,,5,width / 500 + 2",
            )],
            &["error unused-cell attributes.csv I3 `5`"],
        ),
        (
            &[Replace(
                "attributes.csv",
                "width / 500 + 2",
                "width / 500 + legs",
            )],
            &["error formula-cycle attributes.csv J3 `width / 500 + legs`"],
        ),
        (
            &[Replace("attributes.csv", "mm,1200,,", "mm,,legs * 400,")],
            &["error formula-cycle attributes.csv J2 `legs * 400`"],
        ),
        (
            &[Replace("options/top.csv", "glass,T2", "oak,T2")],
            &[
                "error duplicate-code options/top.csv A3 `oak`",
                "error unknown-option tables/top-width.csv A3 `glass`",
            ],
        ),
    ]);
}
