//! The custom element: what the host page sees of the app.

use any_spawner::Executor;
use leptos::mount::mount_to_renderer;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{CssStyleSheet, Element, HtmlElement, ShadowRoot};

use crate::app::{App, AppView};
use crate::state::Settings;

/// Name of the element.
pub const TAG: &str = "quote-configurator";

#[wasm_bindgen(module = "/src/element.js")]
extern "C" {
    fn define(tag: &str, mount: &Closure<dyn Fn(HtmlElement, ShadowRoot, String) -> Mounted>);
}

/// Registers `<quote-configurator>` unless the page already has it.
pub fn register() {
    // An error means that it has been done before.
    let _ = Executor::init_wasm_bindgen();
    let mount = Closure::new(Mounted::new);
    define(TAG, &mount);
    // The page may create elements for as long as it lives.
    mount.forget();
}

/// One connected element.
#[wasm_bindgen]
pub struct Mounted {
    app: App,
    // Dropping these takes the views down and ends every effect, in this order.
    _views: Box<dyn std::any::Any>,
    _owner: Owner,
}

#[wasm_bindgen]
impl Mounted {
    /// The host page changed an attribute (`""`: took it away).
    pub fn attribute(&self, name: &str, value: &str) {
        self.app.change_setting(name, value);
    }

    /// The element left the page.
    pub fn unmount(self) {}
}

impl Mounted {
    /// `token`: set as a property; where empty, the attribute counts.
    fn new(host: HtmlElement, root: ShadowRoot, token: String) -> Self {
        adopt_styles(&root);
        let mut settings = settings_of(&host);
        if !token.is_empty() {
            settings.set("token", &token);
        }
        let parent: Element = root.clone().unchecked_into();
        let owner = Owner::new();
        let app = owner.with(|| App::new(settings, host));
        let views = owner.with(|| {
            mount_to_renderer(&parent, move || {
                app.start();
                provide_context(app);
                view! { <AppView/> }
            })
        });
        Self {
            app,
            _views: Box::new(views),
            _owner: owner,
        }
    }
}

fn settings_of(host: &HtmlElement) -> Settings {
    let mut settings = Settings::default();
    for name in Settings::NAMES {
        settings.set(name, &host.get_attribute(name).unwrap_or_default());
    }
    settings
}

/// A constructable style sheet needs no permission from the page's content security policy.
fn adopt_styles(root: &ShadowRoot) {
    let Ok(sheet) = CssStyleSheet::new() else {
        return;
    };
    if sheet.replace_sync(quotewright_style::ELEMENT).is_ok() {
        root.set_adopted_style_sheets(&js_sys::Array::of1(&sheet));
    }
}
