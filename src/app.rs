//! The app behind one element: its state, and which view shows it.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;
use quotewright_engine::catalog::spoken;
use quotewright_protocol::PriceAccess;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, CustomEventInit, HtmlElement};

use crate::api::{Api, ApiError};
use crate::audience;
use crate::draft::{self, LeftOut, OpenDraft, Saving, Tabs};
use crate::messages::{Words, messages};
use crate::questions::Questions;
use crate::state::{
    Basket, Catalog, CatalogState, LoadFailure, ReasonerState, Settings, Terms, Theme, View,
};
use crate::storage::catalogs::Library;
use crate::storage::drafts::Form;
use crate::sync::{Outbox, subject_of};
use crate::views::configure::ConfigureView;
use crate::views::failure::{FailureView, LoadingView};
use crate::views::inbox::InboxView;
use crate::views::quote::QuoteView;
use crate::views::requests::{RequestView, RequestsView};
use crate::views::start::StartView;
use crate::workbench::Workbench;

/// How often a heading is looked for while a draft is being opened.
const FOCUS_TRIES: u32 = 100;
/// Milliseconds between two of these times.
const FOCUS_PAUSE: u32 = 20;

/// One product with its prices, or why it cannot be had.
type Fetched = Result<Arc<Catalog>, LoadFailure>;

/// State of one element. Every view finds it with `use_context::<App>()` or [`use_app`].
#[derive(Clone, Copy)]
pub struct App {
    /// The element's attributes.
    pub settings: RwSignal<Settings>,
    /// Which screen is shown.
    pub view: RwSignal<View>,
    /// What can be configured.
    pub catalog: RwSignal<CatalogState>,
    /// What the buyer wants a quote for.
    pub basket: RwSignal<Basket>,
    /// What is being configured.
    pub workbench: Workbench,
    /// What is asked about the quote as a whole.
    pub questions: Questions,
    /// What was typed on the quote page.
    pub form: RwSignal<Form>,
    /// Requests on their way, and those sent.
    pub outbox: Outbox,
    /// Which of the drafts is worked on.
    pub open_draft: RwSignal<OpenDraft>,
    /// Whether the draft of an earlier visit has been opened.
    pub restored: RwSignal<bool>,
    /// Lines of the draft that do not stand in the quote.
    pub left_out: RwSignal<LeftOut>,
    /// When the draft is saved.
    pub saving: Saving,
    /// What other tabs write.
    pub tabs: Tabs,
    host: StoredValue<HtmlElement, LocalStorage>,
    loads: StoredValue<u32>,
}

impl App {
    /// State for an element. Nothing happens before [`start`](Self::start).
    pub fn new(settings: Settings, host: HtmlElement) -> Self {
        let view = RwSignal::new(view_of(&settings));
        let settings = RwSignal::new(settings);
        let form = RwSignal::<Form>::default();
        let terms = Memo::new(move |_| form.with(Terms::of));
        let questions = Questions::new();
        Self {
            view,
            settings,
            form,
            outbox: Outbox::new(settings),
            open_draft: RwSignal::default(),
            restored: RwSignal::new(false),
            left_out: RwSignal::default(),
            saving: Saving::new(),
            tabs: Tabs::new(),
            catalog: RwSignal::new(CatalogState::Loading),
            basket: RwSignal::new(Basket::default()),
            workbench: Workbench::new(terms.into(), questions.given(), true),
            questions,
            host: StoredValue::new_local(host),
            loads: StoredValue::new(0),
        }
    }

    /// Fetches the catalog, sends what waits, keeps drafts. Needs the executor that
    /// mounting sets up.
    pub fn start(self) {
        self.outbox.start(move |receipt| {
            let (id, number) = (receipt.id.as_str().into(), receipt.number.as_str().into());
            self.dispatch("quotewright:quote-sent", &[("id", id), ("number", number)]);
        });
        self.questions.follow(self.basket, self.workbench);
        draft::keep(self);
        draft::listen(self);
        self.watch_reasoner();
        self.replace_first_page();
        self.workbench.hire();
        self.load();
    }

    /// A product that turns out to be none is not shown.
    fn watch_reasoner(self) {
        Effect::new(move |_| {
            let failure = match self.workbench.reasoner.get() {
                ReasonerState::Refused(failure) => failure,
                ReasonerState::Waiting | ReasonerState::Ready | ReasonerState::Lost => return,
            };
            if matches!(self.catalog.get(), CatalogState::Ready(_)) {
                self.catalog.set(CatalogState::Failed(failure));
            }
        });
    }

