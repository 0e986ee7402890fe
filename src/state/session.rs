use quotewright_engine::catalog::{AttributeIndex, Decisions, Value};
use quotewright_engine::configure::Repair;

/// The buyer's decisions with their past: undo, redo, start over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    decisions: Decisions,
    past: Vec<Decisions>,
    future: Vec<Decisions>,
}

impl Session {
    /// What holds now.
    pub fn decisions(&self) -> &Decisions {
        &self.decisions
    }

    /// Decides `attribute`. The caller has made sure that the value is possible.
    pub fn decide(&mut self, attribute: AttributeIndex, value: Value) {
        let mut decisions = self.decisions.clone();
        decisions.insert(attribute, value);
        self.replace(decisions);
    }

    /// Takes the decision on `attribute` back.
    pub fn clear(&mut self, attribute: AttributeIndex) {
        let mut decisions = self.decisions.clone();
        decisions.remove(&attribute);
        self.replace(decisions);
    }

    /// Changes what a repair says and then decides `attribute`, as one step.
    pub fn repair(&mut self, repair: &Repair, attribute: AttributeIndex, value: Value) {
        self.replace(repair.applied(&self.decisions, attribute, value));
    }

    /// Takes all decisions back, which can be undone too.
    pub fn start_over(&mut self) {
        self.replace(Decisions::new());
    }

    /// Goes to `decisions` as one step.
    pub fn replace(&mut self, decisions: Decisions) {
        if decisions != self.decisions {
            self.past
                .push(std::mem::replace(&mut self.decisions, decisions));
            self.future.clear();
        }
    }

    /// One step back.
    pub fn undo(&mut self) {
        if let Some(before) = self.past.pop() {
            self.future
                .push(std::mem::replace(&mut self.decisions, before));
        }
    }

    /// Takes the last step back for good: it was not possible. What it decided, where that
    /// was one thing; `None` where there was no step.
    pub fn withdraw(&mut self) -> Option<Option<(AttributeIndex, Value)>> {
        let before = self.past.pop()?;
        let refused = std::mem::replace(&mut self.decisions, before);
        let mut new = (refused.into_iter())
            .filter(|(attribute, value)| self.decisions.get(attribute) != Some(value));
        let first = new.next();
        Some(first.filter(|_| new.next().is_none()))
    }

    /// One step forth again.
    pub fn redo(&mut self) {
        if let Some(after) = self.future.pop() {
            self.past
                .push(std::mem::replace(&mut self.decisions, after));
        }
    }

    /// Whether there is a step to go back to.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is a step to go forth to.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quotewright_engine::configure::Change;

    const BELT: AttributeIndex = AttributeIndex(0);
    const FRAME: AttributeIndex = AttributeIndex(1);

    fn decisions(pairs: &[(AttributeIndex, usize)]) -> Decisions {
        pairs
            .iter()
            .map(|(attribute, option)| (*attribute, Value::Option(*option)))
            .collect()
    }

    #[test]
    fn steps_go_back_and_forth() {
        let mut session = Session::default();
        session.decide(BELT, Value::Option(1));
        session.decide(FRAME, Value::Option(2));
        session.undo();
        assert_eq!(session.decisions(), &decisions(&[(BELT, 1)]));
        session.redo();
        assert_eq!(session.decisions(), &decisions(&[(BELT, 1), (FRAME, 2)]));
        session.start_over();
        assert!(session.decisions().is_empty());
        session.undo();
        assert_eq!(session.decisions(), &decisions(&[(BELT, 1), (FRAME, 2)]));
    }

    #[test]
    fn a_new_decision_ends_the_future() {
        let mut session = Session::default();
        session.decide(BELT, Value::Option(1));
        session.undo();
        session.decide(BELT, Value::Option(2));
        assert!(!session.can_redo());
    }

    #[test]
    fn a_step_that_is_withdrawn_cannot_be_done_again() {
        let mut session = Session::default();
        session.decide(BELT, Value::Option(1));
        session.replace(decisions(&[(BELT, 2), (FRAME, 2)]));
        session.decide(FRAME, Value::Option(3));
        assert_eq!(session.withdraw(), Some(Some((FRAME, Value::Option(3)))));
        assert_eq!(session.withdraw(), Some(None));
        assert_eq!(session.decisions(), &decisions(&[(BELT, 1)]));
        assert_eq!(session.withdraw(), Some(Some((BELT, Value::Option(1)))));
        assert_eq!(session.withdraw(), None);
        assert!(!session.can_redo());
    }

    #[test]
    fn the_same_decision_again_is_no_step() {
        let mut session = Session::default();
        session.decide(BELT, Value::Option(1));
        session.decide(BELT, Value::Option(1));
        session.undo();
        assert!(!session.can_undo());
    }

    #[test]
    fn a_repair_is_one_step() {
        let mut session = Session::default();
        session.decide(BELT, Value::Option(0));
        let change = Change {
            attribute: BELT,
            from: Value::Option(0),
            to: Some(Value::Option(1)),
        };
        let repair = Repair {
            changes: vec![change],
            result: vec![],
        };
        session.repair(&repair, FRAME, Value::Option(2));
        assert_eq!(session.decisions(), &decisions(&[(BELT, 1), (FRAME, 2)]));
        session.undo();
        assert_eq!(session.decisions(), &decisions(&[(BELT, 0)]));
    }
}
