use crate::format::Plural;

/// The configurator.
pub struct ConfigureMessages {
    /// Name of the list of groups.
    pub steps: &'static str,
    /// State of a group with nothing left to decide.
    pub step_done: &'static str,
    /// State of a group with so many attributes to decide.
    pub step_open: fn(&str) -> String,
    /// Button.
    pub undo: &'static str,
    /// Button.
    pub redo: &'static str,
    /// Button.
    pub start_over: &'static str,
    /// Button: takes one decision back.
    pub clear: &'static str,
    /// The same for a screen reader, with the attribute's name.
    pub clear_spoken: fn(&str) -> String,
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
    /// Button that asks for the reason.
    pub why: &'static str,
    /// The same for a screen reader, with the value's name.
    pub why_spoken: fn(&str) -> String,
    /// Button that asks for the reason.
    pub why_not: &'static str,
    /// The same for a screen reader, with the value's name.
    pub why_not_spoken: fn(&str) -> String,
    /// While what is possible is not completely known.
    pub working: &'static str,
    /// Where nothing can be worked out: what happened, and what that means.
    pub lost: (&'static str, &'static str),
    /// While a reason is being worked out.
    pub asking: &'static str,
    /// Possible numbers: smallest, largest with unit.
    pub possible_range: fn(&str, &str) -> String,
    /// Possible numbers where there is one.
    pub possible_only: fn(&str) -> String,
    /// Distance between neighbours, with unit.
    pub in_steps: fn(&str) -> String,
    /// Button beside a number, with the attribute's name.
    pub more: fn(&str) -> String,
    /// Button beside a number, with the attribute's name.
    pub less: fn(&str) -> String,
    /// What was typed is no number; with an example.
    pub no_number: fn(&str) -> String,
    /// The catalog does not have this number: value, smallest, largest, step.
    pub no_such_number: fn(&str, &str, &str, &str) -> String,
    /// Before the possible neighbours of a number.
    pub nearest: &'static str,
    /// An impossible value and the choices that exclude it. The words around both.
    pub excluded: (&'static str, &'static str, &'static str),
    /// An impossible value that no choice of the buyer excludes.
    pub never: fn(&str) -> String,
    /// What makes a formula's value what it is.
    pub formula: fn(&str) -> String,
    /// A part depends on what it is a part of.
    pub structure: fn(&str) -> String,
    /// Button: adds a part, by its name.
    pub part_add: fn(&str) -> String,
    /// Button: takes a part that was added away again.
    pub part_remove: fn(&str) -> String,
    /// State of a part that was not added but is needed.
    pub part_there: &'static str,
    /// Before the changes that make a value possible.
    pub remedy: fn(&str) -> String,
    /// Where nothing but the value itself has to change.
    pub remedy_free: &'static str,
    /// A decision that is taken back rather than replaced.
    pub taken_back: &'static str,
    /// Beside the difference in price that a repair makes.
    pub price: &'static str,
    /// Beside the difference in working days that a repair makes.
    pub delivery: &'static str,
    /// A repair costs nothing.
    pub same_price: &'static str,
    /// A repair takes no longer.
    pub same_days: &'static str,
    /// Difference in working days, signed.
    pub days: fn(Plural, &str) -> String,
    /// Button: applies the changes.
    pub apply: &'static str,
    /// Where no change of the buyer's choices helps.
    pub no_remedy: &'static str,
    /// Button.
    pub close: &'static str,
    /// After a repair: what was chosen.
    pub changed: fn(&str) -> String,
    /// After a repair: a choice that was replaced, attribute, old and new value.
    pub changed_to: fn(&str, &str, &str) -> String,
    /// After a repair: a choice that was taken back, attribute and value.
    pub changed_away: fn(&str, &str) -> String,
}

pub(super) const EN: ConfigureMessages = ConfigureMessages {
    steps: "Steps",
    step_done: "complete",
    step_open: |count| format!("{count} open"),
    undo: "Undo",
    redo: "Redo",
    start_over: "Start over",
    clear: "Clear",
    clear_spoken: |attribute| format!("Clear your choice for {attribute}"),
    yes: "Yes",
    no: "No",
    suggested: "Suggested",
    open: "Please choose",
    calculated: "Calculated",
    fixed: "The only possibility",
    follows_from: ("Follows from ", ""),
    impossible: "not possible with your choices",
    unknown: "not yet known whether it is possible",
    why: "Why?",
    why_spoken: |value| format!("Why {value}?"),
    why_not: "Why not?",
    why_not_spoken: |value| format!("Why not {value}?"),
    working: "Still working out what is possible",
    lost: (
        "A part of the configurator could not be loaded",
        "Until it is here, nobody can tell which options go together. Your choices are kept.",
    ),
    asking: "Looking for the reason",
    possible_range: |min, max| format!("Possible: {min} to {max}"),
    possible_only: |value| format!("Only {value} is possible"),
    in_steps: |step| format!("In steps of {step}"),
    more: |attribute| format!("{attribute}: more"),
    less: |attribute| format!("{attribute}: less"),
    no_number: |example| format!("Enter a number, such as {example}."),
    no_such_number: |value, min, max, step| {
        format!("{value} is not available. It goes from {min} to {max} in steps of {step}.")
    },
    nearest: "Nearest possible:",
    excluded: ("", " does not go with ", "."),
    never: |value| format!("{value} is not possible in this product, whatever you choose."),
    formula: |attribute| format!("{attribute} is calculated from the other values."),
    structure: |part| format!("{part} comes with what it is a part of, and after those before it."),
    part_add: |part| format!("Add {part}"),
    part_remove: |part| format!("Remove {part}"),
    part_there: "Needed by your other choices",
    remedy: |value| format!("To have {value}, change"),
    remedy_free: "None of your choices has to change.",
    taken_back: "no longer chosen",
    price: "Price",
    delivery: "Delivery",
    same_price: "unchanged",
    same_days: "unchanged",
    days: |plural, days| match plural {
        Plural::One => format!("{days} working day"),
        Plural::Other => format!("{days} working days"),
    },
    apply: "Make this change",
    no_remedy: "No change of your choices makes it possible.",
    close: "Close",
    changed: |value| format!("{value} is chosen now."),
    changed_to: |attribute, from, to| format!("{attribute}: {from} became {to}."),
    changed_away: |attribute, from| format!("{attribute}: {from} is no longer chosen."),
};

pub(super) const NL: ConfigureMessages = ConfigureMessages {
    steps: "Stappen",
    step_done: "compleet",
    step_open: |count| format!("{count} open"),
    undo: "Ongedaan maken",
    redo: "Herstellen",
    start_over: "Opnieuw beginnen",
    clear: "Wissen",
    clear_spoken: |attribute| format!("Uw keuze voor {attribute} wissen"),
    yes: "Ja",
    no: "Nee",
    suggested: "Voorstel",
    open: "Maak een keuze",
    calculated: "Berekend",
    fixed: "De enige mogelijkheid",
    follows_from: ("Volgt uit ", ""),
    impossible: "niet mogelijk met uw keuzes",
    unknown: "nog niet bekend of dit mogelijk is",
    why: "Waarom?",
    why_spoken: |value| format!("Waarom {value}?"),
    why_not: "Waarom niet?",
    why_not_spoken: |value| format!("Waarom niet {value}?"),
    working: "We bepalen nog wat mogelijk is",
    lost: (
        "Een deel van de configurator kon niet worden geladen",
        "Zolang het er niet is, is niet bekend welke opties samengaan. Uw keuzes blijven bewaard.",
    ),
    asking: "De reden wordt opgezocht",
    possible_range: |min, max| format!("Mogelijk: {min} tot en met {max}"),
    possible_only: |value| format!("Alleen {value} is mogelijk"),
    in_steps: |step| format!("In stappen van {step}"),
    more: |attribute| format!("{attribute}: meer"),
    less: |attribute| format!("{attribute}: minder"),
    no_number: |example| format!("Vul een getal in, bijvoorbeeld {example}."),
    no_such_number: |value, min, max, step| {
        format!(
            "{value} is niet leverbaar. Het bereik is {min} tot en met {max}, in stappen van {step}."
        )
    },
    nearest: "Dichtstbijzijnde mogelijkheid:",
    excluded: ("", " gaat niet samen met ", "."),
    never: |value| format!("{value} is bij dit product niet mogelijk, wat u ook kiest."),
    formula: |attribute| format!("{attribute} wordt uit de andere waarden berekend."),
    structure: |part| format!("{part} hoort bij een groter onderdeel en komt na de vorige."),
    part_add: |part| format!("{part} toevoegen"),
    part_remove: |part| format!("{part} verwijderen"),
    part_there: "Nodig door uw andere keuzes",
    remedy: |value| format!("Voor {value} wijzigt u"),
    remedy_free: "Geen van uw keuzes hoeft te veranderen.",
    taken_back: "niet meer gekozen",
    price: "Prijs",
    delivery: "Levering",
    same_price: "ongewijzigd",
    same_days: "ongewijzigd",
    days: |plural, days| match plural {
        Plural::One => format!("{days} werkdag"),
        Plural::Other => format!("{days} werkdagen"),
    },
    apply: "Deze wijziging doorvoeren",
    no_remedy: "Geen wijziging van uw keuzes maakt dit mogelijk.",
    close: "Sluiten",
    changed: |value| format!("{value} is nu gekozen."),
    changed_to: |attribute, from, to| format!("{attribute}: {from} werd {to}."),
    changed_away: |attribute, from| format!("{attribute}: {from} is niet meer gekozen."),
};
