//! What only a search finds: products that cannot be built, options that nothing
//! contains, rules that never apply, prices that are missing.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    AttributeIndex, Condition, Constraint, Decisions, Model, Rule, Text, Value,
};
use quotewright_engine::configure::{
    Configuration, Configurator, Conflict, Domain, Possibility, Unsupported,
};

use crate::diagnostic::{Diagnostic, Location, Report};
use crate::model::{Draft, Options};
use crate::prices::Prices;
use crate::sheet::Row;

/// Gaps of one price table that are told; more of them say nothing new.
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
            tell_dead_options(draft, lists, &configuration, &mut configurator, report);
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
        Constraint::Relation(_) | Constraint::Structure(_) => None,
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

fn tell_dead_options(
    draft: &Draft<'_>,
    lists: &BTreeMap<&str, Options<'_>>,
    configuration: &Configuration,
    configurator: &mut Configurator,
    report: &mut Report,
) {
    for (position, state) in configuration.states.iter().enumerate() {
        let Domain::Options(possibilities) = &state.domain else {
            continue;
        };
        for (option, possibility) in possibilities.iter().enumerate() {
            if *possibility != Possibility::Impossible {
                continue;
            }
            let index = AttributeIndex(position);
            let value = Value::Option(option);
            let conflict = configurator.explain(&Decisions::new(), index, value);
            let diagnostic = dead_option(draft, lists, position, option);
            let constraints = conflict.map_or_else(Vec::new, |conflict| conflict.constraints);
            report.push(relate(diagnostic, draft, &constraints));
        }
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
        .map_or("", |it| &it.code);
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

/// Tells rules that never apply, because what is in `when` never holds.
fn tell_idle_rules(draft: &Draft<'_>, report: &mut Report) {
    for (rule, row) in draft.model.rules.iter().zip(&draft.rule_rows) {
        let Some(when) = &rule.when else { continue };
        let narrowed = narrowed(&draft.model, when);
        if narrowed.is_some_and(|mut narrowed| narrowed.begin(&Decisions::new()).is_err()) {
            let message = "this never holds, so the rule never applies";
            let location = row.cell("when").location();
            report.push(Diagnostic::warning("idle-rule", location, message));
        }
    }
}

/// The configurator of the model where `condition` holds as well. `None` where
/// it cannot be reasoned about.
fn narrowed(model: &Model, condition: &Condition) -> Option<Configurator> {
    let mut model = model.clone();
    model.rules.push(Rule {
        code: String::new(),
        when: None,
        require: condition.clone(),
        explanation: Text::default(),
    });
    Configurator::new(model).ok()
}

/// Tells values that can be configured but that a price table has no row for.
fn tell_gaps(draft: &Draft<'_>, prices: &Prices<'_>, report: &mut Report) {
    let mut told: BTreeMap<&Location, usize> = BTreeMap::new();
    for gap in &prices.gaps {
        let told = told.entry(&gap.location).or_default();
        if *told >= MAX_GAPS {
            continue;
        }
        let always = Condition::Constant(true);
        let narrowed = narrowed(&draft.model, gap.when.as_ref().unwrap_or(&always));
        let Some(mut narrowed) = narrowed else {
            continue;
        };
        if narrowed.begin(&gap.values).is_ok() {
            *told += 1;
            let values = gap.describe(&draft.model.attributes);
            let message = format!("there is no price for {values}");
            report.push(
                Diagnostic::warning("price-gap", gap.location.clone(), message)
                    .hint("add a row; a number counts up to and including the one in the row"),
            );
        }
    }
}
