//! Catalog sheets to compiled catalogs, with diagnostics.
