"""Totals of a quote: which tax a buyer pays, tax on top and in prices, cash, and when to pay."""

import calendar
from datetime import date, timedelta

from exact import ZERO, Fraction, rounded, text

UNION = {"NL", "DE"}


class Taxes:
    """The taxes of one buyer."""

    def __init__(self, catalog, request, currency, minor):
        self.catalog, self.minor = catalog, minor
        self.cent = catalog.step or Fraction(1, 10**minor)
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

    def totals(self, lines, whole):
        """Of the amounts of lines with what a piece costs and how many there are, and of the document as a whole."""
        groups, at = {}, self.catalog.tax_at
        for tax, amount, times in self.taxed(lines) + [(*it, 1) for it in whole]:
            due = self.due(tax)
            lots = groups.setdefault((self.catalog.taxes[due], due), [])
            if at != "document" or not lots:
                lots.append(({}, times))
            own, (sums, _) = self.catalog.taxes[tax], lots[-1]
            sums[own] = sums.get(own, ZERO) + amount
        found = {"taxes": [], "rounding": ZERO, "exchanged": ZERO}
        for percent, due in sorted(groups):
            lots = [self.settled(percent, sums, found, times) for sums, times in groups[percent, due]]
            base, tax = (sum(it, ZERO) for it in zip(*lots))
            found["taxes"].append((due, percent, base, tax))
        found["net"] = sum((it[2] for it in found["taxes"]), ZERO)
        found["tax"] = sum((it[3] for it in found["taxes"]), ZERO)
        found["gross"] = found["net"] + found["tax"]
        found["allowances"] = -sum((amount for _, amount in whole if amount < 0), ZERO)
        found["charges"] = sum((amount for _, amount in whole if amount > 0), ZERO)
        return found

    def taxed(self, lines):
        """What is taxed of lines, and how many times: what is taxed by the piece is pieces and the rest."""
        if self.catalog.tax_at != "unit":
            return [(tax, amount, 1) for tax, amount, _, _ in lines]
        return [it for tax, amount, piece, pieces in lines
                for it in ((tax, piece, pieces), (tax, amount - piece * pieces, 1))]

    def settled(self, percent, sums, found, times):
        """Base and tax of what is taxed at one rate; `sums` are by the rate that prices are meant with."""
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
            left = amount - self.money(amount * percent / 100)
            if self.cash_step:
                left = rounded(left, self.cash_step, self.catalog.rounding)
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
