//! The order of lines decides nothing but their order.

use proptest::prelude::*;
use quotewright_engine::catalog::Model;
use quotewright_engine::money::{Leftover, RoundingMode};
use quotewright_engine::price::{
    Level, PricePack, PriceStep, ProductPrices, RoundingMoment, Sharing, TaxAt, TaxIn,
};
use quotewright_engine::quote::tax::Buyer;
use quotewright_engine::quote::{
    Asked, AskedLine, Confidential, Margins, QuotePrice, margins, price_quote,
};
use rust_decimal::Decimal;

use quotewright_cases::kit::{DAY, amount, bare_model, pack, step, tax};

pub const PRODUCTS: [&str; 3] = ["a", "b", "c"];

/// Few prices, of which some are the same: their lines tie.
const PRICES: [i64; 3] = [4_950, 4_950, 1_001];

pub const SHARINGS: [Sharing; 4] = [
    Sharing::ByNet,
    Sharing::ByPieces,
    Sharing::Equally,
    Sharing::Apart,
];

/// Three products at two taxes, and steps for the quote as a whole.
pub fn prices(steps: &[(usize, i64)]) -> PricePack {
    let mut pack = pack(Vec::new());
    pack.taxes = vec![
        tax("standard", Decimal::from(21)),
        tax("reduced", Decimal::from(9)),
    ];
    let own = pack.products.remove(0);
    let product = |code: &str, tax: usize, steps: Vec<PriceStep>| ProductPrices {
        product: code.to_owned(),
        tax,
        steps,
        ..own.clone()
    };
    let of_lines = PRODUCTS.iter().zip(PRICES).enumerate();
    let of_lines = of_lines.map(|(at, (code, cents))| {
        let price = step(amount(Decimal::new(cents, 2)));
        product(code, at % 2, vec![price])
    });
    pack.products = of_lines.collect();
    let of_quote = steps.iter().enumerate();
    let of_quote = of_quote.map(|(at, (sharing, cents))| PriceStep {
        code: format!("step-{at}"),
        level: Level::Quote(SHARINGS[*sharing]),
        ..step(amount(Decimal::new(*cents, 2)))
    });
    pack.whole = Some(product("quote", 0, of_quote.collect()));
    pack
}

/// What lines, each a product and its quantity, come to.
pub fn quote(pack: &PricePack, lines: &[(usize, u32)]) -> (QuotePrice, Margins) {
    let model = |product: &str| Model {
        product: product.to_owned(),
        ..bare_model()
    };
    let models = PRODUCTS.map(model);
    let whole = model("quote");
    let line = |(product, quantity): &(usize, u32)| AskedLine {
        model: &models[*product],
        values: &[],
        quantity: *quantity,
        ramp: &[],
        earlier: 0,
        billed: Decimal::ZERO,
    };
    let lines: Vec<AskedLine> = lines.iter().map(line).collect();
    let asked = Asked {
        lines: &lines,
        whole: Some((&whole, &[])),
        date: DAY,
        promotions: &[],
        buyer: Buyer::default(),
        dates: None,
        manual: &[],
    };
    let price = price_quote(pack, &asked).expect("a price");
    let floors = Confidential {
        floors: Some(pack.clone()),
        ..Confidential::default()
    };
    let margins = margins(&floors, pack, &asked, &price, None).expect("margins");
    (price, margins)
}

/// What stands beside each line, in an order that is not that of the request, and the rest.
fn without_order((mut price, mut margins): (QuotePrice, Margins)) -> (Vec<String>, String) {
    let nets = std::mem::take(&mut price.totals.line_nets);
    let lines = std::mem::take(&mut price.lines).into_iter();
    let beside = lines.zip(nets).zip(std::mem::take(&mut margins.lines));
    let mut beside: Vec<String> = beside.map(|it| format!("{it:?}")).collect();
    beside.sort();
    (beside, format!("{price:?} {margins:?}"))
}

proptest! {
    #[test]
    fn lines_in_another_order_come_to_the_same(
        lines in prop::collection::vec((0..PRODUCTS.len(), 1_u32..4), 1..7),
        steps in prop::collection::vec((0..SHARINGS.len(), -3_000_i64..3_000), 0..4),
        by_document in any::<bool>(),
        contained in any::<bool>(),
        at in prop::sample::select(vec![TaxAt::Document, TaxAt::Line, TaxAt::Unit]),
        leftover in prop::sample::select(vec![
            Leftover::LargestRemainder,
            Leftover::LargestRemainderFromBelow,
            Leftover::LargestWeight,
        ]),
    ) {
        let mut pack = prices(&steps);
        pack.settlement.tax_at = at;
        pack.settlement.leftover = leftover;
        pack.rounding.mode = RoundingMode::HalfEven;
        if by_document {
            pack.rounding.moment = RoundingMoment::Document;
        }
        if contained {
            pack.settlement.prices = TaxIn::Contained;
        }
        let turned: Vec<_> = lines.iter().rev().copied().collect();
        let [one, other] = [&lines, &turned].map(|lines| without_order(quote(&pack, lines)));
        prop_assert_eq!(one, other);
    }
}

#[test]
fn a_policy_that_names_a_place_means_that_of_the_request() {
    let mut pack = prices(&[(0, 1)]);
    for (leftover, cents) in [
        (Leftover::LargestRemainder, [0, 1]),
        (Leftover::First, [1, 0]),
        (Leftover::Last, [0, 1]),
    ] {
        pack.settlement.leftover = leftover;
        // Of `b` and `a`, which cost the same, `a` comes first by its code.
        let (price, _) = quote(&pack, &[(1, 1), (0, 1)]);
        let shares = price.lines.iter().flat_map(|it| &it.shares);
        let found: Vec<Decimal> = shares.map(|it| it.amount).collect();
        assert_eq!(found, cents.map(|it| Decimal::new(it, 2)), "{leftover:?}");
    }
}
