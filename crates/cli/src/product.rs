//! A product to work with, from whatever file it is written in.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use quotewright_compiler::coom::{self, Bounds, CoomFile, CoomInput, CoomModel, Unbounded};
use quotewright_compiler::{CATALOG_FILE, CatalogSource, Diagnostic, dimacs, render, uvl, xcsp};
use quotewright_engine::catalog::Model;
use quotewright_engine::price::{PricePack, Purchase};

use crate::price;

/// Which product, and on whose terms.
#[derive(Clone, Debug, clap::Args)]
pub struct Choice {
    /// A folder with catalog.toml, or a .coom, .uvl, .xml (XCSP) or .cnf (DIMACS) file.
    #[arg(value_name = "MODEL")]
    pub path: PathBuf,
    /// Code of the product, where the catalog has several.
    #[arg(long, value_name = "CODE")]
    pub product: Option<String>,
    /// The customer whose price book counts; the public one where not given.
    #[arg(long, value_name = "CODE")]
    pub customer: Option<String>,
    /// Pieces that are priced.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub quantity: u32,
    /// Day that prices hold on, such as 2026-12-31; today where not given.
    #[arg(long, value_name = "DATE")]
    pub date: Option<Date>,
    /// Most instances of an unbounded part of a .coom or .uvl file that are tried.
    #[arg(long, value_name = "N", default_value_t = Bounds::default().limit)]
    pub limit: u32,
}

/// What a file is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Catalog,
    Coom,
    Uvl,
    Xcsp,
    Dimacs,
}

/// A product that can be configured.
#[derive(Clone)]
pub struct Product {
    pub format: Format,
    pub model: Model,
    pub prices: Option<Prices>,
    grounds: Option<Grounds>,
}

/// What a configuration costs.
#[derive(Clone)]
pub struct Prices {
    pub pack: PricePack,
    pub quantity: u32,
    pub date: Date,
}

impl Prices {
    /// What is bought.
    pub fn purchase(&self) -> Purchase<'static> {
        Purchase::alone(self.quantity, self.date)
    }
}

/// A model of which more can be laid out.
#[derive(Clone)]
struct Grounds {
    source: Source,
    bounds: Bounds,
    unbounded: Vec<Unbounded>,
}

/// A file of which more can be laid out.
#[derive(Clone)]
enum Source {
    Coom(CoomModel),
    /// The name of a UVL file, and what it and those that it imports say.
    Uvl(String, CatalogSource),
}

impl Format {
    /// By the name of the file; a folder is a catalog.
    pub fn of(path: &Path) -> Result<Self, String> {
        if path.is_dir() || path.file_name().is_some_and(|name| name == CATALOG_FILE) {
            return Ok(Self::Catalog);
        }
        let extension = path.extension().and_then(|it| it.to_str()).unwrap_or("");
        match extension.to_ascii_lowercase().as_str() {
            "coom" => Ok(Self::Coom),
            "uvl" => Ok(Self::Uvl),
            "xml" | "xcsp" => Ok(Self::Xcsp),
            "cnf" | "dimacs" => Ok(Self::Dimacs),
            _ => Err(format!(
                "{}: give a folder with {CATALOG_FILE}, or a file that ends in .coom, .uvl, .xml or .cnf",
                path.display()
            )),
        }
    }
}

impl Product {
    /// Reads a model from a file that is no catalog.
    pub fn of_file(path: &Path) -> Result<Self, String> {
        if Format::of(path)? == Format::Catalog {
            return Err(format!("{}: serve a catalog by --catalogs", path.display()));
        }
        Self::read(&Choice {
            path: path.to_owned(),
            product: None,
            customer: None,
            quantity: 1,
            date: None,
            limit: Bounds::default().limit,
        })
    }

    /// Reads a product; what is wrong with its files as people read it.
    pub fn read(choice: &Choice) -> Result<Self, String> {
        let format = Format::of(&choice.path)?;
        match format {
            Format::Catalog => Self::of_catalog(choice),
            Format::Coom => Self::of_coom(choice),
            Format::Uvl => Self::of_uvl(choice),
            Format::Xcsp | Format::Dimacs => {
                let (name, text) = read_text(&choice.path)?;
                let read = if format == Format::Xcsp {
                    xcsp::read
                } else {
                    dimacs::read
                };
                let (model, diagnostics) = read(&name, &text);
                let model = model.ok_or_else(|| told(&diagnostics, &name, &text))?;
                Ok(Self::plain(format, model))
            }
        }
    }

    fn plain(format: Format, model: Model) -> Self {
        Self {
            format,
            model,
            prices: None,
            grounds: None,
        }
    }

    fn of_catalog(choice: &Choice) -> Result<Self, String> {
        let file = choice
            .path
            .file_name()
            .is_some_and(|name| name == CATALOG_FILE);
        let folder = match choice.path.parent() {
            Some(folder) if file => folder,
            _ => &choice.path,
        };
        let catalog = price::read(folder)?;
        let date = choice.date.unwrap_or_else(today);
        let customer = choice.customer.iter();
        let buyer = customer.map(|it| ("customer".to_owned(), vec![it.clone()]));
        let pack = price::pack(&catalog, &buyer.collect(), date)?.pack.clone();
        let is_sold = |model: &Model| pack.products.iter().any(|it| it.product == model.product);
        let models: Vec<Model> = catalog.models.into_iter().filter(is_sold).collect();
        let codes: Vec<&str> = models.iter().map(|it| it.product.as_str()).collect();
        let codes = codes.join(", ");
        let mut models = models.into_iter();
        let model = match &choice.product {
            Some(code) => models.find(|it| it.product == *code),
            None => models.next().filter(|_| models.next().is_none()),
        };
        let model =
            model.ok_or_else(|| format!("choose one of the products by --product: {codes}"))?;
        Ok(Self {
            prices: Some(Prices {
                pack,
                quantity: choice.quantity,
                date,
            }),
            ..Self::plain(Format::Catalog, model)
        })
    }

