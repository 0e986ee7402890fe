"""The steps of a product as the books of one buyer have them."""

from dataclasses import dataclass, field

from exact import ONE, ZERO, Fraction

NO_MONEY = ("percent", "bundle-percent", "free", "margin", "index", "round")


@dataclass
class Step:
    """A step with its amounts; `source` is the step of the catalog."""

    source: object
    price: Fraction | None = None
    prices: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    tiers: list = field(default_factory=list)
    of: list | None = None
    price_unit: Fraction = ONE
    size: Fraction | None = None
    lot: Fraction | None = None


def steps(product, listing):
    """Without those that have no price in these books, or nothing to be worked out of."""
    found, places = [], {}
    for source in product.steps:
        place = [f"step:{source.code}", f"product:{product.code}", f"group:{product.group or product.code}"]
        step = resolved(source, listing, place)
        if step is None:
            continue
        if source.of:
            step.of = sorted(places[code] for code in source.of if code in places)
            if not step.of:
                continue
        elif source.of is not None and source.level != "quote":
            if not any(it.source.due == source.due for it in found):
                continue
        places[source.code] = len(found)
        found.append(step)
    return found


def resolved(source, listing, place):
    """The amounts of a step; None where these books have none."""
    step, kind = Step(source), source.kind
    if kind == "package":
        step.size = source.price_unit
    elif kind in ("free", "first-and-additional"):
        step.lot = source.price_unit
    elif source.price_unit:
        step.price_unit = source.price_unit
    if kind == "options":
        step.prices = {code: listing.amount(cells, place) or ZERO for code, cells in source.prices.items()}
    elif kind == "table":
        step.rows = [(keys, listing.amount(cells, place) or ZERO) for keys, cells in source.rows]
    elif kind in ("tiers", "brackets"):
        rates = ((start, listing.amount(cells, place, False)) for start, cells in source.tiers)
        step.tiers = [(start, rate) for start, rate in rates if rate is not None]
        return step if step.tiers else None
    elif source.tiers:
        for end, prices, flats, block in source.tiers:
            price, flat = listing.amount(prices, place), listing.amount(flats, place)
            if price is not None or flat is not None:
                step.tiers.append((end, price or ZERO, flat or ZERO, block))
        return step if step.tiers else None
    else:
        step.price = listing.amount(source.cells, place, kind not in NO_MONEY)
        return step if step.price is not None else None
    return step
