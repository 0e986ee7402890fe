//! What is taxed at one rate.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::fitted::fitted;
use super::{Part, Taxed};
use crate::catalog::ArithmeticError;
use crate::money::Fraction;
use crate::price::{PriceError, PricePack, Tax, TaxAt, TaxIn, exact};
use crate::quote::tax::contained;

/// Amounts with the same tax due.
pub(super) struct Group<'a, 'p> {
    pub due: &'p Tax,
    pub items: Vec<&'a Taxed<'p>>,
}

/// What a group comes to.
pub(super) struct Total {
    pub settled: Settled,
    /// The amounts without tax, one for each; they add up to the base.
    pub nets: Vec<Decimal>,
}

/// What amounts come to at one rate.
#[derive(Clone, Copy, Default)]
pub(super) struct Settled {
    pub base: Decimal,
    pub tax: Decimal,
    /// What rounding added or took.
    pub rounding: Decimal,
    /// What another tax than prices contain added or took.
    pub exchanged: Decimal,
}

/// Amounts by the rate of the tax that they are meant with.
type Sums = BTreeMap<Decimal, Decimal>;

impl Group<'_, '_> {
    /// What it comes to: its tax is rounded once, or of each line or piece.
    pub fn total(&self, pack: &PricePack) -> Result<Total, PriceError> {
        match pack.settlement.tax_at {
            TaxAt::Document => self.of_document(pack),
            TaxAt::Line | TaxAt::Unit => self.of_lines(pack),
        }
    }

    fn of_document(&self, pack: &PricePack) -> Result<Total, PriceError> {
        let all = sums(self.items.iter().copied())?;
        let settled = self.settled(&all, pack)?;
        let goods = sums(self.items.iter().copied().filter(|it| !is_off(it)))?;
        let goods = self.settled(&goods, pack)?.base;
        let sum = exact::sum(all.values().copied())?;
        // A discount that contains less tax than goods of the same amount is more without it.
        let takes_all = settled.base < Decimal::ZERO && goods >= Decimal::ZERO;
        let settled = match takes_all && sum >= Decimal::ZERO {
            true => Settled::default().instead_of(sum)?,
            false => settled,
        };
        let net = |it: &&Taxed| match pack.settlement.prices {
            TaxIn::OnTop => Ok(Fraction::from(it.amount)),
            TaxIn::Contained => Ok(contained(it.amount, it.tax.own.percent, None)?.net),
        };
        let nets = self.items.iter().map(net);
        let nets = nets.collect::<Result<Vec<_>, PriceError>>()?;
        let rank = |at: usize| self.items[at].rank();
        let nets = fitted(&nets, rank, settled.base, pack)?;
        Ok(Total { settled, nets })
    }

    fn of_lines(&self, pack: &PricePack) -> Result<Total, PriceError> {
        let alone = self.items.iter().map(|it| self.of_item(it, pack));
        let mut alone = alone.collect::<Result<Vec<_>, _>>()?;
        let first = self.items.iter().position(|it| is_off(it));
        if let Some((first, taken)) = first.zip(self.taken_off(&alone, pack)?) {
            for (it, own) in self.items.iter().zip(&mut alone) {
                if is_off(it) {
                    *own = Settled::default();
                }
            }
            alone[first] = taken;
        }
        let mut all = alone.iter();
        let settled = all.try_fold(Settled::default(), |sum, it| sum.plus(*it))?;
        let nets = alone.iter().map(|it| it.base).collect();
        Ok(Total { settled, nets })
    }

