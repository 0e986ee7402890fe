//! From a catalog and a request to what it comes to.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use jiff::civil::Date;
use quotewright_compiler::{CatalogSource, CompiledCatalog, CompiledPack, render, translate};
use quotewright_engine::catalog::{
    ArithmeticError, Assignment, AttributeIndex, Constraint, Decisions, Model, Value,
};
use quotewright_engine::configure::{Configurator, Conflict, Goal};
use quotewright_engine::money::{Rounding, cash_total};
use quotewright_engine::price::books::Facts;
use quotewright_engine::price::{PricePack, Ramp};
use quotewright_engine::quote::{BelowFloor, Payment, QuotePrice};
use rust_decimal::Decimal;
use serde_json::Value as Json;

use super::answer::{self, Answer};
use super::form::Form;
use super::priced::{Priced, price};
use super::promotions;
use super::proposed::IfTaken;
use super::request::{Line, Request};
use super::supplier::Supplier;
use super::totals::Totals;
use crate::product::today;
use crate::values::{can_be, from_json};

/// The catalog in a folder.
///
/// # Errors
/// What is wrong with it, as people read it.
pub fn read(folder: &Path) -> Result<CompiledCatalog, String> {
    let source = CatalogSource::read(folder).map_err(|error| error.to_string())?;
    let compilation = translate(&source);
    compilation
        .catalog
        .ok_or_else(|| render(&compilation.diagnostics, &source, false))
}

/// Prices requests for one catalog.
pub struct Pricer<'c> {
    catalog: &'c CompiledCatalog,
    completer: Completer,
}

impl<'c> Pricer<'c> {
    /// For the catalog's requests, one after the other.
    pub fn new(catalog: &'c CompiledCatalog) -> Self {
        let completer = Completer::default();
        Self { catalog, completer }
    }

    /// What a request comes to, for the buyer and for the supplier.
    ///
    /// # Errors
    /// What is wrong with the request, with the line that it is about; why there is no price.
    pub fn work_out(&mut self, request: &Request) -> Result<(Answer, Supplier), String> {
        self.work_out_in(Form::LATEST, request)
    }

    /// As [`work_out`](Self::work_out), saying what this form says.
    ///
    /// # Errors
    /// As [`work_out`](Self::work_out).
    pub fn work_out_in(
        &mut self,
        form: Form,
        request: &Request,
    ) -> Result<(Answer, Supplier), String> {
        let (answer, supplier) = work_out(self.catalog, &mut self.completer, form, request)?;
        Ok((form.told(answer, request), supplier))
    }
}

