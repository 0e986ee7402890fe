//! The price of a request whose lines are configured, with the lines that do not count.

use jiff::civil::Date;
use quotewright_compiler::CompiledPack;
use quotewright_engine::catalog::{Assignment, Decisions, Model, Value};
use quotewright_engine::delivery::{Plan, Wanted, plan};
use quotewright_engine::price::{PriceError, PricePack};
use quotewright_engine::quote::{
    Asked, AskedLine, Counting, Manual, ManualError, Margins, ProposedQuote, QuotePrice, adjusted,
    answers as answers_of, check_ramps, days_later, price_proposed,
};

use super::delivery::{Delivery, Told};
use super::request::Request;
use super::work_out::{Configured, decisions};

/// What a request comes to.
pub struct Priced {
    /// The quote of the lines that count, and the others.
    pub proposed: ProposedQuote,
    /// What the lines that count leave the supplier.
    pub margins: Margins,
    /// Whether something is below its floor, as it counts or once it is taken.
    pub below_floor: bool,
    /// When the lines that count can be there.
    pub delivery: Option<Delivery>,
    /// What is answered about the quote as a whole and what its lines say.
    pub facts: Assignment,
    /// Of each line that does not count, days that all then arrive later.
    pub days_later: Vec<Option<i32>>,
}

/// Why there is no price.
struct NoPrice(String);

impl From<PriceError> for NoPrice {
    fn from(error: PriceError) -> Self {
        Self(format!("there is no price: {error}"))
    }
}

/// The price of the lines of a request.
///
/// # Errors
/// Why there is none, with the line that is not taken yet where it is about that.
pub fn price(
    compiled: &CompiledPack,
    date: Date,
    request: &Request,
    lines: &[Configured],
    whole: Option<&(&Model, Assignment)>,
) -> Result<Priced, String> {
    let counting = request.counting()?;
    let asking = Asking::new(request, lines, whole, date, &counting)?;
    let (pack, confidential) = (&compiled.pack, &compiled.confidential);
    let (mut margins, mut below_floor) = (None, false);
    let proposed = price_proposed(pack, &counting, |positions, taken| {
        let found = asking.with(positions, |asked| {
            adjusted(confidential, pack, asked, request.partner.as_deref())
        });
        let no_price = |error: ManualError| {
            let changes = counting.changes(&asking.manual, positions);
            format!("there is no price: {}", error.among(&changes, positions))
        };
        let found = found.and_then(|it| it.map_err(no_price));
        let (price, left) = found.map_err(|error| match taken {
            None => NoPrice(error),
            Some(line) => NoPrice(format!("with line {} taken, {error}", line + 1)),
        })?;
        below_floor |= left.is_below_floor();
        margins.get_or_insert(left);
        Ok::<QuotePrice, NoPrice>(price)
    });
    let proposed = proposed.map_err(|NoPrice(error)| error)?;
    let priced = lines.iter().zip(&proposed.lines);
    let ramps = priced.map(|(line, it)| (line.ramp.as_slice(), it.price.term));
    check_ramps(ramps).map_err(|error| error.to_string())?;
    let margins = margins.ok_or("the request has no lines")?;
    let counted = counting.lines();
    let facts = asking.with(&counted, |asked| answers_of(pack, asked, &proposed.quote))?;
    let facts = facts.map_err(|error| error.to_string())?;
    let delivery = asking.with(&counted, |asked| asking.delivery(&counted, pack, asked))?;
    let now = asking.plan(&counted)?;
    let later = |line: usize| {
        let then = match counting.proposed(line) {
            Some(_) => asking.plan(&counting.taking(line))?,
            None => None,
        };
        Ok::<_, String>(
            now.as_ref()
                .zip(then)
                .and_then(|(now, then)| days_later(now, &then)),
        )
    };
    Ok(Priced {
        margins,
        below_floor,
        delivery: delivery.transpose()?,
        facts: facts.into_iter().flatten().collect(),
        days_later: (0..lines.len()).map(later).collect::<Result<_, _>>()?,
        proposed,
    })
}

