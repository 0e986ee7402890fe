//! Taxes and the totals of documents.

use quotewright_cases::fields::{Expected, Inputs, Not, Run, asserted};
use quotewright_engine::money::{Fraction, Rounding, RoundingMode};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::catalog::{Answer, Catalog, cell};

/// Finer than anything that is asserted: nothing is rounded in effect.
const NONE: Rounding = Rounding {
    step: Decimal::from_parts(1, 0, 0, false, 14),
    mode: RoundingMode::HalfUp,
};

fn rounding(inputs: Inputs<'_>) -> Result<Rounding, Not> {
    match inputs.get("rounding").is_some_and(|it| it == "none") {
        true => Ok(NONE),
        false => inputs.rounding("0.01", RoundingMode::HalfUp),
    }
}

fn totals(expected: &Expected<'_>, answer: &Answer, names: [(&str, &str); 3]) -> Run {
    let pointers = ["/totals/net", "/totals/tax", "/totals/gross"];
    for (pointer, (one, other)) in pointers.into_iter().zip(names) {
        let found = answer.at(pointer)?;
        expected.same(one, found)?;
        expected.same(other, found)?;
    }
    Ok(())
}

/// Tax of one amount, on top or contained.
pub fn one(inputs: Inputs<'_>, expected: &Expected<'_>, included: bool) -> Run {
    let price = if inputs.get("price").is_some() {
        "price"
    } else {
        "amount"
    };
    let quantity = inputs.optional("quantity")?.map(cell).unwrap_or_default();
    let rounding = rounding(inputs)?;
    let mut catalog = Catalog::of_item();
    catalog.rounds(rounding.step, rounding.mode);
    let tax = if inputs.flag_or("included", included) {
        "contained"
    } else {
        "on-top"
    };
    catalog.set("tax", tax);
    catalog.tax("vat", cell(inputs.decimal("percent")?), "");
    let price = cell(inputs.decimal(price)?);
    catalog.step("price", "amount", price, &[("per", &quantity)]);
    let names = [("excluded", "net"), ("tax", "tax"), ("included", "gross")];
    totals(expected, &catalog.piece()?, names)
}

/// Tax rounded by piece or by line; a buyer abroad pays another tax than prices contain.
pub fn of_rows(at: &str, inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rounding = rounding(inputs)?;
    let mut catalog = Catalog::of_item();
    catalog.rounds(rounding.step, rounding.mode);
    catalog.set("tax_at", at);
    catalog.set(
        "tax",
        if inputs.flag("included") {
            "contained"
        } else {
            "on-top"
        },
    );
    let percent = cell(inputs.decimal("percent")?);
    match inputs.optional("store_percent")? {
        None => catalog.tax("vat", percent, ""),
        Some(own) => {
            catalog.supplier = "country = \"NL\"\n".to_owned();
            catalog.tax("own", cell(own), "");
            catalog.tax("buyers", percent, "");
            catalog.toml("[[tax_rules]]\ncountries = [\"DE\"]\ntax = \"buyers\"");
        }
    }
    catalog.step("price", "amount", cell(inputs.decimal("price")?), &[]);
    let quantity: u32 = inputs.whole_or("quantity", 1)?;
    let of = |quantity: u32| {
        catalog.request(&json!({ "country": "DE", "lines": [{ "quantity": quantity }] }))
    };
    let names = [("unit_net", ""), ("unit_tax", ""), ("unit_gross", "")];
    totals(expected, &of(1)?, names)?;
    let names = [("row_net", ""), ("row_tax", ""), ("row_gross", "")];
    totals(expected, &of(quantity)?, names)
}

/// One after the other: each tax is a step, of the amount and the taxes that it is taken of.
fn chained(
    catalog: &mut Catalog,
    inputs: Inputs<'_>,
    quantity: Decimal,
    round_to: &str,
) -> Result<Vec<String>, Not> {
    let mut base = vec!["net".to_owned()];
    let mut codes: Vec<String> = Vec::new();
    let mut divided = false;
    for (at, tax) in inputs.rows("taxes").enumerate() {
        let code = format!("tax-{at}");
        let amount = if tax.get("amount").is_some() {
            "amount"
        } else {
            "percent"
        };
        let amount = cell(tax.decimal(amount)?);
        let kind = tax.get("type").and_then(Value::as_str).unwrap_or("percent");
        if divided && kind == "division" {
            return Err(Not::Offered(
                "several margins are of prices of their own, not of the same".to_owned(),
            ));
        }
        divided = kind == "division";
        let of = match tax.flag_or("base_affected", true) {
            true => base.join("|"),
            false => "net".to_owned(),
        };
        let line = [("for", "line"), ("round_to", round_to)];
        let of = [&line[..], &[("of", of.as_str())]].concat();
        match kind {
            "percent" => catalog.step(&code, "percent", amount, &of),
            "division" => catalog.step(&code, "margin", amount, &of),
            "fixed" => {
                let per = cell(quantity);
                let each = [&line[..], &[("per", per.as_str())]].concat();
                catalog.step(&code, "amount", amount, &each);
            }
            other => return Err(Not::Offered(format!("tax {other}"))),
        }
        if tax.flag("include_base") {
            base.push(code.clone());
        }
        codes.push(code);
    }
    Ok(codes)
}

