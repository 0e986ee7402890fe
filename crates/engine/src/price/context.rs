use rust_decimal::Decimal;

use super::rules::Outcome;
use super::{
    Base, Basis, Level, PriceError, PricePack, PriceStep, PriceTable, ProductPrices, Purchase,
    exact,
};
use crate::catalog::{ArithmeticError, AttributeIndex, Condition, Formula, Model, Value};

/// What a price rule may look at.
pub(super) struct Context<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    prices: &'a ProductPrices,
    values: &'a [Option<Value>],
    purchase: &'a Purchase<'a>,
    /// The step that is worked out.
    own: Option<&'a PriceStep>,
    /// What became of the earlier steps, in the order of the price book.
    earlier: Vec<Outcome>,
    /// How many of them were there when the step was worked out, where later ones are known too.
    before: Option<usize>,
}

impl<'a> Context<'a> {
    pub fn new(
        model: &'a Model,
        (pack, prices): (&'a PricePack, &'a ProductPrices),
        values: &'a [Option<Value>],
        purchase: &'a Purchase<'a>,
    ) -> Self {
        Self {
            model,
            pack,
            prices,
            values,
            purchase,
            own: None,
            earlier: Vec::with_capacity(prices.steps.len()),
            before: None,
        }
    }

    /// What is bought.
    pub fn purchase(&self) -> &'a Purchase<'a> {
        self.purchase
    }

    /// What the step that is worked out is for.
    pub fn level(&self) -> Result<Level, PriceError> {
        self.own.map(|it| it.level).ok_or(PriceError::Malformed)
    }

    /// Goes to the step that is worked out next.
    pub fn turn_to(&mut self, step: &'a PriceStep) {
        self.own = Some(step);
    }

    /// Goes back to a step that was worked out when there were so many before it.
    pub fn turn_back_to(&mut self, step: &'a PriceStep, before: usize) {
        self.own = Some(step);
        self.before = Some(before);
    }

    /// An amount is rounded as its step says. What is for the quote as a whole is rounded in
    /// any case, so that it can be shared.
    pub fn rounded(&self, outcome: Outcome) -> Result<Outcome, PriceError> {
        let (amount, basis, own) = match (outcome, self.own) {
            (Outcome::Adds(amount, basis), Some(own)) => (amount, basis, own),
            (outcome, _) => return Ok(outcome),
        };
        let amount = match own.rounding {
            None => amount,
            Some(rounding) => rounding.round(amount)?,
        };
        let amount = match own.level {
            Level::Quote(_) => {
                let minor_units = self.pack.currency.minor_units;
                self.pack.rounding.round(amount, minor_units)?
            }
            Level::Piece | Level::Line => amount,
        };
        Ok(Outcome::Adds(amount, basis))
    }

    /// Whether the step is borne by the lines of some groups, and there are none of them.
    pub fn is_not_borne(&self) -> bool {
        let bearers = self.own.map_or(&[][..], |it| &it.bearers);
        let groups = self.purchase.goods.map(|it| &it.groups);
        let is_there = |it: &String| groups.is_some_and(|groups| groups.contains_key(it));
        !bearers.is_empty() && !bearers.iter().any(is_there)
    }

    /// What became of all steps so far.
    pub fn outcomes(&self) -> &[Outcome] {
        &self.earlier
    }

    /// What became of the step at `position`, which takes with it what it was worked out from.
    pub fn take(&mut self, position: usize) -> Result<Outcome, PriceError> {
        let outcome = self.earlier.get_mut(position);
        let outcome = outcome.ok_or(PriceError::Malformed)?;
        let left = match outcome {
            Outcome::Adds(amount, _) => Outcome::Adds(*amount, Basis::Amount),
            Outcome::Skipped | Outcome::Open(_) => return Ok(outcome.clone()),
        };
        Ok(std::mem::replace(outcome, left))
    }

    /// The codes of those of the steps at `positions` that add something.
    pub fn codes_of(&self, positions: &[usize]) -> Result<Vec<String>, PriceError> {
        let mut codes = Vec::with_capacity(positions.len());
        for position in positions {
            match self.earlier(*position)? {
                Outcome::Adds(amount, _) if !amount.is_zero() => {
                    codes.push(self.step(*position)?.code.clone());
                }
                _ => {}
            }
        }
        Ok(codes)
    }

    /// Remembers what became of the next step.
    pub fn push(&mut self, outcome: Outcome) {
        self.earlier.push(outcome);
    }

    /// What became of the earlier step at `position`.
    pub fn earlier(&self, position: usize) -> Result<&Outcome, PriceError> {
        self.earlier.get(position).ok_or(PriceError::Malformed)
    }

    /// The value of `attribute`, `None` while open.
    pub fn value(&self, attribute: AttributeIndex) -> Option<Value> {
        self.values.get(attribute.0).copied().flatten()
    }

