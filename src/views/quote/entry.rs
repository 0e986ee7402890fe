//! The fields of the quote page, each with its fault beside it.

use leptos::prelude::*;

use super::QuotePage;
use super::form::{Fault, Input};
use super::plan::estimated;
use crate::app::use_app;
use crate::messages::{Words, use_words};

/// A field of one line.
#[component]
pub fn TextField(
    /// Which.
    input: Input,
) -> impl IntoView {
    let app = use_app();
    let page: QuotePage = expect_context();
    let (kind, autocomplete) = match input {
        Input::Company => ("text", "organization"),
        Input::Name => ("text", "name"),
        Input::Email => ("email", "email"),
        Input::Phone => ("tel", "tel"),
        Input::Start | Input::Until | Input::Date => ("date", "off"),
        Input::VatId | Input::Note => ("text", "off"),
    };
    view! {
        <div class="entry">
            <Label input=input/>
            <input class="control" id=input.id() type=kind autocomplete=autocomplete
                class:date=kind == "date"
                required=matches!(input, Input::Company | Input::Name | Input::Email)
                aria-describedby=fault_id(input)
                aria-invalid=move || page.fault(input).map(|_| "true")
                prop:value=move || app.form.with(|form| input.get(form).to_owned())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    app.form.update(|form| input.set(form, typed));
                }/>
            <FaultView input=input/>
        </div>
    }
}

/// When the goods should arrive, and when they can.
#[component]
pub fn DateField() -> impl IntoView {
    let app = use_app();
    let words = use_words();
    let quote = &words.messages.quote;
    let page: QuotePage = expect_context();
    let input = Input::Date;
    let hint = move || {
        let all = page.plan.with(|plan| plan.as_ref()?.together.clone())?;
        let date = words.format.date(all.arrives.possible);
        let early = all.arrives.late_days > 0;
        let told = match early {
            true => view! { <span class="warning">{quote.earlier.with([&date])}</span> }.into_any(),
            false => quote.earliest.with([&date]).into_any(),
        };
        Some(view! { {told}{estimated(words, all.estimated)} })
    };
    view! {
        <div class="entry">
            <Label input=input/>
            <input class="control date" id=input.id() type="date"
                aria-describedby=format!("{} quote-date-hint", fault_id(input))
                aria-invalid=move || page.fault(input).map(|_| "true")
                prop:value=move || app.form.with(|form| form.delivery_date.clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    app.form.update(|form| input.set(form, typed));
                }/>
            <FaultView input=input/>
            <p class="small quiet" id="quote-date-hint">{hint}</p>
        </div>
    }
    .into_any()
}

/// Free text.
#[component]
pub fn NoteField() -> impl IntoView {
    let app = use_app();
    let quote = &use_words().messages.quote;
    let page: QuotePage = expect_context();
    let input = Input::Note;
    view! {
        <div class="entry wide">
            <Label input=input/>
            <textarea class="control" id=input.id() rows="3"
                aria-describedby=format!("{} quote-note-hint", fault_id(input))
                aria-invalid=move || page.fault(input).map(|_| "true")
                prop:value=move || app.form.with(|form| form.note.clone())
                on:input=move |event| {
                    let typed = event_target_value(&event);
                    app.form.update(|form| input.set(form, typed));
                }></textarea>
            <FaultView input=input/>
            <p class="small quiet" id="quote-note-hint">{quote.note_hint}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Label(
    /// Of which field.
    input: Input,
) -> impl IntoView {
    let quote = &use_words().messages.quote;
    let (text, optional) = match input {
        Input::Company => (quote.company, false),
        Input::Name => (quote.name, false),
        Input::Email => (quote.email, false),
        Input::Phone => (quote.phone, true),
        Input::VatId => (quote.vat_id, true),
        Input::Start => (quote.contract_start, true),
        Input::Until => (quote.contract_until, true),
        Input::Date => (quote.delivery_date, true),
        Input::Note => (quote.note, true),
    };
    view! {
        <label for=input.id()>
            {text}
            {optional.then(|| view! { <span class="small quiet">" "{quote.optional}</span> })}
        </label>
    }
}

#[component]
fn FaultView(
    /// Of which field.
    input: Input,
) -> impl IntoView {
    let words = use_words();
    let page: QuotePage = expect_context();
    let fault = Memo::new(move |_| page.fault(input));
    let text = move || fault.get().map(|fault| fault_text(words, fault));
    view! { <p class="fault small" id=fault_id(input)>{text}</p> }
}

fn fault_id(input: Input) -> String {
    format!("{}-fault", input.id())
}

/// What is wrong, in words.
pub fn fault_text(words: Words, fault: Fault) -> String {
    let quote = &words.messages.quote;
    match fault {
        Fault::Missing => quote.missing.to_owned(),
        Fault::NotAnEmail => quote.not_an_email.to_owned(),
        Fault::NotAVatNumber => quote.not_a_vat_number.to_owned(),
        Fault::WrongCheckDigits => quote.wrong_check_digits.to_owned(),
        Fault::NotADate => quote.not_a_date.to_owned(),
        Fault::Past => quote.past.to_owned(),
        Fault::TooFar => quote.too_far.to_owned(),
        Fault::BeforeStart => quote.before_start.to_owned(),
        Fault::NotProrated => quote.not_prorated.to_owned(),
        Fault::NotAMonth(last) => quote.wrong_month.with([&words.format.count(last)]),
        Fault::NotAQuantity(sold) => words.quantities(sold),
        Fault::NotAll => quote.not_all.to_owned(),
        Fault::TooLong(most) => {
            let most = u32::try_from(most).unwrap_or(u32::MAX);
            quote.too_long.with([&words.format.count(most)])
        }
    }
}