pub fn chain(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let round_to = inputs.optional("step")?.map(cell).unwrap_or_default();
    let mut catalog = Catalog::of_item();
    catalog.step(
        "net",
        "amount",
        cell(inputs.decimal("net")?),
        &[("for", "line")],
    );
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let codes = chained(&mut catalog, inputs, quantity, &round_to)?;
    let answer = catalog.piece()?;
    expected.same("included", answer.line()?)?;
    let rows = expected.get("taxes").and_then(Value::as_array);
    let kinds = inputs
        .rows("taxes")
        .map(|it| it.text("type").unwrap_or("percent"));
    for ((row, code), kind) in rows.into_iter().flatten().zip(&codes).zip(kinds) {
        expected.value_is("tax", &row[1], answer.step(code)?)?;
        // Of what an amount is a percentage, its step says; a margin is of the price it makes.
        let base = answer
            .steps(code)
            .find_map(|it| it["basis"]["base"].as_str());
        if let Some(base) = base.filter(|_| kind == "percent") {
            expected.value_is("base", &row[0], base.parse()?)?;
        }
    }
    asserted(
        rows.is_none_or(|it| it.len() == codes.len()),
        "taxes",
        codes.len(),
    )
}

pub fn document(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    if inputs.get("rounding").is_some_and(|it| it != "per_line") {
        return Err(Not::Offered("chained taxes are steps of lines".to_owned()));
    }
    let mut catalog = Catalog::of_item();
    let amounts = inputs.decimals("lines")?;
    catalog.numbers("net", &amounts);
    catalog.step("net", "amount", "1", &[("for", "line"), ("per", "net")]);
    let round_to = cell(rounding(inputs)?.step);
    let codes = chained(&mut catalog, inputs, Decimal::ONE, &round_to)?;
    let lines = amounts
        .iter()
        .map(|it| json!({ "configuration": { "net": cell(*it) } }));
    let answer = catalog.lines(&lines.collect::<Vec<_>>())?;
    expected.same("base", answer.step("net")?)?;
    let taxes = codes
        .iter()
        .map(|it| answer.step(it))
        .collect::<Result<Vec<_>, _>>()?;
    expected.list_is("taxes", taxes)?;
    expected.same("total", answer.at("/contract_total")?)
}

/// Base and taxes are lines; the base is the first, which takes what rounding leaves.
pub fn document_discount(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let taxes = inputs.decimals("taxes")?;
    let rounding = rounding(inputs)?;
    let mut catalog = Catalog::new();
    catalog.rounds(rounding.step, rounding.mode);
    catalog.set("leftover", "rounded-first");
    catalog.product("quote", &[]);
    let base = inputs.decimal("total")? - taxes.iter().sum::<Decimal>();
    let mut lines = Vec::new();
    for (at, amount) in [base].iter().chain(&taxes).enumerate() {
        let product = format!("p{at}");
        catalog.priced(&product, cell(*amount), &[]);
        lines.push(json!({ "product": product }));
    }
    let percent = cell(-inputs.decimal("percent")?);
    catalog.step("off", "percent", percent, &[("product", "quote")]);
    let answer = catalog.lines(&lines)?;
    let left = |at: usize| {
        let share = answer.at(&format!("/lines/{at}/shares/0/amount"))?;
        Ok::<_, Not>(
            answer
                .at(&format!("/lines/{at}/contract_total"))?
                .plus(share)?,
        )
    };
    expected.same("total", answer.at("/totals/gross")?)?;
    expected.same("base", left(0)?)?;
    let taxes = (1..lines.len()).map(left).collect::<Result<Vec<_>, _>>()?;
    expected.list_is("taxes", taxes)
}

/// The code of a tax by its rate, and in the catalog.
fn taxed(catalog: &mut Catalog, known: &mut Vec<String>, percent: Decimal) -> String {
    let code = format!("t{}", cell(percent).replace('.', "-"));
    if !known.contains(&code) {
        catalog.tax(&code, cell(percent), "");
        known.push(code.clone());
    }
    code
}

