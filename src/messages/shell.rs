use quotewright_engine::catalog::AUDIENCES;

/// Around everything: loading, failures, moving about.
pub struct ShellMessages {
    /// Name of the menu of languages.
    pub language: &'static str,
    /// Name of the menu of audiences.
    pub audience: &'static str,
    /// Texts for everyone, and for each of the engine's audiences, in their order.
    pub audiences: [&'static str; 4],
    /// Before the name of a person who can be asked.
    pub contact: &'static str,
    /// Heading of the list of catalogs.
    pub start: &'static str,
    /// In place of the list, where there are none.
    pub no_catalogs: &'static str,
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
    /// Button: prints the document.
    pub print: &'static str,
    /// Heading: what belongs to the configuration and can be opened.
    pub documents: &'static str,
    /// Before what belongs to a line of a quote and can be opened.
    pub attachments: &'static str,
    /// After the name of such a link, for those who hear it.
    pub new_tab: &'static str,
    /// Link: all requests of this device.
    pub requests: &'static str,
}

impl ShellMessages {
    /// The name of an audience, or of everyone.
    pub fn audience_name(&self, audience: &str) -> &'static str {
        let place = AUDIENCES.iter().position(|it| *it == audience);
        let [everyone, names @ ..] = self.audiences;
        place.map_or(everyone, |place| names[place])
    }
}
