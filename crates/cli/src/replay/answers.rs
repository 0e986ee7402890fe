//! Why not, what it would take, and what is best.

use quotewright_engine::catalog::{AttributeIndex, Decisions, Text, Value};
use quotewright_engine::configure::{Configurator, Count, Domain, Effect, Goal, Proof, Repair};
use quotewright_engine::price::{budget_rule, price_formula, price_unit};
use quotewright_engine::quote::{
    Surcharge, lead_time, lead_time_formula, rank_repairs, surcharges,
};
use rust_decimal::Decimal;
use serde_json::{Map, Value as Json, json};

use super::names::Names;
use super::request::GoalName;
use super::session::Session;
use super::{Answer, Refusal};
use crate::product::Prices;

/// So many explanations and repairs are told where no limit is given.
const LIMIT: usize = 5;

/// So many steps are taken before a count is only a lower bound.
const TRIES: u32 = 100_000;

impl Session {
    pub(super) fn explain(
        &mut self,
        path: &str,
        value: Option<&Json>,
        all: bool,
        limit: Option<usize>,
    ) -> Result<Answer, Refusal> {
        let (attribute, value) = self.wanted(path, value)?;
        let limit = if all { limit.unwrap_or(usize::MAX) } else { 1 };
        let found = self.ask(|it, decisions| it.explanations(decisions, attribute, value, limit));
        if let Some(first) = found.conflicts.first() {
            self.more = self.more_for(first);
        }
        let told: Vec<Json> = found.conflicts.iter().map(|it| self.conflict(it)).collect();
        let mut answer = Map::from_iter([("possible".to_owned(), json!(told.is_empty()))]);
        if let Some(first) = told.first() {
            answer.insert("conflict".to_owned(), first.clone());
        }
        if all {
            answer.insert("conflicts".to_owned(), Json::Array(told));
            answer.insert("complete".to_owned(), json!(found.complete));
        }
        if !found.conflicts.is_empty() {
            answer.extend(self.limits());
        }
        Ok(answer)
    }

    pub(super) fn repair(
        &mut self,
        path: &str,
        value: Option<&Json>,
        limit: Option<usize>,
    ) -> Result<Answer, Refusal> {
        let (attribute, value) = self.wanted(path, value)?;
        let refused = self.ask(|it, decisions| it.explain(decisions, attribute, value));
        if let Some(conflict) = refused {
            self.more = self.more_for(&conflict);
        }
        let now = self.values()?;
        let limit = limit.unwrap_or(LIMIT).max(1);
        let found = self.ask(|it, decisions| it.repairs(decisions, attribute, value, limit));
        let forced = self.view().forced();
        let ranked = self.ranked(found.repairs, &now)?;
        let repairs: Vec<Json> = (ranked.iter())
            .map(|(repair, surcharge)| {
                let after = self.after(repair, (attribute, value));
                self.told_repair(repair, *surcharge, (&forced, after))
            })
            .collect();
        let mut answer = Map::from_iter([
            ("repairs".to_owned(), Json::Array(repairs)),
            ("complete".to_owned(), json!(found.complete)),
        ]);
        answer.extend(self.limits());
        Ok(answer)
    }

    /// Of repairs with as many changes, the smallest change of the price first.
    fn ranked(
        &mut self,
        repairs: Vec<Repair>,
        now: &[Option<Value>],
    ) -> Result<Vec<(Repair, Option<Surcharge>)>, Refusal> {
        let product = self.product.clone();
        let Some(prices) = &product.prices else {
            return Ok(repairs.into_iter().map(|it| (it, None)).collect());
        };
        let ranked = self.ask(|_, _| {
            rank_repairs(
                &product.model,
                &prices.pack,
                now,
                repairs,
                &prices.purchase(),
            )
        });
        Ok(ranked.map_err(|error| error.to_string())?)
    }

    /// What would follow from the decisions after a repair.
    fn after(
        &mut self,
        repair: &Repair,
        (attribute, value): (AttributeIndex, Value),
    ) -> Map<String, Json> {
        let decisions = repair.applied(&self.decisions, attribute, value);
        self.forced_by(&decisions)
    }