/// All that is asked for; some of the lines are then asked for together.
struct Asking<'a> {
    request: &'a Request,
    lines: &'a [Configured<'a>],
    values: Vec<Vec<Option<Value>>>,
    whole: Option<(&'a Model, Vec<Option<Value>>)>,
    date: Date,
    counting: &'a Counting,
    manual: Vec<Manual>,
}

impl<'a> Asking<'a> {
    fn new(
        request: &'a Request,
        lines: &'a [Configured<'a>],
        whole: Option<&'a (&'a Model, Assignment)>,
        date: Date,
        counting: &'a Counting,
    ) -> Result<Self, String> {
        let decided = |values: &Assignment| values.iter().copied().map(Some).collect::<Vec<_>>();
        let manual = request.adjustments.iter().enumerate().map(|(at, it)| {
            it.manual()
                .map_err(|error| format!("adjustment {}: {error}", at + 1))
        });
        Ok(Self {
            request,
            lines,
            values: lines.iter().map(|it| decided(&it.values)).collect(),
            whole: whole.map(|(model, values)| (*model, decided(values))),
            date,
            counting,
            manual: manual.collect::<Result<_, _>>()?,
        })
    }

    /// Asks for the lines at these positions, as if there were no others.
    fn with<T>(&self, positions: &[usize], ask: impl FnOnce(&Asked) -> T) -> Result<T, String> {
        let lines = positions
            .iter()
            .filter_map(|at| self.lines.get(*at).zip(self.values.get(*at)));
        let lines: Vec<AskedLine> = lines
            .map(|(line, values)| AskedLine {
                model: line.model,
                values,
                quantity: line.quantity,
                ramp: &line.ramp,
                earlier: line.earlier,
                billed: line.billed,
            })
            .collect();
        let manual = self.counting.manual(&self.manual, positions);
        let manual = manual.map_err(|error| error.to_string())?;
        let whole = self.whole.as_ref();
        Ok(ask(&Asked {
            lines: &lines,
            whole: whole.map(|(model, values)| (*model, values.as_slice())),
            date: self.date,
            promotions: &self.request.promotions,
            buyer: self.request.buyer(positions),
            dates: self.request.dates()?,
            manual: &manual,
        }))
    }

    /// When the lines at these positions should be there, where that is asked.
    fn wanted(&self, positions: &[usize]) -> Option<(Date, Wanted)> {
        let question = self.request.question()?;
        let lines = positions
            .iter()
            .filter_map(|at| self.request.lines.get(*at));
        let wanted = Wanted {
            date: question.requested,
            lines: lines.map(super::request::Line::wanted).collect(),
        };
        Some((question.ordered.unwrap_or(self.date), wanted))
    }

    /// When the lines at these positions can be there, where that is asked.
    fn plan(&self, positions: &[usize]) -> Result<Option<Plan>, String> {
        let Some((ordered, wanted)) = self.wanted(positions) else {
            return Ok(None);
        };
        let plan = self.with(positions, |asked| plan(asked, ordered, &wanted))?;
        let plan = plan.map_err(|error| format!("there is no delivery date: {error}"));
        plan.map(Some)
    }

    /// The same as it is told.
    fn delivery(
        &self,
        positions: &[usize],
        pack: &PricePack,
        asked: &Asked,
    ) -> Option<Result<Delivery, String>> {
        let question = self.request.question()?;
        let (_, wanted) = self.wanted(positions)?;
        let told = || {
            let pairs = positions
                .iter()
                .filter_map(|at| self.request.lines.get(*at).zip(self.lines.get(*at)));
            let decided =
                pairs.map(|(line, configured)| decisions(configured.model, &line.configuration));
            let told = Told {
                question,
                lines: wanted.lines,
                decisions: decided.collect::<Result<_, _>>()?,
                answers: match &self.whole {
                    Some((model, _)) => decisions(model, &self.request.quote)?,
                    None => Decisions::new(),
                },
            };
            told.answer(pack, asked)
        };
        Some(told())
    }
}
