//! A tree as text: all brackets written, all that is optional said.

use super::super::ast::{
    Behavior, Block, Cardinality, CombinationAtom, CombinationCell, CombinationRow, Constant,
    Directive, Enumeration, Expression, ExpressionKind, Feature, FeatureKind, Index, Model,
    NumberType, Operation, Operator, Path, Place, Statement, StatementKind, Structure,
};
use quotewright_engine::catalog::Comparison;

fn join<T>(items: &[T], between: &str, print: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(print).collect();
    items.join(between)
}

pub fn model(model: &Model) -> String {
    let mut parts = vec![join(&model.product, "; ", feature)];
    parts.extend(model.structures.iter().map(structure));
    parts.extend(model.enumerations.iter().map(enumeration));
    parts.extend(model.behaviors.iter().map(behavior));
    parts.retain(|part| !part.is_empty());
    parts.join(" | ")
}

fn structure(structure: &Structure) -> String {
    let features = join(&structure.features, "; ", feature);
    format!("{} {{ {features} }}", structure.name.text)
}

fn feature(feature: &Feature) -> String {
    let reference = if feature.reference { "&" } else { "" };
    let cardinality = feature.cardinality.as_ref().map_or(String::new(), |it| {
        let Cardinality { min, max, .. } = it;
        format!(
            "{min}..{} ",
            max.map_or("*".to_owned(), |max| max.to_string())
        )
    });
    format!(
        "{reference}{cardinality}{} {}",
        kind(&feature.kind),
        feature.name.text
    )
}

fn kind(kind: &FeatureKind) -> String {
    match kind {
        FeatureKind::Typed(Some(name)) => name.text.clone(),
        FeatureKind::Typed(None) => "_".to_owned(),
        FeatureKind::Text => "text".to_owned(),
        FeatureKind::Number(number) => number_type(number),
    }
}

fn number_type(number: &NumberType) -> String {
    let bound = |bound: Option<_>| {
        bound.map_or("∞".to_owned(), |it: rust_decimal::Decimal| it.to_string())
    };
    let unit = number.unit.as_deref().unwrap_or("-");
    format!(
        "num {} {unit} {}..{}",
        number.digits,
        bound(number.min),
        bound(number.max)
    )
}

fn enumeration(enumeration: &Enumeration) -> String {
    let attributes = join(&enumeration.attributes, ", ", |it| {
        format!("{} {}", kind(&it.kind), it.name.text)
    });
    let options = join(&enumeration.options, ", ", |it| {
        let values = join(&it.values, " ", |value| match value {
            Constant::Number(number) => number.to_string(),
            Constant::Text(text) => format!("'{text}'"),
        });
        format!("{}({values})", it.name.text)
    });
    format!("{} <{attributes}> {options}", enumeration.name.text)
}

fn behavior(behavior: &Behavior) -> String {
    let context = behavior.context.as_ref().map_or("", |name| &name.text);
    format!("@{context} {}", block(&behavior.block))
}

fn block(block: &Block) -> String {
    let mut parts: Vec<String> = block
        .definitions
        .iter()
        .map(|it| format!("{} := {}", it.name.text, expression(&it.formula)))
        .collect();
    parts.extend(block.statements.iter().map(statement));
    format!("{{ {} }}", parts.join("; "))
}

fn statement(statement: &Statement) -> String {
    let explanation = statement.explanation.as_ref();
    let explanation = explanation.map_or(String::new(), |it| format!("\"{}\" ", it.text));
    let conditions = match statement.conditions.as_slice() {
        [] => String::new(),
        conditions => format!("{} => ", join(conditions, ", ", expression)),
    };
    format!(
        "{explanation}{conditions}{}",
        statement_kind(&statement.kind)
    )
}

