use quotewright_engine::catalog::{
    Aim, Condition, Formula, Message, MessageLevel, Preference, Rule, Text,
};

use super::attributes::Attributes;
use crate::cases::{Cases, one, pairs};
use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::expression::Scope;
use crate::presence::{Presences, all, of_condition, within};
use crate::sheet::{Cell, Row};
use crate::workbook::Workbook;

/// Largest weight of a preference.
const MAX_WEIGHT: u32 = 1_000_000;

/// What stands in `rules.csv` for one product, each with its row.
#[derive(Default)]
pub(crate) struct Rules<'a> {
    pub(crate) rules: Vec<(Rule, Row<'a>)>,
    /// The weightiest first.
    pub(crate) preferences: Vec<(Preference, Row<'a>)>,
    pub(crate) messages: Vec<Message>,
}

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Require,
    Prefer,
    Minimize,
    Maximize,
    Message(MessageLevel),
}

/// The words for them; the first one where the cell is empty.
const KINDS: [(&str, Kind); 7] = [
    ("require", Kind::Require),
    ("prefer", Kind::Prefer),
    ("minimize", Kind::Minimize),
    ("maximize", Kind::Maximize),
    ("info", Kind::Message(MessageLevel::Info)),
    ("warning", Kind::Message(MessageLevel::Warning)),
    ("error", Kind::Message(MessageLevel::Error)),
];

/// Reads the rules of `product`.
pub(super) fn read<'a>(
    product: &str,
    workbook: &'a Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Rules<'a> {
    let mut codes = Codes::elsewhere("rule");
    let mut reader = Reader {
        attributes,
        found: Rules::default(),
        weights: Vec::new(),
    };
    let rows = workbook.rows("rules.csv");
    for row in rows.filter(|row| cells::is_for(*row, product)) {
        let code = codes.define(row.cell("rule"), report);
        let Some(kind) = kind(row.cell("kind"), report) else {
            continue;
        };
        let told = matches!(kind, Kind::Require | Kind::Message(_));
        let explanation = cells::text(row, "explanation", told, &workbook.manifest, report);
        let weight = weight(row.cell("weight"), kind, report);
        let contexts = attributes.instances(row, report);
        reader.row(row, kind, (&contexts, weight), (code, explanation), report);
    }
    reader.finish()
}

fn kind(cell: Cell<'_>, report: &mut Report) -> Option<Kind> {
    if cell.is_empty() {
        return Some(Kind::Require);
    }
    let words = KINDS.iter().map(|(word, _)| *word);
    let found = cells::word(cell, "kind of rule", "unknown-kind", words, report)?;
    KINDS.get(found).map(|(_, kind)| *kind)
}

/// How much a preference counts; 0 where the sheet does not say.
fn weight(cell: Cell<'_>, kind: Kind, report: &mut Report) -> u32 {
    if cell.is_empty() {
        return 0;
    }
    if matches!(kind, Kind::Require | Kind::Message(_)) {
        let message = "only what is preferred has a weight";
        let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
        report.push(diagnostic.hint("empty the cell"));
    }
    cells::count(cell, 0, MAX_WEIGHT, report).unwrap_or(0)
}

struct Reader<'a, 'd> {
    attributes: &'d Attributes<'d>,
    found: Rules<'a>,
    /// One for each of the preferences.
    weights: Vec<u32>,
}

