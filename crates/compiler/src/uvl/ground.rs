//! From the tree of features to a model: attributes, and the rules that the tree stands for.

use std::collections::BTreeMap;

use quotewright_engine::catalog::{
    Attribute, AttributeDomain, AttributeIndex, Comparison, Condition, Formula, Group as Heading,
    Model, NumberRange, Part, Rule,
};
use rust_decimal::Decimal;

use super::ast::{Constraint, ConstraintKind, Expression, ExpressionKind, FeatureType, GroupKind};
use super::texts::{Texts, texts};
use super::tree::{Group, Node, Tree, Worth};
use crate::coom::Unbounded;
use crate::diagnostic::{Diagnostic, Report};
use crate::imported::{attribute, model, words};

/// Far more than any model; keeps nested cardinalities from growing without end.
const MAX_INSTANCES: usize = 200_000;

/// How far the value of an `Integer` or `Real` feature is searched, which has no bounds.
const NUMBER_LIMIT: i64 = 1_000_000;

/// A `Real` feature has so many decimals, or as many as the constraints write out.
const DECIMALS: u32 = 3;
/// With more decimals, values would be searched less far than a thousand.
const MOST_DECIMALS: u32 = 6;
/// Steps to each side of 0 that are searched; all values together can be counted in 32 bits.
const MOST_STEPS: i64 = 1_000_000_000;

/// So many names are told of a group.
const NAMES: usize = 6;

/// The attributes that one feature became, one for each instance of the innermost feature
/// with a cardinality that it stands below.
#[derive(Default)]
pub(super) struct Instances {
    /// Whether it is selected.
    pub(super) selected: Vec<AttributeIndex>,
    /// Of a feature with a cardinality: its instances, those of each selection together.
    pub(super) parts: Vec<AttributeIndex>,
    /// Values of a number feature and texts of a `String` feature, one for each that is in
    /// `parts`, or else in `selected`.
    pub(super) values: Vec<AttributeIndex>,
    /// How long those texts are, where constraints ask.
    pub(super) lengths: Vec<AttributeIndex>,
}

/// A model in the making.
pub(super) struct Ground {
    pub(super) instances: Vec<Instances>,
    attributes: Vec<Attribute>,
    pub(super) rules: Vec<Rule>,
    headings: Vec<Heading>,
    /// Positions in [`Tree::groups`], by the parent.
    groups: Vec<Vec<usize>>,
    /// Of the `String` features that constraints ask about.
    pub(super) texts: BTreeMap<usize, Texts>,
    /// Decimals of `Real` features.
    decimals: u32,
    /// The features of which the file allows any number of instances.
    pub(super) unbounded: Vec<Unbounded>,
}

/// Where an instance of a feature is being made.
struct Place<'a> {
    /// What its codes begin with.
    prefix: &'a str,
    heading: usize,
}

impl Ground {
    pub(super) fn new(tree: &Tree, report: &mut Report) -> Self {
        let mut groups = vec![Vec::new(); tree.nodes.len()];
        for (position, group) in tree.groups.iter().enumerate() {
            groups[group.parent].push(position);
        }
        let mut ground = Self {
            instances: tree.nodes.iter().map(|_| Instances::default()).collect(),
            attributes: Vec::new(),
            rules: Vec::new(),
            headings: Vec::new(),
            groups,
            texts: texts(tree),
            decimals: decimals(tree),
            unbounded: Vec::new(),
        };
        // Before anything is repeated as often as cardinalities say.
        check_sizes(tree, report);
        for (space, constraint) in &tree.constraints {
            ground.check(tree, *space, constraint, report);
        }
        if report.has_errors() {
            return ground;
        }
        if let Some(root) = tree.nodes.first() {
            ground.heading(root);
            let place = Place {
                prefix: "",
                heading: 0,
            };
            ground.feature(tree, 0, &place);
            let require = ground.holds(ground.instances[0].selected[0]);
            let rule = rule(
                tree.line(root.space, &root.span),
                None,
                require,
                root.code.clone(),
            );
            ground.rules.insert(0, rule);
        }
        for (space, constraint) in &tree.constraints {
            ground.constraint(tree, *space, constraint, report);
        }
        ground
    }

