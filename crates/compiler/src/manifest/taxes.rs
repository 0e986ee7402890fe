//! `[[taxes]]`, and `[[tax_rules]]`: which buyers pay another one.

use quotewright_engine::price::Tax;
use quotewright_engine::quote::tax::en16931::{Requirement, VatCategory};
use quotewright_engine::quote::tax::{Region, TaxRule, is_country};
use rust_decimal::Decimal;

use super::Manifest;
use super::prices::{bad, optional_choice, percent};
use super::toml_table::{Table, Word};
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Report};
use crate::suggest::did_you_mean;

/// Reads `[[taxes]]`.
pub(super) fn read(root: &mut Table<'_>, manifest: &Manifest, report: &mut Report) -> Vec<Tax> {
    let mut codes = Codes::elsewhere("tax");
    let mut taxes = Vec::new();
    let tables = root.tables("taxes", report);
    if tables.is_empty() {
        root.missing("taxes", report);
    }
    for mut table in tables {
        let code = table.required("code", report);
        let code = code.and_then(|word| codes.define_text(&word.text, word.location, report));
        let percent = table.required("percent", report);
        let percent = percent.and_then(|word| self::percent(word, report));
        let label = table.text("label", &manifest.locales, report);
        let category = table.word("category", report);
        let category = category.and_then(|word| category_of(word, percent, report));
        let exemption = table.optional_text("exemption", &manifest.locales, report);
        if let Some(category) = category {
            let has_reason = !exemption.is_empty();
            check_required(&table, category, has_reason, manifest, report);
        }
        table.finish(report);
        if let (Some(code), Some(percent)) = (code, percent) {
            taxes.push(Tax {
                code,
                label,
                percent,
                category,
                exemption,
            });
        }
    }
    taxes
}

/// A category that can have the rate.
fn category_of(word: Word, percent: Option<Decimal>, report: &mut Report) -> Option<VatCategory> {
    let Some(category) = VatCategory::from_code(&word.text) else {
        let known = VatCategory::ALL.map(VatCategory::code);
        let message = format!("`{}` is not a category of tax", word.text);
        let hint = did_you_mean(&word.text, known);
        let diagnostic = Diagnostic::error("unknown-word", word.location, message);
        report.push(diagnostic.maybe_hint(hint));
        return None;
    };
    if percent.is_some_and(|it| !category.allows(it)) {
        bad(word, "bad-rate", "cannot have this percentage", report);
    }
    Some(category)
}

/// What the catalog has to state because of a category.
fn check_required(
    table: &Table<'_>,
    category: VatCategory,
    has_reason: bool,
    manifest: &Manifest,
    report: &mut Report,
) {
    let requires = |it| category.requires().contains(&it);
    let mut missing = |requirement, hint: &str| {
        let (code, rule) = (category.code(), category.rule(requirement));
        let message = format!("category {code} needs {requirement} ({rule})");
        report.push(Diagnostic::error("tax-needs", table.location(), message).hint(hint));
    };
    let seller = &manifest.settlement.seller;
    if requires(Requirement::SellerVatNumber) && seller.vat_id.is_none() {
        let hint = "add `country` and `vat_id` to `[supplier]`";
        missing(Requirement::SellerVatNumber, hint);
    }
    if requires(Requirement::ExemptionReason) && !has_reason {
        let hint = "add `exemption = { en = \"...\" }`";
        missing(Requirement::ExemptionReason, hint);
    }
    if has_reason && !requires(Requirement::ExemptionReason) {
        let message = format!("with category {}, tax is due", category.code());
        let diagnostic = Diagnostic::error("unused-key", table.location(), message);
        report.push(diagnostic.hint("take `exemption` out"));
    }
}

/// Reads `[[tax_rules]]`.
pub(super) fn rules(
    root: &mut Table<'_>,
    manifest: &Manifest,
    report: &mut Report,
) -> Vec<TaxRule> {
    let regions = [
        ("home", Region::Home),
        ("eu", Region::Union),
        ("abroad", Region::Abroad),
    ];
    let mut rules = Vec::new();
    for mut table in root.tables("tax_rules", report) {
        let region = optional_choice(&mut table, "buyer", regions, report);
        let countries = countries(&mut table, report);
        let has_vat_id = table.flag("vat_id", report);
        let of = table.words("of", report).unwrap_or_default();
        let of = of.iter().map(|word| position(word, manifest, report));
        let instead_of: Option<Vec<usize>> = of.collect();
        let tax = table.required("tax", report);
        let tax = tax.and_then(|word| position(&word, manifest, report));
        if region.is_some() && manifest.settlement.seller.country.is_none() {
            let message = "without the supplier's country, nobody is at home or abroad";
            let diagnostic = Diagnostic::error("tax-needs", table.location(), message);
            report.push(diagnostic.hint("add `country` to `[supplier]`"));
        }
        if let Some(tax) = tax {
            check_region(&table, region, manifest.taxes.get(tax), report);
        }
        table.finish(report);
        if let (Some(instead_of), Some(tax)) = (instead_of, tax) {
            rules.push(TaxRule {
                region,
                countries,
                has_vat_id,
                instead_of,
                tax,
            });
        }
    }
    rules
}

/// Countries of ISO 3166-1.
fn countries(table: &mut Table<'_>, report: &mut Report) -> Vec<String> {
    let words = table.words("countries", report).unwrap_or_default();
    let mut countries = Vec::new();
    for word in words {
        match is_country(&word.text) {
            true => countries.push(word.text),
            false => bad(word, "bad-country", "is not a country of ISO 3166", report),
        }
    }
    countries
}

fn position(word: &Word, manifest: &Manifest, report: &mut Report) -> Option<usize> {
    let codes = manifest.taxes.iter().map(|tax| tax.code.as_str());
    let found = codes.clone().position(|code| code == word.text);
    if found.is_none() {
        let message = format!("there is no tax `{}`", word.text);
        let hint = did_you_mean(&word.text, codes);
        let diagnostic = Diagnostic::error("unknown-tax", word.location.clone(), message);
        report.push(diagnostic.maybe_hint(hint));
    }
    found
}

/// Some categories are for buyers in some places only.
fn check_region(table: &Table<'_>, region: Option<Region>, tax: Option<&Tax>, report: &mut Report) {
    let wanted = match tax.and_then(|it| it.category) {
        Some(VatCategory::IntraCommunity) => (Region::Union, "eu"),
        Some(VatCategory::Export) => (Region::Abroad, "abroad"),
        _ => return,
    };
    if region != Some(wanted.0) {
        let message = "the category of this tax is not for all of these buyers";
        let diagnostic = Diagnostic::error("wrong-buyer", table.location(), message);
        report.push(diagnostic.hint(format!("write `buyer = \"{}\"`", wanted.1)));
    }
}
