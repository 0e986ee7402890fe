use quotewright_engine::configure::{Configurator, Origin};

use crate::catalog::{decisions, model};

/// The codes of the attributes that are open with these decisions.
fn open(given: &str) -> Vec<String> {
    let mut configurator = Configurator::new(model().clone()).expect("a supported model");
    let configuration = configurator.configure(&decisions(given)).expect("possible");
    let states = configuration.states.iter().zip(&model().attributes);
    states
        .filter(|(state, _)| state.origin == Origin::Open)
        .map(|(_, attribute)| attribute.code.clone())
        .collect()
}

#[test]
fn a_buyer_decides_four_figures_and_the_rest_is_suggested() {
    let figures = ["length", "width", "load", "speed"];
    let found = open("");
    assert!(figures.iter().all(|code| found.iter().any(|it| it == code)));
    for code in &found {
        let attribute = &model().attributes[model().index_of(code).expect("it").0];
        let figure = figures.contains(&code.as_str());
        assert!(figure || attribute.formula.is_some(), "{code} is open");
    }
    let none = Vec::<String>::new();
    assert_eq!(open("length=3000 width=400 load=50 speed=0.5"), none);
}
