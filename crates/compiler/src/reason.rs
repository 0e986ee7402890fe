//! What only a search finds: products that cannot be built, options that nothing
//! contains, rules that never apply, prices that are missing.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Condition, Constraint, Decisions, Model, Rule, Text, Value,
};
use quotewright_engine::configure::{
    Configuration, Configurator, Conflict, Domain, Goal, Possibility, Unsupported,
};

use crate::diagnostic::{Diagnostic, Location, Report};
use crate::model::{Draft, Options};
use crate::parts::without_indices;
use crate::prices::Prices;
use crate::sheet::Row;

/// Gaps of one table that are told; more of them say nothing new.
const MAX_GAPS: usize = 3;

/// Tells what a search finds out about one product.
pub(crate) fn check(
    draft: &Draft<'_>,
    lists: &BTreeMap<&str, Options<'_>>,
    prices: &Prices<'_>,
    report: &mut Report,
) {
    let mut configurator = match Configurator::new(draft.model.clone()) {
        Ok(configurator) => configurator,
        Err(unsupported) => return report.push(refusal(draft, &unsupported)),
    };
    match configurator.configure(&Decisions::new()) {
        Err(conflict) => report.push(impossible_product(draft, &conflict)),
        Ok(configuration) => {
            let mut search = Search {
                draft,
                configuration: &configuration,
                configurator: &mut configurator,
            };
            search.tell_dead_options(lists, report);
            search.tell_dead_parts(report);
            tell_idle_rules(draft, report);
            tell_gaps(draft, prices, report);
        }
    }
}

/// The place of a constraint in the sheets.
fn place(draft: &Draft<'_>, constraint: Constraint) -> Option<Location> {
    let cell = |row: Option<&Row<'_>>, column| Some(row?.cell(column).location());
    match constraint {
        Constraint::Rule(rule) => cell(draft.rule_rows.get(rule), "require"),
        Constraint::Table(table) => Some(draft.table_sheets.get(table)?.headings_location()),
        Constraint::Relation(_) => None,
        Constraint::Structure(part) => cell(draft.attributes.rows.get(part.0), "part"),
        Constraint::Formula(attribute) => cell(draft.attributes.rows.get(attribute.0), "formula"),
    }
}

fn refusal(draft: &Draft<'_>, unsupported: &Unsupported) -> Diagnostic {
    let location = match unsupported {
        Unsupported::Range { attribute } | Unsupported::NoValues { attribute } => draft
            .model
            .index_of(attribute)
            .and_then(|index| draft.attributes.rows.get(index.0))
            .map(|row| row.cell("max").location()),
        Unsupported::TooLarge { constraint }
        | Unsupported::Type { constraint }
        | Unsupported::Construct { constraint, .. } => place(draft, *constraint),
        Unsupported::Preference { preference } => {
            let mut known = draft.model.preferences.iter().zip(&draft.preference_rows);
            let found = known.find(|(it, _)| it.code == *preference);
            found.map(|(_, row)| row.cell("require").location())
        }
    };
    let location = location.unwrap_or_else(|| draft.row.cell("product").location());
    let message = match unsupported {
        Unsupported::Range { .. } => "the range has too many values to be reasoned about",
        Unsupported::NoValues { .. } => "there is no value to choose from",
        Unsupported::TooLarge { .. } => {
            "the numbers here can grow too large to be reasoned about exactly"
        }
        Unsupported::Type { .. } => {
            "an attribute is used here in a way that its type does not have"
        }
        Unsupported::Construct { .. } | Unsupported::Preference { .. } => {
            "this has a construct that is not reasoned about"
        }
    };
    Diagnostic::error("unsupported", location, message)
        .hint("narrow the ranges of the numbers, or take larger steps")
}

