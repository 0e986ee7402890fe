//! A model as it goes from the host to the browser: compiled as far as it can be.

use quotewright_engine::catalog::Model;
use quotewright_engine::configure::join_tree::{JoinTree, TreeReasoner};
use quotewright_engine::configure::{Configurator, Unsupported};
use quotewright_engine::price::PricePack;
use serde::{Deserialize, Serialize};

/// A compiled model, and the prices of one buyer where it has any.
#[derive(Clone)]
pub struct Artifact {
    /// The model.
    pub model: Model,
    /// Its tables joined, where that is possible.
    pub tree: Option<JoinTree>,
    /// The prices.
    pub pack: Option<PricePack>,
}

/// What is written: the tree in a binary format, the rest in JSON as the app reads it.
#[derive(Serialize, Deserialize)]
struct Written<'a> {
    #[serde(borrow)]
    model: &'a str,
    #[serde(borrow)]
    pack: &'a str,
    tree: Option<JoinTree>,
}

/// Why bytes are not an artifact.
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The model or the prices.
    #[error("a model or price pack: {0}")]
    Json(#[from] serde_json::Error),
    /// The tree, or how everything is put together.
    #[error("an artifact: {0}")]
    Postcard(#[from] postcard::Error),
    /// The tree belongs to another model.
    #[error(transparent)]
    Tree(#[from] quotewright_engine::configure::join_tree::Invalid),
    /// The engine cannot reason about the model.
    #[error(transparent)]
    Unsupported(#[from] Unsupported),
}

impl Artifact {
    /// Joins the model's tables, where that is possible.
    pub fn compile(model: Model, pack: Option<PricePack>) -> Self {
        let tree = JoinTree::compile(&model);
        Self { model, tree, pack }
    }

    /// Writes it.
    ///
    /// # Errors
    /// When JSON or the binary format cannot hold it.
    pub fn write(self) -> Result<Vec<u8>, ArtifactError> {
        let written = Written {
            model: &serde_json::to_string(&self.model)?,
            pack: &serde_json::to_string(&self.pack)?,
            tree: self.tree,
        };
        Ok(postcard::to_allocvec(&written)?)
    }

    /// Reads what [`Artifact::write`] has written.
    ///
    /// # Errors
    /// When the bytes are something else.
    pub fn read(bytes: &[u8]) -> Result<Self, ArtifactError> {
        let written: Written = postcard::from_bytes(bytes)?;
        Ok(Self {
            model: serde_json::from_str(written.model)?,
            pack: serde_json::from_str(written.pack)?,
            tree: written.tree,
        })
    }

    /// What answers questions about it.
    ///
    /// # Errors
    /// When the engine cannot reason about the model.
    pub fn configurator(
        model: Model,
        tree: Option<JoinTree>,
    ) -> Result<Configurator, ArtifactError> {
        let Some(tree) = tree else {
            return Ok(Configurator::new(model)?);
        };
        let reasoner = TreeReasoner::new(model.clone(), tree)?;
        Ok(Configurator::with_reasoner(model, Box::new(reasoner)))
    }
}
