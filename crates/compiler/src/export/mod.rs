//! Writes a flat model as COOM text, where COOM has words for all that is in it.
//!
//! Options become enumerations, yes/no attributes an enumeration of `No` and `Yes` that
//! counts 0 and 1, relations and tables `combinations`, rules `require`. Every part becomes an
//! optional feature with a structure of its own.

mod expressions;
mod names;

use std::fmt::Write as _;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Cell, Model, NumberRange, OptionList, Part, Value,
};

use expressions::Writer;
use names::{Names, container};

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
    let mut text = format!("// {}\n\n", one_line(&model.product));
    features(model, &names, None, &mut text)?;
    for (index, attribute) in model.indices().zip(&model.attributes) {
        match &attribute.domain {
            AttributeDomain::Presence(_) => {
                text.push('\n');
                features(model, &names, Some(index), &mut text)?;
            }
            AttributeDomain::Options(list) => enumeration(&names, index, list, &mut text),
            _ => {}
        }
    }
    if (model.attributes.iter()).any(|it| it.domain == AttributeDomain::Flag) {
        let _ = write!(
            text,
            "\nenumeration {CHOICE} {{\n    attribute num value\n    No = (0)\n    Yes = (1)\n}}\n"
        );
    }
    behavior(&writer, &mut text)?;
    Ok(text)
}

/// The features of the product, or of one of its parts.
fn features(
    model: &Model,
    names: &Names,
    part: Option<AttributeIndex>,
    text: &mut String,
) -> Result<(), NotInCoom> {
    // Writing to a string does not fail.
    let _ = match part {
        None => writeln!(text, "product {{"),
        Some(part) => writeln!(text, "structure {} {{", names.enumeration(part)),
    };
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if container(model, index) == part {
            feature(names, index, attribute, text)?;
        }
    }
    text.push_str("}\n");
    Ok(())
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
    if attribute.formula.is_some() {
        return refuse("the formula", code);
    }
    let name = names.attribute(index);
    let kind = match &attribute.domain {
        AttributeDomain::Flag => CHOICE.to_owned(),
        AttributeDomain::Options(_) => names.enumeration(index),
        AttributeDomain::Number(range) => number(range, code)?,
        AttributeDomain::Presence(_) => format!("0..1 {}", names.enumeration(index)),
    };
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
    if !whole {
        return refuse("the range", code);
    }
    let decimals = match digits {
        0 => String::new(),
        digits => format!(" .{}", "#".repeat(digits as usize)),
    };
    let max = range.max.normalize();
    Ok(match (range.unbounded_below, range.unbounded_above) {
        (false, false) => format!("num{decimals} {min}-{max}"),
        (false, true) => format!("num{decimals} {min}-\u{221e}"),
        (true, false) => format!("num{decimals} -\u{221e}-{max}"),
        (true, true) => format!("num{decimals}"),
    })
}

fn enumeration(names: &Names, index: AttributeIndex, list: &OptionList, text: &mut String) {
    let _ = writeln!(text, "\nenumeration {} {{", names.enumeration(index));
    for property in 0..list.properties.len() {
        let _ = writeln!(text, "    attribute num {}", names::property(property));
    }
    text.push_str("    attribute num position\n");
    for (option, item) in list.options.iter().enumerate() {
        let name = names.option(index, option);
        let numbers = item.properties.iter().map(ToString::to_string);
        let numbers: Vec<String> = numbers.chain([(option + 1).to_string()]).collect();
        let _ = write!(text, "    {name} = ({})", numbers.join(", "));
        let _ = match name == item.code {
            true => writeln!(text),
            false => writeln!(text, " // {}", one_line(&item.code)),
        };
    }
    text.push_str("}\n");
}

fn behavior(writer: &Writer<'_>, text: &mut String) -> Result<(), NotInCoom> {
    let model = writer.model;
    text.push_str("\nbehavior {\n");
    for (index, attribute) in model.indices().zip(&model.attributes) {
        if let AttributeDomain::Presence(part) = &attribute.domain {
            presence(writer, index, part, text);
        }
    }
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
        let demands = writer.demands(&rule.require, &rule.code)?;
        let _ = match demands.as_slice() {
            [only] => writeln!(text, "    require {only}"),
            many => writeln!(text, "    {{ require {} }}", many.join("; require ")),
        };
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

/// That a part comes after the one before it, and with the one that it must come with.
fn presence(writer: &Writer<'_>, index: AttributeIndex, part: &Part, text: &mut String) {
    let count = |it: AttributeIndex| format!("count({})", writer.names.path(it));
    if let Some(previous) = part.previous {
        let _ = writeln!(text, "    require {} <= {}", count(index), count(previous));
    }
    if part.required {
        let owner = part.owner.map_or("1".to_owned(), count);
        let _ = writeln!(text, "    require {} >= {owner}", count(index));
    }
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
    let names: Vec<String> = columns.iter().map(|it| writer.names.path(*it)).collect();
    if rows.is_empty() {
        text.push_str("    require 1 = 0\n");
        return;
    }
    let _ = writeln!(text, "    combinations ({})", names.join(" "));
    for row in rows {
        let _ = writeln!(text, "    allow ({})", row.join(", "));
    }
}
