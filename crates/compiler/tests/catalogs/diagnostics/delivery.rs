//! Calendars, and the steps of delivery.

use super::{Case, check};
use crate::desk::Change::{self, Replace, Write};

const CALENDARS: Change = Write(
    "calendars.csv",
    b"calendar,like,weekend,until\n\
      nl,,,2027-12-31\n\
      plant,nl,sat|sun,2027-12-31\n",
);

const HOLIDAYS: Change = Write(
    "holidays.csv",
    "calendar,from,until,works,label.en,label.nl\n\
     nl,2026-12-25,2026-12-26,,Christmas,Kerst\n\
     plant,2026-12-28,2026-12-31,,Winter stop,Winterstop\n"
        .as_bytes(),
);

const STEPS: Change = Write(
    "delivery.csv",
    b"step,kind,of,days,every,per,percent,counts,calendar,after,when,label.en,label.nl\n\
      parts,options,,,,,,,plant,,,Parts,Onderdelen\n\
      frames,capacity,,1,10,legs,,quote,plant,order,,Frames,Onderstellen\n\
      finish,days,,2,,,,,plant,parts|frames,,Finish,Afwerking\n\
      paint,table,paint,,,,,,,,,Paint,Verf\n\
      fast,express,frames|finish,,,,-50,,,,lamp,Fast,Snel\n",
);

const TABLE: Change = Write(
    "delivery-tables/paint.csv",
    b"lamp,width,days\nno,1000,1\nno,2000,2\nyes,2000,3\n",
);

