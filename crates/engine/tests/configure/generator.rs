//! Small random models with every construct of the language.

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Cell, Comparison, Condition, FORMAT, Formula,
    Model, NumberRange, OptionItem, OptionList, Part, Relation, Rule, Table, Text, Value, Wish,
};
use rust_decimal::Decimal;

use crate::random::Random;

/// More assignments than this would make brute force slow.
const MOST_ASSIGNMENTS: usize = 1200;

pub fn model(seed: u64) -> Model {
    let mut generator = Generator {
        random: Random::new(seed),
        attributes: Vec::new(),
    };
    generator.parts();
    generator.attributes();
    let rules = (0..generator.random.below(5))
        .map(|_| generator.rule())
        .collect();
    let tables = (0..generator.random.below(3))
        .map(|_| generator.table())
        .collect();
    let relations = (0..generator.random.below(6) / 4)
        .map(|_| generator.relation())
        .collect();
    Model {
        format: FORMAT,
        catalog: "random".into(),
        hash: String::new(),
        product: seed.to_string(),
        name: Text::default(),
        description: Text::default(),
        lead_days: 0,
        locales: vec!["en".into()],
        groups: Vec::new(),
        attributes: generator.attributes,
        rules,
        tables,
        relations,
        ..Model::default()
    }
}

struct Generator {
    random: Random,
    attributes: Vec<Attribute>,
}

impl Generator {
    /// Some models have parts, the places of which come first.
    fn parts(&mut self) {
        if self.random.once_in(2) {
            return;
        }
        for place in 0..self.random.within(1, 3) as usize {
            let earlier = |random: &mut Random| {
                (place > 0 && random.once_in(2)).then(|| AttributeIndex(random.below(place)))
            };
            let part = Part {
                path: format!("p{place}"),
                owner: earlier(&mut self.random),
                previous: earlier(&mut self.random),
                required: self.random.once_in(4),
            };
            let domain = AttributeDomain::Presence(part);
            let wish = self.random.once_in(3).then(|| self.wish(&domain));
            let presence = self.plain(domain, wish, None);
            self.attributes.push(presence);
        }
    }

    fn presences(&self) -> Vec<AttributeIndex> {
        let presence =
            |it: &usize| matches!(self.attributes[*it].domain, AttributeDomain::Presence(_));
        let all = (0..self.attributes.len()).filter(presence);
        all.map(AttributeIndex).collect()
    }

    fn attributes(&mut self) {
        let parts = self.attributes.len();
        let count = parts + self.random.within(2, 6) as usize;
        let mut assignments = 1 << parts;
        while self.attributes.len() < count {
            let mut attribute = self.attribute();
            if parts > 0 && !self.random.once_in(3) {
                attribute.part = Some(AttributeIndex(self.random.below(parts)));
            }
            assignments *= attribute.domain.size().unwrap();
            if assignments > MOST_ASSIGNMENTS {
                return;
            }
            self.attributes.push(attribute);
        }
    }

    fn attribute(&mut self) -> Attribute {
        let domain = match self.random.below(5) {
            0 | 1 => AttributeDomain::Options(self.options()),
            2 => AttributeDomain::Flag,
            _ => AttributeDomain::Number(self.range()),
        };
        let is_number = matches!(domain, AttributeDomain::Number(_));
        let formula = (is_number && self.random.once_in(3)).then(|| self.formula(2));
        let domain = match formula {
            Some(_) if !self.random.once_in(5) => AttributeDomain::Number(self.wide_range()),
            _ => domain,
        };
        let wish = (formula.is_none() && self.random.once_in(2)).then(|| self.wish(&domain));
        self.plain(domain, wish, formula)
    }

    fn plain(
        &self,
        domain: AttributeDomain,
        wish: Option<Wish>,
        formula: Option<Formula>,
    ) -> Attribute {
        Attribute {
            code: format!("a{}", self.attributes.len()),
            label: Text::default(),
            help: Text::default(),
            group: 0,
            domain,
            wish,
            formula,
            part: None,
            access: Default::default(),
        }
    }

    fn options(&mut self) -> OptionList {
        let properties = self.random.below(3);
        let option = |(position, values)| OptionItem {
            code: format!("o{position}"),
            part_number: String::new(),
            label: Text::default(),
            description: Text::default(),
            lead_days: 0,
            properties: values,
        };
        let values: Vec<Vec<Decimal>> = (0..self.random.within(1, 5))
            .map(|_| (0..properties).map(|_| self.decimal()).collect())
            .collect();
        OptionList {
            properties: (0..properties).map(|it| format!("p{it}")).collect(),
            options: values.into_iter().enumerate().map(option).collect(),
        }
    }

