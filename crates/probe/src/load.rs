//! A model from whatever file it is written in.

use std::error::Error;
use std::fs;
use std::path::Path;

use quotewright_compiler::coom::{self, Bounds, CoomFile};
use quotewright_compiler::{CatalogSource, dimacs, translate, uvl, xcsp};
use quotewright_engine::catalog::Model;
use quotewright_engine::price::PricePack;

/// The model in a file, or the first product of a catalog's folder with its public prices.
pub fn load(path: &Path) -> Result<(Model, Option<PricePack>), Box<dyn Error>> {
    if path.is_dir() {
        let catalog = translate(&CatalogSource::read(path)?).catalog;
        let catalog = catalog.ok_or("the catalog has errors: see `quotewright check`")?;
        let pack = catalog.packs.into_iter().find(|it| it.customer.is_none());
        let model = catalog.models.into_iter().next().ok_or("no product")?;
        return Ok((model, pack.map(|it| it.pack)));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let (model, diagnostics) = match path.extension().and_then(|it| it.to_str()) {
        Some("coom") => match coom::read(&name, &fs::read_to_string(path)?) {
            (Some(CoomFile::Model(model)), _) => model.ground(&Bounds::default()),
            (_, diagnostics) => (None, diagnostics),
        },
        Some("uvl") => {
            let folder = path.parent().unwrap_or(Path::new(""));
            let reading = uvl::read(&name, |name| fs::read(folder.join(name)));
            (reading.model, reading.diagnostics)
        }
        Some("xml") => xcsp::read(&name, &fs::read_to_string(path)?),
        Some("cnf") => dimacs::read(&name, &fs::read_to_string(path)?),
        _ => return Err("give a catalog's folder, or a .coom, .uvl, .xml or .cnf file".into()),
    };
    let model = model.ok_or_else(|| {
        diagnostics
            .first()
            .map_or(String::new(), |it| it.message.clone())
    })?;
    Ok((model, None))
}
