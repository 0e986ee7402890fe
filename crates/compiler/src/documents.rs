//! `documents.csv`: declarations, certificates and manuals, as files or addresses.

use std::collections::{BTreeMap, BTreeSet};

use quotewright_engine::catalog::{Document, DocumentPlace, Model};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::cells;
use crate::codes::Codes;
use crate::diagnostic::{Diagnostic, Location, Report};
use crate::model::WHOLE;
use crate::model::attributes::Attributes;
use crate::model::rules::when;
use crate::parts::PRODUCT;
use crate::sheet::{Cell, Row};
use crate::suggest::did_you_mean;
use crate::workbook::Workbook;

/// The sheet.
pub(crate) const SHEET: &str = "documents.csv";
/// The folder that the files are in.
pub(crate) const FOLDER: &str = "documents/";
/// The largest file, in bytes: some hundred pages.
const MOST_BYTES: u32 = 5_000_000;
/// What every PDF begins with: ISO 32000-2, section 7.5.2.
const SIGNATURE: &[u8] = b"%PDF-";
/// What an address begins with.
const SECURE: &str = "https://";

/// A file that buyers can open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentFile {
    /// SHA-256 of the content in hexadecimal.
    pub hash: String,
    /// What it is called where it is saved, without an ending.
    pub name: String,
    /// The bytes of a PDF.
    pub content: Vec<u8>,
}

/// SHA-256 in hexadecimal.
pub(crate) fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The documents of one product.
pub(crate) fn read(
    product: &str,
    workbook: &Workbook,
    attributes: &Attributes<'_>,
    report: &mut Report,
) -> Vec<Document> {
    let rows = workbook.rows(SHEET);
    let rows = rows.filter(|row| cells::is_for(*row, product));
    if product == WHOLE {
        // What is for every product is not for what is asked about a quote.
        let named = rows.filter(|row| !row.cell("product").is_empty());
        named.for_each(|row| tell_whole(row, report));
        return Vec::new();
    }
    let mut codes = Codes::elsewhere("document");
    let scope = attributes.scope_at(PRODUCT);
    let document = |row: Row<'_>| {
        let code = codes.define(row.cell("document"), report);
        let label = cells::text(row, "label", true, &workbook.manifest, report);
        let place = place(row.cell("file"), workbook, report);
        let languages = languages(row.cell("language"), report);
        let when = when(row, &scope, report);
        Some(Document {
            code: code?,
            label,
            place: place?,
            languages: languages?,
            when: when?,
        })
    };
    rows.filter_map(document).collect()
}

fn tell_whole(row: Row<'_>, report: &mut Report) {
    let message = "a document belongs to products, not to a quote as a whole";
    let location = row.cell("product").location();
    let hint = "empty the cell for a document that comes with every product";
    report.push(Diagnostic::error("unused-cell", location, message).hint(hint));
}

/// Where the document of a row is: a PDF in the folder, or an address.
fn place(cell: Cell<'_>, workbook: &Workbook, report: &mut Report) -> Option<DocumentPlace> {
    let text = cell.text();
    let fail = |code, message: String, hint: Option<String>, report: &mut Report| {
        report.push(Diagnostic::error(code, cell.location(), message).maybe_hint(hint));
        None
    };
    if text.is_empty() {
        let message = "the file or the address is missing".to_owned();
        return fail("missing-value", message, None, report);
    }
    if text.contains("://") {
        if is_address(text) {
            return Some(DocumentPlace::Address(text.to_owned()));
        }
        let message = format!("`{text}` is not an address that can be opened safely");
        let hint = "write it as a browser shows it: `https://`, the site and the page".to_owned();
        return fail("bad-address", message, Some(hint), report);
    }
    let files = workbook.documents();
    let is_pdf = |content: &[u8]| is_pdf_name(text) && content.starts_with(SIGNATURE);
    match files.get(text) {
        None if is_pdf_name(text) => {
            let message = format!("there is no file `{text}` in the folder `documents`");
            let hint = did_you_mean(text, files.keys().map(String::as_str));
            fail("missing-file", message, hint, report)
        }
        Some(content) if is_pdf(content) => match u32::try_from(content.len()) {
            Ok(bytes) if bytes <= MOST_BYTES => Some(DocumentPlace::File {
                hash: hash(content),
                bytes,
            }),
            _ => {
                let most = MOST_BYTES / 1_000_000;
                let message = format!("`{text}` is larger than {most} MB");
                let hint = "save it with smaller pictures, or give the address where it is".into();
                fail("file-too-large", message, Some(hint), report)
            }
        },
        _ => {
            let message = format!("`{text}` is not a PDF, and only that is safe to open");
            let hint = "save the document as a PDF".to_owned();
            fail("not-a-pdf", message, Some(hint), report)
        }
    }
}

