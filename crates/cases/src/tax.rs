//! Taxes, and the totals of EN 16931.

use quotewright_engine::money::{Fraction, MoneyError, Rounding, RoundingMode};
use quotewright_engine::quote::tax::en16931::{
    CategoryAmount, Document, StatedTotals, VatCategory, VatTotal, broken, is_sum, totals, vat,
};
use quotewright_engine::quote::tax::{
    ChainedTax, ChainedTaxes, DocumentDiscount, DocumentLine, Surcharge, TaxKind, TaxedPrice,
    contained, discounted_total, document_totals, on_top, row_based, split_tax, tax_after_discount,
    tax_chain, tax_chain_of_lines, unit_based,
};
use rust_decimal::Decimal;
use serde_json::Value;

use super::fields::{Expected, Inputs, Not, Run, asserted, decimal, number};

fn half_up(inputs: Inputs<'_>) -> Result<Rounding, Not> {
    inputs.rounding("0.01", RoundingMode::HalfUp)
}

/// None where the case says that nothing is rounded.
fn rounding(inputs: Inputs<'_>) -> Result<Option<Rounding>, Not> {
    match inputs.get("rounding").is_some_and(|it| it == "none") {
        true => Ok(None),
        false => Ok(Some(half_up(inputs)?)),
    }
}

fn amount(inputs: Inputs<'_>) -> Result<Fraction, Not> {
    let price = if inputs.get("price").is_some() {
        "price"
    } else {
        "amount"
    };
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    Ok(inputs.fraction(price)?.times(quantity)?)
}

/// Tax of one amount, on top or contained.
pub fn one(inputs: Inputs<'_>, expected: &Expected<'_>, included: bool) -> Run {
    let (amount, percent) = (amount(inputs)?, inputs.decimal("percent")?);
    let rounding = rounding(inputs)?;
    let taxed = match inputs.flag_or("included", included) {
        true => contained(amount, percent, rounding.as_ref())?,
        false => on_top(amount, percent, rounding.as_ref())?,
    };
    expected.same("excluded", taxed.net)?;
    expected.same("net", taxed.net)?;
    expected.same("tax", taxed.tax)?;
    expected.same("included", taxed.gross)?;
    expected.same("gross", taxed.gross)
}

pub fn two(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let found = split_tax(
        inputs.decimal("price")?,
        inputs.decimal("included_percent")?,
        inputs.decimal("excluded_percent")?,
        rounding(inputs)?.as_ref(),
    )?;
    expected.same("excluded", found.net)?;
    expected.same("tax_included", found.contained)?;
    expected.same("tax_excluded", found.on_top)?;
    expected.same("included", found.gross)
}

pub fn of_rows(inputs: Inputs<'_>, expected: &Expected<'_>, by_unit: bool) -> Run {
    let price = TaxedPrice {
        price: inputs.decimal("price")?,
        percent: inputs.decimal("percent")?,
        included: inputs.flag("included"),
        shop_percent: inputs.optional("store_percent")?,
    };
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let rounding = rounding(inputs)?;
    let found = match by_unit {
        true => unit_based(&price, quantity, rounding.as_ref())?,
        false => row_based(&price, quantity, rounding.as_ref())?,
    };
    expected.same("unit_net", found.unit.net)?;
    expected.same("unit_tax", found.unit.tax)?;
    expected.same("unit_gross", found.unit.gross)?;
    expected.same("row_net", found.row.net)?;
    expected.same("row_tax", found.row.tax)?;
    expected.same("row_gross", found.row.gross)
}

pub fn cross_rate(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let found = tax_after_discount(
        inputs.decimal("price")?,
        inputs.decimal("store_percent")?,
        inputs.decimal("percent")?,
        inputs.or_zero("discount")?,
    )?;
    expected.same("net", found.net)?;
    expected.same("gross", found.gross)?;
    expected.same("tax", found.tax)
}