    /// The price table at `index`.
    pub fn table(&self, index: usize) -> Result<&'a PriceTable, PriceError> {
        self.prices.tables.get(index).ok_or(PriceError::Malformed)
    }

    /// The value of `formula`, `None` while open.
    pub fn evaluate(&self, formula: &Formula) -> Result<Option<Decimal>, ArithmeticError> {
        formula.evaluate(self.model, self.values)
    }

    /// Whether `condition` holds, `None` while open.
    pub fn holds(&self, condition: &Condition) -> Result<Option<bool>, ArithmeticError> {
        condition.evaluate(self.model, self.values)
    }

    /// Which of `attributes` are open, ascending and without repetition.
    pub fn open_of(
        &self,
        attributes: impl IntoIterator<Item = AttributeIndex>,
    ) -> Vec<AttributeIndex> {
        let open = attributes
            .into_iter()
            .filter(|attribute| self.value(*attribute).is_none());
        ascending(open)
    }

    /// The open attributes that `formula` mentions.
    pub fn open_in(&self, formula: &Formula) -> Vec<AttributeIndex> {
        self.open_of(formula.attributes())
    }

    /// What the step is worked out of, or the attributes that it waits for.
    ///
    /// Of a step for the whole line, what is for one piece counts once for each piece.
    pub fn base(&self, of: &Base) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let own = self.own.ok_or(PriceError::Malformed)?;
        match of {
            Base::Steps(positions) => self.sum(own.level, positions.iter().copied()),
            Base::Before => match own.level {
                Level::Piece => self.sum(own.level, self.before(own, |it| it == Level::Piece)),
                Level::Line => self.line_so_far(own),
                Level::Quote(_) => self.quote_so_far(own),
            },
            Base::Groups(groups) => {
                let goods = self.purchase.goods.ok_or(PriceError::Malformed)?;
                let groups = groups.iter().filter_map(|it| goods.groups.get(it));
                Ok(Ok(exact::sum(groups.copied())?))
            }
        }
    }

    /// The price of one piece that a step for the line is worked out of, or the attributes that
    /// it waits for.
    pub fn piece(&self, of: &Base) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let own = self.own.ok_or(PriceError::Malformed)?;
        let of_piece = |it| it == Level::Piece;
        match of {
            Base::Steps(positions) => self.sum(Level::Piece, positions.iter().copied()),
            Base::Before => {
                let piece = self.sum(Level::Piece, self.before(own, of_piece))?;
                Ok(match piece {
                    Ok(piece) => Ok(self.pack.piece_total(piece)?),
                    Err(open) => Err(open),
                })
            }
            Base::Groups(_) => Err(PriceError::Malformed),
        }
    }

    /// Earlier steps for the same that are due as often as `own`.
    fn before(
        &self,
        own: &PriceStep,
        of_level: impl Fn(Level) -> bool,
    ) -> impl Iterator<Item = usize> {
        let before = self.before.unwrap_or(self.earlier.len());
        let steps = self.prices.steps.iter().take(before);
        let (due, steps) = (own.due, steps.enumerate());
        steps
            .filter(move |(_, it)| it.due == due && of_level(it.level))
            .map(|(position, _)| position)
    }

    fn quote_so_far(
        &self,
        own: &PriceStep,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let goods = self.purchase.goods.ok_or(PriceError::Malformed)?;
        let added = self.sum(own.level, self.before(own, |_| true))?;
        match added {
            Ok(added) => Ok(Ok(exact::add(goods.net, added)?)),
            Err(open) => Ok(Err(open)),
        }
    }

    fn line_so_far(
        &self,
        own: &PriceStep,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let piece = self.sum(Level::Piece, self.before(own, |it| it == Level::Piece))?;
        let line = self.sum(Level::Line, self.before(own, |it| it == Level::Line))?;
        match (piece, line) {
            (Ok(piece), Ok(line)) => {
                let pieces = self.pieces(self.pack.piece_total(piece)?)?;
                Ok(Ok(exact::add(pieces, line)?))
            }
            (piece, line) => {
                let open = [piece, line].into_iter().filter_map(Result::err);
                Ok(Err(ascending(open.flatten())))
            }
        }
    }

    /// The sum of the earlier steps at `positions`, for one piece or the whole line.
    fn sum(
        &self,
        level: Level,
        positions: impl Iterator<Item = usize>,
    ) -> Result<Result<Decimal, Vec<AttributeIndex>>, PriceError> {
        let mut sum = Decimal::ZERO;
        let mut open = Vec::new();
        for position in positions {
            let step = self.step(position)?;
            match self.earlier(position)? {
                Outcome::Adds(amount, _) => {
                    let amount = match (step.level, level) {
                        (Level::Piece, Level::Piece)
                        | (Level::Line, Level::Line)
                        | (Level::Quote(_), Level::Quote(_)) => *amount,
                        (Level::Piece, Level::Line) => self.pieces(*amount)?,
                        _ => return Err(PriceError::Malformed),
                    };
                    sum = exact::add(sum, amount)?;
                }
                Outcome::Skipped => {}
                Outcome::Open(attributes) => open.extend(attributes),
            }
        }
        if open.is_empty() {
            Ok(Ok(sum))
        } else {
            Ok(Err(ascending(open)))
        }
    }

    fn pieces(&self, amount: Decimal) -> Result<Decimal, ArithmeticError> {
        exact::multiply(amount, Decimal::from(self.purchase.quantity))
    }

    fn step(&self, position: usize) -> Result<&'a PriceStep, PriceError> {
        self.prices.steps.get(position).ok_or(PriceError::Malformed)
    }
}

/// `attributes` ascending and without repetition.
pub(super) fn ascending(
    attributes: impl IntoIterator<Item = AttributeIndex>,
) -> Vec<AttributeIndex> {
    let mut attributes: Vec<_> = attributes.into_iter().collect();
    attributes.sort();
    attributes.dedup();
    attributes
}