pub fn gross_net(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::new();
    catalog.rounds(
        inputs.decimal_or("step", Decimal::ONE)?,
        RoundingMode::HalfUp,
    );
    catalog.set("round_at", "line");
    catalog.set("tax_at", "line");
    let included = inputs.flag("prices_include_tax");
    catalog.set("tax", if included { "contained" } else { "on-top" });
    if included {
        // The net amount is rounded half up where the tax in it is rounded half down.
        catalog.set("rounding", "half-down");
    }
    let step = cell(inputs.decimal_or("step", Decimal::ONE)?);
    let half_up = [("rounding", "half-up")];
    let mut known = Vec::new();
    let mut lines = Vec::new();
    for (at, line) in inputs.rows("lines").enumerate() {
        let product = format!("p{at}");
        let tax = taxed(&mut catalog, &mut known, line.or_zero("percent")?);
        catalog.priced(&product, cell(line.decimal("price")?), &[("tax", &tax)]);
        if let Some(off) = line.optional("item_percent_off")? {
            let code = format!("off-{at}");
            catalog.step(&code, "percent", cell(-off), &[("product", &product)]);
            let own = [("product", product.as_str()), ("for", "line")];
            let round = format!("round-{at}");
            catalog.step(&round, "round", &step, &[&own[..], &half_up].concat());
        }
        let quantity: u32 = line.whole_or("quantity", 1)?;
        lines.push(json!({ "product": product, "quantity": quantity }));
    }
    catalog.product("quote", &[]);
    for (at, discount) in inputs.rows("order_discounts").enumerate() {
        let amount = discount.decimal("amount")?;
        let (kind, amount) = match discount.text("type")? {
            "percent" => ("percent", -amount),
            "fixed" => ("amount", -amount),
            "set_total" => ("fixed", amount),
            other => return Err(Not::Offered(format!("discount {other}"))),
        };
        let code = format!("discount-{at}");
        let own = [("product", "quote"), ("round_to", step.as_str())];
        catalog.step(&code, kind, cell(amount), &[&own[..], &half_up].concat());
    }
    for (at, surcharge) in inputs.rows("surcharges").enumerate() {
        let tax = taxed(&mut catalog, &mut known, surcharge.or_zero("percent")?);
        let own = [
            ("product", "quote"),
            ("share", "apart"),
            ("tax", tax.as_str()),
        ];
        let code = format!("surcharge-{at}");
        catalog.step(&code, "amount", cell(surcharge.decimal("amount")?), &own);
    }
    let names = [("net", ""), ("tax", ""), ("gross", "")];
    totals(expected, &catalog.lines(&lines)?, names)
}

fn vat_of(inputs: Inputs<'_>) -> Result<Answer, Not> {
    let mut catalog = Catalog::of_item();
    catalog.tax("vat", cell(inputs.decimal("percent")?), "");
    catalog.step("price", "amount", cell(inputs.decimal("base")?), &[]);
    catalog.piece()
}

pub fn vat(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    expected.same("tax", vat_of(inputs)?.at("/totals/tax")?)
}

/// What was stated is compared with what comes out.
pub fn stated(inputs: Inputs<'_>) -> Run {
    let (found, stated) = (
        vat_of(inputs)?.at("/totals/tax")?,
        inputs.fraction("stated")?,
    );
    match found == stated {
        true => Ok(()),
        false => Err(Not::Refused(format!("the tax is {found}"))),
    }
}

/// Each amount is a line.
pub fn sum(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut catalog = Catalog::new();
    let mut lines = Vec::new();
    for (at, amount) in inputs.decimals("amounts")?.into_iter().enumerate() {
        let product = format!("p{at}");
        catalog.priced(&product, cell(amount), &[]);
        lines.push(json!({ "product": product }));
    }
    let total = match lines.is_empty() {
        true => Fraction::ZERO,
        false => catalog.lines(&lines)?.at("/contract_total")?,
    };
    for name in ["total", "sum", "result"] {
        expected.same(name, total)?;
    }
    match inputs.get("stated") {
        Some(_) => expected.flag_is("valid", total == inputs.fraction("stated")?),
        None => Ok(()),
    }
}

/// A document: its lines, allowances and charges that stand apart, what is paid already.
struct Document {
    catalog: Catalog,
    taxes: Vec<String>,
    lines: Vec<Value>,
}

