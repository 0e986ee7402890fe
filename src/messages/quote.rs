use crate::format::Plural;

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
    /// Unfolds the whole configuration of a line.
    pub all_values: &'static str,
    /// Beside a line: working days until dispatch.
    pub ready_in: fn(Plural, &str) -> String,
    /// Button.
    pub edit: &'static str,
    /// The same for a screen reader, with the number of the line and its product.
    pub edit_spoken: fn(&str, &str) -> String,
    /// Button.
    pub remove: &'static str,
    /// The same for a screen reader.
    pub remove_spoken: fn(&str, &str) -> String,
    /// Quantity of a line, for screen readers.
    pub quantity_spoken: fn(&str, &str) -> String,
    /// Button.
    pub add_line: &'static str,
    /// Announced: a line was taken out.
    pub removed: fn(&str) -> String,
    /// Totals.
    pub total_net: &'static str,
    /// Totals: tax at so much percent of an amount.
    pub tax: fn(&str, &str) -> String,
    /// Totals.
    pub gross: &'static str,
    /// In place of the totals.
    pub hidden: &'static str,
    /// In place of the totals; with the supplier's name.
    pub unavailable: fn(&str) -> String,
    /// Heading.
    pub delivery: &'static str,
    /// Field.
    pub delivery_date: &'static str,
    /// Beside it: the earliest possible day.
    pub earliest: fn(&str) -> String,
    /// Beside it: what was asked for is earlier than that.
    pub earlier: fn(&str) -> String,
    /// Field.
    pub note: &'static str,
    /// Below it.
    pub note_hint: &'static str,
    /// Button.
    pub send: &'static str,
    /// Below it.
    pub send_hint: fn(&str) -> String,
    /// Below it, without a network.
    pub send_offline: &'static str,
    /// While it is written down.
    pub sending: &'static str,
    /// At the action: so many fields.
    pub faults: fn(Plural, &str) -> String,
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
    pub too_long: fn(&str) -> String,
    /// Fault of a quantity: from one to so many.
    pub wrong_quantity: fn(&str) -> String,
    /// More lines than a request may have; with the most.
    pub too_many_lines: fn(&str) -> String,
    /// So many lines of an earlier visit are no longer valid.
    pub lost: fn(Plural, &str) -> String,
    /// So many lines could not be opened for now.
    pub unopened: fn(Plural, &str) -> String,
}

pub(super) const EN: QuoteMessages = QuoteMessages {
    title: "Quote request",
    empty: "Nothing to quote yet",
    empty_detail: "Configure a product and add it: it then stands here as a line, with its price.",
    to: "To",
    date: "Date",
    prices: "Prices",
    from: "From",
    company: "Company",
    name: "Your name",
    email: "E-mail",
    phone: "Telephone",
    optional: "optional",
    lines: "Lines",
    product: "Product",
    quantity: "Pieces",
    unit: "Per piece",
    net: "Net",
    all_values: "All values",
    ready_in: |plural, days| match plural {
        Plural::One => format!("Ready to ship in {days} working day"),
        Plural::Other => format!("Ready to ship in {days} working days"),
    },
    edit: "Edit",
    edit_spoken: |line, product| format!("Edit line {line}, {product}"),
    remove: "Remove",
    remove_spoken: |line, product| format!("Remove line {line}, {product}"),
    quantity_spoken: |line, product| format!("Pieces of line {line}, {product}"),
    add_line: "Configure another",
    removed: |product| format!("{product} is no longer in the quote."),
    total_net: "Net total",
    tax: |percent, base| format!("VAT {percent} of {base}"),
    gross: "Total including VAT",
    hidden: "Price on request: the supplier answers with the amounts.",
    unavailable: |supplier| {
        format!(
            "There are no valid prices today, so this cannot be sent. Please ask {supplier} directly."
        )
    },
    delivery: "Delivery and remarks",
    delivery_date: "Requested delivery date",
    earliest: |date| format!("Ordered today, ready to ship on {date} at the earliest."),
    earlier: |date| {
        format!("Earlier than {date}, the first possible day. You can ask for it all the same.")
    },
    note: "Note to the supplier",
    note_hint: "Site conditions, drawings to follow, questions.",
    send: "Send request",
    send_hint: |supplier| {
        format!("Not an order: {supplier} checks it and answers with a binding quote.")
    },
    send_offline: "There is no network now. The request is kept on this device and sent as soon as there is one.",
    sending: "Writing it down",
    faults: |plural, count| match plural {
        Plural::One => format!("{count} entry needs your attention"),
        Plural::Other => format!("{count} entries need your attention"),
    },
    missing: "Please fill this in.",
    not_an_email: "Enter an e-mail address, such as ann@company.com.",
    not_a_date: "Enter a date.",
    past: "This day is over. Choose a later one.",
    too_far: "Choose a day within the next ten years.",
    too_long: |most| format!("At most {most} characters."),
    wrong_quantity: |most| format!("From 1 to {most} pieces."),
    too_many_lines: |most| {
        format!("A request holds {most} lines at most. Remove some, and send them separately.")
    },
    lost: |plural, count| match plural {
        Plural::One => {
            format!("{count} line is no longer possible in today's catalog and was left out.")
        }
        Plural::Other => {
            format!("{count} lines are no longer possible in today's catalog and were left out.")
        }
    },
    unopened: |plural, count| match plural {
        Plural::One => {
            format!("{count} line could not be opened now. It is kept for your next visit.")
        }
        Plural::Other => {
            format!("{count} lines could not be opened now. They are kept for your next visit.")
        }
    },
};

