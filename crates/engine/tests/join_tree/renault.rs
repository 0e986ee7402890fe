//! Real product ranges, where their folder is there.

use std::io::Write as _;
use std::path::PathBuf;

use quotewright_compiler::{dimacs, xcsp};
use quotewright_engine::catalog::{AttributeIndex, Model};
use quotewright_engine::configure::join_tree::{JoinTree, TreeReasoner};
use quotewright_engine::configure::reasoner::{Answer, Atom, Question, Reasoner as _, SatReasoner};

use crate::random::Random;

/// The folder with the models; `None`, and said so, where there is none.
fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/models"
    ));
    if folder.is_dir() {
        return Some(folder);
    }
    say("join trees: SKIPPED, no ../shared/models beside the workspace");
    None
}

/// On the terminal, whether or not the test passes.
fn say(what: &str) {
    let _ = writeln!(std::io::stderr(), "{what}");
}

fn text(folder: &std::path::Path, file: &str) -> String {
    std::fs::read_to_string(folder.join(file)).expect("the folder has all its files")
}

fn renault(folder: &std::path::Path, size: &str) -> (Model, TreeReasoner) {
    let file = format!("renault/{size}/constraints.xml");
    let (model, diagnostics) = xcsp::read(&file, &text(folder, &file));
    let model = model.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let tree = JoinTree::compile(&model).expect("fits");
    let reasoner = TreeReasoner::new(model.clone(), tree).expect("of this model");
    (model, reasoner)
}

#[test]
fn real_ranges_have_the_domains_that_the_solver_finds() {
    let Some(folder) = folder() else { return };
    for (size, sessions) in [("small", 3), ("medium", 2)] {
        let (model, mut tree) = renault(&folder, size);
        let mut solver = SatReasoner::new(model.clone()).expect("supported");
        let mut checked = 0;
        for seed in 1..=sessions {
            checked += session(&model, &mut tree, &mut solver, seed);
        }
        say(&format!(
            "renault {size}: {checked} values as the solver has them"
        ));
        assert!(checked > 1_000);
    }
}

/// Decides at random until everything follows; how many values were compared.
fn session(model: &Model, tree: &mut TreeReasoner, solver: &mut SatReasoner, seed: u64) -> usize {
    let mut random = Random(seed);
    let mut atoms: Vec<Atom> = Vec::new();
    let mut checked = 0;
    loop {
        let swept = tree.sweep(&atoms).expect("a join tree sweeps");
        let mut open = Vec::new();
        for attribute in model.indices() {
            let others: Vec<Atom> = (atoms.iter().copied())
                .filter(|it| it.attribute != attribute)
                .collect();
            for (position, possible) in swept[attribute.0].iter().enumerate() {
                let wanted = [others.as_slice(), &[Atom::is(attribute, position)]].concat();
                let answer = solver.ask(&Question {
                    atoms: &wanted,
                    constraints: None,
                    effort: None,
                });
                let expected = matches!(answer, Answer::Possible(_));
                assert_eq!(*possible, expected, "seed {seed}, {wanted:?}");
                checked += 1;
            }
            let decided = others.len() < atoms.len();
            if !decided && swept[attribute.0].iter().filter(|it| **it).count() > 1 {
                open.push(attribute);
            }
        }
        if open.is_empty() {
            return checked;
        }
        let attribute = open[random.below(open.len())];
        let possible: Vec<usize> = (0..swept[attribute.0].len())
            .filter(|it| swept[attribute.0][*it])
            .collect();
        atoms.push(Atom::is(attribute, possible[random.below(possible.len())]));
        if random.once_in(6) {
            atoms.remove(random.below(atoms.len()));
        }
    }
}

#[test]
fn real_orders_are_replayed_in_any_order() {
    let Some(folder) = folder() else { return };
    for (size, step) in [("small", 10), ("medium", 10), ("big", 40)] {
        let (model, mut tree) = renault(&folder, size);
        let orders = text(&folder, &format!("renault/{size}/orders.csv"));
        let mut lines = orders.lines();
        let columns = lines.next().expect("a heading").split(',').skip(1);
        let columns: Vec<AttributeIndex> = columns
            .map(|it| model.index_of(it).expect("a variable"))
            .collect();
        let mut random = Random(1);
        let (mut valid, mut all) = (0, 0);
        for line in lines.step_by(step) {
            let cells = line.split(',').skip(1);
            let mut atoms: Vec<Option<Atom>> = (columns.iter().zip(cells))
                .map(|(column, cell)| {
                    let value = model.value_from_text(*column, cell)?;
                    let domain = &model.attributes[column.0].domain;
                    Some(Atom::is(*column, domain.position_of(value)?))
                })
                .collect();
            all += 1;
            valid += usize::from(replay(&mut tree, &mut atoms, &mut random));
        }
        say(&format!(
            "renault {size}: {valid} of {all} orders satisfy the rules"
        ));
        assert!(valid > 0);
    }
}

/// Whether all can be decided one after the other, in random order. A value that the sweep
/// calls possible is, and one that it calls impossible is not.
fn replay(tree: &mut TreeReasoner, atoms: &mut Vec<Option<Atom>>, random: &mut Random) -> bool {
    let mut decided = Vec::new();
    while !atoms.is_empty() {
        let Some(next) = atoms.swap_remove(random.below(atoms.len())) else {
            return false;
        };
        let swept = tree.sweep(&decided).expect("a join tree sweeps");
        let possible = swept[next.attribute.0][next.position];
        decided.push(next);
        let answer = tree.ask(&Question {
            atoms: &decided,
            constraints: None,
            effort: None,
        });
        assert_eq!(
            possible,
            matches!(answer, Answer::Possible(_)),
            "{decided:?}"
        );
        if !possible {
            return false;
        }
    }
    true
}

/// Reference counts: a feature, its number of products, its share.
#[test]
fn counts_are_those_of_another_counter() {
    let Some(folder) = folder() else { return };
    let (model, diagnostics) = dimacs::read("auto1.cnf", &text(&folder, "counts/auto1.cnf"));
    let model = model.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let Some(tree) = JoinTree::compile(&model) else {
        return say("counts/auto1.cnf: does not fit into a join tree");
    };
    let mut reasoner = TreeReasoner::new(model.clone(), tree).expect("of this model");
    let shares = reasoner.shares(&[]);
    let mut checked = 0;
    for line in text(&folder, "counts/auto1_sb_fs.csv").lines() {
        let mut cells = line.split(',');
        let (feature, count) = (cells.next(), cells.next());
        let feature = feature
            .and_then(|it| model.index_of(it))
            .expect("a feature");
        let found = shares.with[feature.0][1].to_string();
        assert_eq!(Some(found.as_str()), count, "{line}");
        checked += 1;
    }
    say(&format!(
        "counts/auto1.cnf: {checked} features have the reference counts"
    ));
}