fn chained(inputs: Inputs<'_>) -> Result<Vec<ChainedTax>, Not> {
    let tax = |tax: Inputs<'_>| {
        let kind = match tax.get("type").and_then(Value::as_str) {
            None | Some("percent") => TaxKind::Percent,
            Some("fixed") => TaxKind::Fixed,
            Some("division") => TaxKind::Division,
            Some(other) => return Err(Not::Offered(format!("tax {other}"))),
        };
        let amount = if tax.get("amount").is_some() {
            "amount"
        } else {
            "percent"
        };
        Ok(ChainedTax {
            kind,
            amount: tax.decimal(amount)?,
            include_base: tax.flag("include_base"),
            base_affected: tax.flag_or("base_affected", true),
        })
    };
    inputs.rows("taxes").map(tax).collect()
}

pub fn chain(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rounding = inputs.get("step").map(|_| half_up(inputs)).transpose()?;
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let taxes = chained(inputs)?;
    let found = tax_chain(inputs.decimal("net")?, quantity, &taxes, rounding.as_ref())?;
    expected.same("included", found.gross)?;
    let rows = expected.get("taxes").and_then(Value::as_array);
    let Some(rows) = rows else {
        return Ok(());
    };
    asserted(rows.len() == found.taxes.len(), "taxes", found.taxes.len())?;
    let pairs = rows.iter().zip(&found.taxes);
    pairs.into_iter().try_for_each(|(row, tax)| {
        expected.value_is("base", &row[0], tax.base)?;
        expected.value_is("tax", &row[1], tax.tax)
    })
}

pub fn document_tax(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let lines = inputs.decimals("lines")?;
    let by_line = inputs.get("rounding").is_none_or(|it| it == "per_line");
    let found: ChainedTaxes =
        tax_chain_of_lines(&lines, &chained(inputs)?, &half_up(inputs)?, by_line)?;
    expected.same("base", lines.iter().sum::<Decimal>())?;
    expected.list_is("taxes", found.taxes.iter().map(|it| it.tax))?;
    expected.same("total", found.gross)
}

pub fn document_discount(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let found = discounted_total(
        inputs.decimal("total")?,
        &inputs.decimals("taxes")?,
        inputs.decimal("percent")?,
        &half_up(inputs)?,
    )?;
    expected.same("total", found.total)?;
    expected.same("base", found.base)?;
    expected.list_is("taxes", found.taxes)
}

/// Amounts in minor units.
pub fn gross_net(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let line = |line: Inputs<'_>| {
        Ok(DocumentLine {
            price: line.decimal("price")?,
            quantity: line.decimal_or("quantity", Decimal::ONE)?,
            percent: line.or_zero("percent")?,
            percent_off: line.or_zero("item_percent_off")?,
        })
    };
    let discount = |discount: Inputs<'_>| {
        let amount = discount.decimal("amount")?;
        Ok(match discount.text("type")? {
            "percent" => DocumentDiscount::Percent(amount),
            "fixed" => DocumentDiscount::Amount(amount),
            "set_total" => DocumentDiscount::SetTotal(amount),
            other => return Err(Not::Offered(format!("discount {other}"))),
        })
    };
    let surcharge = |surcharge: Inputs<'_>| {
        Ok(Surcharge {
            amount: surcharge.decimal("amount")?,
            percent: surcharge.or_zero("percent")?,
        })
    };
    let lines = inputs
        .rows("lines")
        .map(line)
        .collect::<Result<Vec<_>, Not>>()?;
    let discounts = inputs.rows("order_discounts").map(discount);
    let surcharges = inputs.rows("surcharges").map(surcharge);
    let found = document_totals(
        &lines,
        &discounts.collect::<Result<Vec<_>, Not>>()?,
        &surcharges.collect::<Result<Vec<_>, Not>>()?,
        inputs.flag("prices_include_tax"),
        inputs.decimal_or("step", Decimal::ONE)?,
    )?;
    expected.same("net", found.net)?;
    expected.same("gross", found.gross)?;
    expected.same("tax", Fraction::from(found.gross).minus(found.net)?)
}

pub fn en_vat(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let tax = vat(inputs.decimal("base")?, inputs.decimal("percent")?)?;
    expected.same("tax", tax)
}

