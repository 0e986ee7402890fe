//! Writes a flat model as COOM text, where COOM has words for all that is in it.
//!
//! Options become enumerations, yes/no attributes an enumeration of `No` and `Yes` that
//! counts 0 and 1, relations and tables `combinations`, rules `require`. What has no bounds
//! or is not always there is refused: a flat model does not say what it was a part of.

mod expressions;
mod names;

use std::fmt::Write as _;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Cell, Model, NumberRange, OptionList, Value,
};

use expressions::Writer;
use names::Names;

/// Something for which COOM has no words, or of which a flat model knows too little.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{construct} of `{code}` cannot be written in COOM")]
pub struct NotInCoom {
    /// What it is.
    pub construct: &'static str,
    /// Code of the attribute or rule.
    pub code: String,
}

/// The type of yes/no attributes.
const CHOICE: &str = "Choice";

/// The COOM text of a model.
///
/// # Errors
/// The first construct that cannot be written.
pub fn to_coom(model: &Model) -> Result<String, NotInCoom> {
    let names = Names::new(model);
    let writer = Writer {
        model,
        names: &names,
    };
    let mut text = format!("// {}\n\nproduct {{\n", one_line(&model.product));
    for (index, attribute) in model.indices().zip(&model.attributes) {
        feature(&names, index, attribute, &mut text)?;
    }
    text.push_str("}\n");
    if model
        .attributes
        .iter()
        .any(|it| it.domain == AttributeDomain::Flag)
    {
        let _ = write!(
            text,
            "\nenumeration {CHOICE} {{\n    attribute num value\n    No = (0)\n    Yes = (1)\n}}\n"
        );
    }
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if let AttributeDomain::Options(list) = &attribute.domain {
            enumeration(&names, index, list, &mut text);
        }
    }
    behavior(&writer, &mut text)?;
    Ok(text)
}

fn refuse<T>(construct: &'static str, code: &str) -> Result<T, NotInCoom> {
    let code = code.to_owned();
    Err(NotInCoom { construct, code })
}

/// Text that does not end a comment.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn feature(
    names: &Names,
    index: AttributeIndex,
    attribute: &Attribute,
    text: &mut String,
) -> Result<(), NotInCoom> {
    let code = &attribute.code;
    if attribute.part.is_some() {
        return refuse("a value that is not always there, as that", code);
    }
    if attribute.formula.is_some() {
        return refuse("the formula", code);
    }
    let name = names.attribute(index);
    let kind = match &attribute.domain {
        AttributeDomain::Flag => CHOICE.to_owned(),
        AttributeDomain::Options(_) => names.enumeration(index),
        AttributeDomain::Number(range) => number(range, code)?,
        AttributeDomain::Presence(_) => return refuse("instances or a type, as that", code),
    };
    // Writing to a string does not fail.
    let _ = write!(text, "    {kind} {name}");
    let _ = match name == *code {
        true => writeln!(text),
        false => writeln!(text, " // {}", one_line(code)),
    };
    Ok(())
}

/// `num .## 0-10`.
fn number(range: &NumberRange, code: &str) -> Result<String, NotInCoom> {
    let (min, step) = (range.min.normalize(), range.step.normalize());
    let digits = step.scale();
    let whole = step.mantissa() == 1 && min.scale() <= digits;
    if range.unbounded_below || range.unbounded_above || !whole {
        return refuse("the range", code);
    }
    let decimals = match digits {
        0 => String::new(),
        digits => format!(" .{}", "#".repeat(digits as usize)),
    };
    Ok(format!("num{decimals} {min}-{}", range.max.normalize()))
}

fn enumeration(names: &Names, index: AttributeIndex, list: &OptionList, text: &mut String) {
    let _ = writeln!(text, "\nenumeration {} {{", names.enumeration(index));
    for property in 0..list.properties.len() {
        let _ = writeln!(text, "    attribute num {}", names::property(property));
    }
    for (option, item) in list.options.iter().enumerate() {
        let name = names.option(index, option);
        let numbers: Vec<String> = item.properties.iter().map(ToString::to_string).collect();
        let _ = match numbers.is_empty() {
            true => write!(text, "    {name}"),
            false => write!(text, "    {name} = ({})", numbers.join(", ")),
        };
        let _ = match name == item.code {
            true => writeln!(text),
            false => writeln!(text, " // {}", one_line(&item.code)),
        };
    }
    text.push_str("}\n");
}

fn behavior(writer: &Writer<'_>, text: &mut String) -> Result<(), NotInCoom> {
    let model = writer.model;
    if model.rules.is_empty() && model.tables.is_empty() && model.relations.is_empty() {
        return Ok(());
    }
    text.push_str("\nbehavior {\n");
    for rule in &model.rules {
        let _ = writeln!(
            text,
            "    // {}: {}",
            one_line(&rule.code),
            one_line(rule.explanation.get("en"))
        );
        if let Some(when) = &rule.when {
            let _ = writeln!(
                text,
                "    condition {}",
                writer.condition(when, &rule.code)?
            );
        }
        let _ = writeln!(
            text,
            "    require {}",
            writer.condition(&rule.require, &rule.code)?
        );
    }
    for table in &model.tables {
        let rows = table.rows.iter().map(|row| {
            let cells = row.iter().zip(&table.columns);
            cells
                .map(|(cell, column)| cell_text(writer, *column, cell, &table.code))
                .collect()
        });
        let rows: Result<Vec<Vec<String>>, NotInCoom> = rows.collect();
        combinations(writer, &table.columns, &rows?, text);
    }
    for relation in &model.relations {
        let rows = relation.rows().map(|row| {
            let cells = row.iter().zip(&relation.columns);
            cells
                .map(|(position, column)| {
                    let domain = model.attribute(*column).map(|it| &it.domain);
                    let value = domain.and_then(|it| it.value_at(usize::from(*position)));
                    writer.names.value(*column, value.unwrap_or(Value::Absent))
                })
                .collect()
        });
        combinations(writer, &relation.columns, &rows.collect::<Vec<_>>(), text);
    }
    text.push_str("}\n");
    Ok(())
}

fn cell_text(
    writer: &Writer<'_>,
    column: AttributeIndex,
    cell: &Cell,
    code: &str,
) -> Result<String, NotInCoom> {
    let value = |it: &Value| writer.names.value(column, *it);
    match cell {
        Cell::Any => Ok("-*-".to_owned()),
        Cell::OneOf(values) => match values.as_slice() {
            [] => refuse("an empty cell", code),
            [only] => Ok(value(only)),
            many => Ok(format!(
                "({})",
                many.iter().map(value).collect::<Vec<_>>().join(", ")
            )),
        },
        Cell::Between(..) => refuse("a cell with a range", code),
    }
}

/// `combinations (a b)` and its rows; without rows, what never holds.
fn combinations(
    writer: &Writer<'_>,
    columns: &[AttributeIndex],
    rows: &[Vec<String>],
    text: &mut String,
) {
    let names: Vec<String> = columns
        .iter()
        .map(|it| writer.names.attribute(*it))
        .collect();
    if rows.is_empty() {
        text.push_str("    require 1 = 0\n");
        return;
    }
    let _ = writeln!(text, "    combinations ({})", names.join(" "));
    for row in rows {
        let _ = writeln!(text, "    allow ({})", row.join(", "));
    }
}
