/// Around everything: loading, failures, moving about.
pub struct ShellMessages {
    /// While the catalog is on its way.
    pub loading: &'static str,
    /// Heading: no network, nothing kept on this device.
    pub offline: &'static str,
    /// What to do about it.
    pub offline_detail: &'static str,
    /// Heading: no such catalog or product.
    pub not_found: &'static str,
    /// What to do about it.
    pub not_found_detail: &'static str,
    /// Heading: the supplier wants to know who asks.
    pub sign_in: &'static str,
    /// What to do about it.
    pub sign_in_detail: &'static str,
    /// Heading: the catalog contradicts itself.
    pub no_configuration: &'static str,
    /// What to do about it.
    pub no_configuration_detail: &'static str,
    /// Heading: anything else.
    pub failed: &'static str,
    /// What to do about it.
    pub failed_detail: &'static str,
    /// Button.
    pub retry: &'static str,
    /// Button: from the quote back to the configurator.
    pub back_to_configurator: &'static str,
    /// Link: all requests of this device.
    pub requests: &'static str,
}

pub(super) const EN: ShellMessages = ShellMessages {
    loading: "Loading the catalog",
    offline: "No connection",
    offline_detail: "This catalog has not been opened on this device before, so it cannot be shown without a network. Check the connection and try again.",
    not_found: "This product is not available",
    not_found_detail: "The supplier does not offer it here, or no longer does. Check the address, or ask the supplier.",
    sign_in: "Sign in to see this catalog",
    sign_in_detail: "The supplier shows it only to customers who have signed in, or your session has ended. Sign in again on the supplier's site.",
    no_configuration: "This product cannot be configured",
    no_configuration_detail: "The rules in the catalog leave nothing to choose. The mistake is not yours; please let the supplier know.",
    failed: "The catalog could not be loaded",
    failed_detail: "The supplier's server gave no usable answer. Trying again often helps.",
    retry: "Try again",
    back_to_configurator: "Back to configuring",
    requests: "Your requests",
};

pub(super) const NL: ShellMessages = ShellMessages {
    loading: "De catalogus wordt geladen",
    offline: "Geen verbinding",
    offline_detail: "Deze catalogus is nog niet eerder op dit apparaat geopend en is daarom zonder netwerk niet beschikbaar. Controleer de verbinding en probeer het opnieuw.",
    not_found: "Dit product is niet beschikbaar",
    not_found_detail: "De leverancier biedt het hier niet (meer) aan. Controleer het adres of vraag het de leverancier.",
    sign_in: "Meld u aan om deze catalogus te bekijken",
    sign_in_detail: "De leverancier toont de catalogus alleen aan aangemelde klanten, of uw sessie is verlopen. Meld u opnieuw aan op de site van de leverancier.",
    no_configuration: "Dit product kan niet worden samengesteld",
    no_configuration_detail: "De regels in de catalogus laten niets te kiezen over. Dat ligt niet aan u; geef het alstublieft door aan de leverancier.",
    failed: "De catalogus kon niet worden geladen",
    failed_detail: "De server van de leverancier gaf geen bruikbaar antwoord. Opnieuw proberen helpt vaak.",
    retry: "Opnieuw proberen",
    back_to_configurator: "Verder samenstellen",
    requests: "Uw aanvragen",
};
