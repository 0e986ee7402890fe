//! What a buyer does with a catalog's product, what is then possible, and what it costs.

use jiff::civil::{Date, date};
use quotewright_compiler::CompiledCatalog;
use quotewright_engine::catalog::{AttributeIndex, Condition, Constraint, Decisions, Model, Value};
use quotewright_engine::configure::{Configurator, Conflict, Domain, Goal, Possibility};
use quotewright_engine::price::{PricePack, Purchase, budget_rule, price_formula, price_unit};
use quotewright_engine::quote::{lead_time, lead_time_formula};
use rust_decimal::Decimal;

const DAY: Date = date(2026, 11, 20);
/// One piece.
const ONE: Purchase = Purchase::alone(1, DAY);

pub struct Session<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    configurator: Configurator,
    decisions: Decisions,
}

impl<'a> Session<'a> {
    pub fn new(catalog: &'a CompiledCatalog) -> Self {
        let model = &catalog.models[0];
        Self {
            model,
            pack: &catalog.packs[0].pack,
            configurator: Configurator::new(model.clone()).expect("a supported model"),
            decisions: Decisions::new(),
        }
    }

    /// What does not hold of the lines of a session.
    pub fn run(mut self, text: &str) -> Vec<String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let wrong = lines.filter_map(|line| {
            let line = line.trim();
            let (said, expected) = line.split_once(" → ").unwrap_or((line, ""));
            let found = self.answer(said);
            (found != expected).then(|| format!("`{line}`, but `{found}`"))
        });
        wrong.collect()
    }

    fn answer(&mut self, said: &str) -> String {
        match said.split_once(' ') {
            Some(("set", rest)) => {
                let (code, value) = rest.split_once(" = ").expect("`set code = value`");
                self.decide(code, value)
            }
            Some(("add", path)) => self.decide(&format!("+{path}"), "yes"),
            Some(("label", code)) => {
                let attribute = self.model.attribute(self.find(code)).expect("an attribute");
                let group = &self.model.groups[attribute.group];
                let (group, label) = (group.label.get("en"), attribute.label.get("en"));
                format!("{group}: {label}")
            }
            Some(("value", code)) => {
                let index = self.find(code);
                let value = self.values()[index.0];
                value.map_or("open".to_owned(), |value| self.shown(index, value))
            }
            Some(("completed", code)) => {
                let index = self.find(code);
                let value = self.completed(&Goal::Default)[index.0].expect("a value");
                self.shown(index, value)
            }
            Some(("budget", amount)) => self.budget(amount),
            None if said == "price" => self.price(),
            None if said == "cheapest" => self.cheapest(),
            None if said == "message" => self.messages(),
            None if said == "days" => self.days(),
            _ => self.possible(said),
        }
    }

    fn find(&self, code: &str) -> AttributeIndex {
        let found = self.model.index_of(code);
        found.unwrap_or_else(|| panic!("there is no `{code}`"))
    }

    fn shown(&self, index: AttributeIndex, value: Value) -> String {
        match value {
            Value::Absent => "absent".to_owned(),
            value => self.model.value_to_text(index, value),
        }
    }

    /// Nothing, or why it is refused; then it is not decided.
    fn decide(&mut self, code: &str, value: &str) -> String {
        let index = self.find(code);
        let value = self.model.value_from_text(index, value);
        let mut decisions = self.decisions.clone();
        decisions.insert(index, value.expect("one of the values"));
        match self.configurator.configure(&decisions) {
            Ok(_) => {
                self.decisions = decisions;
                String::new()
            }
            Err(conflict) => format!("refused{}", self.reasons(&conflict)),
        }
    }

    fn reasons(&self, conflict: &Conflict) -> String {
        let reasons = conflict.constraints.iter().filter_map(|it| match it {
            Constraint::Rule(rule) => Some(self.model.rules[*rule].explanation.get("en")),
            Constraint::Table(table) => Some(self.model.tables[*table].explanation.get("en")),
            _ => None,
        });
        reasons.map(|text| format!(": {text}")).collect()
    }

    fn possible(&mut self, code: &str) -> String {
        let index = self.find(code);
        let configuration = self.configurator.configure(&self.decisions);
        match &configuration.expect("decisions that were taken").states[index.0].domain {
            Domain::Options(options) => {
                let options = options.iter().enumerate();
                let possible = options.filter(|(_, it)| **it == Possibility::Possible);
                let words = possible.map(|(option, _)| self.shown(index, Value::Option(option)));
                words.collect::<Vec<_>>().join(", ")
            }
            Domain::Number {
                min: Some(min),
                max: Some(max),
            } => format!("{}..{}", min.normalize(), max.normalize()),
            Domain::Number { .. } => "absent".to_owned(),
        }
    }

    fn values(&mut self) -> Vec<Option<Value>> {
        let configuration = self.configurator.configure(&self.decisions);
        let states = configuration.expect("decisions that were taken").states;
        states.into_iter().map(|state| state.value).collect()
    }

    fn completed(&mut self, goal: &Goal) -> Vec<Option<Value>> {
        let completed = self.configurator.complete(&self.decisions, goal);
        let values = completed.expect("decisions that were taken").assignment;
        values.into_iter().map(Some).collect()
    }

    /// The steps of the price and their sum, which is that of the formula for the price too.
    fn price(&mut self) -> String {
        let values = self.values();
        let priced = price_unit(self.model, self.pack, &values, &ONE).expect("a price");
        let steps = priced.steps.iter().map(|step| {
            let amount = step.amount.map_or("open".to_owned(), |it| it.to_string());
            format!("{} {amount}", step.label.get("en"))
        });
        let steps = steps.collect::<Vec<_>>().join(" + ");
        if !priced.is_open() {
            assert_eq!(self.by_formula(&values), priced.total);
        }
        format!("{steps} = {}", priced.total)
    }

    fn by_formula(&self, values: &[Option<Value>]) -> Decimal {
        let formula = price_formula(self.model, self.pack, &ONE)
            .expect("a formula")
            .total(1);
        let total = formula.evaluate(self.model, values).expect("a number");
        total.expect("all is decided")
    }

    /// What the cheapest configuration costs.
    fn cheapest(&mut self) -> String {
        let formula = price_formula(self.model, self.pack, &ONE)
            .expect("a formula")
            .total(1);
        let values = self.completed(&Goal::Minimize(formula));
        let priced = price_unit(self.model, self.pack, &values, &ONE).expect("a price");
        priced.total.to_string()
    }

    /// Keeps to a budget from here on.
    fn budget(&mut self, amount: &str) -> String {
        let amount = amount.parse().expect("an amount");
        let rule = budget_rule(self.model, self.pack, &ONE, amount).expect("a rule");
        let mut model = self.model.clone();
        model.rules.push(rule);
        self.configurator = Configurator::new(model).expect("a supported model");
        String::new()
    }

    /// Working days, by the formula too.
    fn days(&mut self) -> String {
        let values = self.values();
        let days = lead_time(self.model, &values).working_days;
        let formula = lead_time_formula(self.model);
        let found = formula.evaluate(self.model, &values).expect("a number");
        assert_eq!(found, Some(days.into()));
        days.to_string()
    }

    fn messages(&mut self) -> String {
        let values = self.values();
        let holds = |when: &Condition| when.evaluate(self.model, &values) == Ok(Some(true));
        let messages = self.model.messages.iter();
        let shown = messages.filter(|it| it.when.as_ref().is_none_or(holds));
        let texts: Vec<&str> = shown.map(|it| it.text.get("en")).collect();
        match texts.is_empty() {
            true => "none".to_owned(),
            false => texts.join(", "),
        }
    }
}