fn work_out(
    catalog: &CompiledCatalog,
    completer: &mut Completer,
    form: Form,
    request: &Request,
) -> Result<(Answer, Supplier), String> {
    if request.lines.is_empty() {
        return Err("the request has no lines".to_owned());
    }
    let date = request.date.unwrap_or_else(today);
    let compiled = pack(catalog, &request.facts(), date)?;
    let pack = &compiled.pack;
    let lines = (request.lines.iter().enumerate())
        .map(|(at, line)| {
            Configured::new(catalog, pack, completer, line)
                .map_err(|error| format!("line {}: {error}", at + 1))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let whole = match &catalog.whole {
        None if request.quote.is_empty() => None,
        None => return Err("the catalog asks nothing about the quote as a whole".to_owned()),
        Some(model) => {
            let values = (completer.complete(model, &request.quote))
                .map_err(|error| format!("the quote as a whole: {error}"))?;
            Some((model, values))
        }
    };
    let Priced {
        proposed,
        margins,
        below_floor,
        delivery,
        facts,
        days_later,
    } = price(compiled, date, request, &lines, whole.as_ref())?;
    let price = &proposed.quote;
    if below_floor && compiled.confidential.below == BelowFloor::Refuse {
        return Err("there is no price: it would be below what the supplier sells for".to_owned());
    }
    // Without questions about the quote, its steps are about no attribute.
    let about = whole.as_ref().map(|(model, _)| *model);
    let about = about.or_else(|| lines.first().map(|it| it.model));
    let told = lines.iter().zip(&proposed.lines);
    let beside = (request.lines.iter().zip(&proposed.if_taken)).zip(days_later);
    let (totals, payment) = to_pay(price, date, pack, request)?;
    let counting = request.counting()?.lines();
    let counting = counting.iter().filter_map(|at| lines.get(*at));
    let products = counting.map(|it| it.model.product.as_str()).collect();
    let codes = &request.promotions;
    let unused_promotions = promotions::unused(codes, (pack, &products), date, price);
    let answer = Answer {
        catalog: catalog.id.clone(),
        catalog_hash: catalog.hash.clone(),
        book: pack.book.clone(),
        pack_hash: pack.hash.clone(),
        date: date.to_string(),
        currency: pack.currency.code.clone(),
        lines: (told.zip(beside))
            .map(|((line, price), ((asked, if_taken), days))| answer::Line {
                proposed: asked.proposed,
                if_taken: if_taken.as_ref().map(|it| IfTaken::new(it, days)),
                ..answer::Line::new(line.model, &line.values, price)
            })
            .collect(),
        quote: (whole.as_ref()).map_or_else(BTreeMap::new, |(model, values)| {
            let values = if form == Form::First { values } else { &facts };
            answer::configuration(model, values)
        }),
        steps: about.map_or_else(Vec::new, |model| answer::steps(model, &price.steps)),
        rests: price.rests.iter().map(Into::into).collect(),
        totals,
        recurring: price.recurring.iter().map(Into::into).collect(),
        exchanged: answer::exchanged(&price.exchanged, pack.currency.minor_units),
        contract_total: price.contract_total.to_string(),
        requirements: price.requirements.iter().map(Into::into).collect(),
        payment: payment.as_ref().map(Into::into),
        delivery,
        unused_promotions,
        to_confirm: below_floor && request.adjustments.is_empty(),
        supplier: None,
    };
    Ok((answer, Supplier::from(&margins)))
}

/// The totals, and when to pay what is left of them; in cash, that is rounded.
fn to_pay(
    price: &QuotePrice,
    date: Date,
    pack: &PricePack,
    request: &Request,
) -> Result<(Totals, Option<Payment>), String> {
    let told = Totals::from(&price.totals);
    let Some(prepaid) = request.prepaid(&pack.currency)? else {
        let nothing = Decimal::new(0, pack.currency.minor_units);
        let told = told.after(nothing, price.totals.gross, price.totals.cash);
        return Ok((told, price.payment.clone()));
    };
    let no_price = |error: &dyn std::fmt::Display| format!("there is no price: {error}");
    let left = price.totals.gross.checked_sub(prepaid);
    let left = left.ok_or_else(|| no_price(&ArithmeticError))?;
    let mode = pack.rounding.mode;
    let step = pack.settlement.cash_step;
    let cash = step.map(|step| cash_total(&[left], &Rounding { step, mode }));
    let cash = cash.transpose().map_err(|error| no_price(&error))?;
    let payable = cash.map_or(left, |cash| cash.total);
    let terms = pack.settlement.terms.as_ref();
    let payment = terms.map(|terms| terms.payment(date, payable, pack));
    let payment = payment.transpose().map_err(|error| no_price(&error))?;
    Ok((told.after(prepaid, left, cash), payment))
}

/// The prices of a buyer. A fact that no book or commission asks for is a mistake, but for the
/// country.
///
/// # Errors
/// Where no book is for such a buyer.
pub fn pack<'c>(
    catalog: &'c CompiledCatalog,
    buyer: &Facts,
    date: Date,
) -> Result<&'c CompiledPack, String> {
    let asked = |fact: &str, value: &String| {
        let mut conditions = catalog.audiences.iter().map(|it| &it.when.0);
        let mut packs = catalog.packs.iter();
        conditions.any(|it| it.get(fact).is_some_and(|values| values.contains(value)))
            || (fact == "partner" && packs.any(|it| it.confidential.pays(value)))
    };
    for (fact, values) in buyer.iter().filter(|(fact, _)| *fact != "country") {
        if let Some(value) = values.iter().find(|value| !asked(fact, value)) {
            return Err(format!("no price book is for {fact} `{value}`"));
        }
    }
    let pack = catalog.pack_for(buyer, date);
    pack.ok_or_else(|| format!("no prices hold for such a buyer on {date}"))
}

/// A line with its whole configuration.
pub struct Configured<'c> {
    /// The product.
    pub model: &'c Model,
    /// The whole configuration.
    pub values: Assignment,
    /// Pieces.
    pub quantity: u32,
    /// How the quantity changes over the term.
    pub ramp: Vec<Ramp>,
    /// Pieces bought earlier.
    pub earlier: u32,
    /// What was billed for them.
    pub billed: Decimal,
}