    fn of_coom(choice: &Choice) -> Result<Self, String> {
        let (name, text) = read_text(&choice.path)?;
        let source = match coom::read(&name, &text) {
            (Some(CoomFile::Model(model)), _) => model,
            (Some(CoomFile::UserInput(_)), _) => {
                return Err(format!(
                    "{name} is a user input: give it by --input, beside its model"
                ));
            }
            (None, diagnostics) => return Err(told(&diagnostics, &name, &text)),
        };
        let bounds = Bounds {
            limit: choice.limit,
            ..Bounds::default()
        };
        let (model, diagnostics) = source.ground(&bounds);
        let told = told(&diagnostics, &name, &text);
        let Some(model) = model else {
            return Err(told);
        };
        if !diagnostics.is_empty() {
            eprint!("{told}");
        }
        let unbounded = source.unbounded(&bounds);
        let source = Source::Coom(source);
        let grounds = Some(Grounds {
            source,
            bounds,
            unbounded,
        });
        Ok(Self {
            grounds,
            ..Self::plain(Format::Coom, model)
        })
    }

    fn of_uvl(choice: &Choice) -> Result<Self, String> {
        let bounds = Bounds {
            limit: choice.limit,
            ..Bounds::default()
        };
        let path = &choice.path;
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let load = |name: &str| fs::read(folder.join(name));
        let reading = uvl::read_within(&name, &bounds, load);
        let told = || render(&reading.diagnostics, &reading.source, false);
        let model = reading.model.ok_or_else(told)?;
        let source = Source::Uvl(name.into_owned(), reading.source);
        let unbounded = reading.unbounded;
        let grounds = Some(Grounds {
            source,
            bounds,
            unbounded,
        });
        Ok(Self {
            grounds: grounds.filter(|it| !it.unbounded.is_empty()),
            ..Self::plain(Format::Uvl, model)
        })
    }

    /// The parts of which the file allows any number.
    pub fn unbounded(&self) -> &[Unbounded] {
        self.grounds.as_ref().map_or(&[], |it| &it.unbounded)
    }

    /// How many instances of unbounded parts are laid out, by their paths without indices,
    /// where the rules could make use of more.
    pub fn limits(&self) -> BTreeMap<String, u32> {
        let mut limits: BTreeMap<String, u32> = BTreeMap::new();
        for feature in self.unbounded().iter().filter(|it| !it.is_sufficient()) {
            let most = limits.entry(without_indices(&feature.path)).or_default();
            *most = feature.grounded.max(*most);
        }
        limits
    }

    /// The same product with at least so many instances, by what their paths begin with;
    /// `None` where there are none, or that is more than can be laid out.
    pub fn larger(&self, asked: &BTreeMap<String, u32>) -> Option<Self> {
        let Grounds { source, bounds, .. } = self.grounds.as_ref()?;
        let mut bounds = bounds.clone();
        (bounds.asked).extend(asked.iter().map(|(path, count)| (path.clone(), *count)));
        let (model, unbounded) = source.laid_out(&bounds)?;
        let source = source.clone();
        Some(Self {
            grounds: Some(Grounds {
                source,
                bounds,
                unbounded,
            }),
            ..Self::plain(self.format, model)
        })
    }
}

impl Source {
    fn laid_out(&self, bounds: &Bounds) -> Option<(Model, Vec<Unbounded>)> {
        match self {
            Self::Coom(source) => Some((source.ground(bounds).0?, source.unbounded(bounds))),
            Self::Uvl(name, files) => {
                let load = |name: &str| match files.get(name) {
                    Some(content) => Ok(content.to_vec()),
                    None => Err(io::ErrorKind::NotFound.into()),
                };
                let reading = uvl::read_within(name, bounds, load);
                Some((reading.model?, reading.unbounded))
            }
        }
    }
}

/// A path with all its indices taken out.
pub fn without_indices(path: &str) -> String {
    let steps = path.split('.');
    let names = steps.map(|step| step.split('[').next().unwrap_or(step));
    names.collect::<Vec<_>>().join(".")
}

/// Reads a user input.
pub fn read_input(path: &Path) -> Result<CoomInput, String> {
    let (name, text) = read_text(path)?;
    match coom::read(&name, &text) {
        (Some(CoomFile::UserInput(input)), _) => Ok(input),
        (Some(CoomFile::Model(_)), _) => Err(format!("{name} is a model, not a user input")),
        (None, diagnostics) => Err(told(&diagnostics, &name, &text)),
    }
}

/// The name of a file and what it holds.
pub fn read_text(path: &Path) -> Result<(String, String), String> {
    let name = path.display().to_string();
    let text = fs::read_to_string(path).map_err(|error| format!("cannot read {name}: {error}"))?;
    Ok((name, text))
}

fn told(diagnostics: &[Diagnostic], name: &str, text: &str) -> String {
    render(
        diagnostics,
        &CatalogSource::from_files([(name, text)]),
        false,
    )
}

pub fn today() -> Date {
    jiff::Zoned::now().date()
}