/// Whether a file by this name is read.
pub(crate) fn is_pdf_name(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// Whether it is `https`, a site by its name, and nothing that could be read in two ways.
fn is_address(text: &str) -> bool {
    let site = text.strip_prefix(SECURE).unwrap_or_default();
    let site = site.split(['/', '?', '#']).next().unwrap_or_default();
    let of_site = |it: char| it.is_ascii_alphanumeric() || matches!(it, '.' | '-' | ':');
    let of_text = |it: char| it.is_ascii_graphic() && !matches!(it, '"' | '<' | '>' | '\\' | '`');
    site.contains('.') && site.chars().all(of_site) && text.chars().all(of_text)
}

/// The languages that a document is written in: those of the catalog, or others.
fn languages(cell: Cell<'_>, report: &mut Report) -> Option<Vec<String>> {
    if cell.is_empty() {
        return Some(Vec::new());
    }
    let mut known = true;
    for (part, span) in cell.parts() {
        if !is_language(part) {
            known = false;
            let message = format!("`{part}` is not a language");
            let hint = "write its code of two or three letters, as in `en`, or `en|de` for both";
            let location = cell.within(span);
            report.push(Diagnostic::error("unknown-language", location, message).hint(hint));
        }
    }
    let parts = cell.parts().map(|(part, _)| part.to_owned());
    known.then(|| parts.collect())
}

/// Whether it has the form of a language with or without a country: RFC 5646, section 2.1.
fn is_language(tag: &str) -> bool {
    let (language, country) = tag.split_once('-').unwrap_or((tag, "XX"));
    let language_fits = matches!(language.len(), 2 | 3);
    let country_fits = country.len() == 2;
    language_fits
        && language.bytes().all(|it| it.is_ascii_lowercase())
        && country_fits
        && country.bytes().all(|it| it.is_ascii_uppercase())
}

/// Tells files in the folder that no row names: nobody can open them.
pub(crate) fn tell_unlisted(workbook: &Workbook, report: &mut Report) {
    let rows = workbook.rows(SHEET);
    let listed: BTreeSet<&str> = rows.map(|row| row.cell("file").text()).collect();
    let files = workbook.documents().keys().map(String::as_str);
    for name in files.filter(|name| !listed.contains(name)) {
        let message = "no row of documents.csv names this file, so nobody can open it";
        let location = Location::file(format!("{FOLDER}{name}"));
        report.push(Diagnostic::warning("unlisted-file", location, message));
    }
}

/// The files behind the documents of these products, each once.
pub(crate) fn files<'m>(
    models: impl Iterator<Item = &'m Model>,
    workbook: &Workbook,
) -> Vec<DocumentFile> {
    let contents = workbook.documents().values();
    let contents: BTreeMap<String, &Vec<u8>> = contents.map(|it| (hash(it), it)).collect();
    let mut files: BTreeMap<&str, DocumentFile> = BTreeMap::new();
    for document in models.flat_map(|it| &it.documents) {
        if let DocumentPlace::File { hash, .. } = &document.place
            && let Some(content) = contents.get(hash)
        {
            files.entry(hash).or_insert_with(|| DocumentFile {
                hash: hash.clone(),
                name: document.code.clone(),
                content: (*content).clone(),
            });
        }
    }
    files.into_values().collect()
}