impl<'a> Reader<'a, '_> {
    fn row(
        &mut self,
        row: Row<'a>,
        kind: Kind,
        (contexts, weight): (&[usize], u32),
        (code, explanation): (Option<String>, Text),
        report: &mut Report,
    ) {
        match kind {
            Kind::Require | Kind::Prefer => {
                for context in contexts {
                    let demands = self.demands(row, *context, report);
                    let (Some(code), Some(demands)) = (&code, demands) else {
                        continue;
                    };
                    self.add(row, kind, weight, (*context, code), &explanation, demands);
                }
            }
            Kind::Minimize | Kind::Maximize => {
                let formula = self.total(row, contexts, report);
                let (Some(code), Some(formula)) = (code, formula) else {
                    return;
                };
                let aim = match kind {
                    Kind::Minimize => Aim::Minimize(formula),
                    _ => Aim::Maximize(formula),
                };
                let preference = Preference {
                    code,
                    when: None,
                    aim,
                    explanation,
                };
                self.prefer(preference, weight, row);
            }
            Kind::Message(level) => {
                if let Some(when) = self.occasions(row, contexts, report) {
                    self.found.messages.push(Message {
                        when,
                        level,
                        text: explanation,
                    });
                }
            }
        }
    }

    /// What a row demands of one instance: under which conditions what must hold.
    fn demands(
        &self,
        row: Row<'_>,
        context: usize,
        report: &mut Report,
    ) -> Option<Cases<(Option<Condition>, Condition)>> {
        let scope = self.attributes.scope_at(context);
        let whens = whens(row, &scope, report);
        let requires = require(row, "the rule requires nothing", report)
            .and_then(|cell| cells::conditions(cell, &scope, report));
        Some(pairs(whens?, requires?))
    }

    fn add(
        &mut self,
        row: Row<'a>,
        kind: Kind,
        weight: u32,
        (context, code): (usize, &str),
        explanation: &Text,
        demands: Cases<(Option<Condition>, Condition)>,
    ) {
        let path = self.attributes.tree.instances.get(context);
        let code = match path.map_or("", |it| it.path.as_str()) {
            "" => code.to_owned(),
            path => format!("{code}@{path}"),
        };
        let several = demands.len() > 1;
        for (position, demand) in demands.into_iter().enumerate() {
            let (when, require) = demand.value;
            let mut conditions: Vec<Condition> = when.into_iter().collect();
            conditions.extend(demand.guards);
            self.guard(context, &mut conditions, &require);
            let when = (!conditions.is_empty()).then(|| all(conditions));
            let code = match several {
                true => format!("{code}#{}", position + 1),
                false => code.clone(),
            };
            let explanation = explanation.clone();
            if kind == Kind::Require {
                let rule = Rule {
                    code,
                    when,
                    require,
                    explanation,
                };
                self.found.rules.push((rule, row));
                continue;
            }
            let preference = Preference {
                code,
                when,
                aim: Aim::Hold(require),
                explanation,
            };
            self.prefer(preference, weight, row);
        }
    }

    fn prefer(&mut self, preference: Preference, weight: u32, row: Row<'a>) {
        self.found.preferences.push((preference, row));
        self.weights.push(weight);
    }

    /// Adds that the instance must be there, unless the rest implies it.
    fn guard(&self, context: usize, conditions: &mut Vec<Condition>, require: &Condition) {
        let Some(presence) = self.attributes.there(context) else {
            return;
        };
        let items = &self.attributes.items;
        let mut parts = Presences::new();
        for condition in conditions.iter().chain([require]) {
            of_condition(items, condition, &mut parts);
        }
        if !parts.iter().any(|part| within(items, *part, presence)) {
            conditions.insert(0, Condition::There(presence));
        }
    }

    /// The formula of a row, added up over all instances that it is about and that are there.
    fn total(&self, row: Row<'_>, contexts: &[usize], report: &mut Report) -> Option<Formula> {
        let mut terms = Vec::new();
        for context in contexts {
            let scope = self.attributes.scope_at(*context);
            let when = when(row, &scope, report);
            let cell = require(row, "there is no formula", report)?;
            let formula = cells::formula(cell, &scope, report)?;
            let there = self.attributes.there(*context).map(Condition::There);
            let conditions: Vec<Condition> = there.into_iter().chain(when?).collect();
            terms.push(match conditions.is_empty() {
                true => formula,
                false => Formula::Where(Box::new(all(conditions)), Box::new(formula)),
            });
        }
        match terms.pop() {
            Some(only) if terms.is_empty() => Some(only),
            Some(last) => {
                terms.push(last);
                Some(Formula::Sum(terms))
            }
            None => None,
        }
    }

    /// When a message is shown: while its condition holds of some combination of instances;
    /// `Some(None)` for always.
    fn occasions(
        &self,
        row: Row<'_>,
        contexts: &[usize],
        report: &mut Report,
    ) -> Option<Option<Condition>> {
        let cell = row.cell("require");
        if !cell.is_empty() {
            let message = "a message requires nothing";
            let diagnostic = Diagnostic::error("unused-cell", cell.location(), message);
            report.push(diagnostic.hint("say in `when` where it is shown"));
        }
        let mut occasions = Vec::new();
        for context in contexts {
            let scope = self.attributes.scope_at(*context);
            for case in whens(row, &scope, report)? {
                let mut conditions: Vec<Condition> = case.value.into_iter().collect();
                conditions.extend(case.guards);
                conditions.extend(self.attributes.there(*context).map(Condition::There));
                if conditions.is_empty() {
                    return Some(None);
                }
                occasions.push(Condition::Certain(Box::new(all(conditions))));
            }
        }
        (!occasions.is_empty()).then_some(Some(Condition::Any(occasions)))
    }

    fn finish(self) -> Rules<'a> {
        let mut found = self.found;
        let mut weighed: Vec<_> = self.weights.into_iter().zip(found.preferences).collect();
        weighed.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        found.preferences = weighed.into_iter().map(|(_, it)| it).collect();
        found
    }
}

/// The condition of a row's `when`, where it is about one thing at a time; `Some(None)` where
/// it always applies.
pub(crate) fn when(
    row: Row<'_>,
    scope: &Scope<'_>,
    report: &mut Report,
) -> Option<Option<Condition>> {
    let cell = row.cell("when");
    if cell.is_empty() {
        return Some(None);
    }
    cells::condition(cell, scope, report).map(Some)
}

/// As [`when`], for every combination of instances.
fn whens(row: Row<'_>, scope: &Scope<'_>, report: &mut Report) -> Option<Cases<Option<Condition>>> {
    let cell = row.cell("when");
    if cell.is_empty() {
        return Some(one(None));
    }
    let cases = cells::conditions(cell, scope, report)?.into_iter();
    Some(cases.map(|case| case.map(Some)).collect())
}

fn require<'a>(row: Row<'a>, message: &str, report: &mut Report) -> Option<Cell<'a>> {
    let cell = row.cell("require");
    if cell.is_empty() {
        report.push(Diagnostic::error("missing-value", cell.location(), message));
        return None;
    }
    Some(cell)
}
