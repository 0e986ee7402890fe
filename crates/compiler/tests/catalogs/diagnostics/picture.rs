//! What a product looks like.

use super::{Case, check};
use crate::desk::Change::{self, Replace, Write};

const PICTURE: Change = Write(
    "picture.csv",
    b"view,shape,when,x,width,height,times,last_x,look,label.en,label.nl\n\
      front,box,,,width,30,,,light,\"{top} top, {width} wide\",\"Blad {top}, {width} breed\"\n\
      front,line,lamp,30,40,700,legs,width - 40,dark,,\n\
      front,measure,,,width,,,,,{} mm,{} mm\n",
);

#[test]
fn mistakes_in_pictures() {
    let picture = |from, to| Replace("picture.csv", from, to);
    for (change, told) in [
        (picture("light", "light"), ""),
        (
            picture("front,box", "front,bocks"),
            "error unknown-shape picture.csv B2 `bocks`",
        ),
        // A single view needs no code.
        (picture("front,box", ",box"), ""),
        (
            picture("light", "lite"),
            "error unknown-look picture.csv I2 `lite`",
        ),
        (
            picture("{top} top", "{tops} top"),
            "error unknown-attribute picture.csv J2 `{tops} top, {width} wide`",
        ),
        (
            picture("width - 40", "widht - 40"),
            "error unknown-attribute picture.csv H3 `widht`",
        ),
        (
            picture(",legs,", ",,"),
            "error missing-value picture.csv G3 ``",
        ),
        (
            picture(",{} mm,", ",,"),
            "error missing-text picture.csv J4 ``",
        ),
        (picture("front,measure", "front,text"), ""),
        // Bars are a view of their own, and have no height.
        (
            picture("front,measure", "front,bar"),
            "error mixed-view picture.csv B4 `bar`",
        ),
        (picture("front,measure", "plan,bar"), ""),
        (
            picture("front,measure,,,width,,", "plan,bar,,,width,30,"),
            "error superfluous-value picture.csv F4 `30`",
        ),
        (
            picture("lamp", "lamb"),
            "error unknown-attribute picture.csv C3 `lamb`",
        ),
    ] {
        let changes = [PICTURE, change];
        let told = [told];
        let case: Case<'_> = (&changes, if told[0].is_empty() { &[] } else { &told });
        check(&[case]);
    }
}