    /// What the endpoint put into the element goes, once there is more to show.
    fn replace_first_page(self) {
        Effect::new(move |_| {
            let loading = self.catalog.with(|it| matches!(it, CatalogState::Loading));
            if loading && self.view.get() == View::Configure {
                return;
            }
            let root = self.host.try_with_value(|host| host.shadow_root());
            let page = root
                .flatten()
                .map(|root| root.query_selector(".first-page"));
            if let Some(Ok(Some(page))) = page {
                page.remove();
            }
        });
    }

    /// The host page changed an attribute.
    pub fn change_setting(self, name: &str, value: &str) {
        let before = self.settings.get_untracked();
        let mut after = before.clone();
        after.set(name, value);
        if after == before {
            return;
        }
        let (reloads, view) = (after.reloads(&before), view_of(&after));
        let asked = (&after.request, after.inbox) != (&before.request, before.inbox);
        let moves = asked && view != self.view.get_untracked();
        if draft::key_for(&after) != draft::key_for(&before) {
            draft::leave(self);
        } else if subject_of(&after.token) != subject_of(&before.token) {
            draft::set_aside(self);
        }
        self.settings.set(after);
        if moves {
            self.view.set(view);
        }
        if reloads {
            self.load();
        }
    }

    /// Fetches manifest, model and price pack. A later call makes an earlier one void.
    pub fn load(self) {
        self.loads.update_value(|loads| *loads += 1);
        let turn = self.loads.get_value();
        self.catalog.set(CatalogState::Loading);
        let settings = self.settings.get_untracked();
        let still = move || self.loads.try_get_value() == Some(turn);
        spawn_local(async move {
            let library = self.library().await;
            // While the catalog is on its way, nothing is built twice.
            audience::restore(self).await;
            let Some(settings) = self.chosen(&library, settings, &still).await else {
                return;
            };
            let fetched = fetch(&library, &settings.catalog, &settings.product).await;
            if !still() {
                return;
            }
            let opened = self.open(fetched, still).await;
            // A newer load may have other prices, or another customer's.
            if !still() {
                return;
            }
            self.catalog.set(match opened {
                Ok(catalog) => CatalogState::Ready(catalog),
                Err(failure) => CatalogState::Failed(failure),
            });
            library.forget_others().await;
        });
    }

    /// The settings with the endpoint's only catalog, where they name none; `None` where there
    /// are several, which the buyer is shown.
    async fn chosen(
        self,
        library: &Library,
        settings: Settings,
        still: impl Fn() -> bool,
    ) -> Option<Settings> {
        if !settings.catalog.is_empty() {
            return Some(settings);
        }
        let listed = library.listed().await;
        if !still() {
            return None;
        }
        match listed.as_deref() {
            Ok([only]) => {
                let catalog = only.catalog.clone();
                self.settings
                    .update_untracked(|settings| settings.catalog.clone_from(&catalog));
                return Some(Settings {
                    catalog,
                    ..settings
                });
            }
            Ok(listed) => self.catalog.set(CatalogState::Choice(listed.to_vec())),
            Err(error) => {
                let failure = failure(error.clone());
                self.catalog.set(CatalogState::Failed(failure));
            }
        }
        None
    }

    /// Goes to another catalog, or another language, and tells the host page.
    pub fn choose(self, name: &str, value: &str) {
        self.change_setting(name, value);
        self.dispatch("quotewright:choose", &[(name, value.into())]);
    }

    /// Opens what was fetched, and the draft under it.
    async fn open(self, fetched: Fetched, still: impl Fn() -> bool) -> Fetched {
        let catalog = fetched?;
        let before = draft::draft_of(self).filter(|_| self.restored.get_untracked());
        self.workbench.open(Arc::clone(&catalog));
        match before {
            Some(draft) => draft::open_again(self, &catalog, &draft, still).await,
            None => draft::restore(self, &catalog, still).await,
        }
        Ok(catalog)
    }

    /// Another product of the same catalog, or the one that is configured.
    pub async fn fetch_product(self, product: &str) -> Fetched {
        let open = self.workbench.catalog.try_get_untracked().flatten();
        if let Some(catalog) = open.filter(|catalog| catalog.model.product == product) {
            return Ok(catalog);
        }
        let settings = self.settings.try_get_untracked().unwrap_or_default();
        self.fetch_now(&settings.catalog, product).await
    }

