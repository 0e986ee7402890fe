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
        let settled = self.settled(&sums(self.items.iter().copied())?, pack)?;
        let net = |it: &&Taxed| match pack.settlement.prices {
            TaxIn::OnTop => Ok(Fraction::from(it.amount)),
            TaxIn::Contained => Ok(contained(it.amount, it.tax.own.percent, None)?.net),
        };
        let nets = self.items.iter().map(net);
        let nets = nets.collect::<Result<Vec<_>, PriceError>>()?;
        let nets = fitted(&nets, settled.base, pack)?;
        Ok(Total { settled, nets })
    }

    /// What is taken off the document takes its part of the tax of what is there, where there is
    /// as much.
    fn of_lines(&self, pack: &PricePack) -> Result<Total, PriceError> {
        let is_off = |it: &Taxed| it.part == Part::Whole && it.amount < Decimal::ZERO;
        let alone = self.items.iter().map(|it| self.of_item(it, pack));
        let mut alone = alone.collect::<Result<Vec<_>, _>>()?;
        let added = |off: bool| {
            let items = self.items.iter().zip(&alone);
            let mut items = items.filter(move |(it, _)| is_off(it) == off);
            items.try_fold((Decimal::ZERO, Settled::default()), |sums, (it, own)| {
                Ok::<_, ArithmeticError>((exact::add(sums.0, it.amount)?, sums.1.plus(*own)?))
            })
        };
        let ((there, goods), (off, _)) = (added(false)?, added(true)?);
        if let Some(first) = self.items.iter().position(|it| is_off(it))
            && there >= -off
            && goods.base >= Decimal::ZERO
        {
            let is_own = self.is_own(&sums(self.items.iter().copied())?);
            let part = self.part_of(goods, there, (off, is_own), pack)?;
            for (it, own) in self.items.iter().zip(&mut alone) {
                if is_off(it) {
                    *own = Settled::default();
                }
            }
            alone[first] = part.off(goods)?;
        }
        let mut all = alone.iter();
        let settled = all.try_fold(Settled::default(), |sum, it| sum.plus(*it))?;
        let nets = alone.iter().map(|it| it.base).collect();
        Ok(Total { settled, nets })
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
                let is_own = self.is_own(&own(rest));
                self.part_of(all, pieces, (rest, is_own), pack)?.off(all)?
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
        if self.is_own(sums) {
            let gross = self.rounded(sum.into(), pack)?;
            let tax = contained(gross, self.due.percent, None)?.tax;
            return Ok(Settled::within(gross, self.rounded(tax, pack)?, sum)?);
        }
        let nets = sums.iter();
        let nets = nets.map(|(percent, sum)| Ok(contained(*sum, *percent, None)?.net));
        let nets = nets.collect::<Result<Vec<_>, PriceError>>()?;
        let base = self.rounded(Fraction::sum(nets)?, pack)?;
        Ok(self.on_top(base, pack)?.instead_of(sum)?)
    }

    /// What is taken off `there`, which comes to `of`: it takes its part of that. Whether prices
    /// contain the tax that is due stands beside the amount.
    fn part_of(
        &self,
        of: Settled,
        there: Decimal,
        (off, is_own): (Decimal, bool),
        pack: &PricePack,
    ) -> Result<Settled, PriceError> {
        if off.is_zero() {
            return Ok(Settled::default());
        }
        let part = |of: Decimal| {
            let part = Fraction::from(of).times(off)?.over(there)?;
            self.rounded(part, pack)
        };
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
        if is_own {
            return Ok(Settled::within(rounded, tax, off)?);
        }
        let settled = Settled {
            base: part(of.base)?,
            tax,
            ..Settled::default()
        };
        Ok(settled.instead_of(off)?)
    }

    /// Whether prices contain the tax that is due.
    fn is_own(&self, sums: &Sums) -> bool {
        sums.keys().all(|percent| *percent == self.due.percent)
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

fn sums<'a, 'p: 'a>(items: impl Iterator<Item = &'a Taxed<'p>>) -> Result<Sums, ArithmeticError> {
    let mut sums = Sums::new();
    for it in items {
        let sum = sums.entry(it.tax.own.percent).or_default();
        *sum = exact::add(*sum, it.amount)?;
    }
    Ok(sums)
}
