mod fitted;
mod group;
mod spread;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use self::group::Group;
use self::spread::spread;
use super::order::Order;
use super::tax::en16931::VatCategory;
use super::tax::{Buyer, BuyerTaxes, TaxPair};
use super::{Charge, LinePrice};
use crate::catalog::Text;
use crate::money::{CashTotal, Rounding, cash_total};
use crate::price::{PriceError, PricePack, Tax, TaxAt, TaxIn, exact};

/// Totals of a quote.
///
/// The lines with what they bear of steps for the whole quote, the charges less the allowances,
/// and `rounding` are `net`; where prices contain tax, these and `exchanged` are `gross`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Totals {
    /// What rounding the document added or took.
    pub rounding: Decimal,
    /// Amounts of the lines without tax and in whole minor units, in their order; each with what
    /// it bears of what is for the whole quote (BT-131).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub line_nets: Vec<Decimal>,
    /// Their sum (BT-106).
    #[serde(default)]
    pub line_total: Decimal,
    /// What is taken off the document as a whole, without tax and above zero (BT-107).
    #[serde(default)]
    pub allowance_total: Decimal,
    /// What is added to the document as a whole, without tax (BT-108).
    #[serde(default)]
    pub charge_total: Decimal,
    /// Without tax: the sum of the tax bases (BT-109).
    pub net: Decimal,
    /// Tax by rate, ascending.
    pub taxes: Vec<TaxTotal>,
    /// All taxes (BT-110).
    pub tax: Decimal,
    /// Net plus taxes (BT-112).
    pub gross: Decimal,
    /// Whether prices, and so the amounts of lines and steps, contain tax.
    #[serde(default, skip_serializing_if = "is_false")]
    pub contained: bool,
    /// What is taken off the document as a whole, above zero; as prices are.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub allowances: Decimal,
    /// What is added to the document as a whole; as prices are.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub charges: Decimal,
    /// What it adds or takes that a buyer pays another tax than prices contain.
    #[serde(default, skip_serializing_if = "Decimal::is_zero")]
    pub exchanged: Decimal,
    /// What is paid in cash, where the catalog has a cash step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cash: Option<CashTotal>,
}

/// Tax at one rate, rounded once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaxTotal {
    /// Code of the tax category.
    pub code: String,
    /// Name for the buyer.
    pub label: Text,
    /// Hundredths.
    pub percent: Decimal,
    /// What it is taken of.
    pub base: Decimal,
    /// The tax.
    pub amount: Decimal,
    /// Why it is due or not, as on invoices, where the catalog says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<VatCategory>,
    /// Why no tax is due; empty where it is due.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub exemption: Text,
}

// Serde asks with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(it: &bool) -> bool {
    !it
}

impl Totals {
    /// What is to be paid (BT-115 where nothing is paid yet).
    pub fn payable(&self) -> Decimal {
        self.cash.map_or(self.gross, |cash| cash.total)
    }
}

/// The totals of a quote of `lines` at the prices of `pack`, for a buyer at home.
///
/// As EN 16931 has it (BR-CO-10 to BR-CO-17): net amounts are added by tax
/// category and rate, the tax of each sum is rounded once, and the totals are
/// sums of these. A sum is rounded as well, so that lines that were left
/// unrounded add up to whole minor units.
///
/// Where prices contain tax, gross amounts are added in the same way, and the
/// tax in each sum is rounded once: what the buyer was shown is what is paid,
/// and the net amount is the rest.
///
/// # Errors
/// [`PriceError`], where a line's tax is not one of the pack's or an amount
/// does not fit an exact decimal.
pub fn totals(lines: &[LinePrice], pack: &PricePack) -> Result<Totals, PriceError> {
    let taxes = BuyerTaxes::new(pack, Buyer::default())?.of_lines(lines)?;
    let taxed = lines.iter().zip(taxes).map(|(line, tax)| {
        let pieces = (&line.once, line.quantity);
        Taxed::of_charge(pieces, line.once.net, tax, pack)
    });
    in_cash(total(taxed.collect(), pack)?, pack)
}

/// An amount and its tax.
pub(super) struct Taxed<'p> {
    pub tax: TaxPair<'p>,
    /// As prices are: with the tax that is its own where they contain it.
    pub amount: Decimal,
    /// Where tax is rounded for one piece: what it costs, and how many there are.
    pub pieces: Option<(Decimal, u32)>,
    pub part: Part,
    /// Of equals, the first in the order takes what rounding leaves.
    line: Option<(&'p Order<'p>, usize)>,
}