    pub(super) fn finish(self, tree: &Tree) -> Option<Model> {
        let root = tree.nodes.first()?;
        let own = tree.spaces.first()?;
        let texts: String = tree.spaces.iter().map(|it| it.text.as_str()).collect();
        let model = model(&own.name, &texts, self.attributes);
        let namespace = own.file.namespace.as_ref().map(|it| it.steps.join("."));
        Some(Model {
            catalog: namespace.unwrap_or(model.catalog),
            product: root.code.clone(),
            name: words(&root.code),
            groups: self.headings,
            rules: self.rules,
            ..model
        })
    }

    /// Makes the attributes of a feature and of all that stands below it.
    fn feature(&mut self, tree: &Tree, node: usize, place: &Place<'_>) {
        let feature = &tree.nodes[node];
        let code = format!("{}{}", place.prefix, feature.code);
        let part = |path: String| {
            AttributeDomain::Presence(Part {
                path,
                ..Part::default()
            })
        };
        let has_value = match feature.kind {
            FeatureType::Boolean => false,
            FeatureType::Integer | FeatureType::Real => true,
            FeatureType::Text => self.texts.contains_key(&node),
        };
        let plain = feature.cardinality.is_none() && !has_value;
        let domain = match plain {
            true => AttributeDomain::Flag,
            false => part(code.clone()),
        };
        let heading = self.heading_of(tree, node, place.heading);
        let selected = self.attribute(code.clone(), domain, None, heading);
        self.instances[node].selected.push(selected);
        let (Some(cardinality), Some(most)) = (&feature.cardinality, feature.most) else {
            self.body(tree, node, selected, place.prefix, heading);
            return;
        };
        self.unbounded.extend(tree.unbounded(node, &code));
        let mut previous = None;
        for index in 0..most {
            let path = format!("{code}[{index}]");
            let domain = AttributeDomain::Presence(Part {
                path: path.clone(),
                owner: Some(selected),
                previous,
                required: index < cardinality.min,
            });
            let instance = self.attribute(format!("+{path}"), domain, None, heading);
            self.instances[node].parts.push(instance);
            self.body(tree, node, instance, &format!("{path}."), heading);
            previous = Some(instance);
        }
    }

    /// What belongs to one instance of a feature: its value and the features below it.
    fn body(
        &mut self,
        tree: &Tree,
        node: usize,
        there: AttributeIndex,
        prefix: &str,
        heading: usize,
    ) {
        let feature = &tree.nodes[node];
        let code = match feature.cardinality {
            Some(_) => prefix.to_owned(),
            None => format!("{prefix}{}.", feature.code),
        };
        self.value(tree, node, there, &code, heading);
        let certain = node == 0 && feature.cardinality.is_none();
        let parent = (!certain).then_some(there);
        let place = Place { prefix, heading };
        for position in self.groups[node].clone() {
            let group = &tree.groups[position];
            let mut members = Vec::with_capacity(group.members.len());
            for member in &group.members {
                self.feature(tree, *member, &place);
                let Some(selected) = self.instances[*member].selected.last().copied() else {
                    continue;
                };
                members.push(selected);
                self.child(tree, *member, selected, parent);
            }
            self.group(tree, group, &members, parent);
        }
    }

    /// What a feature is worth where it is `there`, if that is more than that.
    fn value(
        &mut self,
        tree: &Tree,
        node: usize,
        there: AttributeIndex,
        prefix: &str,
        heading: usize,
    ) {
        let feature = &tree.nodes[node];
        let domain = match feature.kind {
            FeatureType::Boolean => return,
            FeatureType::Integer => number(0),
            FeatureType::Real => number(self.decimals),
            FeatureType::Text => match self.texts.get(&node) {
                Some(texts) => texts.options(),
                None => return,
            },
        };
        let value = self.attribute(format!("{prefix}value"), domain, Some(there), heading);
        self.instances[node].values.push(value);
        let Some(texts) = self.texts.get(&node).filter(|it| it.measured).cloned() else {
            return;
        };
        let length = self.attribute(
            format!("{prefix}length"),
            Texts::lengths(),
            Some(there),
            heading,
        );
        self.instances[node].lengths.push(length);
        let line = tree.line(feature.space, &feature.span);
        let is = |options| Condition::Is {
            attribute: value,
            options,
        };
        let compare = |comparison, right| Condition::Compare {
            left: Formula::Attribute(length),
            comparison,
            right,
        };
        let named = texts.named.len();
        let own = Formula::Property {
            attribute: value,
            property: 0,
        };
        let others = compare(Comparison::GreaterOrEqual, Formula::Constant(Decimal::ONE));
        let rules = [
            ((0..named).collect(), compare(Comparison::Equal, own)),
            ((named..named + texts.others).collect(), others),
        ];
        for (options, require) in rules {
            let why = format!("len({})", feature.code);
            self.rules
                .push(rule(line.clone(), Some(is(options)), require, why));
        }
    }

