//! A small catalog, sheet by sheet, and what `quotewright price` says to a request for it.

use std::collections::BTreeMap;
use std::fmt::{Display, Write};
use std::process::Command;
use std::{fs, path::Path};

use quotewright_cases::fields::Not;
use quotewright_compiler::{CatalogSource, compile, render};
use quotewright_engine::money::{Fraction, RoundingMode};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::kit::answer;

/// What `check` may say about a case: some are about just that.
const MEANT: [&str; 3] = ["falling-total", "price-gap", "sold-for-nothing"];

/// Rows by column.
type Rows = Vec<BTreeMap<String, String>>;

/// A catalog in the making.
#[derive(Default)]
pub struct Catalog {
    /// The keys of `[prices]`.
    prices: BTreeMap<String, String>,
    /// More about the supplier.
    pub supplier: String,
    /// What else stands in `catalog.toml`.
    toml: String,
    sheets: BTreeMap<String, Rows>,
}

impl Catalog {
    /// A catalog in EUR that rounds nothing before the total.
    pub fn new() -> Self {
        let mut catalog = Self::default();
        let policy = [
            ("visibility", "public"),
            ("currency", "EUR"),
            ("rounding", "half-up"),
            ("round_at", "document"),
        ];
        for (key, value) in policy {
            catalog.set(key, value);
        }
        catalog
    }

    /// A catalog with one product, `item`.
    pub fn of_item() -> Self {
        let mut catalog = Self::new();
        catalog.product("item", &[]);
        catalog
    }

    /// A key of `[prices]`.
    pub fn set(&mut self, key: &str, value: impl Display) {
        self.prices.insert(key.to_owned(), value.to_string());
    }

    /// A step and a mode of rounding.
    pub fn rounds(&mut self, step: Decimal, mode: RoundingMode) {
        self.set("step", step.normalize());
        self.set("rounding", name(mode));
    }

    /// More of `catalog.toml`.
    pub fn toml(&mut self, text: impl AsRef<str>) {
        self.toml.push_str(text.as_ref());
        self.toml.push('\n');
    }

    /// A tax by its code.
    pub fn tax(&mut self, code: &str, percent: impl Display, more: &str) {
        self.toml(format!(
            "[[taxes]]\ncode = \"{code}\"\npercent = \"{percent}\"\nlabel = {{ en = \"{code}\" }}\n{more}"
        ));
    }

    /// A book, with the keys that say whom it is for.
    pub fn book(&mut self, code: &str, more: &str) {
        self.toml(format!(
            "[[books]]\ncode = \"{code}\"\nlabel = {{ en = \"{code}\" }}\n{more}"
        ));
    }

    /// A row of a sheet.
    pub fn row(&mut self, sheet: &str, cells: &[(&str, &str)]) {
        let cells = cells.iter().filter(|(_, text)| !text.is_empty());
        let cells = cells.map(|(column, text)| ((*column).to_owned(), (*text).to_owned()));
        self.sheets
            .entry(sheet.to_owned())
            .or_default()
            .push(cells.collect());
    }

    /// An attribute with the list of options of the same name.
    pub fn attribute(&mut self, code: &str) {
        let cells = [
            ("attribute", code),
            ("group", "all"),
            ("type", "options"),
            ("options", code),
        ];
        self.row("attributes.csv", &cells);
    }

    /// A row of `products.csv`.
    pub fn product(&mut self, code: &str, more: &[(&str, &str)]) {
        self.row("products.csv", &[&[("product", code)], more].concat());
    }

    /// A row of `prices.csv`.
    pub fn step(&mut self, step: &str, kind: &str, price: impl Display, more: &[(&str, &str)]) {
        let price = price.to_string();
        let own = [("step", step), ("kind", kind), ("price.public", &price)];
        self.row("prices.csv", &[&own, more].concat());
    }

