use std::time::Instant;

use quotewright_compiler::coom::CoomInput;
use quotewright_engine::catalog::{AttributeIndex, Constraint, Decisions, Model, Value};
use quotewright_engine::configure::{Configuration, Configurator, Conflict};
use serde_json::{Map, Value as Json, json};

use super::domains::View;
use super::growth::Asked;
use super::names::Names;
use super::request::Request;
use super::{Answer, Refusal};
use crate::product::Product;
use crate::values::from_json;

/// Between two looks at whether all domains are known.
const QUESTIONS: u32 = 16;

/// What was decided so far, and what that leaves.
pub struct Session {
    pub(super) product: Product,
    pub(super) names: Names,
    pub(super) configurator: Configurator,
    pub(super) decisions: Decisions,
    /// What the decisions leave, once that was worked out.
    pub(super) state: Option<Configuration>,
    /// What to lay out for the last refusal to be another one.
    pub(super) more: Asked,
    /// Whether enough is laid out for the model to have a configuration, if it can.
    pub(super) settled: bool,
    pub(super) micros: u128,
}

impl Session {
    /// Fails where something in the model is not reasoned about.
    pub fn new(product: Product) -> Result<Self, String> {
        let configurator = Configurator::new(product.model.clone());
        let configurator = configurator.map_err(|error| error.told(&product.model))?;
        Ok(Self {
            names: Names::new(&product.model),
            configurator,
            product,
            decisions: Decisions::new(),
            state: None,
            more: Asked::new(),
            settled: false,
            micros: 0,
        })
    }

    /// The engine's own time since this was asked last.
    pub fn take_micros(&mut self) -> u64 {
        u64::try_from(std::mem::take(&mut self.micros)).unwrap_or(u64::MAX)
    }

    /// Asks the engine and counts the time.
    pub(super) fn ask<T>(
        &mut self,
        question: impl FnOnce(&mut Configurator, &Decisions) -> T,
    ) -> T {
        let begin = Instant::now();
        let answer = question(&mut self.configurator, &self.decisions);
        self.micros += begin.elapsed().as_micros();
        answer
    }

    pub fn answer(&mut self, request: Request) -> Result<Answer, Refusal> {
        self.settle();
        match request {
            Request::Domains {} => self.domains(),
            Request::Set { attribute, value } => {
                self.growing(&attribute, true, |it| it.set(&attribute, &value))
            }
            Request::Clear { attribute } => self.clear(&attribute),
            Request::Add { attribute } => {
                let path = self.next_path(&attribute)?;
                self.growing(&path, true, |it| it.add(&path))
            }
            Request::Remove { attribute } => self.remove(&attribute),
            Request::Explain {
                attribute,
                value,
                all,
                limit,
            } => self.growing(&attribute, false, |it| {
                it.explain(&attribute, value.as_ref(), all, limit)
            }),
            Request::Repair {
                attribute,
                value,
                limit,
            } => self.growing(&attribute, false, |it| {
                it.repair(&attribute, value.as_ref(), limit)
            }),
            Request::Complete { goal } => self.complete(goal),
            Request::Budget { amount } => self.budget(amount.as_ref()),
            Request::Effects { attribute } => {
                self.growing(&attribute, false, |it| it.effects(&attribute))
            }
            Request::Count { attribute } => self.count(attribute.as_deref()),
        }
    }

    /// Applies a user input; an error names its line.
    pub fn apply(&mut self, input: &CoomInput) -> Result<(), String> {
        let steps = input.steps().map_err(|place| {
            let line = place.row.unwrap_or_default();
            format!("line {line} of the user input: a value is an option or a number")
        })?;
        for step in steps {
            let attribute = step.path.clone();
            let result = self.answer(match &step.value {
                Some(value) => Request::Set {
                    attribute,
                    value: json!(value),
                },
                None => Request::Add { attribute },
            });
            let problem = match result {
                Ok(_) => continue,
                Err(Refusal::Error(message)) => message,
                Err(Refusal::Conflict(conflict)) => Json::Object(conflict).to_string(),
            };
            return Err(format!("line {} of the user input: {problem}", step.line));
        }
        Ok(())
    }