    /// A feature is selected only with its parent.
    fn child(
        &mut self,
        tree: &Tree,
        node: usize,
        selected: AttributeIndex,
        parent: Option<AttributeIndex>,
    ) {
        let Some(parent) = parent else {
            return;
        };
        let feature = &tree.nodes[node];
        let line = tree.line(feature.space, &feature.span);
        let why = format!("{} => {}", self.name(selected), self.name(parent));
        let rule = rule(line, Some(self.holds(selected)), self.holds(parent), why);
        self.rules.push(rule);
    }

    /// How many members of a group are selected where the parent is.
    fn group(
        &mut self,
        tree: &Tree,
        group: &Group,
        members: &[AttributeIndex],
        parent: Option<AttributeIndex>,
    ) {
        let all = members.len();
        let (min, max) = match &group.kind {
            GroupKind::Optional => return,
            GroupKind::Mandatory => {
                for (node, member) in group.members.iter().zip(members) {
                    let feature = &tree.nodes[*node];
                    let line = tree.line(feature.space, &feature.span);
                    self.demand(
                        line,
                        parent,
                        self.holds(*member),
                        self.name(*member).to_owned(),
                    );
                }
                return;
            }
            GroupKind::Or => (1, all),
            GroupKind::Alternative => (1, 1),
            GroupKind::Cardinality(cardinality) => {
                (cardinality.min, cardinality.max.unwrap_or(all).min(all))
            }
        };
        let line = tree.line(group.space, &group.span);
        let mut names: Vec<&str> = members
            .iter()
            .take(NAMES)
            .map(|it| self.name(*it))
            .collect();
        if all > NAMES {
            names.push("...");
        }
        let what = match group.kind {
            GroupKind::Or => names.join(" | "),
            _ => format!("[{min}..{max}] ({})", names.join(", ")),
        };
        if let Some(require) = self.number_of(members, min, max) {
            self.demand(line, parent, require, what);
        }
    }

    /// That from `min` to `max` of the members are selected; `None` where that is always so.
    fn number_of(&self, members: &[AttributeIndex], min: usize, max: usize) -> Option<Condition> {
        let all = members.len();
        let compare = |comparison, number: usize| Condition::Compare {
            left: Formula::Count(members.to_vec()),
            comparison,
            right: Formula::Constant(Decimal::from(number)),
        };
        let least = match min {
            0 => None,
            1 => Some(any(members.iter().map(|it| self.holds(*it)).collect())),
            _ => Some(compare(Comparison::GreaterOrEqual, min)),
        };
        let most = (max < all).then(|| compare(Comparison::LessOrEqual, max));
        match (least, most) {
            (Some(_), Some(_)) if min == max => Some(compare(Comparison::Equal, min)),
            (Some(least), Some(most)) => Some(Condition::All(vec![least, most])),
            (least, most) => least.or(most),
        }
    }

    /// `require` wherever the parent is there.
    fn demand(
        &mut self,
        line: String,
        parent: Option<AttributeIndex>,
        require: Condition,
        what: String,
    ) {
        let why = match parent {
            Some(parent) => format!("{} => {what}", self.name(parent)),
            None => what,
        };
        let when = parent.map(|it| self.holds(it));
        self.rules.push(rule(line, when, require, why));
    }

    fn attribute(
        &mut self,
        code: String,
        domain: AttributeDomain,
        part: Option<AttributeIndex>,
        heading: usize,
    ) -> AttributeIndex {
        self.attributes.push(Attribute {
            group: heading,
            part,
            ..attribute(&code, domain)
        });
        AttributeIndex(self.attributes.len() - 1)
    }

    fn heading(&mut self, feature: &Node) -> usize {
        self.headings.push(Heading {
            code: feature.code.clone(),
            label: words(&feature.code),
        });
        self.headings.len() - 1
    }

