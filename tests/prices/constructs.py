"""Which of what can be said in sheets and requests some quotes had."""

from exact import MODES

KINDS = [
    "amount", "options", "table", "percent", "tiers", "brackets", "volume", "graduated", "package", "block-volume",
    "block-graduated", "first-and-additional", "free", "minimum", "maximum", "fixed", "margin", "index", "round",
    "bundle", "bundle-percent",
]
OF_STEPS = ["per", "price_unit", "when", "months", "start", "end", "promotion", "best_of", "unless", "by", "units_to",
            "round_to", "at_least", "at_most", "groups", "floor", "tax"]
OF_CATALOGS = ["cash_step", "step", "rates", "rules", "terms", "contained", "whole"]
# All of them; a run of some size in which one never occurs is not the check that it should be.
ALL = sorted(
    [f"kind {it}" for it in KINDS]
    + [f"level {it}" for it in ("piece", "line", "quote")]
    + [f"due {it}" for it in ("once", "monthly", "quarterly", "yearly")]
    + [f"share {it}" for it in ("net", "pieces", "weight", "equally", "apart")]
    + [f"counts {it}" for it in ("line", "group", "quote")]
    + [f"between {it}" for it in ("down", "linear", "exact")]
    + [f"step {it}" for it in OF_STEPS]
    + [f"rounding {it}" for it in MODES]
    + [f"round_at {it}" for it in ("unit", "line", "document")]
    + [f"merge {it}" for it in ("priority", "lowest", "best-match")]
    + [f"tax_at {it}" for it in ("document", "line", "unit")]
    + [f"proration {it}" for it in ("days", "fixed-months", "full", "whole")]
    + [f"catalog {it}" for it in [*OF_CATALOGS, "bill_day"]]
    + [f"book {it}" for it in ("based_on", "currency", "changes", "products", "valid_from", "valid_until")]
    + [f"below_floor {it}" for it in ("confirm", "refuse")]
    + [f"request {it}" for it in ("customer", "group", "country", "vat_id", "promotions", "quote", "ramp", "start", "until")]
    + [f"line {it}" for it in ("optional", "alternative_to")]
    + [f"change {it}" for it in ("percent", "amount", "price", "of a line", "of the quote", "with a reason")]
    + [f"answer {it}" for it in ("none", "to confirm", "refused", "without a product", "billed in parts", "next tier", "another tax over the term")]
)


def of_catalog(catalog):
    """What a catalog has."""
    for product in catalog.all:
        for step in product.steps:
            yield from (f"kind {step.kind}", f"level {step.level}", f"due {step.due}", f"share {step.share}",
                        f"counts {step.counts}", f"between {step.between}")
            yield from (f"step {it}" for it in OF_STEPS if getattr(step, it))
    yield from (f"rounding {catalog.rounding}", f"round_at {catalog.round_at}", f"merge {catalog.merge}",
                f"tax_at {catalog.tax_at}", f"below_floor {catalog.below_floor}")
    yield from (f"catalog {it}" for it in OF_CATALOGS if getattr(catalog, it))
    if catalog.billing:
        yield f"proration {catalog.billing['proration']}"
        yield from ["catalog bill_day"] if catalog.billing["day"] else []
    for book in catalog.books:
        yield from (f"book {it}" for it in ("based_on", "currency", "changes", "products", "valid_from", "valid_until")
                    if getattr(book, it))


def of_quote(request, expected):
    """What a request has, and what it comes to."""
    yield from (f"request {it}" for it in request)
    yield from ["request ramp"] if any("ramp" in it for it in request["lines"]) else []
    for role in filter(None, (it.get("proposed") for it in request["lines"])):
        yield f"line {role if isinstance(role, str) else next(iter(role))}"
    for change in request.get("adjustments", []):
        yield from (f"change {it}" for it in ("percent", "amount", "price") if it in change)
        yield "change of a line" if "line" in change else "change of the quote"
        yield from ["change with a reason"] if "below_floor" in change else []
    if "error" in expected:
        error = expected["error"]
        yield "answer none"
        yield from ["answer refused"] if "the supplier sells for" in error else []
        yield from ["answer without a product"] if "no product" in error else []
        return
    yield from ["answer another tax over the term"] if expected["exchanged"] else []
    yield from ["answer to confirm"] if expected["to_confirm"] else []
    for line in expected["lines"]:
        yield from ["answer next tier"] if line["next_tier"] else []
        yield from ["answer billed in parts"] if any(it["billed"] for it in line["recurring"]) else []
