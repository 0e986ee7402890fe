//! When things can be there: against a calendar that is walked day by day, and what holds of
//! every plan.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use quotewright_engine::catalog::{Formula, Model, Text};
use quotewright_engine::delivery::{
    Calendar, CallOff, Capacity, Closure, Days, DaysRule, Delivery, Plan, Task, Wanted, WantedLine,
    Week, WorkingDays, plan,
};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{Asked, AskedLine};
use rust_decimal::Decimal;

const START: Date = date(2026, 1, 1);

fn closure(from: i32, days: i32, works: bool) -> Closure {
    let from = START.saturating_add(from.days());
    Closure {
        from,
        until: from.saturating_add(days.days()),
        works,
        label: Text::default(),
    }
}

fn calendars() -> impl Strategy<Value = Calendar> {
    let weekdays = [
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
        Weekday::Wednesday,
    ];
    let free = prop::sample::subsequence(weekdays.to_vec(), 0..=3);
    let closures = prop::collection::vec((0..200, 0..20, prop::bool::weighted(0.3)), 0..12);
    (free, closures).prop_map(|(free, closures)| Calendar {
        code: "plant".to_owned(),
        week: Week::without(free),
        closures: (closures.into_iter())
            .map(|(from, days, works)| closure(from, days, works))
            .collect(),
        ..Calendar::default()
    })
}

/// What a person would do with a paper calendar.
fn works_on(calendar: &Calendar, day: Date) -> bool {
    let on_day: Vec<&Closure> = (calendar.closures.iter())
        .filter(|it| it.from <= day && day <= it.until)
        .collect();
    if on_day.iter().any(|it| it.works) {
        return true;
    }
    on_day.is_empty() && calendar.week.works_on(day.weekday())
}

/// Crosses off one working day after the other.
fn walk(calendar: &Calendar, from: Date, days: u32) -> Date {
    let mut day = from;
    for _ in 0..days {
        day = day.saturating_add(1.day());
        while !works_on(calendar, day) {
            day = day.saturating_add(1.day());
        }
    }
    day
}

fn days(days: u32) -> DaysRule {
    DaysRule::Days(Days {
        days: Formula::Constant(days.into()),
    })
}

fn capacity(days: u32, of: u32, all_lines: bool) -> DaysRule {
    DaysRule::Capacity(Capacity {
        days,
        capacity: of.into(),
        per: None,
        all_lines,
    })
}

fn task(code: &str, after: &[usize], calendar: Option<usize>, rule: DaysRule) -> Task {
    Task {
        code: code.to_owned(),
        label: Text::default(),
        after: after.to_vec(),
        calendar,
        when: None,
        rule,
    }
}

fn product(calendars: Vec<Calendar>, tasks: Vec<Task>) -> Model {
    Model {
        product: "thing".to_owned(),
        delivery: Some(Delivery {
            calendars,
            tasks,
            ..Delivery::default()
        }),
        ..Model::default()
    }
}

/// Of each line: its product, its pieces.
fn planned(
    lines: &[(&Model, u32)],
    transit: Option<&Model>,
    ordered: Date,
    wanted: &Wanted,
) -> Plan {
    let lines: Vec<AskedLine> = (lines.iter())
        .map(|(model, quantity)| AskedLine {
            model,
            values: &[],
            quantity: *quantity,
            ramp: &[],
            earlier: 0,
            billed: Decimal::ZERO,
        })
        .collect();
    let asked = Asked {
        lines: &lines,
        whole: transit.map(|model| (model, [].as_slice())),
        date: ordered,
        promotions: &[],
        buyer: Buyer::default(),
        dates: None,
        manual: &[],
    };
    plan(&asked, ordered, wanted).expect("a plan")
}

/// The steps that drive a date follow one another and end on it.
fn assert_adds_up(plan: &Plan) {
    for line in &plan.lines {
        let mut at = plan.ordered;
        for step in line
            .steps
            .iter()
            .chain(&line.transit)
            .filter(|it| it.drives)
        {
            assert_eq!(step.from, at, "{step:?}");
            at = step.until;
        }
        assert_eq!(at, line.arrives.possible);
    }
}