fn statement_kind(kind: &StatementKind) -> String {
    let weight = |weight: &Option<u32>| weight.map_or(String::new(), |it| format!("/{it}"));
    match kind {
        StatementKind::Block(inner) => block(inner),
        StatementKind::Require(condition) => format!("require {}", expression(condition)),
        StatementKind::Prefer { penalty, condition } => {
            format!("prefer{} {}", weight(penalty), expression(condition))
        }
        StatementKind::Combinations(table) => {
            let rows = join(&table.rows, "", |it| format!(" {}", row(it)));
            format!(
                "combinations ({}){rows}",
                join(&table.columns, ", ", expression)
            )
        }
        StatementKind::Default {
            priority,
            path: to,
            value,
        } => {
            format!(
                "default{} {} = {}",
                weight(priority),
                path(to),
                expression(value)
            )
        }
        StatementKind::Imply { path: to, value } => {
            format!("imply {} = {}", path(to), expression(value))
        }
        StatementKind::Optimize {
            minimize,
            priority,
            formula,
        } => {
            let word = if *minimize { "minimize" } else { "maximize" };
            format!("{word}{} {}", weight(priority), expression(formula))
        }
        StatementKind::Interaction {
            directive,
            path: of,
        } => {
            let word = match directive {
                Directive::ReadWrite => "readwrite",
                Directive::ReadOnly => "readonly",
                Directive::Hide => "hide",
            };
            format!("{word} {}", path(of))
        }
        StatementKind::Message { level, text } => {
            let level = level.as_ref().map_or("", |level| &level.text);
            format!("message<{level}> {}", text.text)
        }
        StatementKind::Exists {
            variables,
            block: inner,
        } => {
            let variables = join(variables, ", ", |(name, of)| {
                format!("{} in {}", name.text, path(of))
            });
            format!("exists {variables} {}", block(inner))
        }
    }
}

fn row(row: &CombinationRow) -> String {
    let word = if row.allow { "allow" } else { "forbid" };
    let cells = join(&row.cells, ", ", |cell| match cell {
        CombinationCell::Any => "any".to_owned(),
        CombinationCell::OneOf(atoms) => join(atoms, " or ", atom),
    });
    format!("{word} ({cells})")
}

fn atom(atom: &CombinationAtom) -> String {
    format!(
        "{} {}",
        comparison(atom.comparison),
        expression(&atom.value)
    )
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "=",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::LessOrEqual => "<=",
        Comparison::Greater => ">",
        Comparison::GreaterOrEqual => ">=",
    }
}

pub fn expression(tree: &Expression) -> String {
    let two = |left: &Expression, between: &str, right: &Expression| {
        format!("({} {between} {})", expression(left), expression(right))
    };
    match &tree.kind {
        ExpressionKind::Number(number) => number.to_string(),
        ExpressionKind::Truth(value) => format!("{value}!"),
        ExpressionKind::Path(of) => path(of),
        ExpressionKind::Not(inner) => format!("!{}", expression(inner)),
        ExpressionKind::All(parts) => format!("({})", join(parts, " && ", expression)),
        ExpressionKind::Any(parts) => format!("({})", join(parts, " || ", expression)),
        ExpressionKind::Compare {
            left,
            comparison: by,
            right,
        } => two(left, comparison(*by), right),
        ExpressionKind::Contains { set, element } => two(set, "contains", element),
        ExpressionKind::Negate(inner) => format!("-{}", expression(inner)),
        ExpressionKind::Arithmetic {
            left,
            operator,
            right,
        } => {
            let between = match operator {
                Operator::Add => "+",
                Operator::Subtract => "-",
                Operator::Multiply => "*",
                Operator::Divide => "/",
                Operator::Power => "^",
            };
            two(left, between, right)
        }
        ExpressionKind::Call {
            function,
            arguments,
        } => {
            format!("{}<{}>", function.text, join(arguments, ", ", expression))
        }
    }
}

pub fn path(path: &Path) -> String {
    join(&path.steps, ".", |step| {
        let index = step.index.as_ref().map_or(String::new(), index);
        format!("{}{index}", step.name.text)
    })
}

fn index(index: &Index) -> String {
    let place = |place: Place| match place {
        Place::First(at) => at.to_string(),
        Place::Last(back) => format!("last-{back}"),
    };
    format!("[{}..{}]", place(index.from), place(index.to))
}

pub fn operation(operation: &Operation) -> String {
    let path = path(&operation.path);
    match &operation.value {
        Some(value) => format!("{path} := {}", expression(value)),
        None => format!("+{path}"),
    }
}
