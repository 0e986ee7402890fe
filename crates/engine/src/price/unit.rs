use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::context::Context;
use super::inputs::inputs;
use super::rules::Outcome;
use super::{
    Basis, Due, Level, PriceError, PricePack, PriceRule, PriceStep, ProductPrices, Purchase,
    RoundingMoment, Step, Waterfall, exact,
};
use crate::catalog::{ArithmeticError, AttributeIndex, Model, Text, Value};

/// Code of the step that holds what rounding added or took.
pub(crate) const ROUNDING: &str = "rounding";

/// The price of one piece of a configuration, due once, where `purchase` is bought.
///
/// `values` holds one entry for each attribute of `model`, `None` while open. A
/// step that needs an open attribute has no amount and says what it waits for;
/// a step that does not apply is left out. The amounts of the steps add up to
/// the total, exactly; where the policy rounds the unit price, what that adds
/// or takes is the last step.
///
/// # Errors
/// [`PriceError`], where the pack is not for this catalog, product or day, or
/// an amount does not fit an exact decimal.
pub fn price_unit(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    purchase: &Purchase,
) -> Result<Waterfall, PriceError> {
    Priced::new(model, pack, values, purchase)?.piece(Due::Once)
}

/// All steps of a product, worked out.
pub(crate) struct Priced<'a> {
    model: &'a Model,
    pack: &'a PricePack,
    prices: &'a ProductPrices,
    values: &'a [Option<Value>],
    /// With what became of all steps.
    context: Context<'a>,
}

impl<'a> Priced<'a> {
    /// Works all steps out, those that compete against each other.
    ///
    /// # Errors
    /// As [`price_unit`].
    pub fn new(
        model: &'a Model,
        pack: &'a PricePack,
        values: &'a [Option<Value>],
        purchase: &'a Purchase<'a>,
    ) -> Result<Self, PriceError> {
        if purchase.quantity == 0 {
            return Err(PriceError::NoQuantity);
        }
        let prices = applicable(model, pack, purchase.date)?;
        let mut context = Context::new(model, (pack, prices), values, purchase);
        for rivals in prices.steps.chunk_by(are_rivals) {
            work_out(rivals, &mut context)?;
        }
        Ok(Self {
            model,
            pack,
            prices,
            values,
            context,
        })
    }

