//! Reads the Universal Variability Language: feature models as text.
//!
//! Every feature becomes a yes/no attribute called as the feature. What UVL's own
//! publications leave open is settled as its reference implementation has it
//! (<https://github.com/Universal-Variability-Language/java-fm-metamodel>):
//!
//! - An attribute of a feature that is not selected counts 0 in formulas and is not among
//!   what `sum` and `avg` go over; `avg` over nothing is 0.
//! - A number feature that is not selected counts 0. Where it is selected, its value is an
//!   attribute of its own, called as the feature with `.value` after it.
//! - A comparison in which something is divided by zero does not hold.
//! - A feature with a cardinality is selected or not as any other; where it is, there are as
//!   many instances as the cardinality says, each with all that stands below it. A constraint
//!   over such features holds for every instance, and, where there is none, with those
//!   features not selected.
//! - `=>` and `<=>` are taken together from the left.
//! - A constraint of an imported file, or of an attribute, always holds.

mod ast;
mod attributes;
mod constraints;
mod formulas;
mod ground;
mod lexer;
mod parser;
mod repeat;
mod text_conditions;
mod texts;
mod tree;
mod unbounded;

use std::collections::BTreeMap;
use std::io;

use quotewright_engine::catalog::Model;

use crate::coom::{Bounds, Unbounded};
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::source::CatalogSource;
use ground::Ground;
use tree::{Space, Tree};

/// What became of a UVL file.
#[derive(Clone, Debug)]
pub struct UvlReading {
    /// The model; `None` where there are errors.
    pub model: Option<Model>,
    /// The features of which the file allows any number of instances.
    pub unbounded: Vec<Unbounded>,
    /// All that is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that were read, imported ones included.
    pub source: CatalogSource,
}

/// Reads the UVL file called `name` and the files that it imports. `load` gives the text of a
/// file by its name; that of an imported file is relative to the folder that `name` is in.
pub fn read(name: &str, load: impl FnMut(&str) -> io::Result<Vec<u8>>) -> UvlReading {
    read_within(name, &Bounds::default(), load)
}

/// As [`read`], with so many instances of features with a cardinality such as `[1..*]`.
pub fn read_within(
    name: &str,
    bounds: &Bounds,
    load: impl FnMut(&str) -> io::Result<Vec<u8>>,
) -> UvlReading {
    let mut reader = Reader {
        load,
        report: Report::default(),
        files: BTreeMap::new(),
        spaces: Vec::new(),
    };
    match reader.text(name) {
        Ok(text) => {
            reader.space(name, &text, String::new(), &mut Vec::new());
        }
        Err(error) => {
            let message = format!("the file cannot be read: {error}");
            let diagnostic = Diagnostic::error("unreadable", Location::file(name), message);
            reader.report.push(diagnostic);
        }
    }
    let Reader {
        mut report,
        files,
        spaces,
        ..
    } = reader;
    let mut tree = Tree::new(spaces, &mut report);
    let (mut model, mut unbounded) = (None, Vec::new());
    if !report.has_errors() {
        tree.lay_out(bounds);
        let mut ground = Ground::new(&tree, &mut report);
        unbounded = std::mem::take(&mut ground.unbounded);
        model = ground.finish(&tree);
    }
    UvlReading {
        model: model.filter(|_| !report.has_errors()),
        unbounded,
        diagnostics: report.finish(),
        source: CatalogSource::from_files(files),
    }
}

struct Reader<L> {
    load: L,
    report: Report,
    files: BTreeMap<String, Vec<u8>>,
    spaces: Vec<Space>,
}

impl<L: FnMut(&str) -> io::Result<Vec<u8>>> Reader<L> {
    fn text(&mut self, name: &str) -> io::Result<String> {
        let content = (self.load)(name)?;
        let text = String::from_utf8(content)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8"))?;
        self.files
            .insert(name.to_owned(), text.clone().into_bytes());
        Ok(text)
    }

    /// Reads a file and, after it, those that it imports; `open` are the files being read.
    fn space(&mut self, name: &str, text: &str, prefix: String, open: &mut Vec<String>) -> usize {
        let file = parser::parse(name, text, &mut self.report);
        let imports = file.imports.clone();
        let space = self.spaces.len();
        self.spaces
            .push(Space::new(name.to_owned(), text, file, prefix.clone()));
        open.push(name.to_owned());
        for import in imports {
            let alias = import.alias.as_ref().unwrap_or(&import.path);
            let alias = alias.steps.join(".");
            let location = Location::bytes(name, import.path.span.clone());
            match self.import(name, &import.path.steps, format!("{prefix}{alias}."), open) {
                Ok(imported) => {
                    self.spaces[space].imports.insert(alias, imported);
                }
                Err(message) => {
                    self.report
                        .push(Diagnostic::error("missing-import", location, message));
                }
            }
        }
        open.pop();
        space
    }

    fn import(
        &mut self,
        importer: &str,
        path: &[String],
        prefix: String,
        open: &mut Vec<String>,
    ) -> Result<usize, String> {
        let folder = importer.rfind('/').map_or("", |at| &importer[..=at]);
        let name = format!("{folder}{}.uvl", path.join("/"));
        if path
            .iter()
            .any(|step| step.contains(['/', '\\']) || step == "..")
        {
            return Err(format!("`{}` is not the name of a file", path.join(".")));
        }
        if open.contains(&name) {
            return Err(format!("`{name}` imports itself"));
        }
        let text = self.text(&name);
        let text = text.map_err(|error| format!("cannot read `{name}`: {error}"))?;
        Ok(self.space(&name, &text, prefix, open))
    }
}