    /// A product of a catalog of the endpoint as it is now.
    pub async fn fetch_now(self, catalog: &str, product: &str) -> Fetched {
        fetch(&self.library().await, catalog, product).await
    }

    /// Catalogs of the endpoint, as this buyer sees them.
    pub async fn library(self) -> Library {
        let settings = self.settings.try_get_untracked().unwrap_or_default();
        Library::new(api_of(&settings), self.outbox.store().await)
    }

    /// The endpoint, as this buyer.
    pub fn api(self) -> Api {
        api_of(&self.settings.get_untracked())
    }

    /// The endpoint's address, as requests keep it; `None` where the element is gone.
    pub fn endpoint(self) -> Option<String> {
        self.settings
            .try_with_untracked(|settings| Api::new(&settings.endpoint, None).endpoint().to_owned())
    }

    /// What the page has open, where that is `catalog` of `endpoint`; tracked.
    pub fn ready_for(self, endpoint: &str, catalog: &str) -> Option<Arc<Catalog>> {
        let here = self.endpoint().as_deref() == Some(endpoint);
        self.ready()
            .filter(|ready| here && ready.manifest.catalog == catalog)
    }

    /// The catalog, once it is here.
    pub fn ready(self) -> Option<Arc<Catalog>> {
        match self.catalog.get() {
            CatalogState::Ready(catalog) => Some(catalog),
            _ => None,
        }
    }

    /// BCP 47 tag in which the app speaks; tracked.
    pub fn locale(self) -> String {
        let wanted = self.settings.with(|settings| settings.locale.clone());
        if wanted.is_empty() {
            spoken(&browser_locale())
        } else {
            spoken(&wanted)
        }
    }

    /// For whom the texts of the catalog are; tracked. Empty: for all.
    pub fn audience(self) -> String {
        self.settings.with(|settings| settings.audience.clone())
    }

    /// Shows another screen, whose heading (`id="top"`) takes the focus, and tells the host page.
    pub fn show(self, view: View) {
        let id = match &view {
            View::Request(id) => id.clone(),
            _ => String::new(),
        };
        let request = match id.as_str() {
            "" => JsValue::NULL,
            id => id.into(),
        };
        // So that the host page's next wish, such as going back, is seen as a change.
        self.settings.update_untracked(|settings| {
            settings.request = id;
            settings.inbox = view == View::Inbox;
        });
        self.view.set(view);
        self.dispatch("quotewright:view", &[("request", request)]);
        self.focus_top();
    }

    /// For a screen that is about to be replaced: where the focus is within this element, the
    /// new screen's heading takes it, as it would be lost with the control that has it.
    pub fn keep_focus(self) {
        let root = self.host.try_with_value(|host| host.shadow_root());
        if root
            .flatten()
            .is_some_and(|it| it.active_element().is_some())
        {
            self.focus_top();
        }
    }

    /// Once the new screen is there, its heading is where reading goes on.
    fn focus_top(self) {
        spawn_local(async move {
            TimeoutFuture::new(0).await;
            // A draft that is being opened has none yet.
            for _ in 0..FOCUS_TRIES {
                let focused = self.focus_in_place("top").is_some();
                if focused || self.restored.try_get_untracked() != Some(false) {
                    break;
                }
                TimeoutFuture::new(FOCUS_PAUSE).await;
            }
        });
    }

    /// Moves the focus to the element called `id` within this element, and brings it to the top.
    pub fn focus(self, id: &str) {
        if let Some(target) = self.focus_in_place(id) {
            target.scroll_into_view_with_bool(true);
        }
    }

    /// Moves the focus to the element called `id` within this element.
    pub fn focus_in_place(self, id: &str) -> Option<HtmlElement> {
        let root = self.host.try_with_value(|host| host.shadow_root())??;
        let target: HtmlElement = root.get_element_by_id(id)?.dyn_into().ok()?;
        target.focus().ok()?;
        Some(target)
    }

