//! What only a search finds.

use super::check;
use crate::desk::Change::Replace;

#[test]
fn what_only_a_search_finds() {
    check(&[
        (
            &[Replace("options/top.csv", "Glas,35", "Glas,95")],
            &["warning dead-option options/top.csv A3 `glass`"],
        ),
        (
            &[Replace("rules.csv", "width >= 1000", "width >= 3000")],
            &[
                "warning dead-option attributes.csv A6 `lamp`",
                "warning idle-rule rules.csv B3 `lamp`",
            ],
        ),
        (
            &[Replace("rules.csv", "top.mass,", "100,")],
            &["error impossible-product products.csv A2 `desk`"],
        ),
        (
            &[Replace("price-tables/body.csv", "steel,2000", "steel,1800")],
            &[
                "warning price-gap price-tables/body.csv - `frame,width,price.public,price.acme,cost`",
            ],
        ),
        (
            &[Replace(
                "attributes.csv",
                "800,2000,100,mm,1200",
                "0,2000000000000,0.001,mm,",
            )],
            &["error unsupported attributes.csv F2 `2000000000000`"],
        ),
        // Values that the rules exclude need no price.
        (
            &[
                Replace("price-tables/body.csv", "wood,2000", "wood,1500"),
                Replace(
                    "rules.csv",
                    "\nlit",
                    "\nsmall,frame = wood,width <= 1500,Weak.,Zwak.\nlit",
                ),
            ],
            &[],
        ),
    ]);
}
