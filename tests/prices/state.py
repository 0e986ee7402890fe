"""What becomes of the steps of one product."""

from exact import ONE, ZERO, rounded
from steps import KINDS, TEN_DECIMALS, NoPrice


class State:
    """What the steps of one product look at, and what became of those that were worked out."""

    def __init__(self, pricer, steps, values, purchase):
        self.pricer, self.steps, self.values = pricer, steps, values
        self.quantity, self.beside, self.month = purchase["quantity"], purchase["beside"], purchase["month"]
        self.net, self.groups = purchase.get("net"), purchase.get("groups")
        self.pieces = purchase.get("pieces")
        self.amounts = []
        while len(self.amounts) < len(steps):
            rivals = self.rivals(len(self.amounts))
            found = [self.outcome(step) for step in rivals]
            known = [it for it in found if it is not None]
            if len(rivals) > 1 and known:
                best = found.index(min(known))
                found = [it if at == best else None for at, it in enumerate(found)]
            self.amounts += found

    def rivals(self, at):
        """The step at a position with those below it that compete with it."""
        word = self.steps[at].source.best_of
        end = at + 1
        while word and end < len(self.steps) and self.steps[end].source.best_of == word:
            end += 1
        return self.steps[at:end]

    def outcome(self, step):
        source, day = step.source, self.pricer.day
        if not (source.start or day) <= day <= (source.end or day):
            return None
        if source.promotion and source.promotion not in self.pricer.promotions:
            return None
        if source.months:
            first, last = source.months
            if self.month + 1 < first or (last and self.month + 1 > last):
                return None
        if source.when and not source.when.of(self.values):
            return None
        if any(self.counts(code) for code in source.unless or []):
            return None
        counted = self.counted(step)
        if not (source.at_least or counted) <= counted <= (source.at_most or counted):
            return None
        found = KINDS[source.kind](self, step)
        if found is not None and source.round_to:
            found = rounded(found, source.round_to, self.mode(step))
        if found is not None and source.share:
            found = self.pricer.money(found)
        return found

    def counts(self, code):
        """Whether an earlier step adds or takes something."""
        pairs = zip(self.steps, self.amounts)
        return any(amount for step, amount in pairs if step.source.code == code)

    def sum(self, *wanted):
        """Of what was worked out before, at this level and due so."""
        pairs = zip(self.steps, self.amounts)
        return sum((it for step, it in pairs if it is not None and (step.source.level, step.source.due) == wanted), ZERO)

    def base(self, step):
        """What a step is worked out of."""
        source = step.source
        if source.groups:
            return sum((self.groups.get(group, ZERO) for group in source.groups), ZERO)
        if step.of is not None:
            return sum((self.one(at, source.level) for at in step.of), ZERO)
        if source.level == "quote":
            return self.net + self.sum("quote", source.due)
        piece = self.sum("piece", source.due)
        if source.level == "piece":
            return piece
        return self.quantity * self.pricer.unit(piece) + self.sum("line", source.due)

    def one(self, at, level):
        """An earlier step, for the whole line where that is asked."""
        times = self.quantity if level == "line" and self.steps[at].source.level == "piece" else 1
        return (self.amounts[at] or ZERO) * times

    def piece(self, step):
        """The price of one piece, for a step of the line."""
        if step.of is None:
            return self.pricer.unit(self.sum("piece", step.source.due))
        return sum((self.amounts[at] or ZERO for at in step.of), ZERO)

    def counted(self, step):
        return self.quantity + self.beside.get(step.source.counts, 0)

    def mode(self, step):
        return step.source.rounding or self.pricer.catalog.rounding

    def units(self, step):
        """How many units there are; an endless decimal has ten."""
        if step.source.per is None:
            return ONE
        if step.source.units_to:
            return rounded(step.source.per.of(self.values), step.source.units_to, self.mode(step))
        return rounded(step.source.per.of(self.values), TEN_DECIMALS, "half-up")

    def measured(self, step):
        """What a scale prices, and what decides its tier."""
        if step.source.per is not None:
            priced = counted = self.units(step)
        else:
            priced = ONE if step.source.level == "piece" else self.quantity * ONE
            counted = self.counted(step)
        if step.source.by is not None:
            counted = rounded(step.source.by.of(self.values), TEN_DECIMALS, "half-up")
        if priced < 0 or counted < 0:
            # What an amount is for cannot be less than nothing.
            raise NoPrice("")
        return priced, counted
