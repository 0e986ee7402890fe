use super::phrase::{Counted, Phrase};

/// The configurator.
pub struct ConfigureMessages {
    /// Name of the list of groups.
    pub steps: &'static str,
    /// State of a group with nothing left to decide.
    pub step_done: &'static str,
    /// State of a group in which a value was asked for that is not possible.
    pub step_conflict: &'static str,
    /// State of a group with so many attributes to decide.
    pub step_open: Phrase<1>,
    /// Button.
    pub undo: &'static str,
    /// Button.
    pub redo: &'static str,
    /// Button.
    pub start_over: &'static str,
    /// Button: takes one decision back.
    pub clear: &'static str,
    /// The same for a screen reader, with the attribute's name.
    pub clear_spoken: Phrase<1>,
    /// Value of a yes/no attribute.
    pub yes: &'static str,
    /// Value of a yes/no attribute.
    pub no: &'static str,
    /// State of an attribute: the catalog's suggestion holds.
    pub suggested: &'static str,
    /// State of an attribute: the buyer has to decide.
    pub open: &'static str,
    /// State of an attribute: worked out by a formula.
    pub calculated: &'static str,
    /// State of an attribute: the product leaves only this value.
    pub fixed: &'static str,
    /// State of an attribute: follows from the named choices. The words before and after them.
    pub follows_from: (&'static str, &'static str),
    /// State of an option, for screen readers.
    pub impossible: &'static str,
    /// State of an option, for screen readers.
    pub unknown: &'static str,
    /// Button, and heading of the list of all attributes with what is chosen.
    pub overview: &'static str,
    /// Label of the field that looks for words and part numbers.
    pub find: &'static str,
    /// In place of the list, where nothing has to do with what was typed.
    pub nothing_found: &'static str,
    /// State of an attribute: the buyer decided it.
    pub your_choice: &'static str,
    /// State of an attribute: other choices leave only this value.
    pub follows: &'static str,
    /// Button: goes to an attribute.
    pub change: &'static str,
    /// The same for a screen reader, with the attribute's name.
    pub change_spoken: Phrase<1>,
    /// Button, and heading: decides all that is open.
    pub complete: &'static str,
    /// What that does.
    pub complete_detail: &'static str,
    /// Button: as the catalog suggests.
    pub as_suggested: &'static str,
    /// Button: at the lowest price.
    pub cheapest: &'static str,
    /// Button: with the shortest lead time.
    pub soonest: &'static str,
    /// Label of an amount of money, with the currency.
    pub budget: Phrase<1>,
    /// Button: at no more than this amount.
    pub within: &'static str,
    /// There is no such configuration.
    pub no_proposal: &'static str,
    /// Nothing is cheaper, or sooner.
    pub proven: &'static str,
    /// Something may be.
    pub not_proven: &'static str,
    /// Button: takes the choices that are shown.
    pub take: &'static str,
    /// How many configurations are left.
    pub left: Counted<1>,
    /// That there are at least as many.
    pub left_more: Counted<1>,
    /// Beside an option that costs as much as what is chosen.
    pub same_price_short: &'static str,
    /// Difference in days until it is there, signed.
    pub days_short: Counted<1>,
    /// Button that asks for the reason.
    pub why: &'static str,
    /// The same for a screen reader, with the value's name.
    pub why_spoken: Phrase<1>,
    /// Button that asks for the reason.
    pub why_not: &'static str,
    /// The same for a screen reader, with the value's name.
    pub why_not_spoken: Phrase<1>,
    /// While what is possible is not completely known.
    pub working: &'static str,
    /// Where nothing can be worked out: what happened, and what that means.
    pub lost: (&'static str, &'static str),
    /// While a reason is being worked out.
    pub asking: &'static str,
    /// Possible numbers: smallest, largest with unit.
    pub possible_range: Phrase<2>,
    /// Possible numbers where there is one.
    pub possible_only: Phrase<1>,
    /// Distance between neighbours, with unit.
    pub in_steps: Phrase<1>,
    /// Button beside a number, with the attribute's name.
    pub more: Phrase<1>,
    /// Button beside a number, with the attribute's name.
    pub less: Phrase<1>,
    /// What was typed is no number; with an example.
    pub no_number: Phrase<1>,
    /// The catalog does not have this number: value, smallest, largest, step.
    pub no_such_number: Phrase<4>,
    /// Before the possible neighbours of a number.
    pub nearest: &'static str,
    /// An impossible value and the choices that exclude it. The words around both.
    pub excluded: (&'static str, &'static str, &'static str),
    /// An impossible value that no choice of the buyer excludes.
    pub never: Phrase<1>,
    /// What makes a formula's value what it is.
    pub formula: Phrase<1>,
    /// A part depends on what it is a part of.
    pub structure: Phrase<1>,
    /// Button: adds a part, by its name.
    pub part_add: Phrase<1>,
    /// Button: takes a part that was added away again.
    pub part_remove: Phrase<1>,
    /// Button: adds another part that is decided as this one, by its name.
    pub part_copy: Phrase<1>,
    /// Button: exchanges a part with the one before it, by its name.
    pub part_up: Phrase<1>,
    /// Button: exchanges a part with the one after it, by its name.
    pub part_down: Phrase<1>,
    /// State of a part that was not added but is needed.
    pub part_there: &'static str,
    /// Before the changes that make a value possible.
    pub remedy: Phrase<1>,
    /// Where nothing but the value itself has to change.
    pub remedy_free: &'static str,
    /// A decision that is taken back rather than replaced.
    pub taken_back: &'static str,
    /// Beside the difference in price that a repair makes.
    pub price: &'static str,
    /// Beside the difference in days that a repair makes.
    pub delivery: &'static str,
    /// A repair costs nothing.
    pub same_price: &'static str,
    /// A repair takes no longer.
    pub same_days: &'static str,
    /// Unfolds so many more reasons.
    pub other_reasons: Counted<1>,
    /// Unfolds so many more ways to have the value.
    pub other_ways: Counted<1>,
    /// Where there are more than are shown.
    pub even_more: &'static str,
    /// Button: applies the changes.
    pub apply: &'static str,
    /// Where no change of the buyer's choices helps.
    pub no_remedy: &'static str,
    /// Button.
    pub close: &'static str,
    /// After a repair: what was chosen.
    pub changed: Phrase<1>,
    /// After a repair: a choice that was replaced, attribute, old and new value.
    pub changed_to: Phrase<3>,
    /// After a repair: a choice that was taken back, attribute and value.
    pub changed_away: Phrase<2>,
}
