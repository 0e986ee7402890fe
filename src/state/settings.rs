use quotewright_engine::catalog::AUDIENCES;

/// The element's attributes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Code of the catalog.
    pub catalog: String,
    /// Code of the product; the catalog's first where empty.
    pub product: String,
    /// Address of the endpoint; the page's own origin where empty.
    pub endpoint: String,
    /// BCP 47 tag; the browser's language where empty.
    pub locale: String,
    /// For whom the texts of the catalog are; for all where empty.
    pub audience: String,
    /// Light, dark, or as the system has it.
    pub theme: Theme,
    /// The customer's signed token, for contract prices; may be empty.
    pub token: String,
    /// Id of a request to be shown in place of the configurator; may be empty.
    pub request: String,
    /// Whether the supplier's inbox is shown in place of the configurator.
    pub inbox: bool,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Settings {
    /// The attributes that the element reads.
    pub const NAMES: [&str; 9] = [
        "catalog", "product", "endpoint", "locale", "audience", "theme", "token", "request", "view",
    ];

    /// Takes the attribute `name` over; an unknown name changes nothing.
    pub fn set(&mut self, name: &str, value: &str) {
        let value = value.trim();
        match name {
            "catalog" => self.catalog = value.to_owned(),
            "product" => self.product = value.to_owned(),
            "endpoint" => self.endpoint = value.to_owned(),
            "locale" => self.locale = value.to_owned(),
            "audience" => {
                let known = AUDIENCES.contains(&value);
                self.audience = if known { value } else { "" }.to_owned();
            }
            "token" => self.token = value.to_owned(),
            "request" => self.request = value.to_owned(),
            "view" => self.inbox = value == "inbox",
            "theme" => {
                self.theme = match value {
                    "light" => Theme::Light,
                    "dark" => Theme::Dark,
                    _ => Theme::Auto,
                }
            }
            _ => {}
        }
    }

    /// Whether another catalog, product or price book has to be loaded to go from `before` here.
    pub fn reloads(&self, before: &Self) -> bool {
        let source = |settings: &Self| {
            let Self {
                catalog,
                product,
                endpoint,
                token,
                ..
            } = settings.clone();
            (catalog, product, endpoint, token)
        };
        source(self) != source(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sold_and_to_whom_reloads() {
        let cases = [
            ("catalog", "other", true),
            ("product", "other", true),
            ("endpoint", "https://example.com", true),
            ("token", "secret", true),
            ("locale", "nl", false),
            ("audience", "engineer", false),
            ("theme", "dark", false),
            ("request", "abc", false),
            ("view", "inbox", false),
            ("unknown", "x", false),
        ];
        for (name, value, expected) in cases {
            let before = Settings::default();
            let mut after = before.clone();
            after.set(name, value);
            assert_eq!(after.reloads(&before), expected, "{name}");
        }
    }
}