fn impossible_product(draft: &Draft<'_>, conflict: &Conflict) -> Diagnostic {
    let product = &draft.model.product;
    let message = format!("no configuration of `{product}` is valid");
    let location = draft.row.cell("product").location();
    let hint = match conflict.constraints.len() {
        0 => "some attribute has no value".to_owned(),
        1 => "this one alone cannot be met".to_owned(),
        count => format!("these {count} cannot be met together; without any one of them they can"),
    };
    let diagnostic = Diagnostic::error("impossible-product", location, message).hint(hint);
    relate(diagnostic, draft, &conflict.constraints)
}

fn relate(mut diagnostic: Diagnostic, draft: &Draft<'_>, constraints: &[Constraint]) -> Diagnostic {
    for constraint in constraints {
        if let Some(location) = place(draft, *constraint) {
            diagnostic = diagnostic.related(location, "stands in the way");
        }
    }
    diagnostic
}

/// A product with what is possible before anything is decided.
struct Search<'a, 'd> {
    draft: &'d Draft<'a>,
    configuration: &'d Configuration,
    configurator: &'d mut Configurator,
}

impl Search<'_, '_> {
    /// Tells options that an attribute, in whichever instance, never has.
    fn tell_dead_options(&mut self, lists: &BTreeMap<&str, Options<'_>>, report: &mut Report) {
        let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, attribute) in self.draft.attributes.items.iter().enumerate() {
            if !matches!(attribute.domain, AttributeDomain::Presence(_)) {
                let code = without_indices(&attribute.code);
                alike.entry(code).or_default().push(position);
            }
        }
        for positions in alike.values() {
            let Some(first) = positions.first() else {
                continue;
            };
            for option in 0..self.options(*first) {
                let mut instances = positions.iter();
                if instances.all(|position| self.is_dead(*position, option)) {
                    let diagnostic = dead_option(self.draft, lists, *first, option);
                    report.push(self.explained(diagnostic, *first, option));
                }
            }
        }
    }

    /// Tells parts that are never there, or never as many as the sheet says.
    fn tell_dead_parts(&mut self, report: &mut Report) {
        let tree = &self.draft.attributes.tree;
        for (kind, names) in tree.kinds.iter().enumerate().skip(1) {
            let instances: Vec<_> = (tree.instances_of(kind))
                .filter_map(|at| tree.instances.get(at).map(|it| (at, it.there)))
                .collect();
            let there = |(at, presence): &(usize, Option<AttributeIndex>)| {
                let possible = presence.is_none_or(|it| !self.is_dead(it.0, 1));
                possible.then(|| tree.place(*at).saturating_add(1))
            };
            let most = instances.iter().filter_map(there).max().unwrap_or(0);
            let first_dead = instances.iter().find(|(at, _)| tree.place(*at) == most);
            let Some((_, Some(presence))) = first_dead else {
                continue;
            };
            let Some(row) = self.draft.attributes.rows.get(presence.0) else {
                continue;
            };
            let (product, code) = (&self.draft.model.product, &names.code);
            let message = match most {
                0 => format!("no valid configuration of `{product}` has a `{code}`"),
                _ => format!("no valid configuration of `{product}` has more than {most} `{code}`"),
            };
            let location = row.cell("to").location();
            let diagnostic = Diagnostic::warning("dead-part", location, message);
            // Of a part without a largest number, more were laid out than asked for.
            if most == 0 || row.cell("to").text() != "*" {
                report.push(self.explained(diagnostic, presence.0, 1));
            }
        }
    }

    /// How many options an attribute has.
    fn options(&self, position: usize) -> usize {
        let state = self.configuration.states.get(position);
        match state.map(|state| &state.domain) {
            Some(Domain::Options(options)) => options.len(),
            _ => 0,
        }
    }

    fn is_dead(&self, position: usize, option: usize) -> bool {
        let state = self.configuration.states.get(position);
        match state.map(|state| &state.domain) {
            Some(Domain::Options(options)) => options.get(option) == Some(&Possibility::Impossible),
            _ => false,
        }
    }

    /// With what stands in the way of an option.
    fn explained(&mut self, diagnostic: Diagnostic, position: usize, option: usize) -> Diagnostic {
        let (index, value) = (AttributeIndex(position), Value::Option(option));
        let conflict = self.configurator.explain(&Decisions::new(), index, value);
        let constraints = conflict.map_or_else(Vec::new, |conflict| conflict.constraints);
        relate(diagnostic, self.draft, &constraints)
    }
}