    /// The decisions to change, what would follow that does not follow now, and what it costs.
    fn told_repair(
        &self,
        repair: &Repair,
        surcharge: Option<Surcharge>,
        (before, after): (&Map<String, Json>, Map<String, Json>),
    ) -> Json {
        let changes = repair.changes.iter().map(|change| {
            let mut told = Map::new();
            let path = Names::path(&self.product.model, change.attribute);
            told.insert("attribute".to_owned(), json!(path));
            told.insert(
                "from".to_owned(),
                self.view().value(change.attribute, change.from),
            );
            let to = change.to.map(|to| self.view().value(change.attribute, to));
            told.insert("to".to_owned(), to.unwrap_or(Json::Null));
            Json::Object(told)
        });
        let changes: Vec<Json> = changes.collect();
        let follows: Map<String, Json> = (after.into_iter())
            .filter(|(path, value)| before.get(path) != Some(value))
            .collect();
        let mut told = differences(surcharge);
        told.insert("changes".to_owned(), Json::Array(changes));
        told.insert("follows".to_owned(), Json::Object(follows));
        Json::Object(told)
    }

    /// The net price of one piece, where all that it needs is decided.
    fn price(&self, values: &[Option<Value>]) -> Option<Decimal> {
        let prices = self.product.prices.as_ref()?;
        let (model, pack) = (&self.product.model, &prices.pack);
        let waterfall = price_unit(model, pack, values, &prices.purchase()).ok()?;
        (!waterfall.is_open()).then_some(waterfall.total)
    }

    pub(super) fn effects(&mut self, path: &str) -> Result<Answer, Refusal> {
        let attribute = self.names.either(path)?;
        let now = self.values()?;
        let product = self.product.clone();
        let ends = self.ends(attribute);
        let (effects, surcharges) = self.ask(|it, decisions| {
            let effects = match ends.is_empty() {
                true => it.effects(decisions, attribute),
                false => (ends.iter())
                    .map(|value| effect(it, decisions, attribute, *value))
                    .collect(),
            };
            let surcharges = product
                .prices
                .as_ref()
                .map(|it| surcharges(&product.model, &it.pack, &now, &effects, &it.purchase()));
            (effects, surcharges.transpose())
        });
        if !ends.is_empty() {
            // The engine has looked elsewhere.
            self.state = None;
        }
        let surcharges = surcharges
            .map_err(|error| error.to_string())?
            .unwrap_or_default();
        let surcharges = surcharges.into_iter().chain(std::iter::repeat(None));
        let told: Vec<Json> = (effects.iter().zip(surcharges))
            .map(|(effect, surcharge)| {
                let mut told = differences(surcharge);
                let value = self.view().value(attribute, effect.value);
                told.insert("value".to_owned(), value);
                told.insert("possible".to_owned(), json!(effect.result.is_some()));
                Json::Object(told)
            })
            .collect();
        Ok(Map::from_iter([("effects".to_owned(), Json::Array(told))]))
    }

    /// Of a number, the values that effects are told of: the smallest and the largest that
    /// are possible, and the one that it has.
    fn ends(&self, attribute: AttributeIndex) -> Vec<Value> {
        let found = self.state.as_ref();
        let Some(state) = found.and_then(|it| it.states.get(attribute.0)) else {
            return Vec::new();
        };
        let Domain::Number { min, max } = &state.domain else {
            return Vec::new();
        };
        let has = match state.value {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        };
        let mut numbers: Vec<Decimal> = [*min, has, *max].into_iter().flatten().collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(Value::Number).collect()
    }

    pub(super) fn complete(&mut self, goal: GoalName) -> Result<Answer, Refusal> {
        let goal = self.goal(goal)?;
        let found = self.ask(|it, decisions| it.complete(decisions, &goal));
        let completed = found.map_err(|conflict| self.refused(&conflict))?;
        let values: Vec<Option<Value>> = completed.assignment.iter().copied().map(Some).collect();
        let told: Map<String, Json> = (self.names.attributes())
            .filter_map(|(path, index)| {
                let value = *completed.assignment.get(index.0)?;
                let told = || (path.to_owned(), self.view().value(index, value));
                (value != Value::Absent).then(told)
            })
            .collect();
        let mut answer = Map::from_iter([("values".to_owned(), Json::Object(told))]);
        match completed.proof {
            Proof::Optimal => answer.insert("optimal".to_owned(), json!(true)),
            Proof::Gap { best, bound } => {
                answer.insert("optimal".to_owned(), json!(false));
                let bound = bound.map(|it| it.normalize().to_string());
                let best = best.normalize().to_string();
                answer.insert("gap".to_owned(), json!({ "best": best, "bound": bound }))
            }
        };
        if let Some(price) = self.price(&values) {
            answer.insert("price".to_owned(), json!(price.normalize().to_string()));
        }
        let days = lead_time(&self.product.model, &values).working_days;
        answer.insert("lead_days".to_owned(), json!(days));
        Ok(answer)
    }

