//! Constraints that have names of their own.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Model, Rule,
};
use roxmltree::Node;
use rust_decimal::Decimal;

use super::{Reader, child};
use crate::imported;

const COMPARISONS: [(&str, Comparison); 6] = [
    ("eq", Comparison::Equal),
    ("ne", Comparison::NotEqual),
    ("ge", Comparison::GreaterOrEqual),
    ("gt", Comparison::Greater),
    ("le", Comparison::LessOrEqual),
    ("lt", Comparison::Less),
];

impl<'a> Reader<'a> {
    /// Adds the constraint called `name` without its `global:`.
    pub(super) fn global(
        &mut self,
        node: Node<'a, '_>,
        name: &str,
        columns: &[AttributeIndex],
        model: &mut Model,
    ) {
        let code = node.attribute("name").unwrap_or(name).to_owned();
        let require = match name.to_ascii_lowercase().as_str() {
            "alldifferent" => Ok(self.all_different(columns)),
            "weightedsum" => self.weighted_sum(node, model),
            _ => Err(format!("the constraint `global:{name}` is not supported")),
        };
        match require {
            Ok(require) => model.rules.push(Rule {
                explanation: imported::words(&code),
                code,
                when: None,
                require,
            }),
            Err(what) => self.refuse_node("xcsp-constraint", node, what),
        }
    }

    /// Of every value, at most one variable has it.
    fn all_different(&self, columns: &[AttributeIndex]) -> Condition {
        let mut having: BTreeMap<i64, Vec<Formula>> = BTreeMap::new();
        for column in columns {
            let values = self.values.get(column.0).into_iter();
            for (position, value) in values.flat_map(|it| it.iter()).enumerate() {
                let is = Condition::Is {
                    attribute: *column,
                    options: vec![position],
                };
                let one = Formula::Constant(Decimal::ONE);
                let counted = Formula::Where(Box::new(is), Box::new(one));
                having.entry(value).or_default().push(counted);
            }
        }
        let several = having.into_values().filter(|it| it.len() > 1);
        let once = several.map(|terms| Condition::Compare {
            left: Formula::Sum(terms),
            comparison: Comparison::LessOrEqual,
            right: Formula::Constant(Decimal::ONE),
        });
        Condition::All(once.collect())
    }

    /// `[ { 2 A } { -1 B } ] <le/> 5`.
    fn weighted_sum(&self, node: Node<'a, '_>, model: &mut Model) -> Result<Condition, String> {
        let parameters = child(node, "parameters");
        let parameters = parameters.ok_or("`weightedSum` needs `<parameters>`")?;
        let comparison = (parameters.children())
            .find_map(|it| COMPARISONS.iter().find(|(tag, _)| it.has_tag_name(*tag)));
        let (_, comparison) =
            comparison.ok_or("`weightedSum` needs a comparison such as `<le/>`")?;
        let texts = parameters.children().filter_map(|it| it.text());
        let text: Vec<&str> = texts.collect();
        let text = text.join(" ").replace(['[', ']', '{', '}'], " ");
        let mut words = text.split_whitespace().peekable();
        let number = |word: &str| {
            let number = word.parse::<i64>();
            number.map_err(|_| format!("`{word}` is not an integer"))
        };
        let mut terms = Vec::new();
        let mut bound = None;
        while let Some(word) = words.next() {
            let weight = Formula::Constant(number(word)?.into());
            let Some(variable) = words.next() else {
                bound = Some(weight);
                break;
            };
            let attribute = self.variables.get(variable).copied();
            let attribute = attribute.ok_or_else(|| format!("`{variable}` is not a variable"))?;
            let value = Formula::Property {
                attribute,
                property: self.property(attribute, model),
            };
            terms.push(Formula::Multiply(Box::new(weight), Box::new(value)));
        }
        Ok(Condition::Compare {
            left: Formula::Sum(terms),
            comparison: *comparison,
            right: bound.ok_or("`weightedSum` compares with a number")?,
        })
    }

    /// The property of a variable's options that is their number.
    fn property(&self, attribute: AttributeIndex, model: &mut Model) -> usize {
        let values = self.values.get(attribute.0);
        let found = model.attributes.get_mut(attribute.0);
        if let (Some(values), Some(found)) = (values, found)
            && let AttributeDomain::Options(list) = &mut found.domain
            && list.properties.is_empty()
        {
            list.properties.push("value".to_owned());
            for (option, value) in list.options.iter_mut().zip(values.iter()) {
                option.properties.push(value.into());
            }
        }
        0
    }
}
