//! The parts that a quote has in common with what was kept of it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use leptos::prelude::*;
use quotewright_engine::catalog::Model;
use quotewright_engine::price::{Currency, Step};
use quotewright_engine::quote::tax::Needed;
use quotewright_engine::quote::tax::en16931::Requirement;
use quotewright_engine::quote::{
    Exchanged, LinePrice, Payment, Recurring, RecurringTotals, TaxTotal, Totals,
};
use rust_decimal::Decimal;

use crate::messages::{Words, use_words};
use crate::views::configure::inputs::inputs_view;
use crate::views::configure::repeated::{due, is_nothing, months};
use crate::views::configure::waterfall::basis_text;
use crate::views::term::{Contract, TermChart};

/// A column of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Pieces.
    Quantity,
    /// Price of one piece.
    Unit,
    /// Net amount of the line.
    Net,
    /// Amount of the line, where prices contain tax.
    Gross,
}

impl Column {
    /// The columns of lines whose prices contain tax or do not.
    pub fn all(contained: bool) -> [Self; 3] {
        let amount = if contained { Self::Gross } else { Self::Net };
        [Self::Quantity, Self::Unit, amount]
    }
}

/// The head of the lines, where there is room for one; each figure has its name for
/// screen readers and narrow screens as well.
#[component]
pub fn LinesHead(
    /// The columns.
    columns: [Column; 3],
) -> impl IntoView {
    let quote = &use_words().messages.quote;
    let cells = columns.map(|column| view! { <span class="figure">{column.name()}</span> });
    view! {
        <div class="lines-head small quiet" aria-hidden="true">
            <span>{quote.product}</span>
            {cells}
        </div>
    }
}

impl Column {
    /// Its heading, in the language of the view that is being built.
    pub fn name(self) -> &'static str {
        let quote = &use_words().messages.quote;
        match self {
            Self::Quantity => quote.quantity,
            Self::Unit => quote.unit,
            Self::Net => quote.net,
            Self::Gross => quote.amount,
        }
    }
}

/// What a quote comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Sums {
    /// What the lines cost that is due once.
    pub lines: Decimal,
    /// Whether anything is due once.
    pub once: bool,
    /// What is added for the quote as a whole.
    pub steps: Vec<Step>,
    /// What is due once.
    pub totals: Totals,
    /// What is due repeatedly.
    pub recurring: Vec<RecurringTotals>,
    /// All that is due, once and over the terms.
    pub contract_total: Decimal,
    /// What another tax than prices contain makes of what is due again.
    pub exchanged: Vec<Exchanged>,
    /// What the taxes want the buyer to state.
    pub requirements: Vec<Needed>,
    /// When to pay what is due once, where the supplier says so.
    pub payment: Option<Payment>,
    /// What amounts are in.
    pub currency: Currency,
    /// What is due over the terms of lines; empty where nothing is due again.
    pub terms: Vec<LinePrice>,
    /// The questions that the steps look at, where there are any.
    pub asked: Option<Model>,
}

impl Sums {
    /// Adds up what `lines` cost that is due once.
    pub fn lines<'a>(lines: impl Iterator<Item = &'a LinePrice>) -> (Decimal, bool) {
        let nothing = (Decimal::ZERO, false);
        lines.fold(nothing, |(sum, once), line| {
            let sum = sum.checked_add(line.once.net).unwrap_or(sum);
            (sum, once || !line.once.net.is_zero())
        })
    }

    /// Those of `lines` of which something is due again.
    pub fn terms<'a>(lines: impl Iterator<Item = &'a LinePrice>) -> Vec<LinePrice> {
        lines.filter(|line| line.term > 0).cloned().collect()
    }

    /// What of all that is due is due with the order.
    fn contract_once(&self) -> Decimal {
        let again = self.terms.iter().flat_map(|line| &line.recurring);
        let again = again.map(|it| it.total);
        let mut again = again.chain(self.exchanged.iter().map(|it| it.amount));
        let once = again.try_fold(self.contract_total, Decimal::checked_sub);
        once.unwrap_or_default()
    }

    /// What the lines are charged in the months of `totals`.
    fn charged(&self, totals: &RecurringTotals) -> impl Iterator<Item = &Recurring> {
        let (due, from, until) = (totals.due, totals.from, totals.from + totals.months);
        let all = self.terms.iter().flat_map(|line| &line.recurring);
        all.filter(move |it| it.due == due && it.from < until && from < it.from + it.months)
    }

    /// Whether anything is added or taken in these months.
    fn tells(&self, totals: &RecurringTotals) -> bool {
        self.charged(totals).any(|it| !is_nothing(it))
    }

    /// What is billed in these months where the contract has dates: from and until, whether a
    /// part of a period, and what is due, each time.
    fn billed(&self, totals: &RecurringTotals) -> BTreeMap<(Date, Date, bool), Decimal> {
        let months = totals.from..totals.from + totals.months;
        let mut billed = BTreeMap::new();
        for it in self.charged(totals) {
            let parts = it.billed.iter().filter(|it| months.contains(&it.month));
            for part in parts {
                let due = match part.is_whole() {
                    true => it.charge.net,
                    false => part.amount,
                };
                let sum: &mut Decimal = billed
                    .entry((part.from, part.until, !part.is_whole()))
                    .or_default();
                *sum = sum.checked_add(due).unwrap_or(*sum);
            }
        }
        billed
    }

    /// Whether some step still waits for an answer.
    fn is_open(&self) -> bool {
        self.steps.iter().any(|step| step.amount.is_none())
    }
}