    fn range(&mut self) -> NumberRange {
        let min = self.decimal();
        let step = self.random.pick(&["1", "1", "2", "0.5", "0.3", "10"]);
        let step: Decimal = step.parse().unwrap();
        let steps = if self.random.once_in(6) {
            self.random.within(10, 60)
        } else {
            self.random.within(0, 4)
        };
        NumberRange {
            min,
            max: min + step * Decimal::from(steps),
            step,
            unit: String::new(),
            unbounded_below: self.random.once_in(6),
            unbounded_above: self.random.once_in(6),
        }
    }

    /// Wide enough for what most formulas come to.
    fn wide_range(&mut self) -> NumberRange {
        let (low, steps) = self.random.pick(&[(0, 10), (-20, 20), (-5, 40)]);
        let step = self.random.pick(&[Decimal::TWO, Decimal::from(5)]);
        NumberRange {
            min: Decimal::from(low),
            max: Decimal::from(low) + step * Decimal::from(steps),
            step,
            unit: String::new(),
            unbounded_below: false,
            unbounded_above: false,
        }
    }

    fn decimal(&mut self) -> Decimal {
        let scale = self.random.pick(&[0, 0, 0, 1, 2]);
        let end = 6 * 10_i64.pow(scale);
        let low = self.random.pick(&[0, 0, -end]);
        Decimal::new(self.random.within(low, end), scale)
    }

    fn wish(&mut self, domain: &AttributeDomain) -> Wish {
        match self.random.below(3) {
            0 => Wish::First,
            1 => Wish::Last,
            _ => Wish::Value(self.value(domain)),
        }
    }

    fn value(&mut self, domain: &AttributeDomain) -> Value {
        let position = self.random.below(domain.size().unwrap());
        domain.value_at(position).unwrap()
    }

    /// An index of an attribute for which `fits` holds.
    fn index(&mut self, fits: impl Fn(&AttributeDomain) -> bool) -> Option<AttributeIndex> {
        let fitting: Vec<usize> = (0..self.attributes.len())
            .filter(|it| fits(&self.attributes[*it].domain))
            .collect();
        (!fitting.is_empty()).then(|| AttributeIndex(self.random.pick(&fitting)))
    }

    fn formula(&mut self, depth: usize) -> Formula {
        let leaf = depth == 0 || self.random.once_in(3);
        if leaf {
            return self.leaf();
        }
        if self.random.once_in(3) {
            return self.unusual(depth);
        }
        let mut part = || Box::new(self.formula(depth - 1));
        let (left, right) = (part(), part());
        match self.random.below(5) {
            0 => Formula::Add(left, right),
            1 => Formula::Subtract(left, right),
            2 | 3 => Formula::Multiply(left, right),
            _ if self.random.once_in(2) => Formula::Divide(left, right),
            _ => {
                let divisor: &str = self.random.pick(&["3", "-2", "0.7", "10"]);
                let divisor = Formula::Constant(divisor.parse().unwrap());
                Formula::Divide(left, Box::new(divisor))
            }
        }
    }

    fn unusual(&mut self, depth: usize) -> Formula {
        match self.random.below(6) {
            0 => Formula::Sum(self.formulas(depth)),
            1 => Formula::Min(self.formulas(depth)),
            2 => Formula::Max(self.formulas(depth)),
            3 => {
                let condition = Box::new(self.condition(depth - 1));
                Formula::Where(condition, Box::new(self.formula(depth - 1)))
            }
            4 => {
                let exponent = self.random.within(0, 3) as u32;
                Formula::Power(Box::new(self.formula(depth - 1)), exponent)
            }
            _ => {
                let mut parts = self.presences();
                parts.retain(|_| !self.random.once_in(3));
                Formula::Count(parts)
            }
        }
    }

    fn formulas(&mut self, depth: usize) -> Vec<Formula> {
        let count = self.random.below(4);
        (0..count).map(|_| self.formula(depth - 1)).collect()
    }

