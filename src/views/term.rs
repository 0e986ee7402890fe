//! What a contract costs over its term.

use leptos::prelude::*;
use quotewright_engine::price::Currency;
use quotewright_engine::quote::{Exchanged, LinePrice, TermPart, over_term};
use rust_decimal::Decimal;

use super::chart::{Bar, Folding, Part, columns, table};
use super::configure::repeated::{self, over_months};
use crate::messages::{Words, use_words};

/// Columns that a chart has room for.
const COLUMNS: u32 = 12;

/// What is due over a term.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// What is due again and again.
    pub lines: Vec<LinePrice>,
    /// What is due with the order.
    pub once: Decimal,
    /// What another tax than prices contain makes of what is due again.
    pub exchanged: Vec<Exchanged>,
    /// Whether prices contain tax.
    pub contained: bool,
    /// What amounts are in.
    pub currency: Currency,
}

impl Contract {
    /// Months of the longest term; 0 where nothing is due again.
    fn term(&self) -> u32 {
        self.lines.iter().map(|line| line.term).max().unwrap_or(0)
    }
}

/// What has been due by the end of each month, quarter or year, to be unfolded: a chart with
/// its table. Nothing where nothing is due again and again.
#[component]
pub fn TermChart(
    /// What it shows.
    contract: Memo<Option<Contract>>,
) -> impl IntoView {
    let words = use_words();
    let (chart, behind) = (Folding::new(), Folding::new());
    let term = Memo::new(move |_| contract.with(|it| it.as_ref().map_or(0, Contract::term)));
    let body = move || {
        let shown = chart.is_open().then(|| contract.get()).flatten();
        shown.map(|contract| body(words, &contract, behind))
    };
    move || {
        let months = Some(term.get()).filter(|it| *it > 0)?;
        let title = words.messages.price.cost_over;
        let title = title.with(words.format.plural(months), [&words.format.count(months)]);
        Some(view! {
            <details class="unfolds" open=chart.is_open_untracked()
                on:toggle=move |event| chart.follow(&event)>
                <summary>{title}</summary>
                {body}
            </details>
        })
    }
}

fn body(words: Words, contract: &Contract, behind: Folding) -> AnyView {
    let price = &words.messages.price;
    let once = contract.once;
    let term = contract.term();
    let parts = over_term(&contract.lines, once, &contract.exchanged, months(term));
    let parts = parts.unwrap_or_default();
    let amount = |amount| words.format.amount(amount, &contract.currency);
    // Where nothing is due once, nothing is said about it.
    let columns_of = |first, due_once, again, total| {
        let due_once = Some(due_once).filter(|_| !once.is_zero());
        [Some(first), due_once, Some(again), Some(total)]
            .into_iter()
            .flatten()
            .collect::<Vec<String>>()
    };
    let bars: Vec<Bar> = parts.iter().map(|it| bar(words, it, contract)).collect();
    let row = |part: &TermPart| {
        let first = label(words, part);
        let (again, total) = (amount(part.recurring), amount(part.total));
        (false, columns_of(first, amount(part.once), again, total))
    };
    let heads = [
        price.month_column,
        price.once,
        price.again_column,
        price.so_far_column,
    ];
    let [first, due_once, again, total] = heads.map(str::to_owned);
    let heads = columns_of(first, due_once, again, total);
    let all = parts.last().map_or(once, |part| part.total);
    let spoken = over_months(words, contract.contained, term);
    let spoken = format!("{spoken}: {}", words.format.money(all, &contract.currency));
    let legend = (!once.is_zero()).then(|| {
        view! {
            <p class="chart-key small quiet" aria-hidden="true">
                <span class="key first"></span>{price.once}
                <span class="key second"></span>{price.again_column}
            </p>
        }
    });
    let rows = parts.iter().map(row).collect();
    let number = |amount| words.format.number(amount);
    view! { {columns(bars, spoken, number)}{legend}{table(heads, rows, behind)} }.into_any()
}

/// Months of one column.
fn months(term: u32) -> u32 {
    let lengths = [1, 3, 12, 24, 60];
    let mut fitting = lengths.into_iter().filter(|it| term <= it * COLUMNS);
    fitting.next().unwrap_or(120)
}

/// All that was due by the end of a part, under the number of its last month.
fn bar(words: Words, part: &TermPart, contract: &Contract) -> Bar {
    let once = contract.once;
    let again = part.total.checked_sub(once).unwrap_or_default();
    let amount = |amount| words.format.amount(amount, &contract.currency);
    let due = part.once.checked_add(part.recurring).unwrap_or_default();
    let when = repeated::months(words, part.from, part.months);
    let part_of = |amount, class| Part { amount, class };
    Bar {
        label: words.format.count(part.from + part.months),
        amount: words.format.number(part.total.round()),
        told: (words.messages.price.due_so_far).with([&when, &amount(due), &amount(part.total)]),
        parts: vec![part_of(once, "first"), part_of(again, "second")],
        here: false,
    }
}

/// The months of a part: `1–3`.
fn label(words: Words, part: &TermPart) -> String {
    let first = words.format.count(part.from + 1);
    let last = words.format.count(part.from + part.months);
    match part.months {
        1 => first,
        _ => format!("{first}\u{2013}{last}"),
    }
}
