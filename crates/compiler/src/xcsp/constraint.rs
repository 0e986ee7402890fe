//! Constraints by table.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{AttributeIndex, Condition, Model, Relation, Rule};
use roxmltree::Node;

use super::Reader;
use super::predicate::Predicate;
use crate::imported;

/// Tables of what may not be are turned into tables of what may be up to so many rows,
/// beyond that into a condition.
const MOST_ROWS: usize = 1 << 16;

impl<'a> Reader<'a> {
    pub(super) fn constraint(
        &mut self,
        node: Node<'a, '_>,
        relations: &BTreeMap<&str, Node<'a, '_>>,
        model: &mut Model,
    ) {
        let Some(reference) = self.attribute(node, "reference") else {
            return;
        };
        let Some(columns) = self.scope(node) else {
            return;
        };
        if let Some(name) = reference.strip_prefix("global:") {
            return self.global(node, name, &columns, model);
        }
        if let Some(predicate) = self.predicates.get(reference).cloned() {
            return self.formula(node, &predicate, &columns, model);
        }
        let Some(relation) = relations.get(reference) else {
            let message = format!("`{reference}` is neither a table nor a predicate");
            self.refuse_node("xcsp-constraint", node, message);
            return;
        };
        let code = node.attribute("name").unwrap_or(reference).to_owned();
        let rows = self.rows(*relation, &columns);
        match relation.attribute("semantics").unwrap_or("supports") {
            "supports" => model.relations.push(Relation {
                explanation: imported::words(&code),
                code,
                columns,
                cells: rows.into_iter().flatten().collect(),
            }),
            "conflicts" => self.exclude(code, columns, &rows, model),
            other => {
                let message = format!("the semantics `{other}` is not supported");
                self.refuse_node("xcsp-semantics", *relation, message);
            }
        }
    }

    /// A predicate becomes a table of all that it allows.
    fn formula(
        &mut self,
        node: Node<'a, '_>,
        predicate: &Predicate,
        columns: &[AttributeIndex],
        model: &mut Model,
    ) {
        let parameters = super::child(node, "parameters").and_then(|it| it.text());
        // What each parameter is: the column of a variable, or a number.
        let given: Option<Vec<Result<usize, i64>>> = (parameters.unwrap_or(""))
            .split_whitespace()
            .map(|word| {
                let column = self.variables.get(word);
                match column.and_then(|it| columns.iter().position(|column| column == it)) {
                    Some(column) => Some(Ok(column)),
                    None => word.parse().ok().map(Err),
                }
            })
            .collect();
        let given = given.filter(|it| it.len() == predicate.parameters);
        let sizes = columns.iter().map(|it| self.values[it.0].len());
        let product = sizes
            .clone()
            .try_fold(1_usize, |product, size| product.checked_mul(size));
        let (Some(given), true) = (given, product.is_some_and(|it| it <= MOST_ROWS)) else {
            let message = format!(
                "a predicate needs a variable of its scope or an integer for each parameter, and at most {MOST_ROWS} combinations of values"
            );
            return self.refuse_node("xcsp-constraint", node, message);
        };
        let kept = combinations(sizes).into_iter().filter(|row| {
            let value = |column: usize| {
                let values = self.values.get(columns.get(column)?.0)?;
                values.iter().nth(usize::from(*row.get(column)?))
            };
            let given = given.iter().map(|it| match it {
                Ok(column) => value(*column),
                Err(number) => Some(*number),
            });
            let given: Option<Vec<i64>> = given.collect();
            given.is_some_and(|it| predicate.holds(&it))
        });
        let code = node.attribute("name").unwrap_or("predicate").to_owned();
        model.relations.push(Relation {
            explanation: imported::words(&code),
            code,
            columns: columns.to_vec(),
            cells: kept.flatten().collect(),
        });
    }

    fn scope(&mut self, node: Node<'a, '_>) -> Option<Vec<AttributeIndex>> {
        let mut columns = Vec::new();
        for name in self.attribute(node, "scope")?.split_whitespace() {
            let problem = match self.variables.get(name) {
                Some(column) if columns.contains(column) => "is in the scope twice",
                Some(column) => {
                    columns.push(*column);
                    continue;
                }
                None => "is not a variable",
            };
            self.refuse_node("xcsp-scope", node, format!("`{name}` {problem}"));
            return None;
        }
        if columns.is_empty() {
            self.refuse_node("xcsp-scope", node, "the scope is empty");
            return None;
        }
        Some(columns)
    }

    /// The rows by position, without those that no domain has.
    fn rows(&mut self, relation: Node<'a, '_>, columns: &[AttributeIndex]) -> Vec<Vec<u16>> {
        let mut rows = Vec::new();
        let text = relation.text().unwrap_or("");
        for row in text.split('|').map(str::trim).filter(|it| !it.is_empty()) {
            let numbers: Result<Vec<i64>, _> = row.split_whitespace().map(str::parse).collect();
            match numbers {
                Ok(numbers) if numbers.len() == columns.len() => {
                    let position = |(value, column): (&i64, &AttributeIndex)| {
                        self.values.get(column.0)?.position(*value)
                    };
                    rows.extend(
                        (numbers.iter().zip(columns))
                            .map(position)
                            .collect::<Option<Vec<u16>>>(),
                    );
                }
                _ => {
                    let message = format!("the row `{row}` is not {} integers", columns.len());
                    self.refuse_node("xcsp-row", relation, message);
                    break;
                }
            }
        }
        rows
    }

    fn exclude(
        &self,
        code: String,
        columns: Vec<AttributeIndex>,
        rows: &[Vec<u16>],
        model: &mut Model,
    ) {
        let explanation = imported::words(&code);
        let sizes = columns.iter().map(|it| self.values[it.0].len());
        let product = sizes
            .clone()
            .try_fold(1_usize, |product, size| product.checked_mul(size));
        if product.is_some_and(|it| it <= MOST_ROWS) {
            let excluded: BTreeSet<&[u16]> = rows.iter().map(Vec::as_slice).collect();
            let all = combinations(sizes);
            let kept = all
                .into_iter()
                .filter(|it| !excluded.contains(it.as_slice()));
            model.relations.push(Relation {
                code,
                columns,
                cells: kept.flatten().collect(),
                explanation,
            });
        } else {
            let require = rows.iter().map(|row| differs(&columns, row)).collect();
            model.rules.push(Rule {
                code,
                when: None,
                require: Condition::All(require),
                explanation,
            });
        }
    }
}

/// Every row of positions below `sizes`, in order.
fn combinations(sizes: impl Iterator<Item = usize>) -> Vec<Vec<u16>> {
    let mut rows = vec![Vec::new()];
    for size in sizes {
        let positions = 0..u16::try_from(size).unwrap_or(u16::MAX);
        let longer = |row: &Vec<u16>, position| [row.as_slice(), &[position]].concat();
        rows = (rows.iter())
            .flat_map(|row| positions.clone().map(move |position| longer(row, position)))
            .collect();
    }
    rows
}

/// At least one column has another value.
fn differs(columns: &[AttributeIndex], row: &[u16]) -> Condition {
    let cells = columns.iter().zip(row).map(|(attribute, position)| {
        Condition::Not(Box::new(Condition::Is {
            attribute: *attribute,
            options: vec![usize::from(*position)],
        }))
    });
    Condition::Any(cells.collect())
}
