//! Formulas in conjunctive normal form (DIMACS), as product models.
//!
//! Every variable becomes a yes/no attribute that is called by its number, every clause a rule.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Condition, Model, Rule,
};

use crate::diagnostic::Report;
use crate::{Diagnostic, Location, imported};

/// So many variables are far beyond any product; a header alone must not fill the memory.
const MOST_VARIABLES: usize = 1_000_000;

/// Reads the DIMACS file called `name`. There is no model where a diagnostic is an error.
pub fn read(name: &str, text: &str) -> (Option<Model>, Vec<Diagnostic>) {
    let mut reader = Reader {
        name,
        report: Report::default(),
        variables: None,
        clauses: Vec::new(),
        open: BTreeMap::new(),
    };
    reader.lines(text);
    let model = reader.model(text);
    let model = model.filter(|_| !reader.report.has_errors());
    (model, reader.report.finish())
}

struct Reader<'a> {
    name: &'a str,
    report: Report,
    variables: Option<usize>,
    clauses: Vec<BTreeMap<usize, Sign>>,
    /// The clause that is being read.
    open: BTreeMap<usize, Sign>,
}

/// How a clause has a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Yes,
    No,
    Both,
}

impl Reader<'_> {
    fn lines(&mut self, text: &str) {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let content = line.trim();
            let bytes = start..start + line.trim_end().len();
            start += line.len();
            match content.chars().next() {
                None | Some('c') => {}
                Some('p') => self.header(content, bytes),
                // Some collections end their files so.
                Some('%') => break,
                Some(_) => self.literals(content, bytes),
            }
        }
        if !self.open.is_empty() {
            self.refuse(
                text.len()..text.len(),
                "the last clause does not end with 0",
            );
        }
    }

    fn header(&mut self, line: &str, bytes: std::ops::Range<usize>) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let variables = match words.as_slice() {
            ["p", "cnf", variables, _] => variables.parse().ok(),
            _ => None,
        };
        match variables {
            Some(variables) if variables <= MOST_VARIABLES && self.variables.is_none() => {
                self.variables = Some(variables);
            }
            _ => self.refuse(bytes, "expected one line `p cnf VARIABLES CLAUSES`"),
        }
    }

    fn literals(&mut self, line: &str, bytes: std::ops::Range<usize>) {
        let Some(variables) = self.variables else {
            // Once is enough.
            self.variables = Some(MOST_VARIABLES);
            return self.refuse(
                bytes,
                "`p cnf VARIABLES CLAUSES` must come before the clauses",
            );
        };
        for word in line.split_whitespace() {
            match word.parse::<i64>() {
                Ok(0) => self.clauses.push(std::mem::take(&mut self.open)),
                Ok(literal) => match usize::try_from(literal.unsigned_abs()) {
                    Ok(number) if number <= variables => self.literal(number, literal > 0),
                    _ => self.refuse(bytes.clone(), format!("there is no variable {literal}")),
                },
                Err(_) => self.refuse(bytes.clone(), format!("`{word}` is not an integer")),
            }
        }
    }

    fn literal(&mut self, number: usize, yes: bool) {
        let sign = if yes { Sign::Yes } else { Sign::No };
        let known = self.open.entry(number - 1).or_insert(sign);
        if *known != sign {
            *known = Sign::Both;
        }
    }

    fn model(&mut self, text: &str) -> Option<Model> {
        let Some(variables) = self.variables else {
            self.refuse(0..0, "this is no DIMACS file: `p cnf` is missing");
            return None;
        };
        if self.report.has_errors() {
            return None;
        }
        let flag = |number: usize| -> Attribute {
            imported::attribute(&number.to_string(), AttributeDomain::Flag)
        };
        let attributes = (1..=variables).map(flag).collect();
        let mut model = imported::model(self.name, text, attributes);
        model.rules = (self.clauses.iter().enumerate())
            .filter(|(_, clause)| clause.values().all(|it| *it != Sign::Both))
            .map(|(position, clause)| rule(position, clause))
            .collect();
        Some(model)
    }

    fn refuse(&mut self, bytes: std::ops::Range<usize>, message: impl Into<String>) {
        let location = Location::bytes(self.name, bytes);
        self.report
            .push(Diagnostic::error("dimacs", location, message));
    }
}

fn rule(position: usize, clause: &BTreeMap<usize, Sign>) -> Rule {
    let code = format!("clause-{}", position + 1);
    let literals = clause.iter().map(|(attribute, sign)| Condition::Is {
        attribute: AttributeIndex(*attribute),
        options: vec![usize::from(*sign == Sign::Yes)],
    });
    Rule {
        explanation: imported::words(&code),
        code,
        when: None,
        require: Condition::Any(literals.collect()),
    }
}