    /// The same of other values. Only steps that are `touched` by what differs, as
    /// [`Looks::touched`](super::Looks::touched) tells, are worked out again.
    ///
    /// # Errors
    /// As [`price_unit`].
    pub fn of_other<'b>(
        &self,
        values: &'b [Option<Value>],
        touched: &[bool],
    ) -> Result<Priced<'b>, PriceError>
    where
        'a: 'b,
    {
        let purchase = self.context.purchase();
        let mut context = Context::new(self.model, (self.pack, self.prices), values, purchase);
        let mut known = self.context.outcomes().iter().zip(touched);
        for rivals in self.prices.steps.chunk_by(are_rivals) {
            let mut anew = false;
            for (outcome, touched) in known.by_ref().take(rivals.len()) {
                anew = *touched;
                if !anew {
                    context.push(outcome.of_no_basis());
                }
            }
            if anew {
                work_out(rivals, &mut context)?;
            }
        }
        Ok(Priced {
            model: self.model,
            pack: self.pack,
            prices: self.prices,
            values,
            context,
        })
    }

    /// How many steps, from the first on, come to the same for any number of pieces.
    pub fn same_for_any_pieces(&self) -> usize {
        let purchase = self.context.purchase();
        let rivals = self.prices.steps.chunk_by(are_rivals);
        let same = |it: &&[PriceStep]| it.iter().all(|step| !depends_on_pieces(step, purchase));
        rivals.take_while(same).map(<[_]>::len).sum()
    }

    /// The price of one piece that is due once, of another purchase that differs in its pieces
    /// alone. The first `same` steps are not worked out again.
    ///
    /// # Errors
    /// As [`price_unit`].
    pub fn piece_total_of(&self, purchase: &Purchase, same: usize) -> Result<Decimal, PriceError> {
        let mut context = Context::new(self.model, (self.pack, self.prices), self.values, purchase);
        for outcome in self.context.outcomes().iter().take(same) {
            context.push(outcome.of_no_basis());
        }
        for rivals in self.prices.steps[same..].chunk_by(are_rivals) {
            work_out(rivals, &mut context)?;
        }
        let sum = self.sum(context.outcomes(), Due::Once, Level::Piece)?;
        Ok(self.pack.piece_total(sum)?)
    }

    /// What is `due` so: the price of one piece, and what steps for the whole line add.
    pub fn amounts(&self, due: Due) -> Result<(Decimal, Decimal), PriceError> {
        let outcomes = self.context.outcomes();
        let piece = self.sum(outcomes, due, Level::Piece)?;
        let line = self.sum(outcomes, due, Level::Line)?;
        Ok((self.pack.piece_total(piece)?, line))
    }

    /// The steps for one piece that are `due` so. They take with them what each was worked out
    /// from: it is told once.
    pub fn piece(&mut self, due: Due) -> Result<Waterfall, PriceError> {
        let mut steps = self.steps(due, Level::Piece)?;
        let sum = exact::sum(steps.iter().filter_map(|step| step.amount))?;
        let total = self.pack.piece_total(sum)?;
        let difference = exact::subtract(total, sum)?;
        if difference != Decimal::ZERO {
            steps.push(rounding(exact::money(
                difference,
                self.pack.currency.minor_units,
            )));
        }
        Ok(Waterfall { steps, total })
    }

    /// What the steps of one kind add that have these outcomes.
    fn sum(&self, outcomes: &[Outcome], due: Due, level: Level) -> Result<Decimal, PriceError> {
        let steps = self.prices.steps.iter().zip(outcomes);
        let own = steps.filter(|(step, _)| step.due == due && step.level == level);
        let amounts = own.filter_map(|(_, outcome)| match outcome {
            Outcome::Adds(amount, _) => Some(*amount),
            _ => None,
        });
        Ok(exact::sum(amounts)?)
    }

    /// The steps of one kind as the waterfall shows them, without those that do not apply; they
    /// take with them what each was worked out from.
    pub fn steps(&mut self, due: Due, level: Level) -> Result<Vec<Step>, PriceError> {
        let steps = self.prices.steps.iter().enumerate();
        let own = steps.filter(|(_, step)| step.due == due && step.level == level);
        let shown = own.map(|(position, step)| self.shown(position, step));
        shown.filter_map(Result::transpose).collect()
    }

    /// All steps as the waterfall shows them, with what they are for.
    pub fn all_steps(mut self) -> Result<Vec<(Step, Level)>, PriceError> {
        let steps = self.prices.steps.iter().enumerate();
        let shown = steps.map(|(position, step)| {
            let shown = self.shown(position, step)?;
            Ok(shown.map(|it| (it, step.level)))
        });
        shown.filter_map(Result::transpose).collect()
    }

    /// The step as the waterfall shows it; nothing where it does not apply.
    fn shown(&mut self, position: usize, step: &'a PriceStep) -> Result<Option<Step>, PriceError> {
        let minor_units = self.pack.currency.minor_units;
        let (amount, basis, inputs) = match self.context.take(position)? {
            Outcome::Skipped => return Ok(None),
            Outcome::Adds(amount, basis) => {
                let before = before(&self.prices.steps, position);
                self.context.turn_back_to(step, before);
                let inputs = inputs(step, &self.context)?;
                (Some(exact::money(amount, minor_units)), basis, inputs)
            }
            Outcome::Open(attributes) => (None, Basis::Open { attributes }, Vec::new()),
        };
        Ok(Some(Step {
            code: step.code.clone(),
            label: step.label.clone(),
            basis,
            inputs,
            amount,
        }))
    }

    /// The steps that wait, by position, and what each waits for.
    pub fn open_steps(&self) -> BTreeMap<usize, Vec<AttributeIndex>> {
        let outcomes = self.context.outcomes().iter().enumerate();
        let open = outcomes.filter_map(|(position, it)| match it {
            Outcome::Open(attributes) => Some((position, attributes.clone())),
            _ => None,
        });
        open.collect()
    }

    /// The attributes that the steps wait for, ascending and without repetition.
    pub fn open(&self) -> Vec<AttributeIndex> {
        let open = self.context.outcomes().iter().filter_map(|it| match it {
            Outcome::Open(attributes) => Some(attributes),
            _ => None,
        });
        super::context::ascending(open.flatten().copied())
    }
}

