//! Which price or rule holds.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_cases::fields::{Expected, Inputs, Not, Run, asserted, decimal};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::catalog::{Answer, Catalog, cell};

/// What a case calls a fact about the buyer, and what catalogs do.
const FACTS: [(&str, &str); 6] = [
    ("region", "country"),
    ("company", "customer"),
    ("customer", "customer"),
    ("group", "group"),
    ("channel", "channel"),
    ("campaign", "contract"),
];

fn fact(name: &str) -> Option<&'static str> {
    let found = FACTS.into_iter().find(|(it, _)| *it == name);
    found.map(|(_, fact)| fact)
}

/// A value, or several.
fn values(value: &Value) -> Vec<String> {
    let text = |it: &Value| it.as_str().map_or_else(|| it.to_string(), str::to_owned);
    match value.as_array() {
        Some(list) => list.iter().map(text).collect(),
        None => vec![text(value)],
    }
}

/// Books by whom they are for; the public one has nobody.
#[derive(Default)]
struct Books {
    known: BTreeMap<Vec<(&'static str, String)>, String>,
    /// What books ask about.
    asked: BTreeSet<(&'static str, String)>,
}

impl Books {
    /// The books for buyers of whom all of this holds: one for each way in which it can.
    fn of(
        &mut self,
        rules: &Map<String, Value>,
        catalog: &mut Catalog,
    ) -> Result<Vec<String>, Not> {
        let mut ways: Vec<Vec<(&'static str, String)>> = vec![Vec::new()];
        for (name, value) in rules {
            let fact = fact(name)
                .ok_or_else(|| Not::Offered(format!("books do not ask about `{name}`")))?;
            let with = |way: &Vec<(&'static str, String)>| {
                let more = values(value).into_iter();
                more.map(|it| [&way[..], &[(fact, it)]].concat())
                    .collect::<Vec<_>>()
            };
            ways = ways.iter().flat_map(with).collect();
        }
        Ok(ways
            .into_iter()
            .map(|way| self.book(way, catalog))
            .collect())
    }

    fn book(&mut self, way: Vec<(&'static str, String)>, catalog: &mut Catalog) -> String {
        if way.is_empty() {
            return "public".to_owned();
        }
        if let Some(known) = self.known.get(&way) {
            return known.clone();
        }
        let code = format!("b{}", self.known.len());
        let line = |(fact, value): &(&str, String)| match *fact {
            "country" => format!("countries = [\"{value}\"]\n"),
            fact => format!("{fact} = \"{value}\"\n"),
        };
        catalog.book(&code, &way.iter().map(line).collect::<String>());
        self.asked.extend(way.iter().cloned());
        self.known.insert(way, code.clone());
        code
    }

    /// The buyer of a context, as far as books ask.
    fn buyer(&self, context: Inputs<'_>) -> Map<String, Value> {
        let facts = context.0.as_object().into_iter().flatten();
        let facts = facts.filter_map(|(name, value)| Some((fact(name)?, value.as_str()?)));
        let facts =
            facts.filter(|(fact, value)| self.asked.contains(&(*fact, (*value).to_owned())));
        facts
            .map(|(fact, value)| (fact.to_owned(), json!(value)))
            .collect()
    }
}

fn rules(inputs: Inputs<'_>, name: &str) -> Map<String, Value> {
    let given = inputs.get(name).and_then(Value::as_object);
    given.cloned().unwrap_or_default()
}

/// Own prices by quantity, each in the book of its conditions; offers and what replaces own
/// prices as an agreed price after them.
pub fn best_rule(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let context = Inputs(inputs.needed("context")?);
    let currency = context
        .get("currency")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let mut catalog = Catalog::of_item();
    catalog.set("merge", "best-match");
    catalog.set("currency", currency);
    let mut books = Books::default();
    let active = inputs
        .rows("prices")
        .filter(|it| it.flag_or("active", true));
    let prices: Vec<_> = active
        .filter(|it| it.text("currency").is_ok_and(|it| it == currency))
        .collect();
    let (own, lists): (Vec<_>, Vec<_>) = prices
        .into_iter()
        .partition(|it| it.get("price_list").is_none());
    own_prices(&own, &mut books, &mut catalog)?;
    let mut replaces = false;
    let mut agreed = vec![
        ("step".to_owned(), "agreed".to_owned()),
        ("kind".to_owned(), "fixed".to_owned()),
    ];
    for price in &lists {
        replaces |= price.text("price_list")? == "override";
        let amount = cell(price.decimal("amount")?);
        for book in books.of(&rules(*price, "rules"), &mut catalog)? {
            agreed.push((format!("price.{book}"), amount.clone()));
        }
    }
    if !lists.is_empty() {
        let cells: Vec<_> = agreed
            .iter()
            .map(|(one, other)| (&**one, &**other))
            .collect();
        catalog.row("prices.csv", &cells);
    }
    let quantity: u32 = context.whole_or("quantity", 1)?;
    let mut request = Value::Object(books.buyer(context));
    request["lines"] = json!([{ "quantity": quantity }]);
    let answer = match catalog.request(&request) {
        // What has no price is not sold.
        Err(Not::Refused(why)) if why.contains("nothing is sold") => Answer(Value::Null),
        answer => answer?,
    };
    let found = |step: &str| answer.steps(step).next().is_some();
    let price = (found("own") || found("agreed"))
        .then(|| answer.unit())
        .transpose()?;
    let original = match (found("own"), replaces && found("agreed")) {
        (true, false) => Some(answer.step("own")?),
        _ => price,
    };
    for (name, found) in [("price", price), ("original", original)] {
        match (expected.get(name), found) {
            (Some(value), Some(found)) if !value.is_null() => expected.same(name, found)?,
            (Some(value), found) => asserted(
                value.is_null() && found.is_none(),
                name,
                format!("{found:?}"),
            )?,
            (None, _) => {}
        }
    }
    Ok(())
}

fn own_prices(own: &[Inputs<'_>], books: &mut Books, catalog: &mut Catalog) -> Run {
    let one = Decimal::ONE;
    let mut from = BTreeSet::from([one]);
    for price in own {
        from.insert(price.decimal_or("min", one)?);
        from.extend(price.optional("max")?.map(|it| it + one));
    }
    let from: Vec<Decimal> = from.into_iter().collect();
    catalog.step("own", "volume", "", &[]);
    for (at, start) in from.iter().enumerate() {
        let up_to = from.get(at + 1).map(|it| cell(it - one));
        let mut cells = vec![
            ("step".to_owned(), "own".to_owned()),
            ("up_to".to_owned(), up_to.unwrap_or_default()),
        ];
        for price in own {
            let most = price.optional("max")?;
            if price.decimal_or("min", one)? <= *start && most.is_none_or(|it| *start <= it) {
                let amount = cell(price.decimal("amount")?);
                for book in books.of(&rules(*price, "rules"), catalog)? {
                    cells.push((format!("price.{book}"), amount.clone()));
                }
            }
        }
        if cells.len() > 2 {
            let cells: Vec<_> = cells
                .iter()
                .map(|(one, other)| (&**one, &**other))
                .collect();
            catalog.row("tiers.csv", &cells);
        }
    }
    Ok(())
}

/// A row for each rule, the highest priority first; what does not stack excludes those below.
pub fn priority_rule(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut rows = Vec::new();
    for (at, rule) in inputs.rows("rules").enumerate() {
        let priority: i64 = rule.whole_or("priority", 0)?;
        rows.push((priority, format!("rule-{at}"), rule, rule.flag("stack")));
    }
    rows.sort_by_key(|(priority, ..)| std::cmp::Reverse(*priority));
    let tie = |pair: &[(i64, String, Inputs<'_>, bool)]| {
        pair[0].0 == pair[1].0 && !(pair[0].3 && pair[1].3)
    };
    if rows.windows(2).any(tie) {
        return Err(Not::Offered(
            "rows have an order: of equals the upper one goes first".to_owned(),
        ));
    }
    let context = inputs.get("context").map_or(Inputs(&Value::Null), Inputs);
    let mut catalog = Catalog::of_item();
    catalog.set("merge", "best-match");
    let mut books = Books::default();
    let mut configuration = Map::new();
    catalog.step("list", "amount", "100", &[]);
    let mut above: Vec<(String, bool)> = Vec::new();
    for (_, code, rule, stacks) in rows {
        let mut when = Vec::new();
        let mut buyers = Map::new();
        for (name, value) in rules(rule, "when") {
            match fact(&name) {
                Some(_) => drop(buyers.insert(name, value)),
                None => when.push(option(
                    &name,
                    &value,
                    context,
                    &mut catalog,
                    &mut configuration,
                )?),
            }
        }
        let excluding = above.iter().filter(|(_, other)| !(stacks && *other));
        let unless: Vec<&str> = excluding.map(|(code, _)| code.as_str()).collect();
        let bound = |name| Ok::<_, Not>(rule.optional(name)?.map(cell).unwrap_or_default());
        let percent = cell(-rule.decimal("percent")?);
        let columns = books.of(&buyers, &mut catalog)?;
        let columns: Vec<String> = columns.iter().map(|it| format!("price.{it}")).collect();
        let (least, most, unless, when) = (
            bound("min")?,
            bound("max")?,
            unless.join("|"),
            when.join(" && "),
        );
        let mut cells = vec![
            ("step", code.as_str()),
            ("kind", "percent"),
            ("of", "list"),
            ("unless", &unless),
            ("when", &when),
            ("at_least", &least),
            ("at_most", &most),
        ];
        cells.extend(columns.iter().map(|it| (it.as_str(), percent.as_str())));
        catalog.row("prices.csv", &cells);
        above.push((code, stacks));
    }
    let quantity: u32 = inputs.whole_or("quantity", 1)?;
    let mut request = Value::Object(books.buyer(context));
    request["lines"] = json!([{ "quantity": quantity, "configuration": configuration }]);
    let answer = catalog.request(&request)?;
    let hundred = quotewright_engine::money::Fraction::from(Decimal::ONE_HUNDRED);
    expected.same("percent", hundred.minus(answer.unit()?)?)
}

/// A condition on something else than the buyer: an attribute with that option, and another.
fn option(
    name: &str,
    value: &Value,
    context: Inputs<'_>,
    catalog: &mut Catalog,
    configuration: &mut Map<String, Value>,
) -> Result<String, Not> {
    let wanted = values(value);
    let given = context.get(name).map(values).unwrap_or_default();
    if configuration.contains_key(name) {
        return Err(Not::Offered(format!("two rules about `{name}`")));
    }
    catalog.attribute(name);
    let sheet = format!("options/{name}.csv");
    for option in wanted.iter().map(String::as_str).chain(["another"]) {
        catalog.row(&sheet, &[("option", option)]);
    }
    let chosen = given.iter().find(|it| wanted.contains(it));
    let chosen = chosen.map_or("another", |it| it.as_str());
    configuration.insert(name.to_owned(), json!(chosen));
    let any = wanted.iter().map(|it| format!("{name} = {it}"));
    Ok(format!("({})", any.collect::<Vec<_>>().join(" || ")))
}

/// One price of a list: product, currency, unit, from how many.
type Key = (String, String, String, Decimal);

/// Each list is a book; what a product costs is in steps by its unit, with a row for each
/// quantity. A catalog is in one currency.
pub fn merge(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let strategy = inputs.text("strategy")?;
    let lists: Vec<_> = inputs.rows("lists").collect();
    if strategy == "merge" && lists.iter().any(|it| !it.flag_or("merge", true)) {
        return Err(Not::Offered(
            "books go before one another price by price, not product by product".to_owned(),
        ));
    }
    let mut prices: BTreeMap<Key, Vec<(usize, Decimal)>> = BTreeMap::new();
    for (at, list) in lists.iter().enumerate() {
        for price in list.rows("prices") {
            let text = |name| price.text(name).map(str::to_owned);
            let from = price.decimal_or("quantity", Decimal::ONE)?;
            let key = (text("product")?, text("currency")?, text("unit")?, from);
            prices
                .entry(key)
                .or_default()
                .push((at, price.decimal("value")?));
        }
    }
    let mut found = Vec::new();
    for currency in prices
        .keys()
        .map(|it| it.1.clone())
        .collect::<BTreeSet<_>>()
    {
        let own = prices.iter().filter(|(key, _)| key.1 == currency);
        let own: Vec<_> = own
            .map(|(key, values)| (key.clone(), values.clone()))
            .collect();
        found.extend(in_currency(&currency, &own, (strategy, lists.len()))?);
    }
    let mut stated = Vec::new();
    let products = expected.get("prices").and_then(Value::as_object);
    for (product, rows) in products.into_iter().flatten() {
        for row in rows.as_array().into_iter().flatten() {
            let text = |at: usize| row[at].as_str().unwrap_or_default().to_owned();
            stated.push((
                (product.clone(), text(1), text(3), decimal(&row[2])?),
                decimal(&row[0])?,
            ));
        }
    }
    found.sort();
    stated.sort();
    asserted(found == stated, "prices", format!("{found:?}"))
}

fn in_currency(
    currency: &str,
    prices: &[(Key, Vec<(usize, Decimal)>)],
    (strategy, lists): (&str, usize),
) -> Result<Vec<(Key, Decimal)>, Not> {
    let mut catalog = Catalog::new();
    catalog.set("currency", currency);
    catalog.set(
        "merge",
        if strategy == "minimal" {
            "lowest"
        } else {
            "priority"
        },
    );
    for at in 0..lists {
        let own = format!("customer = \"c\"\npriority = {}", lists - at);
        catalog.book(&format!("l{at}"), &own);
    }
    let units: BTreeSet<&str> = prices.iter().map(|(key, _)| key.2.as_str()).collect();
    catalog.attribute("unit");
    for unit in &units {
        catalog.row("options/unit.csv", &[("option", unit)]);
    }
    let mut known = BTreeSet::new();
    for (at, ((product, _, unit, _), values)) in prices.iter().enumerate() {
        let step = format!("{product}-{unit}");
        if known.insert(product.clone()) {
            catalog.product(product, &[]);
        }
        if known.insert(step.clone()) {
            let when = format!("unit = {unit}");
            catalog.step(
                &step,
                "volume",
                "",
                &[("product", product), ("when", &when)],
            );
        }
        let next = prices.get(at + 1).map(|(key, _)| key);
        let next = next.filter(|key| (&key.0, &key.2) == (product, unit));
        let up_to = next
            .map(|key| cell(key.3 - Decimal::ONE))
            .unwrap_or_default();
        let mut cells = vec![
            ("product".to_owned(), product.clone()),
            ("step".to_owned(), step),
            ("up_to".to_owned(), up_to),
        ];
        cells.extend(
            values
                .iter()
                .map(|(list, value)| (format!("price.l{list}"), cell(*value))),
        );
        let cells: Vec<_> = cells
            .iter()
            .map(|(one, other)| (&**one, &**other))
            .collect();
        catalog.row("tiers.csv", &cells);
    }
    let line = |(key, _): &(Key, Vec<(usize, Decimal)>)| {
        let quantity = u32::try_from(key.3).unwrap_or_default();
        json!({ "product": key.0, "quantity": quantity, "configuration": { "unit": key.2 } })
    };
    let lines: Vec<Value> = prices.iter().map(line).collect();
    let answer: Answer = catalog.request(&json!({ "customer": "c", "lines": lines }))?;
    let found = prices.iter().enumerate().map(|(at, (key, _))| {
        let unit = answer.at(&format!("/lines/{at}/once/unit"))?;
        Ok((key.clone(), unit.to_decimal()?))
    });
    found.collect()
}

/// Each edge is a book that follows from another.
pub fn acyclic(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let mut based: BTreeMap<String, Option<String>> = BTreeMap::new();
    for edge in inputs.list("edges") {
        let text = |at: usize| edge[at].as_str().unwrap_or_default().to_lowercase();
        based.entry(text(1)).or_default();
        if let Some(Some(_)) = based.insert(text(0), Some(text(1))) {
            return Err(Not::Offered("a book follows from one other".to_owned()));
        }
    }
    let mut catalog = Catalog::of_item();
    catalog.step("price", "amount", "1", &[]);
    for (book, on) in &based {
        let on = on.as_deref().map(|it| format!("based_on = \"{it}\"\n"));
        let own = format!("channel = \"{book}\"\n{}", on.unwrap_or_default());
        catalog.book(book, &own);
    }
    match catalog.piece() {
        Ok(_) => expected.flag_is("cycle", false),
        Err(Not::Refused(why)) if why.contains("book-cycle") => expected.flag_is("cycle", true),
        Err(not) => Err(not),
    }
}
