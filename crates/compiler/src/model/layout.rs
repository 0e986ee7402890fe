//! Every place that a part of the product can take, with its attributes.

use std::collections::BTreeSet;

use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, AttributeIndex, Group, Part, Text, Wish,
};

use super::attributes::{Attributes, Defined};
use crate::diagnostic::{Diagnostic, Report};
use crate::parts::{Definition, Definitions, Instance, Kind, PRODUCT, Tree, labelled};
use crate::sheet::Row;
use crate::workbook::Workbook;

/// Most attributes of one product, those of all instances together.
const MAX_ATTRIBUTES: usize = 50_000;

/// Lays out all instances: owners and earlier instances before what depends on them.
pub(super) fn lay_out<'a>(
    parts: &Definitions<'a>,
    defined: Vec<Defined<'a>>,
    mut broken: Vec<BTreeSet<String>>,
    groups: &[Group],
    workbook: &Workbook,
    report: &mut Report,
) -> Attributes<'a> {
    if let Some(product) = broken.first_mut() {
        product.extend(parts.broken.iter().cloned());
    }
    let kinds = kinds(&parts.parts, &defined, broken);
    let mut layout = Layout {
        parts: &parts.parts,
        defined: &defined,
        locales: &workbook.manifest.locales,
        groups: groups.iter().cloned().enumerate().collect(),
        found: Attributes {
            items: Vec::new(),
            rows: Vec::new(),
            lists: Vec::new(),
            groups: Vec::new(),
            tree: Tree {
                kinds,
                instances: Vec::new(),
            },
        },
        is_full: false,
    };
    let product = Place::default();
    layout.instance(PRODUCT, None, &product, report);
    layout.finish()
}

