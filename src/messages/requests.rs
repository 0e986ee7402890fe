use crate::format::Plural;

/// Requests that were sent, or wait to be sent.
pub struct RequestMessages {
    /// Heading.
    pub title: &'static str,
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
    pub number: fn(&str) -> String,
    /// Heading of one that has no number yet.
    pub no_number: &'static str,
    /// When the buyer sent it.
    pub created: fn(&str) -> String,
    /// When the endpoint kept it.
    pub received_at: fn(&str) -> String,
    /// So many lines.
    pub lines: fn(Plural, &str) -> String,
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
    pub attempts: fn(Plural, &str) -> String,
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
    pub not_possible: fn(&str) -> String,
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
    pub unit_of: fn(&str) -> String,
    /// An amount: of this line.
    pub net_of: fn(&str) -> String,
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
    pub received_detail: fn(&str) -> String,
    /// Keep this address.
    pub link: &'static str,
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

pub(super) const EN: RequestMessages = RequestMessages {
    title: "Your requests",
    none: "No requests on this device",
    none_detail: "What you send from this browser is listed here, with its state.",
    waiting: "Waiting to be sent",
    sending: "Sending",
    refused: "Not accepted",
    received: "Received by the supplier",
    number: |number| format!("Request {number}"),
    no_number: "Quote request",
    created: |moment| format!("Sent from here on {moment}"),
    received_at: |moment| format!("Received on {moment}"),
    lines: |plural, count| match plural {
        Plural::One => format!("{count} line"),
        Plural::Other => format!("{count} lines"),
    },
    first_try: "It goes out in a moment.",
    no_network: "The supplier cannot be reached: there is no network, or the server is down. It is tried again by itself.",
    busy: "The supplier's server is busy. It is tried again by itself.",
    sign_in: "It was made with your customer prices. It is sent once you have signed in again on the supplier's site.",
    unexpected: "Something other than the supplier's server answered, perhaps the sign-in page of a public network. It is tried again by itself.",
    kept: "It is kept on this device. You can close the page; it goes out when you open it again.",
    volatile: "This browser does not let the page keep anything. Leave the page open until the request has been sent, or save it as a file.",
    attempts: |plural, count| match plural {
        Plural::One => format!("Tried {count} time"),
        Plural::Other => format!("Tried {count} times"),
    },
    send_now: "Try now",
    save: "Save as a file",
    edit: "Back to editing",
    discard: "Discard",
    discard_hint: "The supplier may have it already; then it stays there.",
    discard_plain: "The request and everything in it is removed from this device.",
    cancel: "Keep it",
    other_amounts: "The supplier's prices are different",
    other_amounts_detail: "Nothing was kept. Compare the amounts; accept them and the request is sent with the new ones.",
    other_catalog: "The catalog has changed since",
    other_catalog_detail: "Nothing was kept. This is your request at today's prices; accept them and it is sent anew.",
    not_possible: |lines| {
        format!(
            "No longer possible as configured: {lines}. Go back to editing to configure it again."
        )
    },
    working: "Working out today's prices",
    amount: "Amount",
    before: "Sent",
    now: "Now",
    difference: "Difference",
    unit_of: |line| format!("Line {line}, per piece"),
    net_of: |line| format!("Line {line}, net"),
    total_net: "Net total",
    total_tax: "VAT",
    total_gross: "Total including VAT",
    contract_total: "Total over the term, excluding VAT",
    same_amounts: "All amounts are the same as before.",
    accept: "Accept the new prices and send",
    invalid: "Some entries cannot be taken",
    invalid_detail: "Nothing was kept. Go back, correct them and send again.",
    not_valid: "A configuration is not valid any more",
    not_valid_detail: "Nothing was kept. Go back and configure the line again.",
    deleted: "This request was received and has been deleted",
    deleted_detail: "It reached the supplier before, and was deleted there since. It is not sent again by itself.",
    other: "The supplier does not accept this request",
    other_detail: "Nothing was kept. Go back to editing, or get in touch with the supplier.",
    reason: "The server's words:",
    loading: "Opening the request",
    offline: "The details are with the supplier and cannot be reached now. They show here when there is a network.",
    not_found: "There is no such request",
    not_found_detail: "It was deleted, or the address is not complete.",
    failed: "The request could not be opened",
    received_detail: |supplier| {
        format!("{supplier} has your request. You will get the quote by e-mail.")
    },
    link: "The address of this page opens the request again, also on another device. Whoever knows it can read it.",
    delete: "Delete my data",
    delete_detail: "The request and your contact details are deleted at the supplier and on this device. You will get no quote for it. This cannot be undone.",
    delete_now: "Delete for good",
    delete_failed: "It could not be deleted now. Please try again when there is a network.",
    id: "Reference",
    new: "New request",
};

pub(super) const NL: RequestMessages = RequestMessages {
    title: "Uw aanvragen",
    none: "Geen aanvragen op dit apparaat",
    none_detail: "Wat u vanuit deze browser verstuurt, staat hier met de status.",
    waiting: "Wacht op verzending",
    sending: "Wordt verstuurd",
    refused: "Niet aangenomen",
    received: "Ontvangen door de leverancier",
    number: |number| format!("Aanvraag {number}"),
    no_number: "Offerteaanvraag",
    created: |moment| format!("Hier verstuurd op {moment}"),
    received_at: |moment| format!("Ontvangen op {moment}"),
    lines: |plural, count| match plural {
        Plural::One => format!("{count} regel"),
        Plural::Other => format!("{count} regels"),
    },
    first_try: "De aanvraag gaat zo de deur uit.",
    no_network: "De leverancier is niet bereikbaar: er is geen netwerk of de server ligt stil. Het wordt vanzelf opnieuw geprobeerd.",
    busy: "De server van de leverancier is bezet. Het wordt vanzelf opnieuw geprobeerd.",
    sign_in: "De aanvraag is met uw klantprijzen gemaakt en wordt verstuurd zodra u zich weer hebt aangemeld op de site van de leverancier.",
    unexpected: "Iets anders dan de server van de leverancier gaf antwoord, misschien de aanmeldpagina van een openbaar netwerk. Het wordt vanzelf opnieuw geprobeerd.",
    kept: "De aanvraag is op dit apparaat bewaard. U kunt de pagina sluiten; bij het volgende bezoek wordt hij verstuurd.",
    volatile: "Deze browser staat de pagina niet toe iets te bewaren. Laat de pagina open tot de aanvraag is verstuurd, of sla hem op als bestand.",
    attempts: |plural, count| match plural {
        Plural::One => format!("{count} keer geprobeerd"),
        Plural::Other => format!("{count} keer geprobeerd"),
    },
    send_now: "Nu proberen",
    save: "Opslaan als bestand",
    edit: "Terug naar bewerken",
    discard: "Weggooien",
    discard_hint: "Misschien heeft de leverancier hem al; dan blijft hij daar staan.",
    discard_plain: "De aanvraag en alles wat erin staat, wordt van dit apparaat verwijderd.",
    cancel: "Bewaren",
    other_amounts: "De leverancier rekent andere prijzen",
    other_amounts_detail: "Er is niets vastgelegd. Vergelijk de bedragen; gaat u akkoord, dan wordt de aanvraag met de nieuwe verstuurd.",
    other_catalog: "De catalogus is intussen gewijzigd",
    other_catalog_detail: "Er is niets vastgelegd. Dit is uw aanvraag tegen de prijzen van vandaag; gaat u akkoord, dan wordt hij opnieuw verstuurd.",
    not_possible: |lines| {
        format!(
            "Niet meer mogelijk zoals samengesteld: {lines}. Ga terug naar bewerken en stel het opnieuw samen."
        )
    },
    working: "De prijzen van vandaag worden berekend",
    amount: "Bedrag",
    before: "Verstuurd",
    now: "Nu",
    difference: "Verschil",
    unit_of: |line| format!("Regel {line}, per stuk"),
    net_of: |line| format!("Regel {line}, netto"),
    total_net: "Totaal netto",
    total_tax: "Btw",
    total_gross: "Totaal inclusief btw",
    contract_total: "Totaal over de looptijd, exclusief btw",
    same_amounts: "Alle bedragen zijn gelijk gebleven.",
    accept: "Nieuwe prijzen aanvaarden en versturen",
    invalid: "Sommige gegevens kunnen niet worden aangenomen",
    invalid_detail: "Er is niets vastgelegd. Ga terug, verbeter ze en verstuur opnieuw.",
    not_valid: "Een samenstelling is niet meer geldig",
    not_valid_detail: "Er is niets vastgelegd. Ga terug en stel de regel opnieuw samen.",
    deleted: "Deze aanvraag is ontvangen en daarna gewist",
    deleted_detail: "Hij was al bij de leverancier en is daar intussen gewist. Hij wordt niet vanzelf opnieuw verstuurd.",
    other: "De leverancier neemt deze aanvraag niet aan",
    other_detail: "Er is niets vastgelegd. Ga terug naar bewerken of neem contact op met de leverancier.",
    reason: "In de woorden van de server:",
    loading: "De aanvraag wordt geopend",
    offline: "De gegevens staan bij de leverancier en zijn nu niet bereikbaar. Ze verschijnen hier zodra er netwerk is.",
    not_found: "Deze aanvraag bestaat niet",
    not_found_detail: "Hij is gewist of het adres is niet volledig.",
    failed: "De aanvraag kon niet worden geopend",
    received_detail: |supplier| {
        format!("{supplier} heeft uw aanvraag. U ontvangt de offerte per e-mail.")
    },
    link: "Het adres van deze pagina opent de aanvraag opnieuw, ook op een ander apparaat. Wie het kent, kan hem lezen.",
    delete: "Mijn gegevens wissen",
    delete_detail: "De aanvraag en uw contactgegevens worden bij de leverancier en op dit apparaat gewist. U krijgt er geen offerte voor. Dit kan niet ongedaan worden gemaakt.",
    delete_now: "Definitief wissen",
    delete_failed: "Wissen lukt nu niet. Probeer het opnieuw als er netwerk is.",
    id: "Kenmerk",
    new: "Nieuwe aanvraag",
};