    /// A product with one amount.
    pub fn priced(&mut self, product: &str, price: impl Display, more: &[(&str, &str)]) {
        self.product(product, more);
        let step = format!("price-{product}");
        self.step(&step, "amount", price, &[("product", product)]);
    }

    /// A number that the buyer states, with this value among those that it can have.
    pub fn number(&mut self, attribute: &str, value: Decimal) {
        self.numbers(attribute, &[value]);
    }

    /// A number that has one of these values on each line.
    pub fn numbers(&mut self, attribute: &str, values: &[Decimal]) {
        let scale = values.iter().map(|it| it.normalize().scale()).max();
        let step = Decimal::new(1, scale.unwrap_or_default());
        let min = values.iter().copied().fold(Decimal::ZERO, Decimal::min);
        let max = values.iter().copied().fold(Decimal::ONE, Decimal::max);
        let [min, max, step] = [min, max, step].map(|it| it.normalize().to_string());
        let cells = [
            ("attribute", attribute),
            ("group", "all"),
            ("type", "number"),
            ("min", &min),
            ("max", &max),
            ("step", &step),
        ];
        self.row("attributes.csv", &cells);
    }

    /// The files, as people write them.
    fn files(&self) -> BTreeMap<String, String> {
        let mut toml = "id = \"case\"\ntitle = { en = \"Case\" }\nlocales = [\"en\"]\n\n\
            [supplier]\nname = \"Supplier\"\n"
            .to_owned();
        toml.push_str(&self.supplier);
        toml.push_str("\n[prices]\n");
        for (key, value) in &self.prices {
            let _ = writeln!(toml, "{key} = \"{value}\"");
        }
        toml.push_str(&self.toml);
        if !self.toml.contains("[[taxes]]") {
            toml.push_str("[[taxes]]\ncode = \"none\"\npercent = \"0\"\nlabel = { en = \"No\" }\n");
        }
        toml.push_str("[[books]]\ncode = \"public\"\nlabel = { en = \"List\" }\n");
        if !self.is_public() {
            toml.push_str("products = []\n");
        }
        let mut files = BTreeMap::from([("catalog.toml".to_owned(), toml)]);
        if self.sheets.contains_key("attributes.csv") {
            let group = BTreeMap::from([("group".to_owned(), "all".to_owned())]);
            files.insert("groups.csv".to_owned(), sheet("groups.csv", &[group]));
        }
        for (name, rows) in &self.sheets {
            files.insert(name.clone(), sheet(name, rows));
        }
        files
    }

    /// Whether anybody sees a price who has no book.
    fn is_public(&self) -> bool {
        let mut rows = self.sheets.values().flatten();
        rows.any(|row| {
            ["price.public", "percent.public"]
                .iter()
                .any(|it| row.contains_key(*it))
        })
    }

    /// What a request with these lines comes to.
    pub fn lines(&self, lines: &[Value]) -> Result<Answer, Not> {
        self.request(&json!({ "lines": lines }))
    }

    /// What one piece comes to, with nothing to state.
    pub fn piece(&self) -> Result<Answer, Not> {
        self.lines(&[json!({})])
    }

    /// What the command answers.
    pub fn request(&self, request: &Value) -> Result<Answer, Not> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in self.files() {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).expect("a folder");
            fs::write(path, text).expect("written");
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_quotewright"));
        command.arg("price").arg(folder.path());
        let output = answer(&mut command, &request.to_string());
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr).into_owned();
            return Err(Not::Refused(format!("{why}\n{request}")));
        }
        self.expect_no_false_alarm();
        let answer = serde_json::from_slice(&output.stdout);
        Ok(Answer(answer.expect("JSON")))
    }

    /// What a case says is meant so: `check` finds nothing in it but what cases are about.
    fn expect_no_false_alarm(&self) {
        let files = self.files().into_iter();
        let source = CatalogSource::from_files(files.map(|(name, text)| (name, text.into_bytes())));
        let diagnostics = compile(&source).diagnostics;
        let unmeant = diagnostics.iter().find(|it| !MEANT.contains(&it.code));
        assert!(
            unmeant.is_none(),
            "{}",
            render(&diagnostics, &source, false)
        );
    }
}