    /// Features right below the root that have some below them get a heading of their own.
    fn heading_of(&mut self, tree: &Tree, node: usize, heading: usize) -> usize {
        let feature = &tree.nodes[node];
        match feature.parent == Some(0) && !self.groups[node].is_empty() {
            true => self.heading(feature),
            false => heading,
        }
    }

    fn name(&self, attribute: AttributeIndex) -> &str {
        self.attributes[attribute.0].code.trim_start_matches('+')
    }

    /// The feature, or the part, is there.
    pub(super) fn holds(&self, attribute: AttributeIndex) -> Condition {
        match self.attributes[attribute.0].domain {
            AttributeDomain::Presence(_) => Condition::There(attribute),
            _ => Condition::Is {
                attribute,
                options: vec![1],
            },
        }
    }
}

/// Refuses cardinalities that are together too large.
fn check_sizes(tree: &Tree, report: &mut Report) {
    let mut counts: Vec<usize> = Vec::with_capacity(tree.nodes.len());
    let mut all = 0_usize;
    for node in &tree.nodes {
        let outer = node.parent.map_or(1, |it| counts[it]);
        let Some(cardinality) = &node.cardinality else {
            counts.push(outer);
            all = all.saturating_add(outer);
            continue;
        };
        let count = outer.saturating_mul(node.most.unwrap_or_default());
        all = all.saturating_add(count);
        counts.push(count);
        if all <= MAX_INSTANCES {
            continue;
        }
        let message = "features with cardinalities have too many instances";
        let location = tree.place(node.space, &cardinality.span);
        let diagnostic = Diagnostic::error("unsupported", location, message);
        report.push(diagnostic.hint("give the cardinality a smaller upper bound"));
        return;
    }
}

/// A number with so many decimals.
fn number(decimals: u32) -> AttributeDomain {
    let step = Decimal::new(1, decimals);
    let reach = (step * Decimal::from(MOST_STEPS)).min(Decimal::from(NUMBER_LIMIT));
    AttributeDomain::Number(NumberRange {
        min: -reach.normalize(),
        max: reach.normalize(),
        step,
        unit: String::new(),
        unbounded_below: true,
        unbounded_above: true,
    })
}

/// The decimals of the numbers that constraints may compare `Real` features with.
fn decimals(tree: &Tree) -> u32 {
    let mut most = DECIMALS;
    let mut see = |number: Decimal| most = most.max(number.normalize().scale());
    for node in &tree.nodes {
        for worth in node.attributes.values() {
            if let Worth::Number(number) = worth {
                see(*number);
            }
        }
    }
    for (_, constraint) in &tree.constraints {
        written(constraint, &mut see);
    }
    most.min(MOST_DECIMALS)
}

/// All numbers that are written out in a constraint.
fn written(constraint: &Constraint, see: &mut impl FnMut(Decimal)) {
    match &constraint.kind {
        ConstraintKind::Truth(_) | ConstraintKind::Feature(_) => {}
        ConstraintKind::Not(inner) => written(inner, see),
        ConstraintKind::All(parts) | ConstraintKind::Any(parts) => {
            parts.iter().for_each(|it| written(it, see));
        }
        ConstraintKind::Implies(left, right) | ConstraintKind::Equivalent(left, right) => {
            written(left, see);
            written(right, see);
        }
        ConstraintKind::Compare(left, _, right) => {
            numbers(left, see);
            numbers(right, see);
        }
    }
}

fn numbers(expression: &Expression, see: &mut impl FnMut(Decimal)) {
    match &expression.kind {
        ExpressionKind::Number(number) => see(*number),
        ExpressionKind::Sum(terms) => terms.iter().for_each(|(_, it)| numbers(it, see)),
        ExpressionKind::Multiply(left, right) | ExpressionKind::Divide(left, right) => {
            numbers(left, see);
            numbers(right, see);
        }
        _ => {}
    }
}

pub(super) fn rule(code: String, when: Option<Condition>, require: Condition, why: String) -> Rule {
    Rule {
        code,
        when,
        require,
        explanation: words(&why),
    }
}

pub(super) fn any(mut conditions: Vec<Condition>) -> Condition {
    match conditions.len() {
        1 => conditions.swap_remove(0),
        _ => Condition::Any(conditions),
    }
}
