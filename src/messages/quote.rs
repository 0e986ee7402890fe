use super::phrase::{Counted, Phrase};

/// The quote that is being put together.
pub struct QuoteMessages {
    /// Heading.
    pub title: &'static str,
    /// Heading where there is nothing in it.
    pub empty: &'static str,
    /// What to do about it.
    pub empty_detail: &'static str,
    /// Label: the supplier.
    pub to: &'static str,
    /// Label: the day.
    pub date: &'static str,
    /// Label: the price book.
    pub prices: &'static str,
    /// Heading: who asks.
    pub from: &'static str,
    /// Field.
    pub company: &'static str,
    /// Field.
    pub name: &'static str,
    /// Field.
    pub email: &'static str,
    /// Field.
    pub phone: &'static str,
    /// Field.
    pub country: &'static str,
    /// Choice: none.
    pub as_at_home: &'static str,
    /// Below it.
    pub country_hint: &'static str,
    /// Field.
    pub vat_id: &'static str,
    /// Fault of a field.
    pub not_a_vat_number: &'static str,
    /// Fault of a field.
    pub wrong_check_digits: &'static str,
    /// Beside the label of a field that may stay empty.
    pub optional: &'static str,
    /// Heading.
    pub lines: &'static str,
    /// Column.
    pub product: &'static str,
    /// Column.
    pub quantity: &'static str,
    /// Column: price of one piece.
    pub unit: &'static str,
    /// Column: net amount.
    pub net: &'static str,
    /// Column: amount that contains tax.
    pub amount: &'static str,
    /// Unfolds the whole configuration of a line.
    pub all_values: &'static str,
    /// Button.
    pub edit: &'static str,
    /// The same for a screen reader, with the number of the line and its product.
    pub edit_spoken: Phrase<2>,
    /// Button.
    pub remove: &'static str,
    /// The same for a screen reader.
    pub remove_spoken: Phrase<2>,
    /// Quantity of a line, for screen readers.
    pub quantity_spoken: Phrase<2>,
    /// Button.
    pub add_line: &'static str,
    /// Choice: the line counts in the total.
    pub counts: &'static str,
    /// Choice, and mark: the line may be added.
    pub optional_line: &'static str,
    /// Mark: the line may stand instead of the one with this number.
    pub alternative_to: Phrase<1>,
    /// Choice: the same, with that line's name.
    pub alternative_to_named: Phrase<1>,
    /// Beside the mark.
    pub not_in_total: &'static str,
    /// What taking the line would change.
    pub if_taken: Phrase<1>,
    /// Button: an optional line counts from then on.
    pub take_optional: &'static str,
    /// Button: the line counts instead of the one with this number.
    pub take_instead: Phrase<1>,
    /// Announced: this product counts.
    pub taken: Phrase<1>,
    /// How a line stands, for screen readers: its number and its product.
    pub standing_spoken: Phrase<2>,
    /// Heading: the lines that do not count.
    pub proposed: &'static str,
    /// Announced: a line was taken out.
    pub removed: Phrase<1>,
    /// Name of the totals, for screen readers.
    pub totals: &'static str,
    /// Totals: what the lines cost, before what is for the quote as a whole.
    pub of_lines: &'static str,
    /// Totals.
    pub total_net: &'static str,
    /// The same while a question about the quote as a whole is open.
    pub net_so_far: &'static str,
    /// Totals: once and over all terms.
    pub contract_total: &'static str,
    /// The same, where prices contain tax.
    pub contract_total_gross: &'static str,
    /// Totals: tax that is contained, at so much percent of an amount.
    pub contains: Phrase<2>,
    /// Totals: that the buyer pays another tax than prices contain.
    pub other_tax: &'static str,
    /// Below a tax: what it needs.
    pub needs: Phrase<1>,
    /// Before what a tax needs and is still to be stated.
    pub still_needed: &'static str,
    /// What a tax needs.
    pub needs_vat_number: &'static str,
    /// What a tax needs.
    pub needs_delivery_date: &'static str,
    /// What a tax needs.
    pub needs_delivery_country: &'static str,
    /// Totals: what paying in cash adds or takes.
    pub cash_rounding: &'static str,
    /// Totals: what is paid in cash.
    pub payable: &'static str,
    /// Before the terms of payment.
    pub payment: &'static str,
    /// An amount, and the last day on which to pay it.
    pub pay_by: Phrase<2>,
    /// A discount, the last day on which it holds, and the amount that is then paid.
    pub pay_early: Phrase<3>,
    /// Field: codes of promotions.
    pub promotions: &'static str,
    /// Below it: these are none.
    pub no_promotion: Phrase<1>,
    /// Below the field: a promotion that comes to nothing.
    pub idle_promotion: Phrase<1>,
    /// Totals: what is billed of a part of a period, from and until.
    pub billed_part: Phrase<2>,
    /// Totals: what is billed each time, from and until.
    pub billed_whole: Phrase<2>,
    /// Totals, below those: before what a whole period costs.
    pub whole_period: &'static str,
    /// Totals: tax at so much percent of an amount.
    pub tax: Phrase<2>,
    /// Totals.
    pub gross: &'static str,
    /// In place of the totals.
    pub hidden: &'static str,
    /// In place of the totals; with the supplier's name.
    pub unavailable: Phrase<1>,
    /// Heading.
    pub delivery: &'static str,
    /// Field.
    pub delivery_date: &'static str,
    /// Unfolds a requested day for each line.
    pub line_dates: &'static str,
    /// Beside it: the earliest possible day.
    pub earliest: Phrase<1>,
    /// Beside it: what was asked for is earlier than that.
    pub earlier: Phrase<1>,
    /// A line by its number and its product.
    pub line_name: Phrase<2>,
    /// Unfolds other quantities in later months; with the form for many.
    pub ramp: Phrase<1>,
    /// Below it.
    pub ramp_hint: &'static str,
    /// Field: a month of the term.
    pub ramp_month: &'static str,
    /// Button.
    pub ramp_add: &'static str,
    /// From a month on, so many pieces.
    pub ramp_told: Phrase<2>,
    /// Fault of a month: from the second to this one.
    pub wrong_month: Phrase<1>,
    /// Unfolds parts of lines with dates of their own.
    pub call_offs: &'static str,
    /// So many pieces for a day.
    pub call_off: Phrase<2>,
    /// Button.
    pub call_off_add: &'static str,
    /// So many pieces of all are in parts.
    pub called_off: Phrase<2>,
    /// Fault of parts.
    pub not_all: &'static str,
    /// Button for a screen reader: removes this.
    pub remove_part: Phrase<1>,
    /// Unfolds when the contract begins and ends.
    pub contract: &'static str,
    /// Field.
    pub contract_start: &'static str,
    /// Field.
    pub contract_until: &'static str,
    /// Below it.
    pub contract_hint: &'static str,
    /// Fault of a contract.
    pub before_start: &'static str,
    /// Fault of a contract.
    pub not_prorated: &'static str,
    /// Unfolds the time lines of all lines.
    pub plan: &'static str,
    /// Name of the time line of all lines in one delivery.
    pub together: &'static str,
    /// The day on which a line can be with the buyer.
    pub can_arrive: Phrase<1>,
    /// The same while something is open.
    pub can_arrive_at_least: Phrase<1>,
    /// The day on which a line can leave the supplier.
    pub can_ship: Phrase<1>,
    /// The same while something is open.
    pub can_ship_at_least: Phrase<1>,
    /// A date that may be later, as the holidays until then are not known yet.
    pub estimated: &'static str,
    /// It is not after the requested day.
    pub in_time: &'static str,
    /// So many days after the requested day.
    pub late: Counted<1>,
    /// Unfolds what would bring it sooner.
    pub sooner: &'static str,
    /// So many days sooner, on that day.
    pub sooner_by: Counted<2>,
    /// Where nothing would.
    pub nothing_sooner: &'static str,
    /// After one was taken, before the button that takes it back.
    pub sooner_taken: &'static str,
    /// Button for a screen reader: takes this change.
    pub take_sooner: Phrase<1>,
    /// A step without a name of its own.
    pub making: &'static str,
    /// Working days of a step.
    pub takes: Counted<1>,
    /// Working days that express takes off.
    pub saved: Counted<1>,
    /// What there is to do, the most of it in one batch, and the working days of a batch.
    pub capacity: Counted<3>,
    /// Column.
    pub plan_step: &'static str,
    /// Column.
    pub plan_from: &'static str,
    /// Column.
    pub plan_until: &'static str,
    /// Column.
    pub plan_days: &'static str,
    /// Field.
    pub note: &'static str,
    /// Below it.
    pub note_hint: &'static str,
    /// Button.
    pub send: &'static str,
    /// Below it.
    pub send_hint: Phrase<1>,
    /// Below it, without a network.
    pub send_offline: &'static str,
    /// While it is written down.
    pub sending: &'static str,
    /// At the action: so many fields.
    pub faults: Counted<1>,
    /// Fault of a field.
    pub missing: &'static str,
    /// Fault of a field.
    pub not_an_email: &'static str,
    /// Fault of a field.
    pub not_a_date: &'static str,
    /// Fault of a field.
    pub past: &'static str,
    /// Fault of a field.
    pub too_far: &'static str,
    /// Fault of a field: more characters than these.
    pub too_long: Phrase<1>,
    /// Fault of a quantity: from so many to so many.
    pub wrong_quantity: Phrase<2>,
    /// The same where only multiples are sold: the first, of what, the last.
    pub wrong_multiple: Phrase<3>,
    /// More lines than a request may have; with the most.
    pub too_many_lines: Phrase<1>,
    /// So many lines of an earlier visit are no longer valid.
    pub lost: Counted<1>,
    /// So many lines could not be opened for now.
    pub unopened: Counted<1>,
}