    /// What is taken off the document takes its part of the tax of what is there, where there is
    /// as much: in proportion to amounts without a tax that is not due. `alone` is what each
    /// comes to by itself.
    fn taken_off(
        &self,
        alone: &[Settled],
        pack: &PricePack,
    ) -> Result<Option<Settled>, PriceError> {
        let items = self.items.iter().copied();
        let (off, goods): (Vec<_>, Vec<_>) = items.zip(alone).partition(|(it, _)| is_off(it));
        let mut of = goods.iter().map(|(_, own)| **own);
        let of = of.try_fold(Settled::default(), Settled::plus)?;
        let [goods, off] = [&goods, &off].map(|items| sums(items.iter().map(|(it, _)| *it)));
        let (goods, off) = (goods?, off?);
        let there = exact::sum(goods.values().copied())?;
        let taken = exact::sum(off.values().copied())?;
        if taken.is_zero() || there < -taken || of.base < Decimal::ZERO {
            return Ok(None);
        }
        let another = self.is_another(&goods, pack) || self.is_another(&off, pack);
        let (before, less) = match another {
            true => (nets(&goods)?, nets(&off)?),
            false => (there.into(), taken.into()),
        };
        if before <= Fraction::ZERO {
            return Ok(None);
        }
        let all = Fraction::from(-Decimal::ONE);
        let part = less.over(before)?.max(all);
        let taken = self.part_of(of, part, (taken, another), pack)?;
        Ok(Some(taken.off(of)?))
    }

    /// Of one amount; where tax is rounded for a piece, of so many pieces and the rest. A rest
    /// below zero takes its part of the tax of the pieces. A line that is not below zero though
    /// its pieces are is one amount: pieces that nobody pays for have no tax.
    fn of_item(&self, item: &Taxed, pack: &PricePack) -> Result<Settled, PriceError> {
        let own = |amount| Sums::from([(item.tax.own.percent, amount)]);
        let has_tax = |piece: Decimal| piece >= Decimal::ZERO || item.amount < Decimal::ZERO;
        let Some((piece, count)) = item.pieces.filter(|it| has_tax(it.0)) else {
            return self.settled(&own(item.amount), pack);
        };
        let pieces = exact::multiply(piece, count.into())?;
        let all = self.settled(&own(piece), pack)?.times(count)?;
        let rest = exact::subtract(item.amount, pieces)?;
        let rest = match rest < Decimal::ZERO && pieces >= -rest {
            true => {
                let part = Fraction::new(rest, pieces)?;
                let another = self.is_another(&own(rest), pack);
                self.part_of(all, part, (rest, another), pack)?.off(all)?
            }
            false => self.settled(&own(rest), pack)?,
        };
        Ok(all.plus(rest)?)
    }

    /// Amounts whose tax is rounded together.
    fn settled(&self, sums: &Sums, pack: &PricePack) -> Result<Settled, PriceError> {
        let sum = exact::sum(sums.values().copied())?;
        if pack.settlement.prices == TaxIn::OnTop {
            let base = self.rounded(sum.into(), pack)?;
            let rounding = exact::subtract(base, sum)?;
            let settled = self.on_top(base, pack)?;
            return Ok(Settled {
                rounding,
                ..settled
            });
        }
        if self.is_another(sums, pack) {
            let base = self.rounded(nets(sums)?, pack)?;
            return Ok(self.on_top(base, pack)?.instead_of(sum)?);
        }
        let gross = self.rounded(sum.into(), pack)?;
        let tax = contained(gross, self.due.percent, None)?.tax;
        Ok(Settled::within(gross, self.rounded(tax, pack)?, sum)?)
    }

    /// The amount `off`, which takes its `part`, below zero, of what comes to `of`. Whether prices
    /// contain another tax than is due stands beside the amount.
    fn part_of(
        &self,
        of: Settled,
        part: Fraction,
        (off, another): (Decimal, bool),
        pack: &PricePack,
    ) -> Result<Settled, PriceError> {
        let part = |of: Decimal| self.rounded(part.times(of)?, pack);
        let tax = part(of.tax)?;
        let rounded = self.rounded(off.into(), pack)?;
        if pack.settlement.prices == TaxIn::OnTop {
            return Ok(Settled {
                base: rounded,
                tax,
                rounding: exact::subtract(rounded, off)?,
                exchanged: Decimal::ZERO,
            });
        }
        if another {
            let settled = Settled {
                base: part(of.base)?,
                tax,
                ..Settled::default()
            };
            return Ok(settled.instead_of(off)?);
        }
        Ok(Settled::within(rounded, tax, off)?)
    }

