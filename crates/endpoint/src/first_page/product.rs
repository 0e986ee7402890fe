//! A product as the app shows it at first, without anything that has to be worked out. The
//! words are the catalog's.

use maud::{Markup, PreEscaped, html};
use quotewright_drawing::{likely_values, suggested_values, svg};
use quotewright_engine::catalog::{
    Access, Attribute, AttributeDomain, Model, NumberRange, OptionItem, Text,
};
use quotewright_style::{ELEMENT, can_be_dragged, fit_side_by_side};
use rust_decimal::Decimal;

use super::words::Locale;

/// Where a line of words will be.
const BLANK: &str = "\u{a0}";

/// What is shown, and how.
pub struct Product<'a> {
    /// Who sells it.
    pub supplier: &'a str,
    /// The product.
    pub model: &'a Model,
    /// A locale of its catalog.
    pub locale: &'a str,
    /// `light`, `dark`, or `auto`: as the browser has it.
    pub theme: &'a str,
}

impl Product<'_> {
    /// The element's shadow root.
    pub fn root(&self) -> Markup {
        html! {
            template shadowrootmode="open" {
                style { (PreEscaped(ELEMENT)) }
                div .app.first-page data-theme=(self.theme) lang=(self.locale) aria-busy="true" {
                    div .progress {}
                    (self.product())
                }
            }
        }
    }

    fn product(&self) -> Markup {
        let model = self.model;
        let groups: Vec<_> = (model.groups.iter().enumerate())
            .map(|(at, group)| (self.text(&group.label), self.fields(at)))
            .filter(|(_, fields)| !fields.is_empty())
            .collect();
        html! {
            div .configure {
                div .head {
                    p .supplier.quiet { (self.supplier) }
                    h1 { (self.text(&model.name)) }
                    p .description.quiet { (self.text(&model.description)) }
                }
                nav .steps {
                    ol {
                        @for (label, _) in &groups {
                            li {
                                span .step {
                                    span .mark {}
                                    span .name { (label) }
                                    span .state.small { (BLANK) }
                                }
                            }
                        }
                    }
                    p .left.awaited.small.quiet {}
                }
                div .groups {
                    @for (label, fields) in &groups {
                        section .group {
                            h2 { (label) }
                            div .fields { @for field in fields { (self.field(field)) } }
                        }
                    }
                }
                section .panel.awaited {
                    @if let Some(drawing) = self.drawing() {
                        figure .picture {
                            div .drawn { (drawing) }
                            div .small { (BLANK) }
                        }
                    }
                    div .total { div .pending {} }
                    div .details {}
                    div .next-action { div .pending {} }
                }
            }
        }
    }

    /// What the catalog suggests, drawn.
    fn drawing(&self) -> Option<Markup> {
        let (suggested, likely) = (suggested_values(self.model), likely_values(self.model));
        svg(&Locale(self.locale), self.model, &suggested, &likely)
    }

    /// What is always to be seen of a group.
    fn fields(&self, group: usize) -> Vec<&Attribute> {
        let model = self.model;
        let attributes = model.indices().zip(&model.attributes);
        let fact = |index| model.facts.iter().any(|(it, _)| *it == index);
        let shown = attributes.filter(|(index, it)| {
            let plain = it.part.is_none() && it.access != Access::Hidden;
            let part = matches!(it.domain, AttributeDomain::Presence(_));
            it.group == group && plain && !part && !fact(*index)
        });
        shown.map(|(_, it)| it).collect()
    }

    fn field(&self, attribute: &Attribute) -> Markup {
        let help = self.text(&attribute.help);
        let decided = attribute.formula.is_none() && attribute.access == Access::Open;
        html! {
            div .field.calculated[!decided] {
                div .legend {
                    h3 { (self.text(&attribute.label)) }
                    @if !help.is_empty() { p .small.quiet { (help) } }
                    @if decided { p .origin.small { (BLANK) } }
                }
                div .answer {
                    @match &attribute.domain {
                        AttributeDomain::Options(list) if decided => {
                            div class=(self.arrangement(&list.options)) {
                                @for option in &list.options { (self.option(option)) }
                            }
                        }
                        AttributeDomain::Number(range) if decided => (number(range)),
                        _ => div .pending {},
                    }
                }
            }
        }
    }

    fn arrangement(&self, options: &[OptionItem]) -> &str {
        let bare =
            |it: &OptionItem| self.text(&it.description).is_empty() && it.part_number.is_empty();
        let names = options.iter().map(|it| self.text(&it.label));
        match fit_side_by_side(names, options.iter().all(bare)) {
            true => "choices segments",
            false => "choices rows",
        }
    }

    fn option(&self, option: &OptionItem) -> Markup {
        let description = self.text(&option.description);
        html! {
            div .choice.unknown {
                span .radio {
                    span .mark {}
                    span .words {
                        span .name { (self.text(&option.label)) }
                        @if !description.is_empty() {
                            span .description.small.quiet { (description) }
                        }
                    }
                    span .side { span .part-number.small.quiet { (option.part_number) } }
                }
            }
        }
    }

    fn text<'a>(&self, text: &'a Text) -> &'a str {
        text.get(self.locale)
    }
}

/// The box for a number, what it can be dragged along, and room for what is possible.
fn number(range: &NumberRange) -> Markup {
    html! {
        div .number {
            div .pending {}
            @if can_be_dragged(range.size()) { div .slider {} }
            p .hull.small.quiet {
                span { (BLANK) }
                @if range.step != Decimal::ONE { span { (BLANK) } }
            }
        }
    }
}