impl Document {
    fn tax(&mut self, row: Inputs<'_>) -> Result<String, Not> {
        let category = row.get("category").and_then(Value::as_str).unwrap_or("O");
        let percent = cell(row.or_zero("rate")?);
        let code = format!("{}-{}", category.to_lowercase(), percent.replace('.', "-"));
        if !self.taxes.contains(&code) {
            let mut more = format!("category = \"{category}\"\n");
            if matches!(category, "E" | "AE" | "K" | "G" | "O") {
                more.push_str("exemption = { en = \"Why\" }\n");
            }
            self.catalog.tax(&code, percent, &more);
            self.taxes.push(code.clone());
        }
        Ok(code)
    }

    fn read(inputs: Inputs<'_>) -> Result<Self, Not> {
        let mut document = Self {
            catalog: Catalog::new(),
            taxes: Vec::new(),
            lines: Vec::new(),
        };
        document.catalog.supplier = "country = \"NL\"\nvat_id = \"NL123456789B13\"\n".to_owned();
        if let Some(currency) = inputs.get("currency").and_then(Value::as_str) {
            document.catalog.set("currency", currency);
        }
        document.catalog.set("step", "0.01");
        for (at, line) in inputs.rows("lines").enumerate() {
            let (product, tax) = (format!("p{at}"), document.tax(line)?);
            document
                .catalog
                .priced(&product, cell(line.decimal("net")?), &[("tax", &tax)]);
            document.lines.push(json!({ "product": product }));
        }
        document.catalog.product("quote", &[]);
        for (name, sign) in [
            ("allowances", Decimal::NEGATIVE_ONE),
            ("charges", Decimal::ONE),
        ] {
            for (at, row) in inputs.rows(name).enumerate() {
                let (step, tax) = (format!("{name}-{at}"), document.tax(row)?);
                let own = [
                    ("product", "quote"),
                    ("share", "apart"),
                    ("tax", tax.as_str()),
                ];
                let amount = cell(sign * row.decimal("amount")?);
                document.catalog.step(&step, "amount", amount, &own);
            }
        }
        Ok(document)
    }

    fn answer(&self, prepaid: Decimal) -> Result<Answer, Not> {
        self.catalog.request(&json!({
            "country": "DE", "vat_id": "DE123456788", "prepaid": cell(prepaid), "lines": self.lines,
        }))
    }
}

pub fn en16931(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut document = Document::read(inputs)?;
    let prepaid = inputs.or_zero("prepaid")?;
    let rounding = inputs.or_zero("rounding")?;
    if !rounding.is_zero() {
        // What is paid is rounded to whole amounts.
        document.catalog.set("cash_step", "1");
    }
    let answer = document.answer(prepaid)?;
    let or_zero = |pointer: &str| answer.at(pointer).unwrap_or(Fraction::ZERO);
    let nets =
        (0..document.lines.len()).map(|at| answer.at(&format!("/lines/{at}/contract_total")));
    let nets = Fraction::sum(nets.collect::<Result<Vec<_>, _>>()?)?;
    expected.same("line_total", nets)?;
    expected.same("allowance_total", or_zero("/totals/allowances"))?;
    expected.same("charge_total", or_zero("/totals/charges"))?;
    expected.same("tax_exclusive", answer.at("/totals/net")?)?;
    expected.same("tax_total", answer.at("/totals/tax")?)?;
    expected.same("tax_inclusive", answer.at("/totals/gross")?)?;
    expected.same("payable", answer.at("/totals/payable")?)?;
    asserted(
        or_zero("/totals/cash/rounding") == rounding.into(),
        "rounding",
        rounding,
    )?;
    let found = answer.0["totals"]["taxes"].as_array();
    let rows = expected.get("vat").and_then(Value::as_array);
    for row in rows.into_iter().flatten() {
        let percent = if row[1].is_null() {
            Fraction::ZERO
        } else {
            quotewright_cases::fields::number(&row[1])?
        };
        let same = |it: &&Value| {
            let own = it["percent"]
                .as_str()
                .and_then(|it| it.parse::<Fraction>().ok());
            it["category"] == row[0] && own == Some(percent)
        };
        let Some(vat) = found.into_iter().flatten().find(same) else {
            return asserted(false, "vat", row);
        };
        let amount = |name: &str| vat[name].as_str().unwrap_or_default().parse::<Fraction>();
        expected.value_is("vat base", &row[2], amount("base")?)?;
        expected.value_is("vat", &row[3], amount("amount")?)?;
    }
    let count = found.map_or(0, Vec::len);
    asserted(rows.is_none_or(|it| it.len() == count), "vat", count)
}
