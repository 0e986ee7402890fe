//! What to do about integers that nothing has settled.

use batsat::TheoryArg;

use super::integer::Integer;
use super::theory::Arithmetic;

impl Arithmetic {
    /// Splits an integer that nothing has settled; whether there was one.
    pub fn split(&mut self, solver: &mut TheoryArg) -> bool {
        let open = |(index, it): (usize, &Integer)| {
            (it.low.value < it.high.value && !self.ceilings.contains(&index)).then_some(index)
        };
        let Some(open) = self.integers.iter().enumerate().find_map(open) else {
            return false;
        };
        // A new literal is first tried false, and false has to mean "at most".
        let literal = !solver.mk_new_lit();
        let low = self.integers[open].low.value;
        self.name_bound(open, low, literal);
        // Without something new to work on, the solver would take the model as it is.
        solver.add_theory_lemma(&[self.truth, literal]);
        true
    }
}
