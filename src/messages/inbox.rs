use super::phrase::Phrase;

/// The supplier's inbox.
pub struct InboxMessages {
    /// Heading.
    pub title: &'static str,
    /// Field.
    pub token: &'static str,
    /// Button.
    pub sign_in: &'static str,
    /// The token is not the right one.
    pub refused: &'static str,
    /// Where nothing was received.
    pub empty: &'static str,
    /// Mark: the price is to be confirmed.
    pub to_confirm: &'static str,
    /// Link: back to the list.
    pub back: &'static str,
    /// Column.
    pub cost: &'static str,
    /// Column.
    pub margin: &'static str,
    /// Column.
    pub floor: &'static str,
    /// An amount that is missing to the floor.
    pub below_floor: Phrase<1>,
    /// Below costs and margins.
    pub only_you: &'static str,
    /// Heading of the changes that were made.
    pub changes: &'static str,
    /// What a change is of: all of the quote.
    pub whole: &'static str,
    /// Heading of the form.
    pub change: &'static str,
    /// Field: what the change is of.
    pub of: &'static str,
    /// Field: how.
    pub how: &'static str,
    /// Choice.
    pub by_percent: &'static str,
    /// Choice.
    pub by_amount: &'static str,
    /// Choice.
    pub by_price: &'static str,
    /// Field: the number.
    pub value: &'static str,
    /// Field.
    pub reason: &'static str,
    /// Field: who makes it.
    pub who: &'static str,
    /// Field: why it may pass the floor.
    pub floor_reason: &'static str,
    /// Fault: something was left out.
    pub incomplete: &'static str,
    /// Button.
    pub make: &'static str,
}
