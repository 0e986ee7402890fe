//! The golden quotes of `tests/golden`: proofs that have to stay as they are.
//!
//! A file is called after its catalog, a hyphen, and what it shows. A new one needs no more than
//! its `request`; the rest is written by renewing.

use std::path::{Path, PathBuf};
use std::{env, fs};

use quotewright_compiler::CompiledCatalog;
use serde_json::{Value as Json, json};

use super::form::Form;
use super::proof::{Difference, Proof};
use super::{Pricer, read};

/// Set, it writes the files as they come out now.
const RENEW: &str = "QUOTEWRIGHT_RENEW";

struct Golden {
    file: PathBuf,
    catalog: CompiledCatalog,
    stated: Json,
}

impl Golden {
    fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let files = fs::read_dir(root.join("tests/golden")).expect("a folder of golden quotes");
        let mut files: Vec<PathBuf> = files.map(|it| it.expect("an entry").path()).collect();
        files.sort();
        let files = files.into_iter();
        let quotes = files.filter(|it| it.extension().is_some_and(|it| it == "json"));
        quotes.map(|file| Self::read(&root, file)).collect()
    }

    fn read(root: &Path, file: PathBuf) -> Self {
        let name = file.file_stem().and_then(|it| it.to_str()).expect("a name");
        let (code, _) = name.split_once('-').expect("a catalog and what is shown");
        let folders = ["catalogs", "tests/catalogs"].map(|it| root.join(it).join(code));
        let folder = folders.iter().find(|it| it.is_dir()).expect("a catalog");
        let text = fs::read_to_string(&file).expect("a file");
        Self {
            catalog: read(folder).expect("a catalog without errors"),
            stated: serde_json::from_str(&text).expect("JSON"),
            file,
        }
    }

    fn renew(&self) {
        let request = self.stated["request"].clone();
        let request = serde_json::from_value(request).expect("a request");
        // What is there keeps its form: proofs of all forms have to hold.
        let form = self.stated["format"].as_u64().map_or(Form::LATEST, |it| {
            let form = u32::try_from(it).ok().and_then(Form::of);
            form.expect("a form")
        });
        let worked_out = Pricer::new(&self.catalog).work_out_in(form, &request);
        let (answer, _) = worked_out.expect("a price");
        let proof = Proof::in_form(form, request, answer);
        let text = serde_json::to_string_pretty(&proof).expect("JSON");
        fs::write(&self.file, text + "\n").expect("written");
    }
}

fn told(differences: &[Difference]) -> String {
    differences.iter().map(|it| format!("  {it}\n")).collect()
}

#[test]
fn golden_quotes_keep_their_prices() {
    let mut changed = String::new();
    for golden in Golden::all() {
        if env::var_os(RENEW).is_some() {
            golden.renew();
            continue;
        }
        let again = Proof::again(&golden.stated, &mut Pricer::new(&golden.catalog));
        let found = again.map_or_else(|error| format!("  {error}\n"), |(_, found)| told(&found));
        if !found.is_empty() {
            changed += &format!("{}\n{found}", golden.file.display());
        }
    }
    assert!(
        changed.is_empty(),
        "golden quotes have changed:\n{changed}\
         If every change is meant, renew them: {RENEW}=1 cargo test -p quotewright-cli golden",
    );
}

#[test]
fn whatever_is_changed_in_a_proof_is_found() {
    for golden in Golden::all() {
        let mut pricer = Pricer::new(&golden.catalog);
        let mut pointers = Vec::new();
        leaves("", &golden.stated, &mut pointers);
        assert!(pointers.len() > 20, "{}", golden.file.display());
        for pointer in pointers {
            for changed in [
                altered(&golden.stated, &pointer),
                without(&golden.stated, &pointer),
            ] {
                let again = Proof::again(&changed, &mut pricer);
                let holds = again.is_ok_and(|(_, found)| found.is_empty());
                assert!(!holds, "{} of {}", pointer, golden.file.display());
            }
        }
        let mut more = golden.stated.clone();
        more["answer"]["totals"]["discount"] = json!("0.00");
        let again = Proof::again(&more, &mut pricer);
        assert!(again.is_ok_and(|(_, found)| found.len() == 1));
    }
}

/// Pointers to all values that have none inside.
fn leaves(pointer: &str, value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(members) if !members.is_empty() => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                leaves(&format!("{pointer}/{key}"), value, found);
            }
        }
        Json::Array(entries) if !entries.is_empty() => {
            for (at, value) in entries.iter().enumerate() {
                leaves(&format!("{pointer}/{at}"), value, found);
            }
        }
        _ => found.push(pointer.to_owned()),
    }
}

/// The same with another value there.
fn altered(proof: &Json, pointer: &str) -> Json {
    let mut changed = proof.clone();
    let value = changed.pointer_mut(pointer).expect("a value");
    *value = match value {
        // The last digit of an amount, the last letter of a word.
        Json::String(text) => {
            let last = text.pop();
            text.push(if last == Some('1') { '2' } else { '1' });
            json!(text)
        }
        Json::Number(number) => json!(number.as_u64().unwrap_or_default() + 1),
        Json::Bool(truth) => json!(!*truth),
        Json::Null => json!("1"),
        Json::Array(_) => json!(["1"]),
        Json::Object(_) => json!({ "1": "1" }),
    };
    changed
}

/// The same without the member that is, or is around, the value there.
fn without(proof: &Json, pointer: &str) -> Json {
    let mut changed = proof.clone();
    let (owner, key) = pointer.rsplit_once('/').expect("a pointer");
    match changed.pointer_mut(owner).expect("an owner") {
        Json::Object(members) => drop(members.remove(key)),
        Json::Array(entries) => drop(entries.pop()),
        _ => {}
    }
    changed
}
