//! A session whose answers become one hash.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::artifact::{Artifact, ArtifactError};
use crate::buyer::Buyer;

/// Enough to count a little: answers are compared, not used.
const TRIES: u32 = 500;

/// Why a session cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum ProbeError {
    /// There is nothing to play on.
    #[error(transparent)]
    Artifact(#[from] ArtifactError),
    /// An answer cannot be written as JSON.
    #[error("writing an answer: {0}")]
    Write(#[from] serde_json::Error),
}

/// A buyer who clicks at random, and a hash of all answers.
pub struct Session {
    buyer: Buyer,
    answers: Sha256,
}

impl Session {
    /// A session on what [`Artifact::write`] has written.
    ///
    /// # Errors
    /// When it is something else, or the engine cannot reason about the model.
    pub fn new(artifact: &[u8], seed: u32) -> Result<Self, ProbeError> {
        let mut session = Self {
            buyer: Buyer::new(&Artifact::read(artifact)?, seed)?,
            answers: Sha256::new(),
        };
        session.look()?;
        Ok(session)
    }

    /// One decision and all that a screen shows after it.
    ///
    /// # Errors
    /// When an answer cannot be written.
    pub fn click(&mut self) -> Result<(), ProbeError> {
        let click = self.buyer.choose();
        note(&mut self.answers, &click)?;
        self.look()
    }

    /// Why one value follows, and why one is impossible and what would make it possible.
    ///
    /// # Errors
    /// When an answer cannot be written.
    pub fn ask(&mut self) -> Result<(), ProbeError> {
        let (buyer, answers) = (&mut self.buyer, &mut self.answers);
        note(answers, &buyer.why())?;
        if buyer.choose_impossible() {
            note(answers, &buyer.explain())?;
            note(answers, &buyer.repairs(false))?;
        }
        Ok(())
    }

    /// All explanations and repairs, effects, count, completion and optima.
    ///
    /// # Errors
    /// When an answer cannot be written.
    pub fn ask_all(&mut self) -> Result<(), ProbeError> {
        let (buyer, answers) = (&mut self.buyer, &mut self.answers);
        note(answers, &buyer.explanations())?;
        note(answers, &buyer.repairs(true))?;
        note(answers, &buyer.some_effects())?;
        note(answers, &buyer.count(TRIES))?;
        note(answers, &buyer.complete())?;
        note(answers, &buyer.cheapest())?;
        note(answers, &buyer.fastest())
    }

    /// SHA-256 in hexadecimal of all answers so far.
    pub fn digest(&self) -> String {
        format!("{:x}", self.answers.clone().finalize())
    }

    fn look(&mut self) -> Result<(), ProbeError> {
        let shown = self.buyer.look();
        note(&mut self.answers, &shown)
    }
}

fn note<T: Serialize>(answers: &mut Sha256, answer: &T) -> Result<(), ProbeError> {
    answers.update(serde_json::to_vec(answer)?);
    Ok(())
}