fn dead_option(
    draft: &Draft<'_>,
    lists: &BTreeMap<&str, Options<'_>>,
    attribute: usize,
    option: usize,
) -> Diagnostic {
    let product = &draft.model.product;
    let code = draft
        .attributes
        .items
        .get(attribute)
        .map_or_else(String::new, |it| without_indices(&it.code));
    let list = draft.attributes.lists.get(attribute).copied().flatten();
    let row = list
        .and_then(|list| lists.get(list))
        .and_then(|options| options.rows.get(option));
    let (location, value) = match row {
        Some(row) => (row.cell("option").location(), row.cell("option").text()),
        None => {
            let rows = &draft.attributes.rows;
            let row = rows.get(attribute).unwrap_or(&draft.row);
            let value = if option == 0 { "no" } else { "yes" };
            (row.cell("attribute").location(), value)
        }
    };
    let message = format!("no valid configuration of `{product}` has `{code} = {value}`");
    Diagnostic::warning("dead-option", location, message)
}

/// Tells rules that never apply, because what is in `when` never holds in any instance.
fn tell_idle_rules(draft: &Draft<'_>, report: &mut Report) {
    let mut idle: BTreeMap<Location, bool> = BTreeMap::new();
    for (rule, row) in draft.model.rules.iter().zip(&draft.rule_rows) {
        let (Some(when), cell) = (&rule.when, row.cell("when")) else {
            continue;
        };
        let idle = idle.entry(cell.location()).or_insert(!cell.is_empty());
        if *idle {
            let narrowed = narrowed(&draft.model, when);
            let never = |mut narrowed: Configurator| narrowed.begin(&Decisions::new()).is_err();
            *idle = narrowed.is_some_and(never);
        }
    }
    for (location, _) in idle.into_iter().filter(|(_, idle)| *idle) {
        let message = "this never holds, so the rule never applies";
        report.push(Diagnostic::warning("idle-rule", location, message));
    }
}

/// The configurator of the model where `condition` holds as well. `None` where
/// it cannot be reasoned about.
pub(crate) fn narrowed(model: &Model, condition: &Condition) -> Option<Configurator> {
    let mut model = model.clone();
    model.rules.push(Rule {
        code: String::new(),
        when: None,
        // Where a part is not there, the condition does not hold either.
        require: Condition::Certain(Box::new(condition.clone())),
        explanation: Text::default(),
    });
    Configurator::new(model).ok()
}

/// Tells values that can be configured but that a table or tier has no row for.
fn tell_gaps(draft: &Draft<'_>, prices: &Prices<'_>, report: &mut Report) {
    let mut told: BTreeMap<&Location, BTreeSet<String>> = BTreeMap::new();
    for gap in prices.gaps.iter().chain(&draft.gaps) {
        let told = told.entry(&gap.told.location).or_default();
        let mut open = gap.open.clone();
        while told.len() < MAX_GAPS {
            let Some(mut narrowed) = narrowed(&draft.model, &open) else {
                report.push(unsearched(&gap.told.location));
                break;
            };
            let Ok(found) = narrowed.complete(&Decisions::new(), &Goal::Default) else {
                break;
            };
            let values = gap.describe(&draft.model.attributes, &found.assignment);
            if told.insert(values.clone()) {
                let mut diagnostic = gap.told.clone();
                diagnostic.message = format!("{} {values}", diagnostic.message);
                report.push(diagnostic);
            }
            let around = Condition::Not(Box::new(gap.around(&found.assignment)));
            open = Condition::All(vec![open, around]);
        }
    }
}

fn unsearched(place: &Location) -> Diagnostic {
    let message = "it is not known whether this has a row for all that can be configured";
    Diagnostic::warning("not-checked", place.clone(), message)
        .hint("there are too many values to search: narrow the ranges, or take larger steps")
}
