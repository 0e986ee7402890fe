use super::phrase::{Counted, Phrase};

/// Requests that were sent, or wait to be sent.
pub struct RequestMessages {
    /// Heading.
    pub title: &'static str,
    /// Heading of the drafts.
    pub drafts: &'static str,
    /// What they are.
    pub drafts_detail: &'static str,
    /// Button.
    pub draft_new: &'static str,
    /// What a draft is called by itself: product and day.
    pub draft_name: Phrase<2>,
    /// State: the one that is worked on.
    pub draft_open: &'static str,
    /// When it was changed last.
    pub draft_changed: Phrase<1>,
    /// Button.
    pub draft_copy: &'static str,
    /// What a copy is called; with the name of the other.
    pub draft_copy_name: Phrase<1>,
    /// Once it is there; with its name.
    pub draft_copied: Phrase<1>,
    /// Button.
    pub draft_rename: &'static str,
    /// Label.
    pub draft_name_label: &'static str,
    /// Button: keeps the name.
    pub draft_name_keep: &'static str,
    /// Button: keeps the name before.
    pub draft_name_cancel: &'static str,
    /// Button.
    pub draft_delete: &'static str,
    /// Before it; with its name.
    pub draft_delete_detail: Phrase<1>,
    /// Button: really.
    pub draft_delete_now: &'static str,
    /// Another tab has changed the draft that this one has open.
    pub draft_parted: &'static str,
    /// Opens the draft as another tab has left it.
    pub draft_take_over: &'static str,
    /// The open draft cannot be written to the device, so no other is opened.
    pub draft_not_kept: &'static str,
    /// Heading of what was sent.
    pub sent: &'static str,
    /// Where there are none.
    pub none: &'static str,
    /// What that means.
    pub none_detail: &'static str,
    /// State: on its way.
    pub waiting: &'static str,
    /// State: with the endpoint at this moment.
    pub sending: &'static str,
    /// State: the endpoint does not take it.
    pub refused: &'static str,
    /// State: the supplier has it.
    pub received: &'static str,
    /// Heading of one request; with its number.
    pub number: Phrase<1>,
    /// Heading of one that has no number yet.
    pub no_number: &'static str,
    /// When the buyer sent it.
    pub created: Phrase<1>,
    /// When the endpoint kept it.
    pub received_at: Phrase<1>,
    /// So many lines.
    pub lines: Counted<1>,
    /// Why it waits: not tried yet.
    pub first_try: &'static str,
    /// Why it waits: no network.
    pub no_network: &'static str,
    /// Why it waits: the server was reached and cannot take it now.
    pub busy: &'static str,
    /// Why it waits: a customer has to sign in.
    pub sign_in: &'static str,
    /// Why it waits: somebody else answered.
    pub unexpected: &'static str,
    /// It is on this device and need not be watched.
    pub kept: &'static str,
    /// It is in this page only.
    pub volatile: &'static str,
    /// How often it was tried.
    pub attempts: Counted<1>,
    /// Button.
    pub send_now: &'static str,
    /// Button.
    pub save: &'static str,
    /// Button: takes it back to the quote page.
    pub edit: &'static str,
    /// Button.
    pub discard: &'static str,
    /// Before it: the endpoint may have it.
    pub discard_hint: &'static str,
    /// Before it: the endpoint does not have it.
    pub discard_plain: &'static str,
    /// Button: not after all.
    pub cancel: &'static str,
    /// Heading: the amounts are others.
    pub other_amounts: &'static str,
    /// What that means.
    pub other_amounts_detail: &'static str,
    /// Heading: the catalog or its prices have changed.
    pub other_catalog: &'static str,
    /// What that means.
    pub other_catalog_detail: &'static str,
    /// The lines that the catalog no longer allows.
    pub not_possible: Phrase<1>,
    /// While the new amounts are worked out.
    pub working: &'static str,
    /// Column.
    pub amount: &'static str,
    /// Column.
    pub before: &'static str,
    /// Column.
    pub now: &'static str,
    /// Column.
    pub difference: &'static str,
    /// An amount: of one piece in this line.
    pub unit_of: Phrase<1>,
    /// An amount: of this line.
    pub net_of: Phrase<1>,
    /// An amount.
    pub total_net: &'static str,
    /// An amount.
    pub total_tax: &'static str,
    /// An amount.
    pub total_gross: &'static str,
    pub contract_total: &'static str,
    /// All amounts are as they were.
    pub same_amounts: &'static str,
    /// Button.
    pub accept: &'static str,
    /// Heading: something that was entered.
    pub invalid: &'static str,
    /// What that means.
    pub invalid_detail: &'static str,
    /// Heading: a rule is broken.
    pub not_valid: &'static str,
    /// What that means.
    pub not_valid_detail: &'static str,
    /// Heading: it was received and deleted.
    pub deleted: &'static str,
    /// What that means.
    pub deleted_detail: &'static str,
    /// Heading: anything else.
    pub other: &'static str,
    /// What that means.
    pub other_detail: &'static str,
    /// Before the endpoint's own words.
    pub reason: &'static str,
    /// Of one request: while it is on its way here.
    pub loading: &'static str,
    /// It cannot be shown now.
    pub offline: &'static str,
    /// There is none.
    pub not_found: &'static str,
    /// What that means.
    pub not_found_detail: &'static str,
    /// Anything else.
    pub failed: &'static str,
    /// What happens next.
    pub received_detail: Phrase<1>,
    /// Of prices that are not final.
    pub to_confirm: &'static str,
    /// Keep this address.
    pub link: &'static str,
    /// Button: asks for the same again.
    pub copy: &'static str,
    /// Button.
    pub delete: &'static str,
    /// Before it.
    pub delete_detail: &'static str,
    /// Button: really.
    pub delete_now: &'static str,
    /// It could not be deleted.
    pub delete_failed: &'static str,
    /// Label of the id.
    pub id: &'static str,
    /// Button.
    pub new: &'static str,
}
