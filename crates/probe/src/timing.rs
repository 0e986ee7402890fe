//! Sessions under a clock that the caller holds.

use std::hint::black_box;

use serde::{Deserialize, Serialize};

use crate::artifact::{Artifact, ArtifactError};
use crate::buyer::{Buyer, Click};

/// So many values may be tried for a count, as in `quotewright replay`.
const TRIES: u32 = 100_000;

/// What can take long is asked after one click in so many, so that enough is asked of the rest.
const RARE: u32 = 8;

/// Whoever holds the clock and takes down the times.
pub trait Watch {
    /// Milliseconds since any fixed moment.
    fn now(&self) -> f64;
    /// Bytes of memory taken so far, where that can be told.
    fn memory(&self) -> Option<u64>;
    /// Takes a note down, at once: the run may be stopped at any time.
    fn note(&self, note: &Note);
}

/// What happened.
#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Note<'a> {
    /// A session begins: this kind of session, and how long it took to get ready.
    Session(&'static str, f64),
    /// What is clicked next.
    Click(&'a Click),
    /// What is asked next.
    Asking(&'static str),
    /// What was asked last has an answer, after so many milliseconds.
    Answer(f64),
    /// Bytes that clicks alone have taken.
    Memory(Option<u64>),
}

/// How much is measured.
#[derive(Debug, Deserialize)]
pub struct Amount {
    /// Random sessions.
    pub sessions: u32,
    /// Clicks of each.
    pub clicks: u32,
    /// Seconds for random sessions, for given ones, and for sessions with further questions.
    pub seconds: [f64; 3],
}

/// Measures clicks of random sessions and of `given` ones, and then further questions. Every
/// session begins with nothing known.
///
/// # Errors
/// When the engine cannot reason about the model.
pub fn measure(
    artifact: &Artifact,
    amount: &Amount,
    given: &[Vec<Click>],
    watch: &impl Watch,
) -> Result<(), ArtifactError> {
    let [random, replayed, further] = amount.seconds;
    let part = |kind, seconds: f64| Part {
        artifact,
        kind,
        end: watch.now() + seconds * 1_000.0,
        watch,
    };
    part("random", random).random(amount, false)?;
    part("replayed", replayed).given(given)?;
    watch.note(&Note::Memory(watch.memory()));
    part("further", further).random(amount, true)
}

/// Sessions of one kind.
struct Part<'a, W> {
    artifact: &'a Artifact,
    kind: &'static str,
    end: f64,
    watch: &'a W,
}

impl<W: Watch> Part<'_, W> {
    fn random(&self, amount: &Amount, further: bool) -> Result<(), ArtifactError> {
        for seed in 1..=amount.sessions {
            if self.late() {
                break;
            }
            let mut times = self.session(seed)?;
            for number in 0..amount.clicks {
                if self.late() {
                    break;
                }
                if let Some(click) = times.buyer.choose() {
                    times.click(&click);
                    if further {
                        times.ask_further(number % RARE == RARE - 1);
                    }
                }
            }
        }
        Ok(())
    }

    /// What is not possible any more is left out, as a buyer has to.
    fn given(&self, sessions: &[Vec<Click>]) -> Result<(), ArtifactError> {
        for clicks in sessions {
            if self.late() {
                break;
            }
            let mut times = self.session(0)?;
            for click in clicks {
                if self.late() {
                    break;
                }
                if times.buyer.follow(click) {
                    times.click(click);
                }
            }
        }
        Ok(())
    }

    fn session(&self, seed: u32) -> Result<Times<'_, W>, ArtifactError> {
        let start = self.watch.now();
        let buyer = Buyer::new(self.artifact, seed)?;
        let ready = self.watch.now() - start;
        self.watch.note(&Note::Session(self.kind, ready));
        let mut times = Times {
            buyer,
            watch: self.watch,
        };
        times.take("first", Buyer::look);
        Ok(times)
    }

    fn late(&self) -> bool {
        self.watch.now() > self.end
    }
}

/// A buyer whose every question is timed.
struct Times<'a, W> {
    buyer: Buyer,
    watch: &'a W,
}

impl<W: Watch> Times<'_, W> {
    fn take<'a, T>(&'a mut self, what: &'static str, question: impl FnOnce(&'a mut Buyer) -> T) {
        self.watch.note(&Note::Asking(what));
        let start = self.watch.now();
        black_box(question(&mut self.buyer));
        self.watch.note(&Note::Answer(self.watch.now() - start));
    }

    /// A click with all that a screen shows: where there are prices, what each option would
    /// cost as well.
    fn click(&mut self, click: &Click) {
        self.watch.note(&Note::Click(click));
        let effects = self.buyer.has_prices();
        let what = if click.value.is_some() {
            "click"
        } else {
            "back"
        };
        self.take(what, |buyer| {
            black_box(buyer.look().is_ok());
            effects.then(|| buyer.effects())
        });
    }

    fn ask_further(&mut self, all: bool) {
        if self.buyer.choose_impossible() {
            self.take("explanation", Buyer::explain);
            self.take("repair", |it| it.repairs(false));
            self.take("repairs", |it| it.repairs(true));
        }
        if self.buyer.has_prices() {
            self.take("effects", Buyer::effects);
        }
        self.take("completion", Buyer::complete);
        if all {
            self.take("cheapest", Buyer::cheapest);
            if self.buyer.has_prices() {
                self.take("fastest", Buyer::fastest);
            }
            self.take("count", |it| it.count(TRIES));
        }
    }
}