impl<'c> Configured<'c> {
    /// What has no price in `pack` is not there for its reader.
    fn new(
        catalog: &'c CompiledCatalog,
        pack: &PricePack,
        completer: &mut Completer,
        line: &Line,
    ) -> Result<Self, String> {
        let is_sold = |model: &&Model| pack.products.iter().any(|it| it.product == model.product);
        let models: Vec<&Model> = catalog.models.iter().filter(is_sold).collect();
        let model = match (&line.product, models.as_slice()) {
            (_, []) => return Err(format!("nothing is sold in the price book `{}`", pack.book)),
            (None, [only]) => *only,
            (None, models) => {
                let codes: Vec<&str> = models.iter().map(|it| it.product.as_str()).collect();
                return Err(format!("say which product: {}", codes.join(", ")));
            }
            (Some(code), models) => {
                *(models.iter().find(|it| it.product == *code)).ok_or_else(|| {
                    let codes: Vec<&str> = models.iter().map(|it| it.product.as_str()).collect();
                    format!(
                        "there is no product `{code}`: there are {}",
                        codes.join(", ")
                    )
                })?
            }
        };
        Ok(Self {
            model,
            values: completer.complete(model, &line.configuration)?,
            quantity: line.quantity,
            ramp: line.ramp()?,
            earlier: line.earlier,
            billed: line.billed()?,
        })
    }
}

/// What is decided.
///
/// # Errors
/// Where there is no such attribute, or it cannot be so.
pub fn decisions(model: &Model, given: &BTreeMap<String, Json>) -> Result<Decisions, String> {
    let mut decisions = Decisions::new();
    for (code, value) in given {
        let index = model
            .index_of(code)
            .ok_or_else(|| unknown_attribute(model, code))?;
        if model.facts.iter().any(|(fact, _)| *fact == index) {
            return Err(format!("`{code}` is what the lines say: leave it out"));
        }
        let value: Value = from_json(model, index, value)
            .ok_or_else(|| format!("`{code}` cannot be {value}: {}", can_be(model, index)))?;
        decisions.insert(index, value);
    }
    Ok(decisions)
}

fn unknown_attribute(model: &Model, code: &str) -> String {
    let codes: Vec<&str> = model.attributes.iter().map(|it| it.code.as_str()).collect();
    match codes.is_empty() {
        true => format!("there is no attribute `{code}`: there is nothing to choose"),
        false => format!(
            "there is no attribute `{code}`: there are {}",
            codes.join(", ")
        ),
    }
}

/// Completes configurations; what it has found out about a product serves the next line.
#[derive(Default)]
struct Completer(BTreeMap<String, Configurator>);

impl Completer {
    /// The configuration with these decisions, completed as the catalog wishes.
    fn complete(
        &mut self,
        model: &Model,
        given: &BTreeMap<String, Json>,
    ) -> Result<Assignment, String> {
        let decisions = decisions(model, given)?;
        let completed = self
            .configurator(model)?
            .complete(&decisions, &Goal::Default);
        match completed {
            Ok(completed) => Ok(completed.assignment),
            Err(conflict) => Err(refusal(model, &conflict)),
        }
    }

    fn configurator(&mut self, model: &Model) -> Result<&mut Configurator, String> {
        match self.0.entry(model.product.clone()) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let made = Configurator::new(model.clone()).map_err(|error| error.told(model))?;
                Ok(new.insert(made))
            }
        }
    }
}

/// Why the decisions do not go together.
fn refusal(model: &Model, conflict: &Conflict) -> String {
    let code = |(index, _): &(AttributeIndex, Value)| {
        model.attribute(*index).map_or("", |it| it.code.as_str())
    };
    let decisions: Vec<&str> = conflict.decisions.iter().map(code).collect();
    let rules = conflict.constraints.iter().filter_map(|it| match it {
        Constraint::Rule(at) => model.rules.get(*at).map(|it| it.code.as_str()),
        Constraint::Table(at) => model.tables.get(*at).map(|it| it.code.as_str()),
        Constraint::Formula(at) => model.attribute(*at).map(|it| it.code.as_str()),
        Constraint::Structure(at) => model.attribute(*at).map(|it| it.code.as_str()),
        Constraint::Relation(at) => model.relations.get(*at).map(|it| it.code.as_str()),
    });
    let rules: Vec<&str> = rules.collect();
    let by = match rules.is_empty() {
        true => String::new(),
        false => format!(", by {}", rules.join(", ")),
    };
    format!("{} cannot be so together{by}", decisions.join(", "))
}