fn kinds(
    parts: &[Definition<'_>],
    defined: &[Defined<'_>],
    broken: Vec<BTreeSet<String>>,
) -> Vec<Kind> {
    let kind = |(position, (part, broken)): (usize, (&Definition<'_>, BTreeSet<String>))| {
        let own = defined.iter().filter(|it| it.part == position);
        let inner = parts.iter().enumerate();
        let inner = inner.filter(|(_, it)| it.owner == Some(position));
        Kind {
            code: part.code.clone(),
            attributes: own.map(|it| it.attribute.code.clone()).collect(),
            parts: inner.map(|(position, _)| position).collect(),
            broken,
        }
    };
    parts.iter().zip(broken).enumerate().map(kind).collect()
}

/// Where an instance stands.
#[derive(Default)]
struct Place {
    path: String,
    label: Text,
    there: Option<AttributeIndex>,
    /// The heading of the sheet that it stands under in the end.
    sheet_group: usize,
}

struct Layout<'a, 'l> {
    parts: &'l [Definition<'a>],
    defined: &'l [Defined<'a>],
    locales: &'l [String],
    /// Headings, each with the one of the sheet that it stands after.
    groups: Vec<(usize, Group)>,
    found: Attributes<'a>,
    is_full: bool,
}

impl<'a> Layout<'a, '_> {
    /// Lays out one instance with all that belongs to it.
    fn instance(
        &mut self,
        kind: usize,
        owner: Option<usize>,
        place: &Place,
        report: &mut Report,
    ) -> usize {
        let at = self.found.tree.instances.len();
        self.found.tree.instances.push(Instance {
            kind,
            owner,
            path: place.path.clone(),
            label: place.label.clone(),
            there: place.there,
            ..Instance::default()
        });
        let heading = self.heading(place);
        let defined = self.defined;
        let own = defined.iter().filter(|it| it.part == kind);
        let attributes: Vec<_> = own.map(|it| self.attribute(it, place, heading)).collect();
        let kinds = self.found.tree.kinds.get(kind);
        let kinds = kinds.map_or_else(Vec::new, |kind| kind.parts.clone());
        let parts = kinds.into_iter();
        let parts = parts.map(|part| self.part(part, at, place, heading, report));
        let parts: Vec<_> = parts.collect();
        if let Some(instance) = self.found.tree.instances.get_mut(at) {
            instance.attributes = attributes;
            instance.parts = parts;
        }
        at
    }

    /// Adds the heading of an instance; the product has those of the sheet.
    fn heading(&mut self, place: &Place) -> Option<usize> {
        if place.path.is_empty() {
            return None;
        }
        let group = Group {
            code: place.path.clone(),
            label: place.label.clone(),
        };
        self.groups.push((place.sheet_group, group));
        Some(self.groups.len() - 1)
    }

    fn attribute(
        &mut self,
        defined: &Defined<'a>,
        place: &Place,
        heading: Option<usize>,
    ) -> AttributeIndex {
        let own = &defined.attribute;
        let attribute = match heading {
            None => own.clone(),
            Some(group) => Attribute {
                code: format!("{}.{}", place.path, own.code),
                label: labelled(self.locales, &place.label, |locale| {
                    own.label.get(locale).to_owned()
                }),
                group,
                part: place.there,
                ..own.clone()
            },
        };
        self.push(attribute, defined.row, defined.list)
    }

    fn push(
        &mut self,
        attribute: Attribute,
        row: Row<'a>,
        list: Option<&'a str>,
    ) -> AttributeIndex {
        let index = AttributeIndex(self.found.items.len());
        self.found.items.push(attribute);
        self.found.rows.push(row);
        self.found.lists.push(list);
        index
    }

    /// Lays out all instances of a part.
    fn part(
        &mut self,
        kind: usize,
        owner: usize,
        around: &Place,
        heading: Option<usize>,
        report: &mut Report,
    ) -> Vec<usize> {
        let parts = self.parts;
        let Some(part) = parts.get(kind) else {
            return Vec::new();
        };
        let mut instances = Vec::new();
        let mut previous = None;
        for index in 0..part.count {
            if self.found.items.len() > MAX_ATTRIBUTES {
                self.tell_full(part, report);
                break;
            }
            let mut place = self.place(part, index, around, heading.is_none());
            if index >= part.from {
                let group = heading.unwrap_or(part.group);
                let presence = self.presence(part, &place, previous, group);
                place.there = presence;
                previous = presence;
            }
            instances.push(self.instance(kind, Some(owner), &place, report));
        }
        instances
    }

    fn place(&self, part: &Definition<'a>, index: u32, around: &Place, is_own: bool) -> Place {
        let dot = if around.path.is_empty() { "" } else { "." };
        let called = |locale: &str| {
            let label = part.label.get(locale);
            match part.count {
                1 => label.to_owned(),
                _ => format!("{label} {}", u64::from(index) + 1),
            }
        };
        Place {
            path: format!("{}{dot}{}[{index}]", around.path, part.code),
            label: labelled(self.locales, &around.label, called),
            there: around.there,
            sheet_group: match is_own {
                true => part.group,
                false => around.sheet_group,
            },
        }
    }

    /// The attribute that says whether an instance is there.
    fn presence(
        &mut self,
        part: &Definition<'a>,
        place: &Place,
        previous: Option<AttributeIndex>,
        group: usize,
    ) -> Option<AttributeIndex> {
        let attribute = Attribute {
            code: format!("+{}", place.path),
            label: place.label.clone(),
            help: part.help.clone(),
            group,
            domain: AttributeDomain::Presence(Part {
                path: place.path.clone(),
                owner: place.there,
                previous,
                required: false,
            }),
            wish: Some(Wish::First),
            formula: None,
            part: None,
            access: Access::Open,
        };
        Some(self.push(attribute, part.row?, None))
    }

    fn tell_full(&mut self, part: &Definition<'a>, report: &mut Report) {
        let Some(row) = part.row.filter(|_| !self.is_full) else {
            return;
        };
        self.is_full = true;
        let message = format!("the product has more than {MAX_ATTRIBUTES} attributes");
        let location = row.cell("to").location();
        report.push(
            Diagnostic::error("too-large", location, message)
                .hint("allow fewer instances of its parts"),
        );
    }

    /// Puts the headings of instances behind those of the sheet that they belong to.
    fn finish(mut self) -> Attributes<'a> {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|it| self.groups.get(*it).map(|(group, _)| *group));
        let mut places = vec![0; order.len()];
        for (place, old) in order.iter().enumerate() {
            if let Some(found) = places.get_mut(*old) {
                *found = place;
            }
        }
        for item in &mut self.found.items {
            item.group = places.get(item.group).copied().unwrap_or_default();
        }
        self.groups.sort_by_key(|(group, _)| *group);
        let groups = self.groups.into_iter().map(|(_, group)| group);
        self.found.groups = groups.collect();
        self.found
    }
}