    /// Fires a `CustomEvent` at the element. It bubbles, and its detail holds `members`.
    pub fn dispatch(self, name: &str, members: &[(&str, JsValue)]) {
        let detail = js_sys::Object::new();
        for (member, value) in members {
            // Setting a member of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&detail, &(*member).into(), value);
        }
        let init = CustomEventInit::new();
        init.set_detail(&detail);
        init.set_bubbles(true);
        init.set_composed(true);
        if let Ok(event) = CustomEvent::new_with_event_init_dict(name, &init) {
            // Whether a listener called preventDefault is of no interest.
            self.host
                .with_value(|host| drop(host.dispatch_event(&event)));
        }
    }
}

/// The app that the view being built belongs to.
pub fn use_app() -> App {
    expect_context()
}

fn view_of(settings: &Settings) -> View {
    if settings.inbox {
        View::Inbox
    } else if settings.request.is_empty() {
        View::Configure
    } else {
        View::Request(settings.request.clone())
    }
}

fn api_of(settings: &Settings) -> Api {
    Api::new(&settings.endpoint, Some(settings.token.clone()))
}

fn browser_locale() -> String {
    web_sys::window()
        .and_then(|window| window.navigator().language())
        .unwrap_or_else(|| "en".to_owned())
}

/// `product`: the first of the catalog where empty.
async fn fetch(library: &Library, catalog: &str, product: &str) -> Fetched {
    let manifest = library.manifest(catalog).await.map_err(failure)?;
    let product = manifest
        .products
        .iter()
        .find(|listed| product.is_empty() || listed.code == product)
        .ok_or(LoadFailure::NotFound)?;
    let (model, model_text) = library
        .model(&manifest.catalog_hash, &product.code)
        .await
        .map_err(failure)?;
    let pack = match &manifest.prices {
        PriceAccess::Pack { pack_hash } => Some(library.pack(pack_hash).await.map_err(failure)?),
        PriceAccess::Hidden => None,
    };
    let questions = match &manifest.questions {
        Some(code) => Some(library.model(&manifest.catalog_hash, code).await),
        None => None,
    };
    let questions = questions.transpose().map_err(failure)?;
    let questions = questions.map(|(model, model_text)| {
        Arc::new(Catalog {
            manifest: manifest.clone(),
            model,
            model_text,
            pack: None,
            questions: None,
        })
    });
    Ok(Arc::new(Catalog {
        manifest,
        model,
        model_text,
        pack,
        questions,
    }))
}

fn failure(error: ApiError) -> LoadFailure {
    match error {
        ApiError::Network => LoadFailure::Offline,
        ApiError::NotFound => LoadFailure::NotFound,
        ApiError::Unauthorised => LoadFailure::SignIn,
        ApiError::Busy { .. } | ApiError::Refused(_) | ApiError::Unexpected(_) => {
            LoadFailure::Failed
        }
    }
}

/// The whole app. Built anew when the locale changes; the state outlives it.
#[component]
pub fn AppView() -> impl IntoView {
    let app = use_app();
    let locale = Memo::new(move |_| app.locale());
    let audience = Memo::new(move |_| app.audience());
    let theme = move || match app.settings.with(|settings| settings.theme) {
        Theme::Auto => "auto",
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    view! {
        <div class="app" part="app" data-theme=theme lang=move || messages(&locale.get()).language>
            {move || {
                let locale = locale.get();
                provide_context(Words::new(&locale).for_audience(&audience.get()));
                view! { <Screen/> }.into_any()
            }}
        </div>
    }
}

#[component]
fn Screen() -> impl IntoView {
    let app = use_app();
    move || match app.view.get() {
        View::Configure => catalog_view(app).into_any(),
        View::Quote => view! { <QuoteView/> }.into_any(),
        View::Request(id) => view! { <RequestView id=id/> }.into_any(),
        View::Requests => view! { <RequestsView/> }.into_any(),
        View::Inbox => view! { <InboxView/> }.into_any(),
    }
}

fn catalog_view(app: App) -> impl IntoView {
    move || {
        app.keep_focus();
        catalog_screen(app.catalog.get())
    }
}

fn catalog_screen(state: CatalogState) -> AnyView {
    match state {
        CatalogState::Loading => view! { <LoadingView/> }.into_any(),
        CatalogState::Failed(failure) => view! { <FailureView failure=failure/> }.into_any(),
        CatalogState::Choice(listed) => view! { <StartView listed=listed/> }.into_any(),
        CatalogState::Ready(catalog) => view! { <ConfigureView catalog=catalog/> }.into_any(),
    }
}
