use quotewright_engine::price::Waterfall;
use rust_decimal::Decimal;

/// Where the bar of a step lies, in hundredths of the scale that all bars share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its left end.
    pub start: Decimal,
    /// How long it is.
    pub length: Decimal,
}

/// One span for each step, from where the steps before it end; `None` where the amount is open.
pub fn spans(waterfall: &Waterfall) -> Vec<Option<Span>> {
    let mut end = Decimal::ZERO;
    let mut ends = Vec::with_capacity(waterfall.steps.len());
    for step in &waterfall.steps {
        let start = end;
        end = step
            .amount
            .and_then(|amount| end.checked_add(amount))
            .unwrap_or(end);
        ends.push(step.amount.map(|_| (start.min(end), start.max(end))));
    }
    let highest = ends
        .iter()
        .flatten()
        .map(|(_, high)| *high)
        .max()
        .unwrap_or_default();
    let share = |amount: Decimal| {
        let share = amount
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(highest)?;
        Some(share.round_dp(2).clamp(Decimal::ZERO, Decimal::ONE_HUNDRED))
    };
    let span = |(low, high): (Decimal, Decimal)| {
        let start = share(low)?;
        Some(Span {
            start,
            length: share(high)?.checked_sub(start)?,
        })
    };
    ends.into_iter().map(|ends| ends.and_then(span)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quotewright_engine::catalog::Text;
    use quotewright_engine::price::{Basis, Step};

    fn waterfall(amounts: &[Option<i64>]) -> Waterfall {
        let step = |amount: &Option<i64>| Step {
            code: String::new(),
            label: Text::default(),
            basis: Basis::Amount,
            inputs: Vec::new(),
            amount: amount.map(Decimal::from),
        };
        let total = amounts.iter().flatten().sum::<i64>().into();
        Waterfall {
            steps: amounts.iter().map(step).collect(),
            total,
        }
    }

    #[test]
    fn bars_start_where_the_one_before_ends() {
        type Bars = &'static [Option<(i64, i64)>];
        let cases: [(&[Option<i64>], Bars); 5] = [
            (&[Some(60), Some(40)], &[Some((0, 60)), Some((60, 40))]),
            (&[Some(100), Some(-20)], &[Some((0, 100)), Some((80, 20))]),
            (
                &[Some(50), None, Some(50)],
                &[Some((0, 50)), None, Some((50, 50))],
            ),
            (&[Some(0)], &[None]),
            (&[], &[]),
        ];
        for (amounts, expected) in cases {
            let found: Vec<_> = spans(&waterfall(amounts));
            let expected: Vec<_> = expected
                .iter()
                .map(|span| {
                    span.map(|(start, length)| Span {
                        start: start.into(),
                        length: length.into(),
                    })
                })
                .collect();
            assert_eq!(found, expected, "{amounts:?}");
        }
    }
}