    fn domains(&mut self) -> Result<Answer, Refusal> {
        let ends = self.grow_domains()?;
        let view = self.view();
        let mut domains = view.domains();
        self.mark(&ends, &mut domains);
        let mut answer = Map::from_iter([
            ("domains".to_owned(), Json::Object(domains)),
            ("parts".to_owned(), Json::Object(view.parts())),
            ("forced".to_owned(), Json::Object(view.forced())),
        ]);
        answer.extend(self.limits());
        Ok(answer)
    }

    pub(super) fn work_out(&mut self) -> Result<(), Refusal> {
        if self.state.is_none() {
            let found = self.ask(domains_of);
            self.state = Some(found.map_err(|conflict| self.refused(&conflict))?);
        }
        Ok(())
    }

    /// What is known; nothing before it was worked out.
    pub(super) fn view(&self) -> View<'_> {
        const NOTHING: &Configuration = &Configuration { states: Vec::new() };
        View {
            model: &self.product.model,
            format: self.product.format,
            names: &self.names,
            configuration: self.state.as_ref().unwrap_or(NOTHING),
        }
    }

    /// The values that the current configuration has, suggested ones included.
    pub(super) fn values(&mut self) -> Result<Vec<Option<Value>>, Refusal> {
        self.work_out()?;
        // A refusal in between has left everything as it was.
        self.state = Some(self.ask(|it, _| {
            it.advance(u32::MAX);
            it.snapshot()
        }));
        let states = self.state.iter().flat_map(|it| &it.states);
        Ok(states.map(|it| it.value).collect())
    }

    fn set(&mut self, path: &str, value: &Json) -> Result<Answer, Refusal> {
        let (attribute, value) = self.wanted(path, Some(value))?;
        self.decide(attribute, value)
    }

    /// The attribute or part at `path`, and the value that is meant; of a part, that it is there.
    pub(super) fn wanted(
        &self,
        path: &str,
        value: Option<&Json>,
    ) -> Result<(AttributeIndex, Value), Refusal> {
        let model = &self.product.model;
        let part = self.names.part(path);
        let Some(value) = value else {
            let there = part.map(|part| (part, Value::Option(1)));
            return Ok(there.ok_or_else(|| format!("say which value of `{path}` is meant"))?);
        };
        // Whether a part is there can be said by its path too, unless that is a value's.
        let there = part.and_then(|part| Some((part, from_json(model, part, value)?)));
        let attribute = match (self.names.attribute(path), there) {
            (Ok(attribute), _) => attribute,
            (Err(_), Some(there)) => return Ok(there),
            (Err(problem), None) => return Err(problem.into()),
        };
        let read = from_json(model, attribute, value);
        if let (None, Some(there)) = (read, there) {
            return Ok(there);
        }
        let read = read.ok_or_else(|| {
            let known = known_values(model, attribute);
            format!("`{path}` has no value {value}: {known}")
        })?;
        Ok((attribute, read))
    }

    /// Decides, where that is possible.
    fn decide(&mut self, attribute: AttributeIndex, value: Value) -> Result<Answer, Refusal> {
        let mut next = self.decisions.clone();
        next.insert(attribute, value);
        if let Ok(answer) = self.replace(next) {
            return Ok(answer);
        }
        let found = self.ask(|it, decisions| it.explain(decisions, attribute, value));
        Err(self.refused(&found.unwrap_or_default()))
    }

    /// Goes on with other decisions, where they are possible.
    fn replace(&mut self, next: Decisions) -> Result<Answer, Refusal> {
        let found = self.ask(|it, _| domains_of(it, &next));
        let state = found.map_err(|conflict| self.refused(&conflict))?;
        self.decisions = next;
        self.state = Some(state);
        // What only follows from how many instances are laid out does not follow.
        self.grow_domains()?;
        let forced = Json::Object(self.view().forced());
        Ok(Map::from_iter([("forced".to_owned(), forced)]))
    }

    /// What other decisions would leave no choice about.
    pub(super) fn forced_by(&mut self, decisions: &Decisions) -> Map<String, Json> {
        let found = self.ask(|it, _| domains_of(it, decisions));
        let forced = found.map(|state| {
            View {
                model: &self.product.model,
                format: self.product.format,
                names: &self.names,
                configuration: &state,
            }
            .forced()
        });
        // The engine has looked elsewhere.
        self.state = None;
        forced.unwrap_or_default()
    }

    /// Goes on with the same product under other rules, where the decisions allow them.
    pub(super) fn reason_about(&mut self, model: Model) -> Result<Answer, Refusal> {
        let begin = Instant::now();
        let configurator = Configurator::new(model);
        self.micros += begin.elapsed().as_micros();
        let configurator = configurator.map_err(|error| error.to_string())?;
        let before = std::mem::replace(&mut self.configurator, configurator);
        let result = self.replace(self.decisions.clone());
        if result.is_err() {
            self.configurator = before;
        }
        result
    }

    fn clear(&mut self, path: &str) -> Result<Answer, Refusal> {
        let attribute = self.names.either(path)?;
        let mut next = self.decisions.clone();
        next.remove(&attribute);
        self.replace(next)
    }

    fn add(&mut self, path: &str) -> Result<Answer, Refusal> {
        let mut answer = match self.names.part(path) {
            Some(part) => self.decide(part, Value::Option(1))?,
            None if self.names.is_always_there(path) => {
                self.work_out()?;
                let forced = Json::Object(self.view().forced());
                Map::from_iter([("forced".to_owned(), forced)])
            }
            None => return Err(self.no_part(path).into()),
        };
        answer.insert("added".to_owned(), json!(path));
        Ok(answer)
    }

    /// Of a path without an index at its end, that of the first instance that was not added
    /// yet, and is not there anyway by its cardinality.
    fn next_path(&mut self, path: &str) -> Result<String, Refusal> {
        if path.ends_with(']') {
            return Ok(path.to_owned());
        }
        self.work_out()?;
        let instances = self.names.instances(path);
        let taken = |part: &AttributeIndex| {
            self.decisions.contains_key(part) || self.view().is_required(*part)
        };
        let free = instances.iter().find(|(_, part)| !taken(part));
        match (free, instances.last()) {
            (Some((index, _)), _) => Ok(format!("{path}[{index}]")),
            // Perhaps it is not laid out yet.
            (None, Some((last, _))) => Ok(format!("{path}[{}]", last + 1)),
            (None, None) => Ok(path.to_owned()),
        }
    }

    fn no_part(&self, path: &str) -> String {
        let name = path.rsplit_once('[').map_or(path, |(name, _)| name);
        let mut meant = self.names.meant(path);
        meant.retain(|it| *it != path);
        match (self.names.instances(name).last(), meant.is_empty()) {
            (Some((last, _)), _) => format!("`{name}` can be there {} times at most", last + 1),
            (None, false) => format!("there is no part `{path}`: say which: {}", meant.join(", ")),
            (None, true) => format!(
                "there is no part `{path}` that could be added: ask for domains to see the parts"
            ),
        }
    }

    fn remove(&mut self, path: &str) -> Result<Answer, Refusal> {
        let instances = self.names.instances(path);
        let last = instances
            .iter()
            .rev()
            .find(|(_, part)| self.decisions.contains_key(part));
        let part = self.names.part(path).or(last.map(|(_, part)| *part));
        let part = part.ok_or_else(|| format!("no part `{path}` was added"))?;
        let model = &self.product.model;
        let mut next = self.decisions.clone();
        let within = format!("{}.", Names::path(model, part));
        let inside = |index: AttributeIndex| {
            is_inside(model, index, part) || Names::path(model, index).starts_with(&within)
        };
        next.retain(|index, _| *index != part && !inside(*index));
        if next.len() == self.decisions.len() {
            return Err(format!("`{path}` was not added, and nothing in it is decided").into());
        }
        let removed = Names::path(model, part);
        let mut answer = self.replace(next)?;
        answer.insert("removed".to_owned(), json!(removed));
        Ok(answer)
    }

    pub(super) fn refused(&mut self, conflict: &Conflict) -> Refusal {
        self.more = self.more_for(conflict);
        let conflict = self.conflict(conflict);
        let mut answer = Map::from_iter([("conflict".to_owned(), conflict)]);
        answer.extend(self.limits());
        Refusal::Conflict(answer)
    }

    /// The decisions and the rules that stand in the way.
    pub(super) fn conflict(&mut self, conflict: &Conflict) -> Json {
        let limits = self.limit_rules(conflict);
        let decisions = conflict.decisions.iter();
        let decisions: Vec<Json> = decisions.map(|it| self.decision(it.0, it.1)).collect();
        let rules = conflict.constraints.iter();
        let rules: Vec<Json> = rules
            .map(|it| rule(self.configurator.model(), *it))
            .chain(limits)
            .collect();
        json!({ "decisions": decisions, "rules": rules })
    }

    pub(super) fn decision(&self, attribute: AttributeIndex, value: Value) -> Json {
        let path = Names::path(&self.product.model, attribute);
        json!({ "attribute": path, "value": self.view().value(attribute, value) })
    }
}