impl PricePack {
    /// The price of one piece of which the steps add up to `sum`.
    pub(super) fn piece_total(&self, sum: Decimal) -> Result<Decimal, ArithmeticError> {
        let minor_units = self.currency.minor_units;
        match self.rounding.moment {
            RoundingMoment::Unit => self.rounding.round(sum, minor_units),
            RoundingMoment::Line | RoundingMoment::Document => Ok(exact::money(sum, minor_units)),
        }
    }
}

/// The step that shows what rounding added or took.
fn rounding(difference: Decimal) -> Step {
    Step {
        code: ROUNDING.to_owned(),
        label: Text::default(),
        basis: Basis::Rounding,
        inputs: Vec::new(),
        amount: Some(difference),
    }
}

/// The prices in `pack` for the product of `model`, where they hold on `date`.
pub(crate) fn applicable<'p>(
    model: &Model,
    pack: &'p PricePack,
    date: Date,
) -> Result<&'p ProductPrices, PriceError> {
    let (from, until) = (pack.valid_from, pack.valid_until);
    if from.is_some_and(|from| date < from) || until.is_some_and(|until| date > until) {
        return Err(PriceError::NotValid { from, until });
    }
    if pack.catalog != model.catalog || pack.catalog_hash != model.hash {
        return Err(PriceError::OtherCatalog);
    }
    (pack.products.iter().chain(&pack.whole))
        .find(|prices| prices.product == model.product)
        .ok_or_else(|| PriceError::NoPrices {
            product: model.product.clone(),
        })
}

/// The pieces on the line from which some step gives another amount, ascending.
pub(crate) fn thresholds(prices: &ProductPrices, purchase: &Purchase) -> Vec<u32> {
    let mut quantities: Vec<u32> = prices
        .steps
        .iter()
        .flat_map(|step| from_which(step, purchase))
        .collect();
    quantities.sort_unstable();
    quantities.dedup();
    quantities
}

/// The pieces on the line from which a step gives another amount, or counts.
fn from_which(step: &PriceStep, purchase: &Purchase) -> Vec<u32> {
    let mut quantities = step.rule.kind().thresholds(purchase);
    quantities.extend(step.applies.thresholds(purchase));
    quantities
}

/// As [`thresholds`], of the steps only that count for these values in this month.
///
/// # Errors
/// As [`price_unit`].
pub(crate) fn reachable(
    model: &Model,
    pack: &PricePack,
    values: &[Option<Value>],
    purchase: &Purchase,
) -> Result<Vec<u32>, PriceError> {
    let prices = applicable(model, pack, purchase.date)?;
    let context = Context::new(model, (pack, prices), values, purchase);
    let mut quantities = Vec::new();
    for step in &prices.steps {
        if step.applies.outcome(&context)? != Some(Outcome::Skipped) {
            quantities.extend(from_which(step, purchase));
        }
    }
    quantities.sort_unstable();
    quantities.dedup();
    Ok(quantities)
}

/// Whether two steps, one below the other, compete.
pub(super) fn are_rivals(one: &PriceStep, next: &PriceStep) -> bool {
    one.rivals.is_some() && one.rivals == next.rivals
}

/// How many steps there were when the one at `position` was worked out: those that compete do
/// not look at one another.
fn before(steps: &[PriceStep], position: usize) -> usize {
    let pairs = steps[..=position].windows(2).rev();
    position - pairs.take_while(|it| are_rivals(&it[0], &it[1])).count()
}

