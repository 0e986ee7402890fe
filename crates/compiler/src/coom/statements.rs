//! What behaviors consist of.

use quotewright_engine::catalog::Comparison;

use super::ast::{
    Block, CombinationAtom, CombinationCell, CombinationRow, Combinations, Definition, Directive,
    Name, Statement, StatementKind,
};
use super::lexer::TokenKind;
use super::parser::Parser;
use crate::problem::Problem;

/// Words that start a statement or go with one.
const STATEMENTS: [&str; 17] = [
    "define",
    "explanation",
    "condition",
    "require",
    "prefer",
    "combinations",
    "allow",
    "forbid",
    "default",
    "imply",
    "minimize",
    "maximize",
    "readwrite",
    "readonly",
    "hide",
    "message",
    "exists",
];

impl Parser<'_> {
    /// Definitions and statements in braces.
    pub(super) fn block(&mut self) -> Result<Block, Problem> {
        let mut block = Block::default();
        let mut item = |parser: &mut Self| {
            if parser.take_word("define") {
                block.definitions.push(parser.definition()?);
            } else {
                block.statements.push(parser.statement()?);
            }
            Ok(())
        };
        self.nested(|parser| parser.body(&mut item, Self::is_statement))?;
        Ok(block)
    }

    /// Whether a statement may start here, for reading on after a mistake.
    fn is_statement(&self) -> bool {
        self.starts_line(0) && self.word(0).is_some_and(|word| STATEMENTS.contains(&word))
    }

    fn definition(&mut self) -> Result<Definition, Problem> {
        let name = self.name("a name")?;
        self.expect("=")?;
        let formula = self.formula()?;
        self.end_of_statement()?;
        Ok(Definition { name, formula })
    }

    /// A statement with its explanation and its conditions, each on a line of its own.
    fn statement(&mut self) -> Result<Statement, Problem> {
        let mut explanation: Option<Name> = None;
        let mut conditions = Vec::new();
        loop {
            let span = self.span();
            if self.take_word("explanation") {
                if explanation.is_some() {
                    let message = "a statement can have one explanation only";
                    self.note(Problem::new(span, "syntax", message));
                }
                explanation = Some(self.text()?);
            } else if self.take_word("condition") {
                conditions.push(self.condition()?);
            } else {
                break;
            }
            self.end_of_statement()?;
            while self.take_symbol(";") {}
        }
        let start = self.span().start;
        let kind = self.statement_kind()?;
        if !matches!(kind, StatementKind::Block(_) | StatementKind::Exists { .. }) {
            self.end_of_statement()?;
        }
        Ok(Statement {
            span: start..self.end(),
            explanation,
            conditions,
            kind,
        })
    }

    /// The next line, a `;`, the end of the block or the next statement.
    fn end_of_statement(&self) -> Result<(), Problem> {
        let is_statement = self.word(0).is_some_and(|word| STATEMENTS.contains(&word));
        match self.is_end(0) || is_statement || self.is_symbol("{") {
            true => Ok(()),
            false => Err(self.unexpected("an operator or the end of the line")),
        }
    }

    fn statement_kind(&mut self) -> Result<StatementKind, Problem> {
        if self.is_symbol("{") {
            return self.block().map(StatementKind::Block);
        }
        let Some(word) = self.word(0) else {
            return Err(self.unexpected("a statement"));
        };
        let read = match word {
            "require" => Self::require,
            "prefer" => Self::prefer,
            "combinations" => Self::combinations,
            "default" => Self::default_value,
            "imply" => Self::imply,
            "minimize" => Self::minimize,
            "maximize" => Self::maximize,
            "readwrite" => Self::readwrite,
            "readonly" => Self::readonly,
            "hide" => Self::hide,
            "message" => Self::message,
            "exists" => Self::exists,
            "allow" | "forbid" => {
                let problem = self.unexpected("a statement");
                return Err(problem.hint("write it below a `combinations (...)`"));
            }
            _ => return Err(self.unexpected("a statement")),
        };
        self.advance();
        read(self)
    }

    fn require(&mut self) -> Result<StatementKind, Problem> {
        self.condition().map(StatementKind::Require)
    }

    fn prefer(&mut self) -> Result<StatementKind, Problem> {
        Ok(StatementKind::Prefer {
            penalty: self.weight("a penalty")?,
            condition: self.condition()?,
        })
    }

    /// `/5`, where it is there.
    fn weight(&mut self, wanted: &str) -> Result<Option<u32>, Problem> {
        match self.take_symbol("/") {
            true => self.count(wanted).map(Some),
            false => Ok(None),
        }
    }

    fn default_value(&mut self) -> Result<StatementKind, Problem> {
        let priority = self.weight("a priority")?;
        let path = self.path("a path")?;
        self.expect("=")?;
        let value = self.formula()?;
        Ok(StatementKind::Default {
            priority,
            path,
            value,
        })
    }

    fn imply(&mut self) -> Result<StatementKind, Problem> {
        let path = self.path("a path")?;
        self.expect("=")?;
        let value = self.formula()?;
        Ok(StatementKind::Imply { path, value })
    }

    fn minimize(&mut self) -> Result<StatementKind, Problem> {
        self.optimize(true)
    }

    fn maximize(&mut self) -> Result<StatementKind, Problem> {
        self.optimize(false)
    }

    fn optimize(&mut self, minimize: bool) -> Result<StatementKind, Problem> {
        Ok(StatementKind::Optimize {
            minimize,
            priority: self.weight("a priority")?,
            formula: self.formula()?,
        })
    }

    fn readwrite(&mut self) -> Result<StatementKind, Problem> {
        self.interaction(Directive::ReadWrite)
    }

    fn readonly(&mut self) -> Result<StatementKind, Problem> {
        self.interaction(Directive::ReadOnly)
    }

    fn hide(&mut self) -> Result<StatementKind, Problem> {
        self.interaction(Directive::Hide)
    }

    fn interaction(&mut self, directive: Directive) -> Result<StatementKind, Problem> {
        if self.is_symbol("/") {
            let what = "priorities of `hide`, `readonly` and `readwrite`";
            return Err(Problem::unsupported(self.span(), what));
        }
        let path = self.path("a path")?;
        if self.is_name(0) && self.end_of_statement().is_err() {
            let what = "names after the path here";
            return Err(Problem::unsupported(self.span(), what));
        }
        Ok(StatementKind::Interaction { directive, path })
    }

    fn message(&mut self) -> Result<StatementKind, Problem> {
        let level = match self.take_symbol("/") {
            true => Some(self.level()?),
            false => None,
        };
        let text = self.text()?;
        Ok(StatementKind::Message { level, text })
    }

    fn level(&mut self) -> Result<Name, Problem> {
        let levels = ["debug", "info", "warn", "error", "explain"];
        match self.word(0).filter(|word| levels.contains(word)) {
            Some(_) => self.name("a level"),
            None => Err(self.unexpected("`debug`, `info`, `warn`, `error` or `explain`")),
        }
    }

    fn text(&mut self) -> Result<Name, Problem> {
        self.name("a text in quotation marks")
    }

    /// `exists b in bag, p in b.pocket { ... }`.
    fn exists(&mut self) -> Result<StatementKind, Problem> {
        let mut variables = Vec::new();
        while !self.is_symbol("{") {
            let name = self.name("a name")?;
            if !self.take_word("in") {
                return Err(self.unexpected("`in`"));
            }
            variables.push((name, self.path("a path")?));
            self.take_symbol(",");
        }
        if variables.is_empty() {
            return Err(self.unexpected("a name"));
        }
        let block = self.block()?;
        Ok(StatementKind::Exists { variables, block })
    }

    fn combinations(&mut self) -> Result<StatementKind, Problem> {
        let columns = self.list(Self::formula).unwrap_or_else(|problem| {
            self.skip_row(problem);
            Vec::new()
        });
        let mut rows = Vec::new();
        loop {
            while self.take_symbol(";") {}
            if !matches!(self.word(0), Some("allow" | "forbid")) {
                break;
            }
            match self.row() {
                Ok(row) => rows.push(row),
                Err(problem) => self.skip_row(problem),
            }
        }
        Ok(StatementKind::Combinations(Combinations { columns, rows }))
    }

    /// Goes on to the next row or statement.
    fn skip_row(&mut self, problem: Problem) {
        self.note(problem);
        let is_end =
            |found: &TokenKind<'_>| matches!(found, TokenKind::End | TokenKind::Symbol("}"));
        while !self.is_statement() && !is_end(self.peek()) {
            self.advance();
        }
    }

    /// What stands in brackets, with or without commas.
    fn list<T>(&mut self, item: fn(&mut Self) -> Result<T, Problem>) -> Result<Vec<T>, Problem> {
        self.expect("(")?;
        let in_row = std::mem::replace(&mut self.in_row, true);
        let items = self.items(item);
        self.in_row = in_row;
        items
    }

    fn row(&mut self) -> Result<CombinationRow, Problem> {
        let start = self.span().start;
        let allow = self.take_word("allow") || !self.take_word("forbid");
        let cells = self.list(Self::cell)?;
        self.end_of_statement()?;
        Ok(CombinationRow {
            span: start..self.end(),
            allow,
            cells,
        })
    }

    /// `-*-`, `B20` or `(B20, >= 50)`.
    fn cell(&mut self) -> Result<CombinationCell, Problem> {
        if self.take_symbol("-*-") {
            return Ok(CombinationCell::Any);
        }
        if !self.is_symbol("(") {
            return Ok(CombinationCell::OneOf(vec![self.cell_atom()?]));
        }
        self.list(Self::cell_atom).map(CombinationCell::OneOf)
    }

    fn cell_atom(&mut self) -> Result<CombinationAtom, Problem> {
        let comparison = self.take_comparison();
        Ok(CombinationAtom {
            comparison: comparison.unwrap_or(Comparison::Equal),
            value: self.formula()?,
        })
    }
}
