//! Texts for an audience.

use super::check;
use crate::desk::Change::{Replace, Write};

#[test]
fn mistakes_in_texts_for_an_audience() {
    let frames = |headings: &str, steel: &str, wood: &str| {
        let text = format!(
            "option,part_number,label.en,label.nl,property.carries,{headings}\n\
             steel,F1,Steel,Staal,80,{steel}\nwood,F2,Wood,Hout,30,{wood}\n"
        );
        Write("options/frame.csv", text.leak().as_bytes())
    };
    let general = "description.en,description.nl";
    let both = format!("{general},description.en.engineer,description.nl.engineer");
    let english = format!("{general},description.en.engineer");
    let unknown = format!("{general},description.en.enginer");
    let elsewhere = format!("{general},description.de.user");
    for (change, told) in [
        (frames(&both, "a,b,c,d", "a,b,,"), &[][..]),
        (
            frames(&both, "a,b,c,", "a,b,,"),
            &["warning missing-translation options/frame.csv I2 ``"],
        ),
        (
            frames(&both, "a,b,,d", "a,b,,"),
            &["warning missing-translation options/frame.csv H2 ``"],
        ),
        // Everybody else has to read something, too.
        (
            frames(&both, ",,c,d", "a,b,,"),
            &[
                "error missing-text options/frame.csv F2 ``",
                "warning missing-translation options/frame.csv G2 ``",
            ],
        ),
        (
            frames(&english, "a,b,c", "a,b,"),
            &[
                "warning missing-translation options/frame.csv - `option,part_number,label.en,label.nl,property.carries,description.en,description.nl,description.en.engineer`",
            ],
        ),
        (
            frames(&unknown, "a,b,c", "a,b,"),
            &["error unknown-audience options/frame.csv H1 `description.en.enginer`"],
        ),
        (
            frames(&elsewhere, "a,b,c", "a,b,"),
            &["error unknown-language options/frame.csv H1 `description.de.user`"],
        ),
        (
            Replace("options/frame.csv", "label.nl", "label.nl.user"),
            &[
                "warning missing-translation options/frame.csv - `option,part_number,label.en,label.nl.user,property.carries`",
                "error unknown-audience options/frame.csv D1 `label.nl.user`",
            ],
        ),
    ] {
        check(&[(&[change], told)]);
    }
}
