"""Totals of a quote: which tax a buyer pays, tax on top and in prices, cash, and when to pay."""

import calendar
from datetime import date, timedelta

from exact import ONE, ZERO, Fraction, rounded, shared, text

UNION = {"NL", "DE"}


class Taxes:
    """The taxes of one buyer."""

    def __init__(self, catalog, request, currency, minor):
        self.catalog, self.minor = catalog, minor
        own_step = catalog.step if currency == catalog.currency else None
        self.cent = own_step or Fraction(1, 10**minor)
        self.cash_step = catalog.cash_step if currency == catalog.currency else None
        country, self.has_number = request.get("country"), "vat_id" in request
        self.region = "home"
        if country and catalog.country and country != catalog.country:
            self.region = "eu" if {country, catalog.country} <= UNION else "abroad"

    def money(self, amount):
        return rounded(amount, self.cent, self.catalog.rounding)

    def text(self, amount):
        return text(amount, self.minor)

    def due(self, tax):
        """What this buyer pays instead of a tax, by the first rule that fits."""
        for rule in self.catalog.rules:
            if rule.buyer in (None, self.region) and rule.vat_id in (None, self.has_number):
                if not rule.of or tax in rule.of:
                    return rule.tax
        return tax

    def exchanges(self, taxes):
        """Whether prices contain one of these taxes at another rate than this buyer pays."""
        rates = self.catalog.taxes
        return self.catalog.contained and any(rates[tax] != rates[self.due(tax)] for tax in taxes)

    def totals(self, lines, whole):
        """Of the amounts of lines with what a piece costs and how many there are, and of the document as a whole."""
        groups, found = {}, {"taxes": [], "rounding": ZERO, "exchanged": ZERO}
        for tax, amount, piece, count, is_line in self.spread(lines, whole):
            due = self.due(tax)
            groups.setdefault((self.catalog.taxes[due], due), []).append((self.catalog.taxes[tax], amount, piece, count, is_line))
        for percent, due in sorted(groups):
            base, tax = self.of_rate(percent, groups[percent, due], found)
            found["taxes"].append((due, percent, base, tax))
        found["net"] = sum((it[2] for it in found["taxes"]), ZERO)
        found["tax"] = sum((it[3] for it in found["taxes"]), ZERO)
        found["gross"] = found["net"] + found["tax"]
        found["allowances"] = -sum((amount for _, amount in whole if amount < 0), ZERO)
        found["charges"] = sum((amount for _, amount in whole if amount > 0), ZERO)
        return found

    def spread(self, lines, whole):
        """All amounts; what is taken off the whole goes to other rates where its own has too little."""
        amounts = [(*it, True) for it in lines] + [(tax, it, ZERO, 0, False) for tax, it in whole if it >= 0]
        rate = lambda tax: (self.catalog.taxes[self.due(tax)], self.due(tax))
        there, meant = {}, {}
        for tax, amount, *_ in amounts:
            there[rate(tax)] = there.get(rate(tax), ZERO) + amount
            own = meant.setdefault(rate(tax), {})
            own[tax] = own.get(tax, ZERO) + amount
        whole_cents = lambda key: max(there[key], ZERO) // self.cent * self.cent if key in there else ZERO
        for tax, amount in whole:
            if amount >= 0:
                continue
            others = [key for key in sorted(there) if key != rate(tax)]
            room = [whole_cents(key) for key in others]
            over = min(max(-amount - whole_cents(rate(tax)), ZERO), sum(room, ZERO))
            parts = shared(-over, self.cent, room) if over else []
            for key, part in [(rate(tax), amount + over), *zip(others, parts)]:
                if part:
                    most = max(sorted(meant[key]), key=lambda it: meant[key][it]) if key != rate(tax) else tax
                    amounts.append((most, part, ZERO, 0, False))
                    there[key] = there.get(key, ZERO) + part
                    meant.setdefault(key, {})
        return amounts

    def of_rate(self, percent, amounts, found):
        """Base and tax of all amounts at one rate, by the rate that each is meant with."""
        if self.catalog.tax_at == "document":
            sums, owns = {}, {it[0] for it in amounts}
            for own, amount, *_ in amounts:
                sums[own] = sums.get(own, ZERO) + amount
            goods = [it for it in amounts if it[4] or it[1] >= 0]
            takes_all = len(goods) < len(amounts) and self.money(self.worth(percent, owns, goods)) >= 0
            return self.settled(percent, sums, found, 1, takes_all)
        off = [it for it in amounts if not it[4] and it[1] < 0]
        goods = sum((it[1] for it in amounts if it not in off), ZERO)
        taken = sum((it[1] for it in off), ZERO)
        settled = [self.of_line(percent, it, found) for it in amounts if it not in off]
        base, tax = (sum(it, ZERO) for it in zip(*settled)) if settled else (ZERO, ZERO)
        owns = {it[0] for it in amounts}
        before, after = (self.worth(percent, owns, them) for them in ([it for it in amounts if it not in off], off))
        if off and goods >= -taken and base >= 0 and before > 0:
            less = [self.part(percent, owns, taken, max(after / before, -ONE), (base, tax), found)]
        else:
            less = [self.of_line(percent, it, found) for it in off]
        return base + sum((it[0] for it in less), ZERO), tax + sum((it[1] for it in less), ZERO)

    def of_line(self, percent, line, found):
        """Base and tax of one amount; by the piece, of so many pieces and the rest."""
        own, amount, piece, count, is_line = line
        if self.catalog.tax_at == "line" or not is_line or piece < 0 <= amount:
            return self.settled(percent, {own: amount}, found, 1)
        rest = amount - piece * count
        pieces = self.settled(percent, {own: piece}, found, count)
        if rest < 0 and piece * count >= -rest:
            less = self.part(percent, {own}, rest, rest / (piece * count), pieces, found)
        else:
            less = self.settled(percent, {own: rest}, found, 1)
        return pieces[0] + less[0], pieces[1] + less[1]

    def is_another(self, percent, owns):
        """Whether prices contain another tax than is due."""
        return self.catalog.contained and owns != {percent}

    def worth(self, percent, owns, amounts):
        """What amounts come to; without the taxes that they contain where others are due."""
        without = lambda own: 100 / (100 + own) if self.is_another(percent, owns) else ONE
        return sum((it[1] * without(it[0]) for it in amounts), ZERO)

    def part(self, percent, owns, taken, part, settled, found):
        """What is taken off goods takes its part of their base and tax, and no more than there is."""
        tax = self.money(settled[1] * part)
        if self.is_another(percent, owns):
            base = self.money(settled[0] * part)
            found["exchanged"] += base + tax - taken
        else:
            whole = self.money(taken)
            found["rounding"] += whole - taken
            base = whole - (tax if self.catalog.contained else ZERO)
        # Each of the goods may have rounded its base down.
        most = max(base, -max(settled[0], ZERO))
        found["rounding"] += most - base
        return most, tax

    def settled(self, percent, sums, found, times, takes_all=False):
        """Base and tax of what is taxed at one rate; `sums` are by the rate that prices are meant with.
        `takes_all`: a discount leaves no base below zero where it takes no more than there is."""
        total = sum(sums.values(), ZERO)
        if not self.catalog.contained:
            base = self.money(total)
            found["rounding"] += (base - total) * times
            tax = self.money(base * percent / 100)
        elif set(sums) == {percent}:
            gross = self.money(total)
            found["rounding"] += (gross - total) * times
            tax = self.money(gross * percent / (100 + percent))
            base = gross - tax
        else:
            base = self.money(sum((amount * 100 / (100 + own) for own, amount in sums.items()), ZERO))
            tax = self.money(base * percent / 100)
            if takes_all and base < 0 <= total:
                base, tax = ZERO, ZERO
            found["exchanged"] += (base + tax - total) * times
        return base * times, tax * times

    def in_cash(self, totals):
        step = self.cash_step
        if step:
            totals["cash"] = rounded(totals["gross"], step, self.catalog.rounding)
        return totals

    def payment(self, totals, listing, day):
        """When to pay, and what paying early saves."""
        own = [it for it in self.catalog.terms if it.books and listing.first.code in it.books]
        terms = next(iter(own or [it for it in self.catalog.terms if not it.books]), None)
        if terms is None:
            return None
        start = date.fromisoformat(day)
        due = (last_of(start) if terms.month_end == "before" else start) + timedelta(terms.days)
        amount = totals.get("cash", totals["gross"])
        early = None
        if terms.discount:
            percent, days = terms.discount
            discount = amount * percent / 100
            if self.cash_step:
                left = rounded(amount - discount, self.cash_step, self.catalog.rounding)
            else:
                left = amount - self.money(discount)
            early = {"until": str(start + timedelta(days)), "percent": text(percent), "discount": self.text(amount - left),
                     "amount": self.text(left)}
        due = last_of(due) if terms.month_end == "after" else due
        return {"terms": terms.code, "due": str(due), "amount": self.text(amount), "early": early}

    def told(self, totals):
        """What is nothing is left out, but for what every quote has."""
        taxes = [(tax, text(percent), self.text(base), self.text(amount)) for tax, percent, base, amount in totals["taxes"]]
        told = {key: self.text(totals[key]) for key in ("rounding", "net", "tax", "gross")}
        for key in ("allowances", "charges", "exchanged"):
            told[key] = self.text(totals[key]) if totals[key] else None
        cash = totals.get("cash")
        told["cash"] = None if cash is None else {"total": self.text(cash), "rounding": self.text(cash - totals["gross"])}
        return {**told, "contained": self.catalog.contained or None, "taxes": taxes}


def last_of(day):
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