    /// Whether prices contain another tax than is due.
    fn is_another(&self, sums: &Sums, pack: &PricePack) -> bool {
        let is_due = |percent: &Decimal| *percent == self.due.percent;
        pack.settlement.prices == TaxIn::Contained && !sums.keys().all(is_due)
    }

    /// The tax on top of `base` (BR-CO-17).
    fn on_top(&self, base: Decimal, pack: &PricePack) -> Result<Settled, PriceError> {
        let tax = exact::percent_of(base, self.due.percent)?;
        Ok(Settled {
            base,
            tax: self.rounded(tax.into(), pack)?,
            ..Settled::default()
        })
    }

    fn rounded(&self, amount: Fraction, pack: &PricePack) -> Result<Decimal, PriceError> {
        let minor_units = pack.currency.minor_units;
        let rounding = pack.rounding.rounding(minor_units);
        Ok(exact::money(amount.round(&rounding)?, minor_units))
    }
}

impl Settled {
    /// `gross`, which `sum` was rounded to, with the tax in it.
    fn within(gross: Decimal, tax: Decimal, sum: Decimal) -> Result<Self, ArithmeticError> {
        Ok(Self {
            base: exact::subtract(gross, tax)?,
            tax,
            rounding: exact::subtract(gross, sum)?,
            exchanged: Decimal::ZERO,
        })
    }

    /// The same in place of `sum`, which contained another tax.
    fn instead_of(self, sum: Decimal) -> Result<Self, ArithmeticError> {
        let gross = exact::add(self.base, self.tax)?;
        let exchanged = exact::subtract(gross, sum)?;
        Ok(Self { exchanged, ..self })
    }

    /// What is taken off `goods`: no more than their base, which each of them may have rounded down.
    fn off(self, goods: Self) -> Result<Self, ArithmeticError> {
        let base = self.base.max(-goods.base.max(Decimal::ZERO));
        let less = exact::subtract(base, self.base)?;
        let rounding = exact::add(self.rounding, less)?;
        Ok(Self {
            base,
            rounding,
            ..self
        })
    }

    fn plus(self, other: Self) -> Result<Self, ArithmeticError> {
        Ok(Self {
            base: exact::add(self.base, other.base)?,
            tax: exact::add(self.tax, other.tax)?,
            rounding: exact::add(self.rounding, other.rounding)?,
            exchanged: exact::add(self.exchanged, other.exchanged)?,
        })
    }

    fn times(self, count: u32) -> Result<Self, ArithmeticError> {
        let times = |amount| exact::multiply(amount, count.into());
        Ok(Self {
            base: times(self.base)?,
            tax: times(self.tax)?,
            rounding: times(self.rounding)?,
            exchanged: times(self.exchanged)?,
        })
    }
}

fn is_off(it: &Taxed) -> bool {
    it.part == Part::Whole && it.amount < Decimal::ZERO
}

/// All of it without the tax that prices contain.
fn nets(sums: &Sums) -> Result<Fraction, PriceError> {
    let nets = sums.iter();
    let nets = nets.map(|(percent, sum)| Ok(contained(*sum, *percent, None)?.net));
    let nets = nets.collect::<Result<Vec<_>, PriceError>>()?;
    Ok(Fraction::sum(nets)?)
}

fn sums<'a, 'p: 'a>(items: impl Iterator<Item = &'a Taxed<'p>>) -> Result<Sums, ArithmeticError> {
    let mut sums = Sums::new();
    for it in items {
        let sum = sums.entry(it.tax.own.percent).or_default();
        *sum = exact::add(*sum, it.amount)?;
    }
    Ok(sums)
}