/// One sheet; texts for buyers are the codes.
fn sheet(name: &str, rows: &[BTreeMap<String, String>]) -> String {
    let texts = match name {
        "products.csv" => Some(("product", "name.en")),
        "groups.csv" => Some(("group", "label.en")),
        "attributes.csv" => Some(("attribute", "label.en")),
        "prices.csv" => Some(("step", "label.en")),
        _ if name.starts_with("options/") => Some(("option", "label.en")),
        _ => None,
    };
    let mut columns: Vec<&str> = Vec::new();
    for column in rows.iter().flat_map(BTreeMap::keys) {
        if !columns.contains(&column.as_str()) {
            columns.push(column);
        }
    }
    // Keys of price tables come before prices.
    columns.sort_by_key(|it| it.contains('.'));
    columns.extend(texts.map(|(_, text)| text));
    let line = |cell: &dyn Fn(&str) -> String| {
        let cells = columns
            .iter()
            .map(|it| format!("\"{}\"", cell(it).replace('"', "\"\"")));
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    let mut text = line(&|column| column.to_owned());
    for row in rows {
        text += &line(&|column| {
            let own = texts.filter(|(_, it)| *it == column).map(|(code, _)| code);
            row.get(own.unwrap_or(column)).cloned().unwrap_or_default()
        });
    }
    text
}

/// The word that catalogs have for a mode.
pub fn name(mode: RoundingMode) -> &'static str {
    let named = RoundingMode::NAMED.into_iter().find(|(_, it)| *it == mode);
    named.map_or("", |(name, _)| name)
}

/// A number as a cell.
pub fn cell(number: Decimal) -> String {
    number.normalize().to_string()
}

/// What the command answered.
pub struct Answer(pub Value);

impl Answer {
    /// The amount at a JSON Pointer.
    pub fn at(&self, pointer: &str) -> Result<Fraction, Not> {
        let found = self.0.pointer(pointer).and_then(Value::as_str);
        let found = found.ok_or_else(|| Not::Read(format!("no {pointer} in {}", self.0)))?;
        Ok(found.parse()?)
    }

    /// The price of one piece of the first line.
    pub fn unit(&self) -> Result<Fraction, Not> {
        self.at("/lines/0/once/unit")
    }

    /// What the first line comes to.
    pub fn line(&self) -> Result<Fraction, Not> {
        self.at("/lines/0/contract_total")
    }

    /// The steps with a code, wherever they stand.
    pub fn steps(&self, code: &str) -> impl Iterator<Item = &Value> {
        let lines = self.0["lines"].as_array().into_iter().flatten();
        let lines = lines.flat_map(|line| {
            let charge = &line["once"];
            let steps = ["unit_steps", "line_steps"].map(|it| charge[it].as_array());
            steps.into_iter().flatten().flatten()
        });
        let whole = self.0["steps"].as_array().into_iter().flatten();
        lines.chain(whole).filter(move |step| step["step"] == code)
    }

    /// What the steps with a code add up to; zero where there is none.
    pub fn step(&self, code: &str) -> Result<Fraction, Not> {
        let amounts = self.steps(code).filter_map(|step| step["amount"].as_str());
        let amounts = amounts.map(str::parse::<Fraction>);
        Ok(Fraction::sum(amounts.collect::<Result<Vec<_>, _>>()?)?)
    }

    /// What each tier of a step comes to.
    pub fn tiers(&self, code: &str) -> Result<Vec<Fraction>, Not> {
        let shares = self
            .steps(code)
            .flat_map(|it| it["basis"]["shares"].as_array());
        let amounts = shares.flatten().filter_map(|it| it["amount"].as_str());
        Ok(amounts.map(str::parse).collect::<Result<_, _>>()?)
    }
}