    /// How many configurations are left, and how many of them have each option.
    pub(super) fn count(&mut self, path: Option<&str>) -> Result<Answer, Refusal> {
        let attribute = path.map(|path| self.names.either(path)).transpose()?;
        let (endless, more) = self.is_endless()?;
        let tries = TRIES / attribute.map_or(1, |it| self.options_of(it));
        let (count, shares) = self.ask(|it, decisions| {
            let count = match endless {
                true => Count::Unbounded,
                false => it.count(decisions, TRIES),
            };
            let shares = attribute.map(|index| it.shares(decisions, index, tries));
            (count, shares)
        });
        let mut answer = match &count {
            // Of more instances than are laid out, more configurations can be made.
            Count::Exact(digits) if more => told_count(&Count::AtLeast {
                power_of_ten: u32::try_from(digits.len().saturating_sub(1)).unwrap_or(u32::MAX),
            }),
            count => told_count(count),
        };
        if more && !endless {
            answer.extend(self.limits());
        }
        if let (Some(attribute), Some(shares)) = (attribute, shares) {
            let shares = shares.iter().map(|share| {
                let mut told = told_count(&share.count);
                let value = self.view().value(attribute, share.value);
                told.insert("value".to_owned(), value);
                if let Some(share) = share.share {
                    told.insert("share".to_owned(), json!(share.to_string()));
                }
                Json::Object(told)
            });
            answer.insert("shares".to_owned(), Json::Array(shares.collect()));
        }
        Ok(answer)
    }

    fn options_of(&self, attribute: AttributeIndex) -> u32 {
        let attribute = self.product.model.attribute(attribute);
        let size = attribute.and_then(|it| it.domain.size());
        size.and_then(|it| u32::try_from(it).ok())
            .unwrap_or(1)
            .max(1)
    }

    fn goal(&self, goal: GoalName) -> Result<Goal, Refusal> {
        let model = &self.product.model;
        Ok(match goal {
            GoalName::Default => Goal::Default,
            GoalName::Fastest => Goal::Minimize(lead_time_formula(model)),
            GoalName::Cheapest => {
                let prices = self.prices()?;
                let formula = price_formula(model, &prices.pack, &prices.purchase());
                let formula = formula.map_err(|error| error.to_string())?;
                Goal::Minimize(formula.total(prices.quantity))
            }
        })
    }

    fn prices(&self) -> Result<&Prices, Refusal> {
        let prices = self.product.prices.as_ref();
        Ok(prices.ok_or_else(|| "this model has no prices".to_owned())?)
    }

    /// The most that the pieces may cost together, before tax.
    pub(super) fn budget(&mut self, amount: Option<&Json>) -> Result<Answer, Refusal> {
        let mut model = self.product.model.clone();
        if let Some(amount) = amount {
            let prices = self.prices()?;
            let text = amount
                .as_str()
                .map_or_else(|| amount.to_string(), str::to_owned);
            let amount: Decimal = text
                .parse()
                .ok()
                .filter(|amount: &Decimal| !amount.is_sign_negative())
                .ok_or_else(|| format!("`{text}` is no amount: write it as \"5000.00\""))?;
            let rule = budget_rule(&model, &prices.pack, &prices.purchase(), amount);
            let mut rule = rule.map_err(|error| error.to_string())?;
            let locale = model.locales.first().cloned().unwrap_or_default();
            rule.explanation = Text::new([(locale, format!("no more than {amount}"))]);
            model.rules.push(rule);
        }
        self.reason_about(model)
    }
}

/// The whole configuration that deciding a value would give.
fn effect(
    configurator: &mut Configurator,
    decisions: &Decisions,
    attribute: AttributeIndex,
    value: Value,
) -> Effect {
    let mut decisions = decisions.clone();
    decisions.insert(attribute, value);
    let found = configurator.configure(&decisions);
    Effect {
        value,
        result: (found.ok()).map(|it| it.states.iter().map(|it| it.value).collect()),
    }
}

/// A number in decimal digits; `exact` is false where it is only known to be at least that.
fn told_count(count: &Count) -> Answer {
    let (number, exact) = match count {
        Count::Exact(digits) => (digits.clone(), true),
        Count::AtLeast { power_of_ten } => (format!("10^{power_of_ten}"), false),
        Count::Unbounded => ("unbounded".to_owned(), true),
    };
    Map::from_iter([
        ("count".to_owned(), json!(number)),
        ("exact".to_owned(), json!(exact)),
    ])
}

/// What something costs and takes more, where there are prices.
fn differences(surcharge: Option<Surcharge>) -> Answer {
    let Some(surcharge) = surcharge else {
        return Map::new();
    };
    Map::from_iter([
        ("price".to_owned(), json!(surcharge.unit_net.to_string())),
        ("days".to_owned(), json!(surcharge.working_days)),
    ])
}
