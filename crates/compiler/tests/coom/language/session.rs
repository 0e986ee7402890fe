//! What a buyer does with a model, and what is then possible.

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, AttributeIndex, Constraint, Decisions, Model, Value,
};
use quotewright_engine::configure::{Configurator, Conflict, Domain, Goal, Possibility};

pub struct Session<'a> {
    model: &'a Model,
    configurator: Configurator,
    decisions: Decisions,
}

impl<'a> Session<'a> {
    pub fn new(model: &'a Model) -> Self {
        Self {
            model,
            configurator: Configurator::new(model.clone()).expect("a model that is reasoned about"),
            decisions: Decisions::new(),
        }
    }

    /// What does not hold of the lines of a session.
    pub fn run(mut self, text: &str, place: &str) -> Vec<String> {
        let wrong = text.lines().filter_map(|line| {
            let (said, expected) = match line.split_once(" → ") {
                Some((said, expected)) => (said, expected),
                None => (line, ""),
            };
            let found = self.answer(said);
            (found != expected).then(|| format!("{place}: `{line}`, but `{found}`"))
        });
        wrong.collect()
    }

    fn answer(&mut self, said: &str) -> String {
        let (word, rest) = said.split_once(' ').unwrap_or((said, ""));
        match word {
            "set" => {
                let (path, value) = rest.split_once(" = ").expect("`set path = value`");
                let index = self.find(path);
                self.decide(index, self.value(index, value))
            }
            "add" => self.decide(self.find(&format!("+{rest}")), Value::Option(1)),
            "remove" => self.decide(self.find(&format!("+{rest}")), Value::Option(0)),
            "completed" => {
                let index = self.find(rest);
                let value = self.completed()[index.0];
                self.shown(index, value)
            }
            "access" => match self.attribute(self.find(rest)).access {
                Access::Open => "open".to_owned(),
                Access::ReadOnly => "read-only".to_owned(),
                Access::Hidden => "hidden".to_owned(),
            },
            "message" => self.messages(),
            _ => self.possible(said),
        }
    }

    fn find(&self, path: &str) -> AttributeIndex {
        let found = self.model.index_of(path);
        found.unwrap_or_else(|| panic!("there is no `{path}`"))
    }

    fn attribute(&self, index: AttributeIndex) -> &'a Attribute {
        self.model.attribute(index).expect("an attribute")
    }

    fn value(&self, index: AttributeIndex, text: &str) -> Value {
        match &self.attribute(index).domain {
            AttributeDomain::Options(list) => {
                let found = list.options.iter().position(|option| option.code == text);
                Value::Option(found.unwrap_or_else(|| panic!("there is no `{text}`")))
            }
            _ => Value::Number(text.parse().expect("a number")),
        }
    }

    fn shown(&self, index: AttributeIndex, value: Value) -> String {
        match (&self.attribute(index).domain, value) {
            (_, Value::Absent) => "absent".to_owned(),
            (_, Value::Number(number)) => number.normalize().to_string(),
            (AttributeDomain::Options(list), Value::Option(option)) => {
                list.options[option].code.clone()
            }
            (_, Value::Option(option)) => ["no", "yes"][option].to_owned(),
        }
    }

    /// Nothing, or why it is refused; then it is not decided.
    fn decide(&mut self, index: AttributeIndex, value: Value) -> String {
        let mut decisions = self.decisions.clone();
        decisions.insert(index, value);
        match self.configurator.configure(&decisions) {
            Ok(_) => {
                self.decisions = decisions;
                String::new()
            }
            Err(conflict) => format!("refused{}", self.reasons(&conflict)),
        }
    }

    fn reasons(&self, conflict: &Conflict) -> String {
        let rules = conflict.constraints.iter().filter_map(|it| match it {
            Constraint::Rule(rule) => Some(self.model.rules[*rule].explanation.get("en")),
            _ => None,
        });
        let told = rules.filter(|text| !text.is_empty());
        told.map(|text| format!(": {text}")).collect()
    }

    fn possible(&mut self, path: &str) -> String {
        let index = self.find(path);
        let configuration = self.configurator.configure(&self.decisions);
        let configuration = configuration.expect("decisions that were taken");
        match &configuration.states[index.0].domain {
            Domain::Options(options) => {
                let possible = options
                    .iter()
                    .enumerate()
                    .filter(|(_, it)| **it == Possibility::Possible)
                    .map(|(option, _)| self.shown(index, Value::Option(option)));
                let possible: Vec<String> = possible.collect();
                match possible.is_empty() {
                    true => "absent".to_owned(),
                    false => possible.join(", "),
                }
            }
            Domain::Number {
                min: Some(min),
                max: Some(max),
            } => {
                format!("{}..{}", min.normalize(), max.normalize())
            }
            Domain::Number { .. } => "absent".to_owned(),
        }
    }

    fn completed(&mut self) -> Vec<Value> {
        let completed = self.configurator.complete(&self.decisions, &Goal::Default);
        completed.expect("decisions that were taken").assignment
    }

    fn messages(&mut self) -> String {
        let values: Vec<_> = self.completed().into_iter().map(Some).collect();
        let messages = self.model.messages.iter().filter(|message| {
            let holds = |it: &quotewright_engine::catalog::Condition| {
                it.evaluate(self.model, &values).ok().flatten() == Some(true)
            };
            message.when.as_ref().is_none_or(holds)
        });
        let texts: Vec<&str> = messages.map(|it| it.text.get("en")).collect();
        texts.join(", ")
    }
}