/// Cutting takes a day for every started 10 pieces on all lines, beside it 4 days for what is
/// bought in; then 2 days of assembly. The plant is closed from 24 December to 3 January and
/// works on Saturday 19 December. Transit takes 2 days of the carrier, who works on Saturdays.
fn plant() -> (Model, Model) {
    let closed = Closure {
        from: date(2026, 12, 24),
        until: date(2027, 1, 3),
        works: false,
        label: Text::new([("en".to_owned(), "Christmas".to_owned())]),
    };
    let worked = Closure {
        from: date(2026, 12, 19),
        until: date(2026, 12, 19),
        works: true,
        label: Text::default(),
    };
    let plant = Calendar {
        code: "plant".to_owned(),
        closures: vec![worked, closed],
        until: Some(date(2026, 12, 31)),
        ..Calendar::default()
    };
    let carrier = Calendar {
        code: "carrier".to_owned(),
        week: Week::without([Weekday::Sunday]),
        ..Calendar::default()
    };
    let thing = product(
        vec![plant],
        vec![
            task("cutting", &[], Some(0), capacity(1, 10, true)),
            task("parts", &[], None, days(4)),
            task("assembly", &[0, 1], Some(0), days(2)),
        ],
    );
    let transit = product(vec![carrier], vec![task("road", &[], Some(0), days(2))]);
    (thing, transit)
}

#[test]
fn a_plan_worked_out_by_hand() {
    let (thing, transit) = plant();
    // Ordered on Monday 14 December. 25 and 14 pieces: 4 days of cutting, until Friday the
    // 18th, as long as the parts. Assembly on Saturday the 19th and Monday the 21st. Road on
    // the 22nd and 23rd.
    let monday = date(2026, 12, 14);
    let wanted = Wanted {
        date: Some(date(2026, 12, 22)),
        lines: vec![WantedLine {
            date: Some(date(2026, 12, 24)),
            call_offs: Vec::new(),
        }],
    };
    let found = planned(
        &[(&thing, 25), (&thing, 14)],
        Some(&transit),
        monday,
        &wanted,
    );
    assert_adds_up(&found);
    let line = &found.lines[0];
    assert_eq!(line.ready, date(2026, 12, 21));
    assert_eq!(line.arrives.possible, date(2026, 12, 23));
    assert_eq!(line.arrives.late_days, 0);
    assert_eq!(found.lines[1].arrives.late_days, 1);
    let codes = line.steps.iter().chain(&line.transit);
    let codes = codes.filter(|it| it.drives);
    let codes: Vec<&str> = codes.map(|it| it.code.as_str()).collect();
    assert_eq!(codes, ["cutting", "assembly", "road"]);
    let together = found.together.expect("lines");
    assert_eq!(together.arrives.possible, date(2026, 12, 23));
    assert_eq!(together.arrives.late_days, 1);

    // 71 pieces take 8 days of cutting: to the 23rd, with the Saturday. Assembly then waits
    // for the 4th and 5th of January, road is on the 6th and 7th.
    let found = planned(&[(&thing, 71)], Some(&transit), monday, &Wanted::default());
    let line = &found.lines[0];
    assert_adds_up(&found);
    assert_eq!(line.arrives.possible, date(2027, 1, 7));
    assert!(line.estimated, "the plant's calendar ends with the year");
    let assembly = &line.steps[2];
    assert_eq!(assembly.closures[0].get("en"), "Christmas");
    assert_eq!(
        (assembly.from, assembly.until),
        (date(2026, 12, 23), date(2027, 1, 5))
    );
    assert!(!line.steps[1].drives, "parts are there long before");
}

