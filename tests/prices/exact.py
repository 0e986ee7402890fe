"""Exact numbers: rounding, sharing, and how amounts are written."""

try:
    # The same exact numbers, a few times as quick.
    from gmpy2 import mpq as Fraction
except ImportError:
    from fractions import Fraction

ZERO = Fraction(0)
ONE = Fraction(1)
FOURTEEN_DECIMALS = Fraction(1, 10**14)
TENS = [10**it for it in range(70)]
DECIMALS = {}


def rounded(value, step, mode):
    """The multiple of `step` that `value` becomes."""
    whole = value.denominator * step.numerator
    low, rest = divmod(value.numerator * step.denominator, whole)
    if rest == 0:
        return value
    return (low + goes_up(mode, value > 0, low, 2 * rest - whole)) * step


def goes_up(mode, positive, low, beyond_middle):
    """Whether a value between two steps becomes the upper one; `low` is the lower one's number."""
    if mode.startswith("half-"):
        if beyond_middle:
            return beyond_middle > 0
        mode = mode.removeprefix("half-")
    return GOES_UP[mode](positive, low)


GOES_UP = {
    "up": lambda positive, _: positive, "down": lambda positive, _: not positive,
    "ceiling": lambda *_: True, "floor": lambda *_: False,
    "even": lambda _, low: low % 2 == 1, "odd": lambda _, low: low % 2 == 0,
}


def kept(amount):
    """A part or a percentage of something: fourteen decimals at most."""
    return rounded(amount, FOURTEEN_DECIMALS, "half-up")


MODES = [
    "half-up", "half-even", "half-down", "half-odd", "half-ceiling", "half-floor",
    "up", "down", "ceiling", "floor",
]


def shared(amount, step, weights, places=None):
    """`amount` in steps by weights; what is left goes to the parts that lost most, of equals by their places."""
    places = places or range(len(weights))
    if not any(weights):
        weights = [ONE] * len(weights)
    total = sum(weights)
    exact = [amount * weight / total for weight in weights]
    parts = [rounded(part, step, "down") for part in exact]
    left = (amount - sum(parts)) / step
    order = sorted((at for at, weight in enumerate(weights) if weight), key=lambda at: (-abs(exact[at] - parts[at]), places[at]))
    for at in order[:abs(int(left))]:
        parts[at] += step if left > 0 else -step
    return parts


def text(value, least=0):
    """As a decimal without trailing zeros, but with so many decimals at least."""
    denominator = value.denominator
    decimals = max(least, decimals_of(denominator))
    whole = value.numerator * TENS[decimals] // denominator
    if not decimals:
        return str(whole)
    digits = str(abs(whole)).rjust(decimals + 1, "0")
    return f"{'-' if whole < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"


def decimals_of(denominator):
    """With how many decimals it has an end."""
    found = DECIMALS.get(denominator)
    if found is None:
        found = next((count for count in range(60) if 10**count % denominator == 0), None)
        if found is None:
            raise ArithmeticError(f"one part of {denominator} has no end in decimals")
        DECIMALS[denominator] = found
    return found
