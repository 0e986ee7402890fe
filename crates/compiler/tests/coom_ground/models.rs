//! Every real model is grounded, or what stands in the way is named.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use quotewright_compiler::Severity;
use quotewright_compiler::coom::{self, Bounds, CoomFile};

#[test]
fn every_model_is_grounded_or_says_why_not() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/models/coom");
    if !root.is_dir() {
        // Straight to the terminal: the test harness hides what passing tests print.
        let line = format!("COOM models: SKIPPED, {} is not there", root.display());
        writeln!(std::io::stderr(), "{line}").expect("stderr");
        return;
    }
    let mut files = Vec::new();
    collect(&root, &mut files);
    files.sort();
    let (mut models, mut refused) = (0, BTreeSet::new());
    for file in &files {
        let text = std::fs::read_to_string(file).expect("a readable file");
        let name = file.strip_prefix(&root).expect("inside").to_string_lossy();
        let (Some(CoomFile::Model(model)), _) = coom::read(&name, &text) else {
            continue;
        };
        models += 1;
        let (grounded, diagnostics) = model.ground(&Bounds::default());
        let errors: Vec<_> = diagnostics
            .iter()
            .filter(|it| it.severity == Severity::Error)
            .collect();
        assert_eq!(grounded.is_none(), !errors.is_empty(), "{name}");
        if !errors.is_empty() {
            assert!(
                errors.iter().all(|it| it.code == "unsupported"),
                "{name}: {errors:?}"
            );
            refused.insert(name.to_string());
        }
    }
    assert_eq!(models, 84);
    let expected = [
        "benchmarks/shadow-master/model.coom",
        "examples/shadow-master-original.coom",
        "examples/shadow-master.coom",
    ];
    assert_eq!(refused, expected.map(str::to_owned).into());
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|it| it == "coom") {
            files.push(path);
        }
    }
}
