"""Formulas and conditions: their text in a sheet, and what they are for given values."""

from exact import ONE, Fraction


class Formula:
    """`text` for the sheet; `of(values)` is its value."""

    def __init__(self, text, of):
        self.text = text
        self.of = of


def number(chance, product):
    """What a configuration has so many of; never below zero."""
    of, properties = chance.choice(product.numbers), product.properties
    kinds = [
        lambda: Formula(of, lambda v: v[of]),
        lambda: Formula(f"{of} / 100", lambda v: v[of] / 100),
        lambda: Formula(f"{of} * 2.5 + 4", lambda v: v[of] * Fraction(5, 2) + 4),
        lambda: Formula(f"{of} / 3", lambda v: v[of] / 3),
        lambda: Formula(f"max({of}, 7)", lambda v: max(v[of], Fraction(7))),
        lambda: Formula(f"min({of}, 12) * 2", lambda v: min(v[of], Fraction(12)) * 2),
    ]
    if of != "net":
        # The square of an amount outgrows the numbers that are worked out exactly.
        kinds.append(lambda: Formula(f"{of} ^ 2 / 10", lambda v: v[of] ** 2 / 10))
    for option, mass in properties.items():
        kinds.append(lambda option=option, mass=mass: Formula(f"{option}.mass", lambda v: mass[v[option]]))
        kinds.append(lambda option=option, mass=mass: Formula(
            f"{of} * {option}.mass / 8", lambda v: v[of] * mass[v[option]] / 8))
    return chance.choice(kinds)()


def condition(chance, product):
    """A condition on a configuration."""
    of = chance.choice(product.numbers)
    limit = chance.choice(product.limits[of])
    kinds = [
        lambda: Formula(f"{of} > {limit}", lambda v: v[of] > limit),
        lambda: Formula(f"{of} <= {limit}", lambda v: v[of] <= limit),
        lambda: Formula(f"3 <= {of} < {limit}", lambda v: 3 <= v[of] < limit),
    ]
    for option, mass in product.properties.items():
        code = chance.choice(list(mass))
        kinds.append(lambda option=option, code=code: Formula(f"{option} = {code}", lambda v: v[option] == code))
        kinds.append(lambda option=option, code=code: Formula(f"{option} != {code}", lambda v: v[option] != code))
        kinds.append(lambda option=option, mass=mass: Formula(f"{option}.mass >= 2", lambda v: mass[v[option]] >= 2))
    for flag in product.flags:
        kinds.append(lambda flag=flag: Formula(flag, lambda v: v[flag]))
        kinds.append(lambda flag=flag: Formula(f"!{flag}", lambda v: not v[flag]))
    first = chance.choice(kinds)()
    if chance.random() < 0.7:
        return first
    second = chance.choice(kinds)()
    if chance.random() < 0.5:
        return Formula(f"{first.text} && {second.text}", lambda v: first.of(v) and second.of(v))
    return Formula(f"({first.text} || {second.text})", lambda v: first.of(v) or second.of(v))


CONSTANT = Formula("1", lambda v: ONE)
