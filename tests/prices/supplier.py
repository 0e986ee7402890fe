"""What is the supplier's alone: changes by hand, and floors."""

from exact import ONE, ZERO, kept, rounded
from resolve import Step
from steps import TEN_DECIMALS, NoPrice


def changes_of(changes, line, due):
    """The changes of what is due so of a line, or of the quote where that is None, by position."""
    return [(at, it) for at, it in enumerate(changes)
            if it.get("line") == line and it.get("due", "once") == due]


def amount(it, base, number):
    """What a change adds to what it is of."""
    if "percent" in it:
        return kept(base * number(it["percent"]) / 100)
    if "amount" in it:
        return max(number(it["amount"]), -max(base, ZERO))
    return number(it["price"]) - base


def floor_steps(steps):
    """The steps that have a floor, at their floors."""
    return [Step(it.source, price=it.source.floor, price_unit=it.price_unit) for it in steps if it.source.floor is not None]


def bear(lines, off, cent):
    """Of what is taken off the whole apart, each line its part by what it leaves; that is then told in cents, rounded down."""
    left = [line["alone"] for line in lines]
    weights = [max(it, ZERO) for it in left] if max(left) > 0 else [-it for it in left] if any(left) else [ONE for _ in left]
    for line, weight in zip(lines, weights):
        line["exact"] = line["alone"]
        if off:
            line["exact"] += rounded(off * weight / sum(weights), TEN_DECIMALS, "half-up")
            line["alone"] = rounded(line["exact"], cent, "floor")


def check(it, number, before):
    """A change is of something that is due; `before` are the lines as they were."""
    due = it.get("due", "once")
    if due == "once":
        return
    if "line" not in it:
        raise NoPrice(f"change {number} is of what is due {due} of the quote as a whole")
    if due not in [charged["due"] for charged in before[it["line"] - 1]["recurring"]]:
        raise NoPrice(f"change {number} is of what is due {due}, and nothing of line {it['line']} is")


def check_floors(it, number, before, after):
    """No change passes a floor, or goes further below it, without a reason."""
    for at, (one, other) in enumerate(zip(before, after)):
        if other["below"] > one["below"]:
            if "below_floor" not in it:
                raise NoPrice(f"change {number} takes line {at + 1} below its floor")
            return