fn spoiled(change: Change, told: &[&'static str]) {
    let changes = [
        CALENDARS,
        HOLIDAYS,
        STEPS,
        TABLE,
        Replace("products.csv", "5,standard", ",standard"),
        change,
    ];
    let case: Case<'_> = (&changes, told);
    check(&[case]);
}

#[test]
fn steps_are_told_where_they_are_wrong() {
    let steps = |from, to| Replace("delivery.csv", from, to);
    for (change, told) in [
        (steps("1,10", "1,10"), ""),
        (
            steps(",plant,,,Parts", ",plan,,,Parts"),
            "error unknown-calendar delivery.csv I2 `plan`",
        ),
        (
            steps("parts|frames", "parts|frame"),
            "error unknown-step delivery.csv J4 `frame`",
        ),
        (
            steps("plant,order", "plant,finish"),
            "error unknown-step delivery.csv J3 `finish`",
        ),
        (
            steps("finish,days,,2,,", "finish,days,,2,5,"),
            "error unused-cell delivery.csv E4 `5`",
        ),
        (
            steps("finish,days,,2,", "finish,days,,,"),
            "error missing-value delivery.csv D4 ``",
        ),
        (
            steps("finish,days,,2,", "finish,days,,widht,"),
            "error unknown-attribute delivery.csv D4 `widht`",
        ),
        (
            steps("1,10,legs", "1,0,legs"),
            "error bad-number delivery.csv E3 `0`",
        ),
        (
            steps("1,10,legs", "0,10,legs"),
            "error bad-number delivery.csv D3 `0`",
        ),
        (
            steps("legs,,quote", "legs,,quotes"),
            "error unknown-word delivery.csv H3 `quotes`",
        ),
        (
            steps("parts,options,,", "parts,options,top|tops,"),
            "error unknown-attribute delivery.csv C2 `tops`",
        ),
        (
            steps("parts,options,,", "parts,options,width,"),
            "error type delivery.csv C2 `width`",
        ),
        (
            steps("parts,options", "parts,option"),
            "error unknown-kind delivery.csv B2 `option`",
        ),
        (steps("-50", "50"), "error bad-number delivery.csv G6 `50`"),
        (
            steps("express,frames|finish", "express,"),
            "error missing-value delivery.csv C6 ``",
        ),
        (
            steps("table,paint", "table,pain"),
            "error unknown-table delivery.csv C5 `pain`",
        ),
    ] {
        let told: &[&str] = if told.is_empty() { &[] } else { &[told] };
        let unlisted = "error unlisted-table delivery-tables/paint.csv - ``";
        let with_table = [&[unlisted], told].concat();
        match told.first().is_some_and(|it| it.contains("unknown-table")) {
            true => spoiled(change, &with_table),
            false => spoiled(change, told),
        }
    }
}

#[test]
fn calendars_are_told_where_they_are_wrong() {
    let calendars = |from, to| Replace("calendars.csv", from, to);
    let holidays = |from, to| Replace("holidays.csv", from, to);
    for (change, told) in [
        (
            calendars("nl,sat|sun,2027-12-31", "nl,sat|sun,"),
            "error missing-value calendars.csv D3 ``",
        ),
        (
            calendars("nl,sat|sun,2027-12-31", "nl,sat|sun,31-12-2027"),
            "error bad-date calendars.csv D3 `31-12-2027`",
        ),
        (
            calendars("sat|sun", "sat|zon"),
            "error bad-weekday calendars.csv C3 `zon`",
        ),
        (
            calendars("sat|sun", "mon|tue|wed|thu|fri|sat|sun"),
            "error bad-weekday calendars.csv C3 `mon|tue|wed|thu|fri|sat|sun`",
        ),
        (
            calendars("plant,nl", "plant,nl|de"),
            "error unknown-calendar calendars.csv B3 `de`",
        ),
        (
            calendars("nl,,,2027-12-31\n", "nl,,,2027-12-31\nspare,,,2027-12-31\n"),
            "warning unused-calendar calendars.csv A3 `spare`",
        ),
        // The desk takes two days and, for the last day of Acme's prices, ends in January.
        (
            calendars("nl,,,2027-12-31", "nl,,,2026-12-31"),
            "warning calendar-ends calendars.csv D2 `2026-12-31`",
        ),
        (
            holidays("2026-12-25,", "25-12-2026,"),
            "error bad-date holidays.csv B2 `25-12-2026`",
        ),
        (
            holidays("2026-12-26", "2026-12-20"),
            "error bad-date holidays.csv C2 `2026-12-20`",
        ),
        (
            holidays("2026-12-26,", "2026-12-26,ja"),
            "error unknown-word holidays.csv D2 `ja`",
        ),
        (
            holidays("nl,2026-12-25", "be,2026-12-25"),
            "error unknown-calendar holidays.csv A2 `be`",
        ),
        (
            holidays("2026-12-28,2026-12-31", "2028-12-28,2028-12-31"),
            "warning after-calendar holidays.csv B3 `2028-12-28`",
        ),
    ] {
        spoiled(change, &[told]);
    }
    let twice = holidays(
        "nl,2026-12-25,2026-12-26,,Christmas,Kerst\n",
        "nl,2026-12-25,2026-12-26,,Christmas,Kerst\nnl,2026-12-25,2026-12-26,,Again,Weer\n",
    );
    spoiled(twice, &["warning duplicate-day holidays.csv A3 `nl`"]);
}

#[test]
fn days_that_no_step_takes_are_told() {
    spoiled(
        Replace("products.csv", ",,standard", ",5,standard"),
        &["warning unused-lead-days products.csv D2 `5`"],
    );
}

#[test]
fn a_table_has_a_row_for_everything() {
    let table = |from, to| Replace("delivery-tables/paint.csv", from, to);
    for (change, told) in [
        (
            table("yes,2000,3", "yes,1500,3"),
            "error days-gap delivery.csv C5 `paint`",
        ),
        (
            table("no,1000,1\nno,2000,2", "no,2000,2\nno,1000,1"),
            "warning hidden-row delivery-tables/paint.csv A3 `no`",
        ),
        (
            table("yes,2000,3", "yes,2000,-3"),
            "error bad-number delivery-tables/paint.csv C4 `-3`",
        ),
    ] {
        spoiled(change, &[told]);
    }
}
