//! Changes by hand: what the supplier makes of a request before it is answered.

use std::sync::Arc;

use quotewright_engine::price::adjust::Adjustment as Change;
use quotewright_engine::quote::Manual;
use quotewright_protocol::limits::{ADJUSTMENTS, NAME, NOTE};
use quotewright_protocol::{
    Adjustment, FieldError, KeptAdjustment, NewAdjustment, StagedQuote, SupplierRequest,
};

use crate::clock::now;
use crate::library::{Edition, PackEdition};
use crate::refusal::{Kind, Refusal};
use crate::review::{needed_text, priced_by_hand};
use crate::routes::no_such_request;
use crate::state::{SharedState, State};
use crate::store::requests::{self, Staging};

/// Makes a change of the request kept under `id`, and keeps it with those before.
///
/// # Errors
/// A refusal; then nothing has been changed.
pub async fn adjust(
    state: SharedState,
    id: String,
    new: NewAdjustment,
) -> Result<SupplierRequest, Refusal> {
    check_form(&new.adjustment)?;
    let found = find(&state, id.clone()).await?;
    let (edition, pack) = find_named(&state, &found).await?;
    let (supplier, before) =
        tokio::task::spawn_blocking(move || stage(found, new, &edition, &pack))
            .await
            .map_err(|error| Refusal::internal(&error))??;
    let staged = supplier.staged.clone();
    let kept = state
        .store
        .write(move |connection| requests::stage(connection, &id, &before, staged.as_ref()))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    if kept {
        Ok(supplier)
    } else {
        Err(changed_meanwhile())
    }
}

fn changed_meanwhile() -> Refusal {
    let detail = "The request has been changed or deleted meanwhile. Look at it again.";
    Refusal::new(Kind::ChangedMeanwhile, detail)
}

/// The request kept under `id` as its supplier sees it.
///
/// # Errors
/// A refusal, where there is none.
pub async fn show(state: &State, id: String) -> Result<SupplierRequest, Refusal> {
    Ok(find(state, id).await?.request)
}

async fn find(state: &State, id: String) -> Result<Staging, Refusal> {
    let found = state
        .store
        .read(move |connection| requests::staging(connection, &id))
        .await
        .map_err(|error| Refusal::internal(&error))?;
    found.ok_or_else(no_such_request)
}

/// The catalog and the prices under which a request was taken.
async fn find_named(
    state: &State,
    found: &Staging,
) -> Result<(Arc<Edition>, Arc<PackEdition>), Refusal> {
    let request = &found.request.stored.request;
    let edition = state.library.edition(&request.catalog_hash).await;
    let edition = edition.map_err(|error| Refusal::internal(&error))?;
    let pack = match &request.pack_hash {
        Some(hash) => state.library.kept_pack(hash).await,
        None => Ok(None),
    };
    let pack = pack.map_err(|error| Refusal::internal(&error))?;
    edition.zip(pack).ok_or_else(|| {
        let detail = "The request has no prices that are still known here.";
        Refusal::new(Kind::NotPriced, detail)
    })
}

/// The request with one more change, and the copy as it was kept before.
fn stage(
    found: Staging,
    NewAdjustment { after, adjustment }: NewAdjustment,
    edition: &Edition,
    pack: &PackEdition,
) -> Result<(SupplierRequest, String), Refusal> {
    let Staging { mut request, kept } = found;
    let staged = request.staged.take();
    let mut adjustments = staged.map_or_else(Vec::new, |it| it.adjustments);
    if adjustments.len() != after {
        return Err(changed_meanwhile());
    }
    if after >= ADJUSTMENTS {
        let detail = format!("At most {ADJUSTMENTS} changes.");
        return Err(Refusal::new(Kind::InvalidRequest, detail));
    }
    let at = now().to_string();
    adjustments.push(KeptAdjustment { at, adjustment });
    let manual: Vec<Manual> = (adjustments.iter())
        .filter_map(|it| manual(&it.adjustment))
        .collect();
    let due = request.margins.iter().flat_map(|it| &it.commissions);
    let partner = due.map(|it| it.partner.clone()).next();
    let asked = &request.stored.request;
    let (price, margins) = priced_by_hand(asked, edition, (pack, partner.as_deref()), &manual)?;
    request.staged = Some(StagedQuote {
        adjustments,
        price,
        margins,
    });
    Ok((request, kept))
}

/// As the engine makes it; `None` where it does not say by what.
fn manual(adjustment: &Adjustment) -> Option<Manual> {
    let Adjustment {
        percent,
        amount,
        price,
        ..
    } = *adjustment;
    let change = match (percent, amount, price) {
        (Some(percent), None, None) => Change::Percent(percent),
        (None, Some(amount), None) => Change::Amount(amount),
        (None, None, Some(price)) => Change::Fixed(price),
        _ => return None,
    };
    Some(Manual {
        line: adjustment.line,
        due: adjustment.due,
        change,
        below_floor: adjustment.below_floor.is_some(),
    })
}

fn check_form(adjustment: &Adjustment) -> Result<(), Refusal> {
    let mut errors: Vec<FieldError> = Vec::new();
    let below_floor = adjustment.below_floor.as_ref();
    for (pointer, text, longest) in [
        ("/by", Some(&adjustment.by), NAME),
        ("/reason", Some(&adjustment.reason), NOTE),
        ("/below_floor", below_floor, NOTE),
    ] {
        errors.extend(text.and_then(|text| needed_text(pointer, text, longest)));
    }
    if manual(adjustment).is_none() {
        errors.push(FieldError {
            pointer: String::new(),
            code: "ambiguous".to_owned(),
            detail: "Say one of `percent`, `amount` and `price`.".to_owned(),
        });
    }
    if errors.is_empty() {
        return Ok(());
    }
    let detail = "Some members of the change cannot be taken.";
    Err(Refusal::new(Kind::InvalidRequest, detail).errors(errors))
}