impl<'p> Taxed<'p> {
    /// What is charged once.
    pub fn new(tax: TaxPair<'p>, amount: Decimal, part: Part) -> Self {
        Self {
            tax,
            amount,
            pieces: None,
            part,
            line: None,
        }
    }

    /// The same of the line at `line` of the request.
    pub fn of_line(self, order: Option<&'p Order<'p>>, line: usize) -> Self {
        let line = order.map(|it| (it, line));
        Self { line, ..self }
    }

    fn rank(&self) -> usize {
        self.line.map_or(0, |(order, line)| order.rank(line))
    }

    /// What pieces come to, `amount` with what they bear besides.
    pub fn of_charge(
        (charge, pieces): (&Charge, u32),
        amount: Decimal,
        tax: TaxPair<'p>,
        pack: &PricePack,
    ) -> Self {
        Self::of_pieces((charge.piece.total, pieces), amount, tax, pack)
    }

    /// As [`of_charge`](Self::of_charge), of the price of one piece.
    pub fn of_pieces(
        (piece, pieces): (Decimal, u32),
        amount: Decimal,
        tax: TaxPair<'p>,
        pack: &PricePack,
    ) -> Self {
        let by_piece = pack.settlement.tax_at == TaxAt::Unit;
        Self {
            pieces: by_piece.then_some((piece, pieces)),
            ..Self::new(tax, amount, Part::Line)
        }
    }

    /// What it comes to by itself, with tax where prices contain it and without where they do not.
    pub fn paid(&self, pack: &PricePack) -> Result<Decimal, PriceError> {
        let due = self.tax.due;
        let items = vec![self];
        let total = Group { due, items }.total(pack)?.settled;
        Ok(match pack.settlement.prices {
            TaxIn::Contained => exact::add(total.base, total.tax)?,
            TaxIn::OnTop => total.base,
        })
    }
}

/// Whose an amount is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A line's.
    Line,
    /// The document's as a whole: an allowance where below zero, a charge where above.
    Whole,
}

/// As [`totals`], of any amounts, and not in cash.
pub(super) fn total(amounts: Vec<Taxed>, pack: &PricePack) -> Result<Totals, PriceError> {
    let minor_units = pack.currency.minor_units;
    let amounts = spread(amounts, pack)?;
    let mut groups: BTreeMap<(Decimal, &str), (Group, Vec<usize>)> = BTreeMap::new();
    for (at, it) in amounts.iter().enumerate() {
        let due = it.tax.due;
        let group = groups.entry((due.percent, &due.code));
        let items = Vec::new();
        let (group, places) = group.or_insert((Group { due, items }, Vec::new()));
        group.items.push(it);
        places.push(at);
    }
    let mut nets = vec![Decimal::ZERO; amounts.len()];
    let mut taxes = Vec::with_capacity(groups.len());
    let (mut rounding, mut exchanged) = (Decimal::ZERO, Decimal::ZERO);
    for (group, places) in groups.values() {
        let total = group.total(pack)?;
        for (at, net) in places.iter().zip(total.nets) {
            nets[*at] = exact::money(net, minor_units);
        }
        let it = total.settled;
        rounding = exact::add(rounding, it.rounding)?;
        exchanged = exact::add(exchanged, it.exchanged)?;
        let money = |amount| exact::money(amount, minor_units);
        taxes.push(TaxTotal::of(group.due, money(it.base), money(it.tax)));
    }
    let sum = |amounts: &mut dyn Iterator<Item = Decimal>| {
        Ok::<_, PriceError>(exact::money(exact::sum(amounts)?, minor_units))
    };
    let net = sum(&mut taxes.iter().map(|it| it.base))?;
    let tax = sum(&mut taxes.iter().map(|it| it.amount))?;
    let of_lines = amounts.iter().zip(&nets);
    let of_lines = of_lines.filter(|(it, _)| it.part == Part::Line);
    let line_nets: Vec<Decimal> = of_lines.map(|(_, net)| *net).collect();
    let whole = |off: bool| {
        let items = amounts.iter().zip(&nets);
        items.filter(move |(it, _)| it.part == Part::Whole && off == it.amount.is_sign_negative())
    };
    Ok(Totals {
        rounding: exact::money(rounding, minor_units),
        line_total: sum(&mut line_nets.iter().copied())?,
        line_nets,
        allowance_total: sum(&mut whole(true).map(|(_, net)| -net))?,
        charge_total: sum(&mut whole(false).map(|(_, net)| *net))?,
        net,
        tax,
        gross: exact::money(exact::add(net, tax)?, minor_units),
        contained: pack.settlement.prices == TaxIn::Contained,
        allowances: sum(&mut whole(true).map(|(it, _)| -it.amount))?,
        charges: sum(&mut whole(false).map(|(it, _)| it.amount))?,
        exchanged: exact::money(exchanged, minor_units),
        cash: None,
        taxes,
    })
}