/// What is due once, with what is for the quote as a whole; what is due again; all of it.
#[component]
pub fn TotalsView(
    /// The amounts.
    sums: Sums,
) -> impl IntoView {
    let words = use_words();
    let quote = &words.messages.quote;
    let repeats = !sums.recurring.is_empty();
    let first = (sums.once || !repeats || !sums.steps.is_empty()).then(|| {
        let heading = repeats.then(|| view! { <h3>{words.messages.price.once}</h3> });
        view! { {heading}{once(words, &sums)} }
    });
    let repeated = sums.recurring.iter().filter(|it| sums.tells(it));
    let repeated = repeated.map(|it| again(words, &sums, it));
    let term = Contract {
        lines: sums.terms.clone(),
        once: sums.contract_once(),
        exchanged: sums.exchanged.clone(),
        contained: sums.totals.contained,
        currency: sums.currency.clone(),
    };
    let contract_label = match sums.totals.contained {
        true => quote.contract_total_gross,
        false => quote.contract_total,
    };
    let contract = repeats.then(|| {
        let amount = words.format.money(sums.contract_total, &sums.currency);
        let term = Memo::new(move |_| Some(term.clone()));
        view! {
            <dl class="totals all">{row("gross", contract_label, amount)}</dl>
            <TermChart contract=term/>
        }
    });
    view! { <div class="sheet-sums">{first}{repeated.collect_view()}{contract}</div> }.into_any()
}

fn once(words: Words, sums: &Sums) -> AnyView {
    let quote = &words.messages.quote;
    let amount = |amount| words.format.amount(amount, &sums.currency);
    let rounding = Some(sums.totals.rounding).filter(|it| !it.is_zero());
    let rounding = rounding.map(|it| row("", words.messages.price.rounding, amount(it)));
    let steps = (!sums.steps.is_empty() || rounding.is_some()).then(|| {
        let steps = sums.steps.iter().filter_map(|it| step(words, sums, it));
        view! { {row("", quote.of_lines, amount(sums.lines))}{steps.collect_view()}{rounding} }
    });
    let totals = &sums.totals;
    let cash = totals.cash.filter(|cash| !cash.rounding.is_zero());
    let cash = cash.map(|cash| {
        let payable = words.format.money(cash.total, &sums.currency);
        view! {
            {row("", quote.cash_rounding, amount(cash.rounding))}
            {row("gross", quote.payable, payable)}
        }
    });
    view! {
        <dl class="totals">
            {steps}
            {settled(words, sums, totals, sums.is_open())}
            {cash}
        </dl>
        {waiting(words, sums)}
        {sums.payment.as_ref().map(|payment| payment_view(words, sums, payment))}
    }
    .into_any()
}

/// Net, taxes and gross; where prices contain tax, gross and the tax in it.
fn settled(words: Words, sums: &Sums, totals: &Totals, open: bool) -> AnyView {
    let quote = &words.messages.quote;
    let amount = |amount| words.format.amount(amount, &sums.currency);
    let gross = words.format.money(totals.gross, &sums.currency);
    let net = if open {
        quote.net_so_far
    } else {
        quote.total_net
    };
    let net = row("net-sum", net, amount(totals.net));
    let gross = row("gross", quote.gross, gross);
    let taxes = totals.taxes.iter().map(|it| tax(words, sums, totals, it));
    let taxes = taxes.collect_view();
    if totals.contained {
        let exchanged = (!totals.exchanged.is_zero())
            .then(|| row("", quote.other_tax, amount(totals.exchanged)));
        return view! { {exchanged}{gross}{taxes}{net} }.into_any();
    }
    view! { {net}{taxes}{gross} }.into_any()
}

