//! Which price or rule holds.

use std::collections::BTreeMap;

use quotewright_engine::price::books::{
    BookError, BookPrice, Conditions, Facts, MergeStrategy, OfferedPrice, PriceList, PriceSource,
    PriorityRule, best_price, dependency_order, merge_price_lists, priority_rule,
};
use rust_decimal::Decimal;
use serde_json::Value;

use super::fields::{Expected, Inputs, Not, Run, asserted, decimal};

/// A map whose values are texts, or lists of them.
fn texts(inputs: Inputs<'_>, name: &str) -> BTreeMap<String, Vec<String>> {
    let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
    let entries = inputs.entries(name).into_iter();
    entries
        .map(|(key, value)| match value.as_array() {
            Some(list) => (key.to_owned(), list.iter().map(text).collect()),
            None => (key.to_owned(), vec![text(value)]),
        })
        .collect()
}

fn offered(price: Inputs<'_>) -> Result<OfferedPrice, Not> {
    let source = match price.get("price_list").and_then(Value::as_str) {
        None => PriceSource::Own,
        Some("sale") => PriceSource::Sale,
        Some("override") => PriceSource::Override,
        Some(other) => return Err(Not::Offered(format!("price list {other}"))),
    };
    Ok(OfferedPrice {
        amount: price.decimal("amount")?,
        currency: price.text("currency")?.to_owned(),
        least: price.optional("min")?,
        most: price.optional("max")?,
        when: Conditions(texts(price, "rules")),
        source,
    })
}

pub fn best_rule(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let context = Inputs(inputs.needed("context")?);
    let active = inputs
        .rows("prices")
        .filter(|it| it.flag_or("active", true));
    let prices = active.map(offered).collect::<Result<Vec<_>, _>>()?;
    let quantity = context.decimal_or("quantity", Decimal::ONE)?;
    let currency = context.get("currency").and_then(Value::as_str);
    let facts: Facts = texts(inputs, "context");
    let best = best_price(&prices, currency, quantity, &facts)?;
    let amount = |at: Option<usize>| at.and_then(|at| prices.get(at)).map(|it| it.amount);
    nullable(expected, "price", amount(best.map(|it| it.price)))?;
    nullable(
        expected,
        "original",
        amount(best.and_then(|it| it.original)),
    )
}

fn nullable(expected: &Expected<'_>, name: &str, found: Option<Decimal>) -> Run {
    match (expected.get(name), found) {
        (None, _) => Ok(()),
        (Some(value), Some(found)) if !value.is_null() => expected.same(name, found),
        (Some(value), found) => asserted(
            value.is_null() && found.is_none(),
            name,
            format!("{found:?}"),
        ),
    }
}

pub fn priority(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let rule = |rule: Inputs<'_>| {
        Ok(PriorityRule {
            percent: rule.decimal("percent")?,
            priority: rule.whole_or("priority", 0)?,
            least: rule.optional("min")?,
            most: rule.optional("max")?,
            when: Conditions(texts(rule, "when")),
            stacks: rule.flag("stack"),
        })
    };
    let rules = inputs
        .rows("rules")
        .map(rule)
        .collect::<Result<Vec<_>, Not>>()?;
    let quantity = inputs.decimal_or("quantity", Decimal::ONE)?;
    let found = priority_rule(&rules, quantity, &texts(inputs, "context"))?;
    expected.same("percent", found.percent)
}

pub fn merge(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let strategy = match inputs.text("strategy")? {
        "merge" => MergeStrategy::Priority,
        "minimal" => MergeStrategy::Lowest,
        other => return Err(Not::Offered(format!("strategy {other}"))),
    };
    let lists = inputs.rows("lists").map(price_list);
    let lists = lists.collect::<Result<Vec<_>, _>>()?;
    let mut found: Vec<_> = merge_price_lists(&lists, strategy)
        .into_iter()
        .map(|it| (it.product, it.value, it.currency, it.quantity, it.unit))
        .collect();
    let mut stated = Vec::new();
    let products = expected.get("prices").and_then(Value::as_object);
    for (product, rows) in products.into_iter().flatten() {
        for row in rows.as_array().into_iter().flatten() {
            let text = |at: usize| row[at].as_str().unwrap_or_default().to_owned();
            let (value, quantity) = (decimal(&row[0])?, decimal(&row[2])?);
            stated.push((product.clone(), value, text(1), quantity, text(3)));
        }
    }
    found.sort();
    stated.sort();
    asserted(found == stated, "prices", format!("{found:?}"))
}

fn price_list(list: Inputs<'_>) -> Result<PriceList, Not> {
    let price = |price: Inputs<'_>| {
        Ok(BookPrice {
            product: price.text("product")?.to_owned(),
            currency: price.text("currency")?.to_owned(),
            unit: price.text("unit")?.to_owned(),
            quantity: price.decimal_or("quantity", Decimal::ONE)?,
            value: price.decimal("value")?,
        })
    };
    Ok(PriceList {
        code: list.text("name").unwrap_or_default().to_owned(),
        merge: list.flag_or("merge", true),
        prices: list.rows("prices").map(price).collect::<Result<_, Not>>()?,
    })
}

pub fn acyclic(inputs: Inputs<'_>, expected: &Expected<'_>) -> Run {
    let edge = |edge: &'_ Value| Some((edge[0].as_str()?.to_owned(), edge[1].as_str()?.to_owned()));
    let edges: Option<Vec<_>> = inputs.list("edges").iter().map(edge).collect();
    let edges = edges.ok_or_else(|| Not::Read("an edge".to_owned()))?;
    let edges: Vec<_> = edges.iter().map(|(from, to)| (&**from, &**to)).collect();
    let cycle = matches!(dependency_order(&edges), Err(BookError::Cycle(_)));
    expected.flag_is("cycle", cycle)
}
