//! Which pieces are asked for beside those of a line.

use std::collections::{BTreeMap, BTreeSet};

use super::whole::{Asked, AskedLine};
use crate::price::{PriceError, PricePack, Together, applicable};

/// The pieces beside those of a line.
#[derive(Default)]
pub(super) struct Beside {
    /// With the quantities that the lines have at first.
    pub first: Together,
    /// From a month of the term on, by ascending month; nothing where no quantity changes.
    pub later: Vec<(u32, Together)>,
}

/// Whether it is a group of products, and the name of it or of the product.
type Kind<'p> = (bool, &'p str);

/// The pieces beside those of each line.
pub(super) fn beside(pack: &PricePack, asked: &Asked) -> Result<Vec<Beside>, PriceError> {
    let kinds = asked.lines.iter().map(|line| kind(line, pack, asked));
    let kinds = kinds.collect::<Result<Vec<_>, _>>()?;
    let first = |together| Beside {
        first: together,
        later: Vec::new(),
    };
    let lines = together(asked, &kinds, |line| line.quantity);
    let mut lines: Vec<Beside> = lines.into_iter().map(first).collect();
    let ramps = asked.lines.iter().flat_map(|line| line.ramp);
    let months: BTreeSet<u32> = ramps.map(|it| it.from).collect();
    for month in months {
        let there = together(asked, &kinds, |line| line.quantity_in(month));
        for (line, together) in lines.iter_mut().zip(there) {
            line.later.push((month, together));
        }
    }
    Ok(lines)
}

/// Products of one group are counted together, else each product by itself.
fn kind<'p>(line: &AskedLine, pack: &'p PricePack, asked: &Asked) -> Result<Kind<'p>, PriceError> {
    let prices = applicable(line.model, pack, asked.date)?;
    let quantities = prices.quantities;
    // No pieces at all are refused with the price, and are a pause in a ramp.
    let mut asked = line
        .ramp
        .iter()
        .map(|it| it.quantity)
        .chain([line.quantity]);
    if let Some(quantity) = asked.find(|it| *it > 0 && !quantities.allow(*it)) {
        return Err(PriceError::Quantity {
            product: prices.product.clone(),
            quantity,
            least: quantities.least,
            step: quantities.step,
        });
    }
    let name = prices.group.as_ref().unwrap_or(&prices.product);
    Ok((prices.group.is_some(), name))
}

/// The pieces beside those of each line, where the lines have these quantities.
fn together(asked: &Asked, kinds: &[Kind], quantity: impl Fn(&AskedLine) -> u32) -> Vec<Together> {
    let mut pieces: BTreeMap<Kind, u64> = BTreeMap::new();
    for (line, kind) in asked.lines.iter().zip(kinds) {
        *pieces.entry(*kind).or_default() += u64::from(quantity(line));
    }
    let all: u64 = pieces.values().sum();
    let lines = asked.lines.iter().zip(kinds);
    let beside = lines.map(|(line, kind)| {
        let others = |pieces: u64| {
            let others = pieces.saturating_sub(quantity(line).into());
            u32::try_from(others).unwrap_or(u32::MAX)
        };
        Together {
            group: others(pieces.get(kind).copied().unwrap_or_default()),
            quote: others(all),
            contract: line.earlier,
        }
    });
    beside.collect()
}