pub(super) const NL: QuoteMessages = QuoteMessages {
    title: "Offerteaanvraag",
    empty: "Nog niets om aan te vragen",
    empty_detail: "Stel een product samen en voeg het toe: het staat dan hier als regel, met de prijs.",
    to: "Aan",
    date: "Datum",
    prices: "Prijzen",
    from: "Van",
    company: "Bedrijf",
    name: "Uw naam",
    email: "E-mail",
    phone: "Telefoon",
    optional: "niet verplicht",
    lines: "Regels",
    product: "Product",
    quantity: "Aantal",
    unit: "Per stuk",
    net: "Netto",
    all_values: "Alle waarden",
    ready_in: |plural, days| match plural {
        Plural::One => format!("Verzendklaar in {days} werkdag"),
        Plural::Other => format!("Verzendklaar in {days} werkdagen"),
    },
    edit: "Wijzigen",
    edit_spoken: |line, product| format!("Regel {line} wijzigen, {product}"),
    remove: "Verwijderen",
    remove_spoken: |line, product| format!("Regel {line} verwijderen, {product}"),
    quantity_spoken: |line, product| format!("Aantal van regel {line}, {product}"),
    add_line: "Nog een samenstellen",
    removed: |product| format!("{product} staat niet meer in de aanvraag."),
    total_net: "Totaal netto",
    tax: |percent, base| format!("Btw {percent} over {base}"),
    gross: "Totaal inclusief btw",
    hidden: "Prijs op aanvraag: de leverancier antwoordt met de bedragen.",
    unavailable: |supplier| {
        format!(
            "Er zijn vandaag geen geldige prijzen; de aanvraag kan niet worden verstuurd. Neem rechtstreeks contact op met {supplier}."
        )
    },
    delivery: "Levering en opmerkingen",
    delivery_date: "Gewenste leverdatum",
    earliest: |date| format!("Vandaag besteld, op zijn vroegst verzendklaar op {date}."),
    earlier: |date| format!("Eerder dan {date}, de eerst mogelijke dag. U kunt er toch om vragen."),
    note: "Opmerking voor de leverancier",
    note_hint: "Omstandigheden ter plaatse, tekeningen die nog volgen, vragen.",
    send: "Aanvraag versturen",
    send_hint: |supplier| {
        format!(
            "Geen bestelling: {supplier} controleert de aanvraag en antwoordt met een bindende offerte."
        )
    },
    send_offline: "Er is nu geen netwerk. De aanvraag wordt op dit apparaat bewaard en verstuurd zodra dat weer kan.",
    sending: "Wordt vastgelegd",
    faults: |plural, count| match plural {
        Plural::One => format!("{count} invoerveld vraagt uw aandacht"),
        Plural::Other => format!("{count} invoervelden vragen uw aandacht"),
    },
    missing: "Vul dit in.",
    not_an_email: "Vul een e-mailadres in, zoals anna@bedrijf.nl.",
    not_a_date: "Vul een datum in.",
    past: "Deze dag is voorbij. Kies een latere.",
    too_far: "Kies een dag binnen tien jaar.",
    too_long: |most| format!("Hoogstens {most} tekens."),
    wrong_quantity: |most| format!("Van 1 tot {most} stuks."),
    too_many_lines: |most| {
        format!(
            "Een aanvraag telt hoogstens {most} regels. Verwijder er enkele en stuur die apart."
        )
    },
    lost: |plural, count| match plural {
        Plural::One => {
            format!("{count} regel is in de huidige catalogus niet meer mogelijk en is weggelaten.")
        }
        Plural::Other => {
            format!(
                "{count} regels zijn in de huidige catalogus niet meer mogelijk en zijn weggelaten."
            )
        }
    },
    unopened: |plural, count| match plural {
        Plural::One => format!(
            "{count} regel kon nu niet worden geopend. Hij wordt bewaard voor uw volgende bezoek."
        ),
        Plural::Other => format!(
            "{count} regels konden nu niet worden geopend. Ze worden bewaard voor uw volgende bezoek."
        ),
    },
};
