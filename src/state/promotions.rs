use quotewright_engine::price::PricePack;

/// The codes of promotions that `pack` knows, as it writes them.
pub fn promotions(pack: &PricePack) -> Vec<String> {
    let prices = pack.products.iter().chain(&pack.whole);
    let steps = prices.flat_map(|prices| &prices.steps);
    let mut codes: Vec<String> = steps
        .filter_map(|step| step.applies.promotion.clone())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Those of `pack` that were typed, whatever their case.
pub fn entered(typed: &str, pack: &PricePack) -> Vec<String> {
    let words: Vec<&str> = words(typed).collect();
    let is_typed = |code: &String| words.iter().any(|word| word.eq_ignore_ascii_case(code));
    promotions(pack).into_iter().filter(is_typed).collect()
}

/// What was typed and `pack` does not know.
pub fn unknown_promotions(typed: &str, pack: &PricePack) -> Vec<String> {
    let codes = promotions(pack);
    let is_known = |word: &&str| codes.iter().any(|code| word.eq_ignore_ascii_case(code));
    let unknown = words(typed).filter(|word| !is_known(word));
    unknown.map(str::to_owned).collect()
}

fn words(typed: &str) -> impl Iterator<Item = &str> {
    let separates = |sign: char| sign.is_whitespace() || matches!(sign, ',' | ';');
    typed.split(separates).filter(|word| !word.is_empty())
}
