//! Constraints by formula, in the functional notation of XCSP 2.1.

use super::Reader;
use roxmltree::Node;

/// Deeper nesting than any formula has; keeps hostile input from exhausting the stack.
const MAX_DEPTH: usize = 200;

/// A formula over the parameters of a predicate.
#[derive(Clone, Debug)]
enum Term {
    Number(i64),
    /// Position among the parameters.
    Parameter(usize),
    Call(Operator, Vec<Term>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Negate,
    Absolute,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Minimum,
    Maximum,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
    LessOrEqual,
    Less,
    Not,
    And,
    Or,
    Xor,
    Equivalent,
    If,
}

/// Names of operators, with how many arguments they take.
const OPERATORS: [(&str, Operator, usize); 22] = [
    ("neg", Operator::Negate, 1),
    ("abs", Operator::Absolute, 1),
    ("add", Operator::Add, 2),
    ("sub", Operator::Subtract, 2),
    ("mul", Operator::Multiply, 2),
    ("div", Operator::Divide, 2),
    ("mod", Operator::Remainder, 2),
    ("pow", Operator::Power, 2),
    ("min", Operator::Minimum, 2),
    ("max", Operator::Maximum, 2),
    ("eq", Operator::Equal, 2),
    ("ne", Operator::NotEqual, 2),
    ("ge", Operator::GreaterOrEqual, 2),
    ("gt", Operator::Greater, 2),
    ("le", Operator::LessOrEqual, 2),
    ("lt", Operator::Less, 2),
    ("not", Operator::Not, 1),
    ("and", Operator::And, 2),
    ("or", Operator::Or, 2),
    ("xor", Operator::Xor, 2),
    ("iff", Operator::Equivalent, 2),
    ("if", Operator::If, 3),
];

/// A formula with the number of its parameters.
#[derive(Clone, Debug)]
pub(super) struct Predicate {
    pub(super) parameters: usize,
    term: Term,
}

impl Predicate {
    /// Whether it holds for these parameters. Where something cannot be worked out, such as a
    /// division by zero, it does not.
    pub(super) fn holds(&self, parameters: &[i64]) -> bool {
        evaluate(&self.term, parameters).is_some_and(|it| it != 0)
    }
}

impl<'a> Reader<'a> {
    pub(super) fn predicate(&mut self, node: Node<'a, '_>) -> Option<Predicate> {
        let text = |tag: &str| node.descendants().find(|it| it.has_tag_name(tag))?.text();
        let words = text("parameters").unwrap_or("").split_whitespace();
        // Each has a type before it.
        let names: Vec<&str> = words.filter(|it| *it != "int").collect();
        let Some(formula) = text("functional") else {
            let message = "only predicates in functional notation are supported";
            self.refuse_node("xcsp-predicate", node, message);
            return None;
        };
        let mut parser = Parser {
            rest: formula,
            names: &names,
        };
        let read = parser.term(0).and_then(|term| match parser.rest.trim() {
            "" => Ok(term),
            rest => Err(format!("`{rest}` is left over")),
        });
        match read {
            Ok(term) => Some(Predicate {
                parameters: names.len(),
                term,
            }),
            Err(what) => {
                self.refuse_node("xcsp-predicate", node, what);
                None
            }
        }
    }
}

struct Parser<'t> {
    rest: &'t str,
    names: &'t [&'t str],
}

impl Parser<'_> {
    fn term(&mut self, depth: usize) -> Result<Term, String> {
        if depth > MAX_DEPTH {
            return Err("this formula is nested too deeply".to_owned());
        }
        self.rest = self.rest.trim_start();
        let end = self
            .rest
            .find(|it: char| "(),".contains(it) || it.is_whitespace());
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        if !self.eat('(') {
            let parameter = self.names.iter().position(|it| *it == word);
            return match (parameter, word.parse()) {
                (Some(parameter), _) => Ok(Term::Parameter(parameter)),
                (None, Ok(number)) => Ok(Term::Number(number)),
                _ => Err(format!("`{word}` is neither a parameter nor a number")),
            };
        }
        let operator = OPERATORS.iter().find(|it| it.0 == word);
        let (_, operator, count) =
            operator.ok_or_else(|| format!("the operator `{word}` is not supported"))?;
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.term(depth + 1)?);
            if self.eat(')') {
                break;
            }
            if !self.eat(',') {
                return Err(format!(
                    "`,` or `)` is missing after an argument of `{word}`"
                ));
            }
        }
        match arguments.len() == *count {
            true => Ok(Term::Call(*operator, arguments)),
            false => Err(format!("`{word}` takes {count} arguments")),
        }
    }

    fn eat(&mut self, symbol: char) -> bool {
        self.rest = self.rest.trim_start();
        let rest = self.rest.strip_prefix(symbol);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

/// The worth of a term, 1 and 0 for true and false.
fn evaluate(term: &Term, parameters: &[i64]) -> Option<i64> {
    let (operator, arguments) = match term {
        Term::Number(number) => return Some(*number),
        Term::Parameter(parameter) => return parameters.get(*parameter).copied(),
        Term::Call(operator, arguments) => (operator, arguments),
    };
    let worth = |position: usize| evaluate(arguments.get(position)?, parameters);
    let first = worth(0)?;
    // Only the side that is asked for has to have a worth.
    if *operator == Operator::If {
        return if first != 0 { worth(1) } else { worth(2) };
    }
    let second = match arguments.len() {
        1 => 0,
        _ => worth(1)?,
    };
    let (left, right) = (first != 0, second != 0);
    match operator {
        Operator::Negate => first.checked_neg(),
        Operator::Absolute => first.checked_abs(),
        Operator::Add => first.checked_add(second),
        Operator::Subtract => first.checked_sub(second),
        Operator::Multiply => first.checked_mul(second),
        Operator::Divide => first.checked_div(second),
        Operator::Remainder => first.checked_rem(second),
        Operator::Power => first.checked_pow(u32::try_from(second).ok()?),
        Operator::Minimum => Some(first.min(second)),
        Operator::Maximum => Some(first.max(second)),
        Operator::Equal => Some(i64::from(first == second)),
        Operator::NotEqual => Some(i64::from(first != second)),
        Operator::GreaterOrEqual => Some(i64::from(first >= second)),
        Operator::Greater => Some(i64::from(first > second)),
        Operator::LessOrEqual => Some(i64::from(first <= second)),
        Operator::Less => Some(i64::from(first < second)),
        Operator::Not => Some(i64::from(!left)),
        Operator::And => Some(i64::from(left && right)),
        Operator::Or => Some(i64::from(left || right)),
        Operator::Xor => Some(i64::from(left != right)),
        Operator::Equivalent => Some(i64::from(left == right)),
        Operator::If => None,
    }
}