impl TaxTotal {
    fn of(due: &Tax, base: Decimal, amount: Decimal) -> Self {
        Self {
            code: due.code.clone(),
            label: due.label.clone(),
            percent: due.percent,
            base,
            amount,
            category: due.category,
            exemption: due.exemption.clone(),
        }
    }
}

/// The same with what is paid in cash, where the pack has a cash step. No tax is due on the
/// difference.
pub(super) fn in_cash(totals: Totals, pack: &PricePack) -> Result<Totals, PriceError> {
    let Some(step) = pack.settlement.cash_step else {
        return Ok(totals);
    };
    let mode = pack.rounding.mode;
    let cash = cash_total(&[totals.gross], &Rounding { step, mode })?;
    let money = |amount| exact::money(amount, pack.currency.minor_units);
    let cash = Some(CashTotal {
        total: money(cash.total),
        rounding: money(cash.rounding),
    });
    Ok(Totals { cash, ..totals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::kit::{dec, pack};
    use crate::price::{RoundingMoment, Waterfall};
    use crate::quote::Charge;

    fn line(tax: &str, percent: &str, net: &str) -> LinePrice {
        let piece = Waterfall {
            steps: Vec::new(),
            total: dec(net),
        };
        LinePrice {
            quantity: 1,
            once: Charge {
                piece,
                steps: Vec::new(),
                rounding: Decimal::ZERO,
                net: dec(net),
            },
            recurring: Vec::new(),
            term: 0,
            open_term: false,
            contract_total: dec(net),
            tax: tax.to_owned(),
            tax_percent: dec(percent),
            open: false,
            next_tier: None,
        }
    }

    /// Net, rounding, gross; base and tax of each rate.
    fn shown(totals: &Totals) -> (String, Vec<String>) {
        let rates = totals.taxes.iter();
        let rates = rates.map(|tax| format!("{}: {} {}", tax.code, tax.base, tax.amount));
        let sums = format!("{} {} {}", totals.net, totals.rounding, totals.gross);
        (sums, rates.collect())
    }

    #[test]
    fn tax_is_rounded_once_for_each_rate() {
        // By line, 21 % of 0.12 would be 0.03 each, 0.09 in all.
        let small = line("standard", "21", "0.12");
        let lines = [
            small.clone(),
            line("reduced", "9", "10.00"),
            small.clone(),
            small,
        ];
        let totals = totals(&lines, &pack(Vec::new(), Vec::new())).expect("totals");
        let (sums, rates) = shown(&totals);
        assert_eq!(sums, "10.36 0.00 11.34");
        assert_eq!(rates, ["reduced: 10.00 0.90", "standard: 0.36 0.08"]);
    }

    #[test]
    fn lines_left_unrounded_are_rounded_in_the_document() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.rounding.moment = RoundingMoment::Document;
        let lines = [
            line("standard", "21", "3.345"),
            line("standard", "21", "3.3425"),
        ];
        let (sums, rates) = shown(&totals(&lines, &pack).expect("totals"));
        assert_eq!(sums, "6.69 0.0025 8.09");
        assert_eq!(rates, ["standard: 6.69 1.40"]);
    }

    #[test]
    fn tax_in_prices_is_rounded_once_for_each_rate_and_net_is_the_rest() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.settlement.prices = TaxIn::Contained;
        let small = line("standard", "21", "0.12");
        let lines = [
            small.clone(),
            line("reduced", "9", "10.00"),
            small.clone(),
            small,
        ];
        // 0.36 contain 0.0625, 10.00 contain 0.826.
        let (sums, rates) = shown(&totals(&lines, &pack).expect("totals"));
        assert_eq!(sums, "9.47 0.00 10.36");
        assert_eq!(rates, ["reduced: 9.17 0.83", "standard: 0.30 0.06"]);
        pack.rounding.moment = RoundingMoment::Document;
        let (sums, rates) =
            shown(&totals(&[line("standard", "21", "3.3425")], &pack).expect("totals"));
        assert_eq!(sums, "2.76 -0.0025 3.34");
        assert_eq!(rates, ["standard: 2.76 0.58"]);
    }

    /// `rate: base tax` of each rate, of amounts with the codes of the tax that they are meant
    /// with and of the one that is due, beside what pieces cost and how many there are.
    fn settled(
        pack: &PricePack,
        amounts: &[(&str, &str, &str, Part)],
        pieces: Option<(&str, u32)>,
    ) -> Vec<String> {
        let tax = |code: &str| pack.taxes.iter().find(|it| it.code == code).expect("a tax");
        let taxed = amounts.iter().map(|(own, due, amount, part)| {
            let pair = TaxPair {
                own: tax(own),
                due: tax(due),
            };
            let pieces = pieces.filter(|_| *part == Part::Line);
            Taxed {
                pieces: pieces.map(|(piece, count)| (dec(piece), count)),
                ..Taxed::new(pair, dec(amount), *part)
            }
        });
        let totals = total(taxed.collect(), pack).expect("totals");
        let net = totals.line_total - totals.allowance_total + totals.charge_total;
        assert_eq!(net, totals.net);
        shown(&totals).1
    }

    #[test]
    fn what_is_taken_off_the_whole_leaves_no_base_below_zero() {
        use Part::{Line, Whole};
        use TaxIn::{Contained, OnTop};
        let mut pack = pack(Vec::new(), Vec::new());
        let zero = Tax {
            code: "reverse".to_owned(),
            percent: Decimal::ZERO,
            ..pack.taxes[0].clone()
        };
        pack.taxes.push(zero);
        type Amount<'a> = (&'a str, &'a str, &'a str, Part);
        type Pieces<'a> = Option<(&'a str, u32)>;
        type Case<'a> = (TaxIn, TaxAt, &'a [Amount<'a>], Pieces<'a>, &'a [&'a str]);
        let cases: [Case; 16] = [
            // 22.97 of a price with 9 percent: 21.07.
            (
                Contained,
                TaxAt::Document,
                &[
                    ("reduced", "reverse", "32.97", Line),
                    ("standard", "standard", "-10", Whole),
                ],
                None,
                &["reverse: 21.07 0.00"],
            ),
            // 121.00 with 21 percent are 100.00, and 121.00 without tax are more: nothing is left.
            (
                Contained,
                TaxAt::Document,
                &[
                    ("standard", "standard", "121", Line),
                    ("reverse", "standard", "-121", Whole),
                ],
                None,
                &["standard: 0.00 0.00"],
            ),
            // Of 121.00 with 21 percent, 90.00 without tax leave 10.00.
            (
                Contained,
                TaxAt::Document,
                &[
                    ("standard", "standard", "121", Line),
                    ("reverse", "standard", "-90", Whole),
                ],
                None,
                &["standard: 10.00 2.10"],
            ),
            // Goods of -10.00 without tax are so with a discount too.
            (
                Contained,
                TaxAt::Document,
                &[
                    ("standard", "standard", "121", Line),
                    ("reverse", "standard", "-110", Line),
                    ("standard", "standard", "-6.05", Whole),
                ],
                None,
                &["standard: -15.00 -3.15"],
            ),
            // Five are left for the other rate.
            (
                OnTop,
                TaxAt::Document,
                &[
                    ("reduced", "reduced", "30", Line),
                    ("standard", "standard", "5", Line),
                    ("standard", "standard", "-10", Whole),
                ],
                None,
                &["reduced: 25.00 2.25", "standard: 0.00 0.00"],
            ),
            // In proportion: 3.33 and 6.67 of 10.00.
            (
                OnTop,
                TaxAt::Document,
                &[
                    ("reduced", "reduced", "20", Line),
                    ("reverse", "reverse", "10", Line),
                    ("standard", "standard", "-10", Whole),
                ],
                None,
                &["reverse: 6.67 0.00", "reduced: 13.33 1.20"],
            ),
            // A credit note is below zero altogether.
            (
                OnTop,
                TaxAt::Document,
                &[
                    ("reduced", "reduced", "-10", Line),
                    ("standard", "standard", "-5", Whole),
                ],
                None,
                &["reduced: -10.00 -0.90", "standard: -5.00 -1.05"],
            ),
            // No tax in 0.02, a hundred times: none in what is taken off.
            (
                Contained,
                TaxAt::Unit,
                &[("standard", "standard", "0.01", Line)],
                Some(("0.02", 100)),
                &["standard: 0.01 0.00"],
            ),
            // Twelve pieces without a base of their own; nothing is left of them.
            (
                OnTop,
                TaxAt::Unit,
                &[("standard", "standard", "0", Line)],
                Some(("0.0037", 12)),
                &["standard: 0.00 0.00"],
            ),
            // A hundred pieces of nothing each; nothing can be taken off them.
            (
                Contained,
                TaxAt::Unit,
                &[
                    ("standard", "standard", "0.49", Line),
                    ("standard", "standard", "-0.49", Whole),
                ],
                Some(("0.0049", 100)),
                &["standard: 0.00 0.00"],
            ),
            // Above zero with the taxes that prices contain, and below without: -100.00, 97.52,
            // and 4.13 off.
            (
                Contained,
                TaxAt::Line,
                &[
                    ("reduced", "reverse", "-109", Line),
                    ("standard", "reverse", "118", Line),
                    ("standard", "reverse", "-5", Whole),
                ],
                None,
                &["reverse: -6.61 0.00"],
            ),
            // Each without its own tax: 100.00, 100.00, and 10.00 off.
            (
                Contained,
                TaxAt::Line,
                &[
                    ("standard", "reverse", "121", Line),
                    ("reduced", "reverse", "109", Line),
                    ("reduced", "reverse", "-10.90", Whole),
                ],
                None,
                &["reverse: 190.00 0.00"],
            ),
            // Without tax, 100.00 are left, and no more than that is taken off.
            (
                Contained,
                TaxAt::Line,
                &[
                    ("standard", "reverse", "121", Line),
                    ("reverse", "reverse", "-110", Whole),
                ],
                None,
                &["reverse: 0.00 0.00"],
            ),
            // Pieces below zero in a line that is not: 21 percent of the line.
            (
                OnTop,
                TaxAt::Unit,
                &[("standard", "standard", "10", Line)],
                Some(("-7.17", 84)),
                &["standard: 10.00 2.10"],
            ),
            (
                OnTop,
                TaxAt::Line,
                &[
                    ("standard", "standard", "0.02", Line),
                    ("standard", "standard", "0.02", Line),
                    ("standard", "standard", "-0.03", Whole),
                ],
                None,
                &["standard: 0.01 0.00"],
            ),
            // A third off 0.21 of tax.
            (
                OnTop,
                TaxAt::Line,
                &[
                    ("standard", "standard", "1.02", Line),
                    ("standard", "standard", "-0.34", Whole),
                ],
                None,
                &["standard: 0.68 0.14"],
            ),
        ];
        for (prices, at, amounts, pieces, expected) in cases {
            pack.settlement.prices = prices;
            pack.settlement.tax_at = at;
            assert_eq!(settled(&pack, amounts, pieces), expected);
        }
    }

    #[test]
    fn what_is_paid_in_cash_has_its_rounding_apart() {
        let mut pack = pack(Vec::new(), Vec::new());
        pack.settlement.cash_step = Some(dec("0.05"));
        let totals = totals(&[line("standard", "21", "10.01")], &pack).expect("totals");
        let cash = totals.cash.expect("cash");
        assert_eq!(shown(&totals).0, "10.01 0.00 12.11");
        assert_eq!(cash.total.to_string(), "12.10");
        assert_eq!(cash.rounding.to_string(), "-0.01");
        assert_eq!(totals.payable(), cash.total);
    }

    #[test]
    fn no_lines_are_nothing() {
        let totals = totals(&[], &pack(Vec::new(), Vec::new())).expect("totals");
        assert_eq!(shown(&totals), ("0.00 0.00 0.00".to_owned(), Vec::new()));
    }

    #[test]
    fn a_tax_that_the_pack_does_not_have_is_refused() {
        let lines = [line("luxury", "40", "1")];
        let refused = totals(&lines, &pack(Vec::new(), Vec::new()));
        assert_eq!(refused, Err(PriceError::Malformed));
    }
}