    fn leaf(&mut self) -> Formula {
        let number = self.index(|it| matches!(it, AttributeDomain::Number(_)));
        let options = self.index(
            |it| matches!(it, AttributeDomain::Options(list) if !list.properties.is_empty()),
        );
        match (self.random.below(5), number, options) {
            (1 | 2, Some(attribute), _) => Formula::Attribute(attribute),
            (3 | 4, _, Some(attribute)) => {
                let AttributeDomain::Options(list) = &self.attributes[attribute.0].domain else {
                    unreachable!("only lists were asked for");
                };
                let property = self.random.below(list.properties.len());
                Formula::Property {
                    attribute,
                    property,
                }
            }
            _ => Formula::Constant(self.decimal()),
        }
    }

    fn condition(&mut self, depth: usize) -> Condition {
        match self.random.below(if depth == 0 { 9 } else { 16 }) {
            0 if self.random.once_in(4) => Condition::Constant(self.random.once_in(2)),
            0..5 => self.is(),
            5..9 => self.compare(),
            9 | 10 => Condition::All(self.conditions(depth)),
            11 | 12 => Condition::Any(self.conditions(depth)),
            13 => Condition::Certain(Box::new(self.condition(depth - 1))),
            14 => match self.presences().as_slice() {
                [] => self.is(),
                parts => Condition::There(self.random.pick(parts)),
            },
            _ => Condition::Not(Box::new(self.condition(depth - 1))),
        }
    }

    fn conditions(&mut self, depth: usize) -> Vec<Condition> {
        (0..self.random.below(4))
            .map(|_| self.condition(depth - 1))
            .collect()
    }

    fn is(&mut self) -> Condition {
        let Some(attribute) = self.index(|it| !matches!(it, AttributeDomain::Number(_))) else {
            return self.compare();
        };
        let size = self.attributes[attribute.0].domain.size().unwrap();
        let options = (0..size).filter(|_| self.random.once_in(2)).collect();
        Condition::Is { attribute, options }
    }

    fn compare(&mut self) -> Condition {
        Condition::Compare {
            left: self.formula(2),
            comparison: self.random.pick(&[
                Comparison::Equal,
                Comparison::NotEqual,
                Comparison::Less,
                Comparison::LessOrEqual,
                Comparison::Greater,
                Comparison::GreaterOrEqual,
            ]),
            right: self.formula(1),
        }
    }

    fn rule(&mut self) -> Rule {
        Rule {
            code: String::new(),
            when: (!self.random.once_in(4)).then(|| self.condition(1)),
            require: self.condition(2),
            explanation: Text::default(),
        }
    }

    fn table(&mut self) -> Table {
        let mut columns: Vec<AttributeIndex> = (0..self.attributes.len())
            .filter(|_| self.random.once_in(2))
            .map(AttributeIndex)
            .collect();
        columns.truncate(3);
        let rows = (0..self.random.within(2, 8))
            .map(|_| columns.iter().map(|it| self.cell(*it)).collect())
            .collect();
        Table {
            code: String::new(),
            columns,
            rows,
            explanation: Text::default(),
        }
    }

    /// Over what is always there.
    fn relation(&mut self) -> Relation {
        let mut columns: Vec<AttributeIndex> = (0..self.attributes.len())
            .filter(|it| self.attributes[*it].part.is_none() && self.random.once_in(2))
            .map(AttributeIndex)
            .collect();
        columns.truncate(4);
        if columns.is_empty() {
            columns = vec![AttributeIndex(0)];
            self.attributes[0].part = None;
        }
        let mut cells = Vec::new();
        for _ in 0..self.random.within(2, 20) {
            for column in &columns {
                let size = self.attributes[column.0].domain.size().unwrap();
                cells.push(self.random.below(size) as u16);
            }
        }
        Relation {
            code: String::new(),
            columns,
            cells: cells.into(),
            explanation: Text::default(),
        }
    }

    fn cell(&mut self, attribute: AttributeIndex) -> Cell {
        let domain = self.attributes[attribute.0].domain.clone();
        let is_number = matches!(domain, AttributeDomain::Number(_));
        match self.random.below(5) {
            0 => Cell::Any,
            1 | 2 if is_number => {
                let (one, other) = (self.decimal(), self.decimal());
                Cell::Between(one.min(other), one.max(other))
            }
            _ => {
                let count = self.random.within(1, 3);
                let mut values: Vec<Value> = (0..count).map(|_| self.value(&domain)).collect();
                values.sort();
                values.dedup();
                Cell::OneOf(values)
            }
        }
    }
}