/// A tax; why none is due, and what that needs of the buyer.
fn tax(words: Words, sums: &Sums, totals: &Totals, tax: &TaxTotal) -> AnyView {
    let quote = &words.messages.quote;
    let amount = |amount| words.format.amount(amount, &sums.currency);
    let label = if totals.contained {
        quote.contains
    } else {
        quote.tax
    };
    let label = label.with([&words.format.percent(tax.percent), &amount(tax.base)]);
    let reason = words.text(&tax.exemption);
    if reason.is_empty() {
        return row("", label, amount(tax.amount));
    }
    let open = sums.requirements.iter();
    let open = open.filter(|it| !it.met && it.tax == tax.code);
    let needs = open.filter_map(|it| needed(words, it.requirement));
    let needs: Vec<String> = needs.map(str::to_owned).collect();
    let needs = (!needs.is_empty()).then(|| quote.needs.with([&words.format.list(&needs)]));
    view! {
        <div>
            <dt>{label}<span class="often small quiet">{reason}" "{needs}</span></dt>
            <dd class="figure">{amount(tax.amount)}</dd>
        </div>
    }
    .into_any()
}

/// What a tax needs, where it is the buyer's to say.
pub fn needed(words: Words, requirement: Requirement) -> Option<&'static str> {
    let quote = &words.messages.quote;
    match requirement {
        Requirement::BuyerVatNumber => Some(quote.needs_vat_number),
        Requirement::DeliveryDate => Some(quote.needs_delivery_date),
        Requirement::DeliveryCountry => Some(quote.needs_delivery_country),
        Requirement::SellerVatNumber | Requirement::ExemptionReason | Requirement::OnlyCategory => {
            None
        }
    }
}

/// When and how much to pay.
fn payment_view(words: Words, sums: &Sums, payment: &Payment) -> AnyView {
    let quote = &words.messages.quote;
    let amount = |amount| words.format.money(amount, &sums.currency);
    let date = |date| words.format.date(date);
    let due = (quote.pay_by).with([&amount(payment.amount), &date(payment.due)]);
    let early = payment.early.map(|early| {
        let percent = words.format.percent(early.percent);
        (quote.pay_early).with([&percent, &date(early.until), &amount(early.amount)])
    });
    view! {
        <div class="payment small">
            <p><span class="quiet">{quote.payment}": "</span>{words.text(&payment.label)}</p>
            <p>{due}</p>
            {early.map(|early| view! { <p>{early}</p> })}
        </div>
    }
    .into_any()
}

/// A step for the quote as a whole; one that adds nothing explains nothing.
fn step(words: Words, sums: &Sums, step: &Step) -> Option<AnyView> {
    let amount = step.amount.filter(|amount| !amount.is_zero())?;
    let amount = words.format.exact_amount(amount, &sums.currency);
    let basis = basis_text(words, &sums.currency, sums.asked.as_ref(), &step.basis);
    let asked = sums.asked.as_ref();
    let inputs = inputs_view(words, &sums.currency, asked, step, sums.steps.iter());
    let view = view! {
        <div>
            <dt>
                {words.text(&step.label)}
                {basis.map(|basis| view! { <span class="small quiet">" "{basis}</span> })}
                {inputs}
            </dt>
            <dd class="figure">{amount}</dd>
        </div>
    };
    Some(view.into_any())
}

fn waiting(words: Words, sums: &Sums) -> Option<AnyView> {
    let open = sums.steps.iter().filter(|step| step.amount.is_none());
    let open: Vec<String> = open.map(|step| words.text(&step.label)).collect();
    (!open.is_empty()).then(|| {
        let text = words
            .messages
            .price
            .waiting
            .with([&words.format.list(&open)]);
        view! { <p class="warning small">{text}</p> }.into_any()
    })
}

/// What is due each time in some months of the term.
fn again(words: Words, sums: &Sums, recurring: &RecurringTotals) -> AnyView {
    let months = months(words, recurring.from, recurring.months);
    let billed = billed(words, sums, recurring);
    view! {
        <h3>{due(words, recurring.due)}", "{months}</h3>
        {billed}
        <dl class="totals again">{settled(words, sums, &recurring.totals, false)}</dl>
    }
    .into_any()
}

/// What is billed of a contract with dates where not all of it is whole periods: the first
/// part, then what follows; below it stands what a whole period costs.
fn billed(words: Words, sums: &Sums, recurring: &RecurringTotals) -> Option<AnyView> {
    let quote = &words.messages.quote;
    let billed = sums.billed(recurring);
    let billed_row = |((from, until, part), amount): (&(Date, Date, bool), &Decimal)| {
        let label = match part {
            true => quote.billed_part,
            false => quote.billed_whole,
        };
        let label = label.with([&words.format.date(*from), &words.format.date(*until)]);
        row("", label, words.format.amount(*amount, &sums.currency))
    };
    let rows = billed.iter().map(billed_row).collect_view();
    let in_part = billed.keys().any(|(.., part)| *part);
    in_part.then(|| {
        view! {
            <dl class="totals billed small">{rows}</dl>
            <p class="small quiet">{quote.whole_period}</p>
        }
        .into_any()
    })
}

fn row(class: &'static str, label: impl Into<String>, amount: String) -> AnyView {
    view! { <div class=class><dt>{label.into()}</dt><dd class="figure">{amount}</dd></div> }
        .into_any()
}
