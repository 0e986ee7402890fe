//! What is different about a request that was refused because of its amounts.

use quotewright_protocol::{LineDifference, QuoteRequest};
use rust_decimal::Decimal;

/// One amount that is another now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Which.
    pub amount: Amount,
    /// As the buyer sent it; `None` where there was none.
    pub before: Option<Decimal>,
    /// As it is.
    pub now: Decimal,
}

/// An amount of a request. Lines count from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Net price of one piece of a line.
    Unit(usize),
    /// Net amount of a line.
    Net(usize),
    /// Net total.
    TotalNet,
    /// All taxes.
    TotalTax,
    /// Net plus taxes.
    TotalGross,
    /// All that is due over the terms.
    ContractTotal,
}

impl Amount {
    /// The amount at a JSON Pointer (RFC 6901) into a request.
    fn at(pointer: &str) -> Option<Self> {
        let members: Vec<&str> = pointer.split('/').skip(1).collect();
        match members.as_slice() {
            ["lines", line, "unit_net"] => Some(Self::Unit(line.parse().ok()?)),
            ["lines", line, "net"] => Some(Self::Net(line.parse().ok()?)),
            ["totals", "net"] => Some(Self::TotalNet),
            ["totals", "tax"] => Some(Self::TotalTax),
            ["totals", "gross"] => Some(Self::TotalGross),
            ["totals", "contract_total"] => Some(Self::ContractTotal),
            _ => None,
        }
    }

    fn of(self, request: &mut QuoteRequest) -> Option<&mut Decimal> {
        match self {
            Self::Unit(line) => request.lines.get_mut(line)?.unit_net.as_mut(),
            Self::Net(line) => request.lines.get_mut(line)?.net.as_mut(),
            Self::TotalNet => Some(&mut request.totals.as_mut()?.net),
            Self::TotalTax => Some(&mut request.totals.as_mut()?.tax),
            Self::TotalGross => Some(&mut request.totals.as_mut()?.gross),
            Self::ContractTotal => request.totals.as_mut()?.contract_total.as_mut(),
        }
    }
}

/// The endpoint's differences as changes; a pointer to something else is left out.
pub fn from_differences(differences: &[LineDifference]) -> Vec<Change> {
    let change = |difference: &LineDifference| {
        Some(Change {
            amount: Amount::at(&difference.pointer)?,
            before: difference.sent.parse().ok(),
            now: difference.correct.parse().ok()?,
        })
    };
    differences.iter().filter_map(change).collect()
}

/// `request` with the new amounts.
pub fn with_changes(mut request: QuoteRequest, changes: &[Change]) -> QuoteRequest {
    for change in changes {
        if let Some(amount) = change.amount.of(&mut request) {
            *amount = change.now;
        }
    }
    request
}

/// What differs between two requests for the same lines.
pub fn between(before: &QuoteRequest, now: &QuoteRequest) -> Vec<Change> {
    let (mut before, mut now) = (before.clone(), now.clone());
    let lines = 0..now.lines.len();
    let of_lines = lines.flat_map(|line| [Amount::Unit(line), Amount::Net(line)]);
    let of_totals = [
        Amount::TotalNet,
        Amount::TotalTax,
        Amount::TotalGross,
        Amount::ContractTotal,
    ];
    of_lines
        .chain(of_totals)
        .filter_map(|amount| {
            let was = amount.of(&mut before).map(|amount| *amount);
            let is = *amount.of(&mut now)?;
            (was != Some(is)).then_some(Change {
                amount,
                before: was,
                now: is,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use quotewright_protocol::{Contact, RequestLine, RequestTotals};

    use super::*;

    fn request(unit: i64, gross: i64) -> QuoteRequest {
        QuoteRequest {
            format: 1,
            catalog: "conveyor".into(),
            catalog_hash: String::new(),
            pack_hash: None,
            price_date: Date::constant(2026, 3, 2),
            locale: "en".into(),
            contact: Contact::default(),
            buyer: Default::default(),
            note: String::new(),
            delivery_date: None,
            contract_dates: None,
            promotions: Vec::new(),
            answers: Default::default(),
            lines: vec![RequestLine {
                product: "belt".into(),
                quantity: 1,
                ramp: Vec::new(),
                delivery_date: None,
                call_offs: Vec::new(),
                decisions: Default::default(),
                assignment: Default::default(),
                proposed: None,
                unit_net: Some(Decimal::new(unit, 2)),
                net: Some(Decimal::new(unit, 2)),
            }],
            totals: Some(RequestTotals {
                net: Decimal::new(unit, 2),
                tax: Decimal::new(gross - unit, 2),
                gross: Decimal::new(gross, 2),
                contract_total: None,
            }),
        }
    }

    fn difference(pointer: &str, sent: &str, correct: &str) -> LineDifference {
        LineDifference {
            pointer: pointer.into(),
            sent: sent.into(),
            correct: correct.into(),
        }
    }

    #[test]
    fn the_endpoints_amounts_are_taken_over() {
        let changes = from_differences(&[
            difference("/lines/0/unit_net", "1.00", "2.00"),
            difference("/lines/0/net", "1.00", "2.00"),
            difference("/totals/net", "1.00", "2.00"),
            difference("/totals/tax", "0.21", "0.42"),
            difference("/totals/gross", "1.21", "2.42"),
            difference("/lines/9/net", "", "7.00"),
            difference("/note", "1.00", "2.00"),
        ]);
        assert_eq!(changes.len(), 6);
        let corrected = with_changes(request(100, 121), &changes);
        assert_eq!(corrected, request(200, 242));
    }

    #[test]
    fn two_requests_are_compared_amount_by_amount() {
        assert_eq!(between(&request(100, 121), &request(100, 121)), []);
        let changes = between(&request(100, 121), &request(200, 221));
        let amounts: Vec<Amount> = changes.iter().map(|change| change.amount).collect();
        use Amount::{Net, TotalGross, TotalNet, Unit};
        assert_eq!(amounts, [Unit(0), Net(0), TotalNet, TotalGross]);
        assert_eq!(with_changes(request(100, 121), &changes), request(200, 221));
    }
}
