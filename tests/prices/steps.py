"""The kinds of price steps: what each adds, as docs/catalogs.md says it.

Every function takes the state of the calculation and a step as a buyer's books have it, and gives
an amount, or None where the step does not count.
"""

from exact import ONE, ZERO, Fraction, kept, rounded

TEN_DECIMALS = Fraction(1, 10**10)


class NoPrice(Exception):
    """The quote has no price."""

    def told(self):
        return f"there is no price: {self}"


class NotSold(NoPrice):
    """A line is of what the buyer cannot have."""

    def __init__(self, line, product):
        super().__init__()
        self.line, self.product = line, product

    def told(self):
        return f"line {self.line}: there is no product `{self.product}`"


class NotReached(NoPrice):
    """A quantity changes after the end of a term."""

    def __init__(self, line, month, term):
        super().__init__()
        self.line, self.month, self.term = line, month, term

    def told(self):
        return f"line {self.line}: its quantity changes in month {self.month}, and its term ends with month {self.term}"


def amount(state, step):
    return kept(step.price * state.units(step) / step.price_unit)


def options(state, step):
    return step.prices[state.values[step.source.option]]


def table(state, step):
    values = [state.values[column] for column in step.source.keys]
    price = (within if step.source.between else up)(step, values)
    if price is None:
        raise NoPrice("no row")
    return kept(price * state.units(step) / step.price_unit)


def up(step, values):
    """The first row that holds."""
    holds = lambda key, value: value <= key if isinstance(key, Fraction) else value == key
    return next((price for keys, price in step.rows if all(map(holds, keys, values))), None)


def within(step, values):
    """Between the rows of these options, by the one number there is."""
    at = next((at for at, value in enumerate(values) if not isinstance(value, str)), None)
    own = [it for it in step.rows if all(key == value for key, value in zip(it[0], values) if isinstance(key, str))]
    if at is None:
        return own[0][1] if own else None
    value, rows = values[at], {keys[at]: price for keys, price in own}
    low, high = max((it for it in rows if it <= value), default=None), min((it for it in rows if it >= value), default=None)
    if step.source.between == "down":
        high = low
    if low is None or high is None or (step.source.between == "exact" and low != high):
        return None
    price = rows[low]
    if low != high:
        price += (rows[high] - price) * (value - low) / (high - low)
    return rounded(price, TEN_DECIMALS, "half-up")


def percent(state, step):
    return kept(state.base(step) * step.price / 100)


def tiers(state, step):
    decides = state.counted(step) if step.source.by is None else step.source.by.of(state.values)
    reached = [rate for start, rate in step.tiers if start <= decides]
    return kept(state.base(step) * reached[-1] / 100) if reached else None


def brackets(state, step):
    """Each piece at the percentage of its own bracket."""
    piece, total, quantity = state.piece(step), ZERO, state.quantity
    starts = [start for start, _ in step.tiers[1:]] + [None]
    for (start, rate), after in zip(step.tiers, starts):
        last = quantity if after is None else min(quantity, after - 1)
        total += max(0, last - start + 1) * kept(piece * rate / 100)
    return total


def volume(state, step):
    """All at the tier that holds what counts."""
    priced, counted = state.measured(step)
    for end, price, flat, _ in step.tiers:
        if end is None or counted <= end:
            return kept(priced * price) + flat
    raise NoPrice("there is no tier for")


def graduated(state, step):
    """Each tier prices its own; its flat fee is due once it is entered, the first one's always."""
    priced, _ = state.measured(step)
    if step.tiers[-1][0] is not None and priced > step.tiers[-1][0]:
        raise NoPrice("there is no tier for")
    total, start = ZERO, ZERO
    for at, (end, price, flat, _) in enumerate(step.tiers):
        if at and priced <= start:
            break
        total += kept((priced if end is None else min(priced, end)) * price - start * price) + flat
        start = end
    return total


def started(quantity, size):
    return rounded(quantity / size, ONE, "ceiling")


def package(state, step):
    return started(state.measured(step)[0], step.size) * step.price


def block_volume(state, step):
    """All blocks at the tier reached; the last tier also holds what is above it."""
    priced, _ = state.measured(step)
    reached = next((tier for tier in step.tiers if tier[0] is None or priced <= tier[0]), step.tiers[-1])
    return started(priced, reached[3]) * reached[1]


def block_graduated(state, step):
    priced, _ = state.measured(step)
    total, start = ZERO, ZERO
    for at, (end, price, _, block) in enumerate(step.tiers):
        top = priced if end is None or at == len(step.tiers) - 1 else min(priced, end)
        if top > start:
            total += started(top - start, block) * price
        start = end
    return total


def first_and_additional(state, step):
    items = started(state.measured(step)[0], ONE)
    firsts = min(items, ONE) if step.lot is None else started(items, step.lot)
    return firsts * step.tiers[0][1] + (items - firsts) * step.tiers[1][1]


def free(state, step):
    return -state.piece(step) * (state.quantity // step.lot) * step.price


def minimum(state, step):
    return max(ZERO, step.price - state.base(step))


def maximum(state, step):
    """Takes off what is above, at most what there is."""
    base = state.base(step)
    return -max(ZERO, min(base, base - step.price))


def fixed(state, step):
    return step.price - state.base(step)


def margin(state, step):
    """So many hundredths of the price that it makes, with ten decimals."""
    return rounded(state.base(step) * step.price / (100 - step.price), TEN_DECIMALS, "half-up")


def index(state, step):
    """What follows an index, in proportion; its percentage has ten decimals."""
    code, stood = step.source.index
    value = [value for day, value in state.pricer.catalog.indices[code] if day <= state.pricer.day][-1]
    if step.source.per is not None:
        return kept(kept((value - stood) * step.price / 100) * state.units(step) / step.price_unit)
    share = rounded((value - stood) * step.price / stood, TEN_DECIMALS, "half-up")
    return kept(state.base(step) * share / 100)


def round_up_or_down(state, step):
    base = state.base(step)
    return rounded(base, step.price, state.mode(step)) - base


def bundle(state, step):
    """Sets of pieces at a price of their own instead of what they cost."""
    return priced_together(state, step, lambda sets, cost: sets * step.price - cost)


def bundle_percent(state, step):
    return priced_together(state, step, lambda _, cost: kept(cost * step.price / 100))


def priced_together(state, step, change):
    """As many sets as the quote has; some pieces of a group have their part of what it costs, with ten decimals."""
    needed = list(zip(step.source.groups, step.source.pieces))
    sets = min(state.pieces.get(group, 0) // each for group, each in needed)
    if not sets:
        return None
    costs = (state.groups[group] * sets * each / state.pieces[group] for group, each in needed)
    return change(sets, sum((rounded(it, TEN_DECIMALS, "half-up") for it in costs), ZERO))


KINDS = {
    "amount": amount, "options": options, "table": table, "percent": percent, "tiers": tiers,
    "brackets": brackets, "volume": volume, "graduated": graduated, "package": package,
    "block-volume": block_volume, "block-graduated": block_graduated,
    "first-and-additional": first_and_additional, "free": free, "minimum": minimum,
    "maximum": maximum, "fixed": fixed, "margin": margin, "index": index, "round": round_up_or_down,
    "bundle": bundle, "bundle-percent": bundle_percent,
}