/// What the decisions leave; suggestions are not worked out.
fn domains_of(
    configurator: &mut Configurator,
    decisions: &Decisions,
) -> Result<Configuration, Conflict> {
    configurator.begin(decisions)?;
    while !configurator.domains_known() {
        configurator.advance(QUESTIONS);
    }
    Ok(configurator.snapshot())
}

/// Whether an attribute belongs to a part, directly or not.
fn is_inside(model: &Model, index: AttributeIndex, part: AttributeIndex) -> bool {
    use quotewright_engine::catalog::AttributeDomain::Presence;
    let owner = |index: &AttributeIndex| {
        let attribute = model.attribute(*index)?;
        match &attribute.domain {
            Presence(place) => place.owner,
            _ => attribute.part,
        }
    };
    std::iter::successors(owner(&index), owner).any(|it| it == part)
}

fn rule(model: &Model, constraint: Constraint) -> Json {
    let locale = model.locales.first().map_or("", String::as_str);
    let told = |code: &str, explanation: &str| json!({ "code": code, "explanation": explanation });
    match constraint {
        Constraint::Rule(rule) => model
            .rules
            .get(rule)
            .map(|it| told(&it.code, it.explanation.get(locale))),
        Constraint::Table(table) => model
            .tables
            .get(table)
            .map(|it| told(&it.code, it.explanation.get(locale))),
        Constraint::Relation(relation) => model
            .relations
            .get(relation)
            .map(|it| told(&it.code, it.explanation.get(locale))),
        Constraint::Formula(index) => Some(told(
            &Names::path(model, index),
            "this number is worked out",
        )),
        Constraint::Structure(index) => Some(told(
            &Names::path(model, index),
            "parts are there from the first on, and only with what they are parts of",
        )),
    }
    .unwrap_or(Json::Null)
}

/// So many options are told in an error.
const OPTIONS_TOLD: usize = 12;

fn known_values(model: &Model, attribute: AttributeIndex) -> String {
    use quotewright_engine::catalog::AttributeDomain;
    match model.attribute(attribute).map(|it| &it.domain) {
        Some(AttributeDomain::Options(list)) => {
            let codes: Vec<&str> = list.options.iter().map(|it| it.code.as_str()).collect();
            let (told, rest) = codes.split_at(codes.len().min(OPTIONS_TOLD));
            let more = if rest.is_empty() { "" } else { ", ..." };
            format!("give one of {}{more}", told.join(", "))
        }
        Some(AttributeDomain::Number(range)) => format!(
            "give a number from {} to {} in steps of {}",
            range.min.normalize(),
            range.max.normalize(),
            range.step.normalize()
        ),
        _ => "give true or false".to_owned(),
    }
}