#[test]
fn call_offs_are_made_one_after_the_other() {
    let (thing, transit) = plant();
    let call_off = |month, day, quantity| CallOff {
        date: date(2026, month, day),
        quantity,
    };
    // 40, then 20 more, then 40 more of 100: 4, 6 and 10 days of cutting, 4 at least for parts.
    let wanted = Wanted {
        date: None,
        lines: vec![WantedLine {
            date: None,
            call_offs: vec![call_off(9, 1, 40), call_off(3, 10, 20), call_off(3, 9, 40)],
        }],
    };
    let found = planned(&[(&thing, 100)], Some(&transit), date(2026, 3, 2), &wanted);
    let call_offs = &found.lines[0].call_offs;
    let told = call_offs
        .iter()
        .map(|it| (it.made, it.arrives.possible, it.arrives.late_days));
    let expected = [
        // 2 March and 10 days: the 16th; assembly until the 18th; road until the 20th.
        (100, date(2026, 3, 20), 0),
        // 6 days: the 10th; the 12th; Friday the 13th and Saturday the 14th.
        (60, date(2026, 3, 14), 4),
        // 4 days: the 6th; the 10th; the 12th.
        (40, date(2026, 3, 12), 3),
    ];
    assert_eq!(told.collect::<Vec<_>>(), expected);
    assert_eq!(found.late_days(), 4);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn working_days_are_those_of_a_paper_calendar(
        calendar in calendars(),
        start in 0..220_i32,
        count in 0..60_u32,
    ) {
        let ready = WorkingDays::new(&calendar);
        let from = START.saturating_add(start.days());
        let until = walk(&calendar, from, count);
        prop_assert_eq!(ready.after(from, count), until);
        prop_assert_eq!(ready.between(from, until), count);
        prop_assert_eq!(ready.works_on(from), works_on(&calendar, from));
    }

    #[test]
    fn later_or_longer_is_never_earlier(
        calendar in calendars(),
        start in 0..220_i32,
        count in 0..60_u32,
        more in 0..40_u32,
    ) {
        let ready = WorkingDays::new(&calendar);
        let from = START.saturating_add(start.days());
        let until = ready.after(from, count);
        prop_assert!(ready.after(from, count + more) >= until);
        prop_assert!(ready.after(from.saturating_add(i64::from(more).days()), count) >= until);
        prop_assert_eq!(ready.after(until, more), ready.after(from, count + more));
    }

    #[test]
    fn every_plan_adds_up_and_the_order_of_lines_does_not_matter(
        calendars in prop::collection::vec(calendars(), 2),
        kinds in prop::collection::vec((0..5_u32, 1..9_u32, any::<bool>(), any::<bool>()), 1..6),
        quantities in prop::collection::vec(1..80_u32, 1..5),
        transit in 0..4_u32,
        start in 0..200_i32,
    ) {
        let tasks = kinds.iter().enumerate().map(|(at, (length, of, by_pieces, early))| {
            let rule = match by_pieces {
                true => capacity(*length, *of, *early),
                false => days(*length),
            };
            let after: Vec<usize> = match early {
                true => Vec::new(),
                false => (at.saturating_sub(2)..at).collect(),
            };
            task(&format!("t{at}"), &after, Some(at % 2), rule)
        });
        let thing = product(calendars.clone(), tasks.collect());
        let transit = product(calendars, vec![task("road", &[], Some(1), days(transit))]);
        let ordered = START.saturating_add(start.days());
        let lines: Vec<_> = quantities.iter().map(|it| (&thing, *it)).collect();
        let found = planned(&lines, Some(&transit), ordered, &Wanted::default());
        assert_adds_up(&found);
        let turned: Vec<_> = lines.iter().copied().rev().collect();
        let turned = planned(&turned, Some(&transit), ordered, &Wanted::default());
        let back: Vec<_> = turned.lines.iter().rev().cloned().collect();
        prop_assert_eq!(&back, &found.lines);
        let together = found.together.map(|it| it.arrives.possible);
        prop_assert_eq!(turned.together.map(|it| it.arrives.possible), together);
        prop_assert_eq!(found.lines.iter().map(|it| it.arrives.possible).max(), together);
        // More pieces never arrive earlier.
        let more: Vec<_> = quantities.iter().map(|it| (&thing, it + 7)).collect();
        let more = planned(&more, Some(&transit), ordered, &Wanted::default());
        for (more, line) in more.lines.iter().zip(&found.lines) {
            prop_assert!(more.arrives.possible >= line.arrives.possible);
        }
    }
}

#[test]
fn a_capacity_may_be_any_number() {
    let half = DaysRule::Capacity(Capacity {
        days: 1,
        capacity: Decimal::new(5, 1),
        per: None,
        all_lines: false,
    });
    let thing = product(Vec::new(), vec![task("slow", &[], None, half)]);
    let found = planned(&[(&thing, 2)], None, date(2026, 6, 1), &Wanted::default());
    assert_eq!(found.lines[0].arrives.possible, date(2026, 6, 5));
}
