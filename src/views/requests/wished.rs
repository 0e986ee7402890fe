//! What a request asks for besides its products: days, contract, quantities that change, parts.

use jiff::civil::Date;
use leptos::prelude::*;
use quotewright_engine::catalog::Text;
use quotewright_engine::delivery::CallOff;
use quotewright_engine::price::Ramp;
use quotewright_engine::quote::recurring::ContractDates;
use quotewright_protocol::QuoteRequest;

use super::received::fact;
use crate::messages::Words;
use crate::views::quote::line::line_name;

/// What is asked for besides the products.
pub struct Wished {
    /// When the contract begins and ends.
    pub contract: Option<ContractDates>,
    /// When all of it should arrive.
    pub date: Option<Date>,
    /// The lines.
    pub lines: Vec<WishedLine>,
}

/// What is asked for of a line besides its configuration.
pub struct WishedLine {
    /// Name of the product.
    pub name: Text,
    /// What is counted of it.
    pub unit: Text,
    /// When it should arrive.
    pub date: Option<Date>,
    /// Quantities from later months on.
    pub ramp: Vec<Ramp>,
    /// Parts with days of their own.
    pub call_offs: Vec<CallOff>,
}

impl Wished {
    /// Of a request; `names` has the name of each line's product and what is counted of it.
    pub fn of(request: &QuoteRequest, names: &[(Text, Text)]) -> Self {
        let lines = request.lines.iter().zip(names);
        let lines = lines.map(|(line, (name, unit))| WishedLine {
            name: name.clone(),
            unit: unit.clone(),
            date: line.delivery_date,
            ramp: line.ramp.clone(),
            call_offs: line.call_offs.clone(),
        });
        Self {
            contract: request.contract_dates,
            date: request.delivery_date,
            lines: lines.collect(),
        }
    }

    /// As names and texts.
    pub fn facts(&self, words: Words) -> Vec<AnyView> {
        let quote = &words.messages.quote;
        let date = |label, date| fact(label, words.format.date(date));
        let start = self.contract.map(|it| date(quote.contract_start, it.start));
        let until = self.contract.and_then(|it| it.until);
        let until = until.map(|it| date(quote.contract_until, it));
        let whole = self.date.map(|it| date(quote.delivery_date, it));
        let lines = self.lines.iter().enumerate();
        let lines = lines.flat_map(|(place, line)| line.facts(words, place));
        let all = [start, until, whole].into_iter().flatten();
        all.chain(lines).collect()
    }
}

impl WishedLine {
    fn facts(&self, words: Words, place: usize) -> Vec<AnyView> {
        let quote = &words.messages.quote;
        let name = line_name(words, place, &words.text(&self.name));
        let date = self.date.map(|it| {
            let label = format!("{name}, {}", quote.delivery_date.to_lowercase());
            fact(label, words.format.date(it))
        });
        let ramp = self.ramp.iter().map(|it| {
            let month = words.format.count(it.from.saturating_add(1));
            (quote.ramp_told).with([&month, &words.pieces(&self.unit, it.quantity)])
        });
        let parts = self.call_offs.iter().map(|it| {
            let pieces = words.pieces(&self.unit, it.quantity);
            quote.call_off.with([&pieces, &words.format.date(it.date)])
        });
        let told: Vec<String> = ramp.chain(parts).collect();
        let told = (!told.is_empty()).then(|| fact(name, told.join("\n")));
        date.into_iter().chain(told).collect()
    }
}
