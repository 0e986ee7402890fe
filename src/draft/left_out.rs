use crate::state::LoadFailure;
use crate::storage::drafts::DraftLine;

/// Lines of the draft that do not stand in the quote.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LeftOut {
    /// Kept with the draft, and tried again at the next load.
    pub lines: Vec<DraftLine>,
    /// How many could not be opened for now, such as without a network.
    pub passing: u32,
    /// How many the catalog no longer allows.
    pub impossible: u32,
}

impl LeftOut {
    /// All of `lines`, until they are opened again.
    pub fn waiting(lines: Vec<DraftLine>) -> Self {
        Self {
            passing: u32::try_from(lines.len()).unwrap_or(u32::MAX),
            lines,
            impossible: 0,
        }
    }

    /// Leaves `line` out. `failure`: why its product cannot be opened; `None` where it can
    /// but the line is no valid configuration. What is impossible is kept where `keep` says so.
    pub fn add(&mut self, line: &DraftLine, failure: Option<&LoadFailure>, keep: bool) {
        let passing = failure.is_some_and(is_passing);
        if passing {
            self.passing += 1;
        } else {
            self.impossible += 1;
        }
        if passing || keep {
            self.lines.push(line.clone());
        }
    }
}

/// Whether trying again, or signing in, may help.
pub fn is_passing(failure: &LoadFailure) -> bool {
    match failure {
        LoadFailure::Offline | LoadFailure::SignIn | LoadFailure::Failed => true,
        LoadFailure::NotFound | LoadFailure::NoConfiguration => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passing_failure_loses_no_line() {
        let line = DraftLine::default();
        for (failure, keep, kept, passing) in [
            (Some(LoadFailure::Offline), false, 1, 1),
            (Some(LoadFailure::SignIn), false, 1, 1),
            (Some(LoadFailure::Failed), true, 1, 1),
            (Some(LoadFailure::NotFound), false, 0, 0),
            (Some(LoadFailure::NotFound), true, 1, 0),
            (Some(LoadFailure::NoConfiguration), false, 0, 0),
            (None, false, 0, 0),
            (None, true, 1, 0),
        ] {
            let mut left_out = LeftOut::default();
            left_out.add(&line, failure.as_ref(), keep);
            let found = (left_out.lines.len(), left_out.passing);
            assert_eq!(found, (kept, passing), "{failure:?} {keep}");
            assert_eq!(left_out.impossible, 1 - passing, "{failure:?} {keep}");
        }
    }
}