/// Whether a step can come to something else for another number of pieces. Steps for one piece
/// do so where they say from how many on, or up to how many there is a price.
fn depends_on_pieces(step: &PriceStep, purchase: &Purchase) -> bool {
    let counts = matches!(&step.rule, PriceRule::Volume(it) if it.per.is_none());
    step.level != Level::Piece || counts || !from_which(step, purchase).is_empty()
}

/// Works out steps that compete, or one.
fn work_out<'a>(rivals: &'a [PriceStep], context: &mut Context<'a>) -> Result<(), PriceError> {
    if let [step] = rivals {
        let outcome = outcome(step, context)?;
        context.push(outcome);
        return Ok(());
    }
    let outcomes = rivals.iter().map(|step| outcome(step, context));
    for outcome in best(outcomes.collect::<Result<_, _>>()?) {
        context.push(outcome);
    }
    Ok(())
}

/// What becomes of a step.
fn outcome<'a>(step: &'a PriceStep, context: &mut Context<'a>) -> Result<Outcome, PriceError> {
    context.turn_to(step);
    match step.applies.outcome(context)? {
        Some(outcome) => Ok(outcome),
        None => context.rounded(step.rule.kind().apply(context)?),
    }
}

/// Of steps that compete, all but the one with the lowest amount are left out; while one
/// waits for a decision, the best is not known.
fn best(mut rivals: Vec<Outcome>) -> Vec<Outcome> {
    if rivals.len() < 2 || rivals.iter().any(|it| matches!(it, Outcome::Open(_))) {
        return rivals;
    }
    let amounts = rivals.iter().enumerate().filter_map(|(at, it)| match it {
        Outcome::Adds(amount, _) => Some((*amount, at)),
        _ => None,
    });
    let winner = amounts.min().map(|(_, at)| at);
    for (at, outcome) in rivals.iter_mut().enumerate() {
        if Some(at) != winner {
            *outcome = Outcome::Skipped;
        }
    }
    rivals
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::catalog::Condition;
    use crate::price::kit::{DAY, FINISH, LENGTH, SIZE, dec, large_box, metres, model, pack, step};
    use crate::price::{
        Amount, Base, Counted, Measure, Options, Percent, RoundingMode, Tier, Tiers,
    };

    /// Base 640; 33.335 a metre; 10 % where gold; 3 % off from 2 pieces.
    fn steps() -> Vec<PriceStep> {
        let fixed = |amount, per| PriceRule::Amount(Amount { amount, per });
        let metre = Measure {
            formula: metres(),
            unit: "m".to_owned(),
            price_unit: None,
            rounding: None,
        };
        let gold = Percent {
            percent: dec("10"),
            of: Base::Steps(vec![0, 1]),
        };
        let tier = Tier {
            from: 2,
            percent: dec("-3"),
        };
        let tiers = Tiers {
            tiers: vec![tier],
            of: Base::Before,
            counts: Counted::Line,
        };
        let mut steps = vec![
            step("base", fixed(dec("640"), None)),
            step("body", fixed(dec("33.335"), Some(metre))),
            step("gold", PriceRule::Percent(gold)),
            step("quantity", PriceRule::Tiers(tiers)),
        ];
        steps[2].applies.when = Some(Condition::Is {
            attribute: FINISH,
            options: vec![2],
        });
        steps
    }

    fn shown(waterfall: &Waterfall) -> Vec<(&str, Option<String>)> {
        let steps = waterfall.steps.iter();
        steps
            .map(|step| (step.code.as_str(), step.amount.map(|it| it.to_string())))
            .collect()
    }

    fn some(amount: &str) -> Option<String> {
        Some(amount.to_owned())
    }

    #[test]
    fn the_steps_add_up_to_the_total() {
        // 640 + 33.335 x 2.5 = 723.3375; 3 % of it is 21.700125.
        let pack = pack(steps(), Vec::new());
        let waterfall =
            price_unit(&model(), &pack, &large_box(), &Purchase::alone(2, DAY)).expect("a price");
        let expected = [
            ("base", some("640.00")),
            ("body", some("83.3375")),
            ("quantity", some("-21.700125")),
        ];
        assert_eq!(shown(&waterfall), expected);
        assert_eq!(waterfall.total.to_string(), "701.637375");
    }

    #[test]
    fn a_rounded_unit_price_shows_what_rounding_did() {
        for (mode, rounding, total) in [
            (RoundingMode::HalfUp, "0.005", "30.03"),
            (RoundingMode::HalfEven, "-0.005", "30.02"),
        ] {
            let amount = Amount {
                amount: dec("30.025"),
                per: None,
            };
            let mut pack = pack(vec![step("base", PriceRule::Amount(amount))], Vec::new());
            pack.rounding.moment = RoundingMoment::Unit;
            pack.rounding.mode = mode;
            let waterfall = price_unit(&model(), &pack, &large_box(), &Purchase::alone(1, DAY))
                .expect("a price");
            let expected = [("base", some("30.025")), ("rounding", some(rounding))];
            assert_eq!(shown(&waterfall), expected);
            assert_eq!(waterfall.total.to_string(), total);
        }
    }

    #[test]
    fn what_is_open_has_no_amount_and_names_what_it_waits_for() {
        let mut values = large_box();
        values[FINISH.0] = None;
        values[LENGTH.0] = None;
        let pack = pack(steps(), Vec::new());
        let waterfall =
            price_unit(&model(), &pack, &values, &Purchase::alone(2, DAY)).expect("a price");
        let open = |attributes: &[_]| Basis::Open {
            attributes: attributes.to_vec(),
        };
        let bases: Vec<_> = waterfall.steps.iter().map(|step| &step.basis).collect();
        let expected = [
            &Basis::Amount,
            &open(&[LENGTH]),
            &open(&[FINISH]),
            &open(&[FINISH, LENGTH]),
        ];
        assert_eq!(bases, expected);
        assert_eq!(waterfall.total, dec("640"));
        assert!(waterfall.is_open());
    }

    #[test]
    fn a_pack_is_for_one_catalog_product_and_time() {
        let fresh = || pack(steps(), Vec::new());
        let price = |pack: &PricePack, day| {
            price_unit(&model(), pack, &large_box(), &Purchase::alone(1, day))
        };
        let (from, until) = (date(2026, 1, 1), date(2026, 12, 31));
        let dated = PricePack {
            valid_from: Some(from),
            valid_until: Some(until),
            ..fresh()
        };
        let not_valid = Err(PriceError::NotValid {
            from: Some(from),
            until: Some(until),
        });
        assert!(price(&dated, from).is_ok());
        assert!(price(&dated, until).is_ok());
        assert_eq!(price(&dated, date(2025, 12, 31)), not_valid);
        assert_eq!(price(&dated, date(2027, 1, 1)), not_valid);

        let other = PricePack {
            catalog_hash: "other".to_owned(),
            ..fresh()
        };
        assert_eq!(price(&other, DAY), Err(PriceError::OtherCatalog));

        let empty = PricePack {
            products: Vec::new(),
            ..fresh()
        };
        let product = "box".to_owned();
        assert_eq!(price(&empty, DAY), Err(PriceError::NoPrices { product }));
        let none = price_unit(&model(), &fresh(), &large_box(), &Purchase::alone(0, DAY));
        assert_eq!(none, Err(PriceError::NoQuantity));
    }

    #[test]
    fn an_amount_that_does_not_fit_is_an_error() {
        let percent = Percent {
            percent: dec("0.0000000000000000000000000001"),
            of: Base::Steps(vec![0]),
        };
        let options = Options {
            attribute: SIZE,
            amounts: vec![dec("1"), dec("1")],
        };
        let steps = vec![
            step("size", PriceRule::Options(options)),
            step("tiny", PriceRule::Percent(percent)),
        ];
        let refused = price_unit(
            &model(),
            &pack(steps, Vec::new()),
            &large_box(),
            &Purchase::alone(1, DAY),
        );
        assert_eq!(refused, Err(PriceError::Arithmetic(ArithmeticError)));
    }
}