pub fn en_sum(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let amounts = inputs.decimals("amounts")?;
    for name in ["total", "sum", "result"] {
        expected.same(name, amounts.iter().sum::<Decimal>())?;
    }
    match inputs.optional("stated")? {
        Some(stated) => expected.flag_is("valid", is_sum(stated, &amounts)?),
        None => Ok(()),
    }
}

fn category(row: &Value, rate: &Value) -> Result<(VatCategory, Decimal), Not> {
    let code = row.as_str().unwrap_or("O");
    let category = VatCategory::from_code(code);
    let category = category.ok_or_else(|| Not::Offered(format!("VAT category {code}")))?;
    let rate = if rate.is_null() {
        Decimal::ZERO
    } else {
        decimal(rate)?
    };
    Ok((category, rate))
}

fn amounts(inputs: Inputs<'_>, name: &str, field: &str) -> Result<Vec<CategoryAmount>, Not> {
    let row = |row: Inputs<'_>| {
        let (category, percent) = category(&row.0["category"], &row.0["rate"])?;
        Ok(CategoryAmount {
            amount: row.decimal(field)?,
            category,
            percent,
        })
    };
    inputs.rows(name).map(row).collect()
}

/// The totals, and that stating what is asserted breaks no rule.
pub fn en_totals(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let document = Document {
        lines: amounts(inputs, "lines", "net")?,
        allowances: amounts(inputs, "allowances", "amount")?,
        charges: amounts(inputs, "charges", "amount")?,
        prepaid: inputs.or_zero("prepaid")?,
        rounding: inputs.or_zero("rounding")?,
    };
    let found = totals(&document)?;
    expected.same("line_total", found.line_total)?;
    expected.same("allowance_total", found.allowance_total)?;
    expected.same("charge_total", found.charge_total)?;
    expected.same("tax_exclusive", found.tax_exclusive)?;
    expected.same("tax_total", found.tax_total)?;
    expected.same("tax_inclusive", found.tax_inclusive)?;
    expected.same("payable", found.payable)?;
    let rows = expected.get("vat").and_then(Value::as_array);
    for row in rows.into_iter().flatten() {
        let (category, percent) = category(&row[0], &row[1])?;
        let same = |it: &&VatTotal| it.category == category && it.percent == percent;
        match found.vat.iter().find(same) {
            None => asserted(false, "vat", "missing")?,
            Some(vat) => {
                expected.value_is("vat base", &row[2], vat.base.into())?;
                expected.value_is("vat", &row[3], vat.tax.into())?;
            }
        }
    }
    let rows = rows.map_or(found.vat.len(), Vec::len);
    asserted(rows == found.vat.len(), "vat", found.vat.len())?;
    let stated = StatedTotals {
        line_total: found.line_total,
        allowance_total: Some(found.allowance_total),
        charge_total: Some(found.charge_total),
        tax_exclusive: found.tax_exclusive,
        vat: found.vat,
        tax_total: found.tax_total,
        tax_inclusive: found.tax_inclusive,
        payable: found.payable,
    };
    let broken = broken(&document, &stated)?;
    asserted(broken.is_empty(), "broken rules", format!("{broken:?}"))
}

/// One line and its VAT as stated: the rule that it breaks refuses it.
pub fn vat_mismatch(inputs: Inputs<'_>) -> Run {
    let (base, percent) = (inputs.decimal("base")?, inputs.decimal("percent")?);
    let tax = number(inputs.needed("stated")?)?.to_decimal()?;
    let row = CategoryAmount {
        amount: base,
        category: VatCategory::Standard,
        percent,
    };
    let document = Document {
        lines: vec![row],
        ..Document::default()
    };
    let gross = base + tax;
    let stated = StatedTotals {
        line_total: base,
        allowance_total: None,
        charge_total: None,
        tax_exclusive: base,
        vat: vec![VatTotal {
            category: VatCategory::Standard,
            percent,
            base,
            tax,
        }],
        tax_total: tax,
        tax_inclusive: gross,
        payable: gross,
    };
    let broken = broken(&document, &stated).map_err(|error: MoneyError| Not::from(error))?;
    match broken.iter().any(|it| it.rule == "BR-CO-17") {
        true => Err(Not::Refused("BR-CO-17".to_owned())),
        false => Ok(()),
    }
}
