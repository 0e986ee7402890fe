"""The price of a quote by exact fractions: written from docs/catalogs.md, apart from the engine."""

from types import SimpleNamespace

import resolve
import supplier
from contract import DAY, Contract
from exact import ONE, ZERO, Fraction, rounded, shared, text
from state import State
from steps import TEN_DECIMALS, NoPrice, NotReached, NotSold
from taxes import Taxes

MONTHS = {"monthly": 1, "quarterly": 3, "yearly": 12}
MINOR = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3}


def quantity_in(line, month):
    """How many pieces of a line there are: with the order, or in a month of the term."""
    ramp = [] if month is None else line.get("ramp", [])
    return next((it["quantity"] for it in reversed(ramp) if it["month"] - 1 <= month), line["quantity"])


class Pricer:
    """Prices requests of one catalog."""

    def __init__(self, catalog):
        self.catalog = catalog
        self.steps, self.floors = {}, {}

    def price(self, request, listing):
        """What the engine has to answer."""
        for at, line in enumerate(request["lines"]):
            if not listing.sells(line["product"]):
                raise NotSold(at + 1, line["product"])
        self.listing, self.request, self.day = listing, request, request["date"]
        self.promotions = request.get("promotions", [])
        self.minor = MINOR[listing.currency]
        own_step = self.catalog.step if listing.currency == self.catalog.currency else None
        self.cent = own_step or Fraction(1, 10**self.minor)
        found, changes = self.work_out([]), request.get("adjustments", [])
        for at, it in enumerate(changes):
            supplier.check(it, at + 1, found["lines"])
            changed = self.work_out(changes[:at + 1])
            supplier.check_floors(it, at + 1, found["lines"], changed["lines"])
            found = changed
        for at, line in enumerate(found["lines"]):
            for change in request["lines"][at].get("ramp", []):
                if 0 < line["term"] < change["month"]:
                    raise NotReached(at + 1, change["month"], line["term"])
        below = sum((line["below"] for line in found["lines"]), ZERO)
        if below and self.catalog.below_floor == "refuse":
            raise NoPrice("it would be below what the supplier sells for")
        return self.answer(**found, below=below)

    def work_out(self, changes):
        """Lines, steps and shares with these changes by hand."""
        self.changes = changes
        lines = [self.line(at, line, changes) for at, line in enumerate(self.request["lines"])]
        steps, shares = self.whole(lines, self.facts(lines), changes)
        for line, bears in zip(lines, shares):
            discounts = sum((amount for _, amount in bears if amount < 0), ZERO)
            line["alone"] = self.without_tax(line["total"] + discounts, line["product"].tax)
        supplier.bear(lines, self.allowance(steps), Fraction(1, 10**self.minor))
        for line in lines:
            # What it leaves is told in cents, and does not miss a floor that it reaches by less than one.
            misses = line["floor"] is not None and line["exact"] < line["floor"]
            line["below"] = line["floor"] - line["alone"] if misses else ZERO
        return {"lines": lines, "steps": steps, "shares": shares}

    def allowance(self, steps):
        """What is taken off apart, without tax: what is at one tax together."""
        sums = {}
        for step, amount in steps:
            if step.source.share == "apart" and amount < 0:
                tax = step.source.tax or self.catalog.whole.tax
                sums[tax] = sums.get(tax, ZERO) + amount
        return sum((self.without_tax(amount, tax) for tax, amount in sums.items()), ZERO)

    def without_tax(self, amount, tax):
        if not self.catalog.contained:
            return amount
        return self.money(amount * 100 / (100 + self.catalog.taxes[tax]))

    def answer(self, lines, steps, shares, below):
        """As it is told."""
        listing = self.listing
        taxes = Taxes(self.catalog, self.request, listing.currency, self.minor)
        taxed = [(line["product"].tax, line["once"]["net"] + sum(amount for _, amount in bears),
                  line["once"]["unit"], line["quantity"]) for line, bears in zip(lines, shares)]
        apart = [(step.source.tax or self.catalog.whole.tax, amount) for step, amount in steps if step.source.share == "apart"]
        totals = taxes.totals(taxed, apart)
        another_tax = self.another_tax(lines, taxes)
        total = sum((line["total"] for line in lines), ZERO) + sum((amount for _, amount in steps), ZERO)
        total += totals["exchanged"] + another_tax
        return {
            "quote": {it[0]: text(self.said[it[6]]) for it in self.catalog.whole.attributes if it[6]} if self.catalog.whole else {},
            "book": listing.code, "currency": listing.currency,
            "lines": [self.told(line, bears, taxes) for line, bears in zip(lines, shares)],
            "steps": [(step.source.code, self.text(amount)) for step, amount in steps],
            "totals": taxes.told(taxes.in_cash(totals)), "recurring": self.recurring(lines, taxes),
            "exchanged": self.text(another_tax) if another_tax else None, "contract_total": self.text(total), "payment": taxes.payment(totals, listing, self.day),
            "to_confirm": bool(below) and "adjustments" not in self.request or None,
            "supplier": {"below_floor": self.text(below), "lines": [{
                "net": self.text(line["alone"]), "below_floor": self.text(line["below"]),
                "floor": None if line["floor"] is None else self.text(line["floor"]),
            } for line in lines]},
        }

    # Amounts.

    def money(self, amount):
        return rounded(amount, self.cent, self.catalog.rounding)

    def text(self, amount):
        return text(amount, self.minor)

    def unit(self, amount):
        """The price of one piece whose steps come to an amount."""
        return self.money(amount) if self.catalog.round_at == "unit" else amount

    def of_line(self, amount):
        return amount if self.catalog.round_at == "document" else self.money(amount)

    # Lines.

    def together(self, line):
        """What a line is counted together with: its group, or its product."""
        product = self.catalog.product(line["product"])
        return product.group or product

    def line(self, at, line, changes):
        product = self.catalog.product(line["product"])
        values = product.values(line["configuration"])
        purchase = {"quantity": line["quantity"], "beside": self.beside(at), "month": 0, "line": at}
        priced = (product, values, purchase, line.get("ramp", []))
        once, term, recurring = self.charges(self.of(product), *priced, changes, at + 1)
        floors, floor = self.floors_of(product), None
        if floors:
            least, _, again = self.charges(floors, *priced, [], None)
            floor = least["net"] + sum((it["total"] for it in again), ZERO)
        return {
            "product": product, "values": values, "quantity": line["quantity"], "once": once, "term": term,
            "recurring": recurring, "total": once["net"] + sum((it["total"] for it in recurring), ZERO),
            "next": self.next_tier(product, values, purchase, once["unit"]), "floor": floor,
        }

    def beside(self, at, month=None):
        """The pieces of the other lines: with the order, or in a month of the term."""
        own = self.together(self.request["lines"][at])
        others = [it for place, it in enumerate(self.request["lines"]) if place != at]
        pieces = [(self.together(it), quantity_in(it, month)) for it in others]
        return {"group": sum(count for group, count in pieces if group == own), "quote": sum(count for _, count in pieces)}

    def charges(self, steps, product, values, purchase, ramp, changes, line):
        """What is due once, and over the term."""
        once = self.charge(State(self, steps, values, purchase), "once", supplier.changes_of(changes, line, "once"))
        own = lambda due: supplier.changes_of(changes, line, due)
        return once, *self.over_term(steps, product, values, purchase, ramp, own)

    def floors_of(self, product):
        """The steps that the product has in these books and that have a floor."""
        key = (product.code, self.listing.key)
        if key not in self.floors:
            self.floors[key] = supplier.floor_steps(self.of(product))
        return self.floors[key]

    def of(self, product):
        """The steps of a product, worked out once for each set of books and day that matters."""
        key = (product.code, self.listing.key)
        if key not in self.steps:
            self.steps[key] = resolve.steps(product, self.listing)
        return self.steps[key]

    def charge(self, state, due, changes=()):
        """What is due so: the steps of a piece, its price, the steps of the line, and their sum."""
        steps = {"piece": [], "line": []}
        for step, amount in zip(state.steps, state.amounts):
            if step.source.due == due and amount is not None:
                steps[step.source.level].append((step.source.code, amount))
        sums = {level: sum((amount for _, amount in own), ZERO) for level, own in steps.items()}
        unit = self.unit(sums["piece"])
        if unit != sums["piece"]:
            steps["piece"].append(("rounding", unit - sums["piece"]))
        exact = unit * state.quantity + sums["line"]
        for at, it in changes:
            added = supplier.amount(it, exact, Fraction)
            steps["line"].append((f"manual-{at + 1}", added))
            exact += added
        net = self.of_line(exact)
        return {"piece": steps["piece"], "unit": unit, "line": steps["line"], "rounding": net - exact, "net": net}

    def over_term(self, steps, product, values, purchase, ramp, changes):
        """What is due again and again, for each stretch of months in which nothing changes."""
        dues = [due for due in MONTHS if any(step.source.due == due for step in steps)]
        if not dues:
            return 0, []
        term = int(product.term.of(values)) if product.term else 12
        contract = Contract(self.request, term) if "start" in self.request else None
        if contract:
            term = contract.months
            if not self.catalog.billing and not contract.is_whole:
                raise NoPrice("the catalog does not say what a part of a month costs")
        cuts = {0, term} | {it["month"] - 1 for line in self.request["lines"] for it in line.get("ramp", [])}
        for step in steps:
            if step.source.months:
                first, last = step.source.months
                cuts |= {first - 1, last or 0}
        cuts = sorted(cut for cut in cuts if cut <= term)
        found = []
        for start, after in zip(cuts, cuts[1:]):
            quantity = quantity_in({"quantity": purchase["quantity"], "ramp": ramp}, start)
            if not quantity:
                continue
            beside = self.beside(purchase["line"], start)
            state = State(self, steps, values, {**purchase, "quantity": quantity, "beside": beside, "month": start})
            for due in dues:
                charge = self.charge(state, due, changes(due))
                before = next((it for it in reversed(found) if it["due"] == due), None)
                if before and (before["charge"], before["quantity"], before["start"] + before["months"]) == (charge, quantity, start):
                    before["months"] += after - start
                elif any(not code.startswith("manual") for level in ("piece", "line") for code, _ in charge[level]):
                    found.append({"due": due, "start": start, "months": after - start, "quantity": quantity, "charge": charge})
        for it in found:
            self.bill(it, contract)
            it["payments"] = list(self.payments(it, contract))
        return term, sorted(found, key=lambda it: (list(MONTHS).index(it["due"]), it["start"]))

    def bill(self, it, contract):
        """What is due in some months comes to."""
        net, months = it["charge"]["net"], MONTHS[it["due"]]
        if contract and self.catalog.billing:
            parts = contract.billed(self.catalog.billing, it["start"], it["start"] + it["months"], months)
            it["billed"] = [(*part, net * part[2] if part[2] >= 1 else self.money(net * part[2])) for part in parts]
            it["total"] = sum((amount for *_, amount in it["billed"]), ZERO)
            return
        times = Fraction(it["months"], months)
        it["billed"] = None
        it["total"] = net * times if times.denominator == 1 else self.money(net * times)

    def payments(self, it, contract):
        """Each payment of what is due in some months: in which month, how much, and whether for a whole period."""
        months = MONTHS[it["due"]]
        parts = [(it["start"], Fraction(it["months"], months), it["total"])]
        if it["billed"] is not None:
            parts = [(contract.months_until(start), periods, amount) for start, _, periods, amount in it["billed"]]
        for month, periods, amount in parts:
            whole = periods.numerator // periods.denominator
            for at in range(whole):
                yield month + at * months, it["charge"]["net"], True
            if periods != whole:
                yield month + whole * months, amount - whole * it["charge"]["net"], False

    def another_tax(self, lines, taxes):
        """What a buyer of another tax than prices contain pays more or less of what is due again and again."""
        documents = {}
        if not taxes.exchanges(line["product"].tax for line in lines):
            return ZERO
        for line in lines:
            for it in line["recurring"]:
                for month, amount, whole in it["payments"]:
                    unit, pieces = (it["charge"]["unit"], it["quantity"]) if whole else (ZERO, 0)
                    taxed = line["product"].tax, amount, unit, pieces
                    documents.setdefault((it["due"], month, whole), []).append(taxed)
        return sum((taxes.totals(taxed, [])["exchanged"] for taxed in documents.values()), ZERO)

    def next_tier(self, product, values, purchase, unit):
        """The next quantity at which a piece costs less."""
        counts = set()
        for step in self.of(product):
            beside = purchase["beside"].get(step.source.counts, 0)
            if step.source.at_least:
                counts.add(step.source.at_least - beside)
            if step.source.at_most:
                counts.add(step.source.at_most + 1 - beside)
            if step.source.per is None and step.source.by is None:
                if step.source.kind in ("tiers", "brackets"):
                    counts |= {start - beside for start, _ in step.tiers}
                elif step.source.kind == "volume":
                    counts |= {end // 1 + 1 - beside for end, *_ in step.tiers[:-1]}
        for quantity in sorted(it for it in counts if it > purchase["quantity"]):
            try:
                there = self.charge(State(self, self.of(product), values, {**purchase, "quantity": int(quantity)}), "once")
            except NoPrice:
                continue
            if there["unit"] < unit:
                return {"from": int(quantity), "unit": self.text(there["unit"])}
        return None

    # The quote as a whole.

    def facts(self, lines):
        groups, pieces = {}, {}
        for line in lines:
            group = line["product"].group or line["product"].code
            groups[group] = groups.get(group, ZERO) + line["once"]["net"]
            pieces[group] = pieces.get(group, 0) + line["quantity"]
        for line in lines:
            weight = line["product"].weight
            each = rounded(weight.of(line["values"]), TEN_DECIMALS, "half-even") if weight else ZERO
            line["weight"] = each * line["quantity"]
        return {
            "net": sum(groups.values()), "groups": groups, "pieces_of": pieces, "weight": sum(line["weight"] for line in lines),
            "pieces": sum(line["quantity"] for line in lines), "lines": len(lines),
        }

    def whole(self, lines, facts, changes):
        """The steps for the whole quote that count, and what each line bears of them."""
        steps = self.whole_steps(facts)
        base = facts["net"] + sum((amount for _, amount in steps), ZERO)
        for at, it in supplier.changes_of(changes, None, "once"):
            amount = self.money(supplier.amount(it, base, Fraction))
            source = SimpleNamespace(code=f"manual-{at + 1}", share="net", groups=None, tax=None)
            steps.append((SimpleNamespace(source=source), amount))
            base += amount
        return steps, self.shares(lines, steps)

    def whole_steps(self, facts):
        whole = self.catalog.whole
        if whole is None:
            return []
        self.said = {it: round(Fraction(facts[it]), 10) for it in ("net", "weight", "pieces", "lines")}
        values = {**whole.values(self.request.get("quote", {})), **self.said}
        purchase = {"quantity": 1, "beside": {}, "month": 0, "net": facts["net"], "groups": facts["groups"],
                    "pieces": facts["pieces_of"]}
        state = State(self, self.of(whole), values, purchase)
        return [(step, amount) for step, amount in zip(state.steps, state.amounts) if amount is not None]

    def shares(self, lines, steps):
        """What each line bears of the steps that are shared."""
        shares = [[] for _ in lines]
        nets = [line["once"]["net"] for line in lines]
        # The lines of a credit note are all below zero.
        sign = -1 if all(net <= 0 for net in nets) else 1
        weights = {
            "net": [max(sign * net, ZERO) for net in nets], "weight": [line["weight"] for line in lines],
            "pieces": [Fraction(line["quantity"]) for line in lines], "equally": [ONE] * len(lines),
        }
        for step, amount in steps:
            if step.source.share != "apart":
                bearing = self.bearing(step.source.groups, lines)
                by = [weights[step.source.share][at] for at in bearing]
                parts = dict(zip(bearing, shared(amount, self.cent, by, [self.place(at) for at in bearing])))
                for at, own in enumerate(shares):
                    own.append((step.source.code, parts.get(at, ZERO)))
        return shares

    def place(self, at):
        """Where a line comes, whatever the order of the request: of equals, the first takes the cent."""
        line = self.request["lines"][at]
        product = self.catalog.product(line["product"])
        changes = [number for number, it in enumerate(self.changes) if it.get("line") == at + 1]
        ramp = [(it["month"], it["quantity"]) for it in line.get("ramp", [])]
        return product.code, product.chosen(line["configuration"]), line["quantity"], ramp, changes[:1], at

    def bearing(self, groups, lines):
        """The lines that bear a step: those of the groups that it is of, all where there are none."""
        own = [at for at, line in enumerate(lines) if (line["product"].group or line["product"].code) in (groups or [])]
        return own or list(range(len(lines)))

    def recurring(self, lines, taxes):
        """For each rhythm, a total for each stretch of months in which nothing changes."""
        found = []
        for due in MONTHS:
            own = [(line, it) for line in lines for it in line["recurring"] if it["due"] == due]
            cuts = sorted({cut for _, it in own for cut in (it["start"], it["start"] + it["months"])})
            for start, after in zip(cuts, cuts[1:]):
                taxed = [(line["product"].tax, it["charge"]["net"], it["charge"]["unit"], it["quantity"]) for line, it in own
                         if it["start"] <= start and it["start"] + it["months"] >= after]
                if taxed:
                    found.append({"due": due, "month": start + 1, "months": after - start,
                                  "totals": taxes.told(taxes.totals(taxed, []))})
        return found

    # As it is told.

    def told(self, line, shares, taxes):
        return {
            "product": line["product"].code, "quantity": line["quantity"], "once": self.told_charge(line["once"]),
            "term": line["term"], "contract_total": self.text(line["total"]), "tax": taxes.due(line["product"].tax),
            "shares": [(step, self.text(amount)) for step, amount in shares], "next_tier": line["next"],
            "recurring": [{
                "due": it["due"], "month": it["start"] + 1, "months": it["months"], "quantity": it["quantity"],
                "charge": self.told_charge(it["charge"]), "total": self.text(it["total"]),
                "billed": it["billed"] and [self.told_part(*part) for part in it["billed"]],
            } for it in line["recurring"]],
        }

    def told_part(self, start, after, periods, amount):
        return {"from": str(start), "until": str(after - DAY), "periods": str(periods), "amount": self.text(amount)}

    def told_charge(self, charge):
        steps = lambda own: [(step, self.text(amount)) for step, amount in own]
        return {
            "unit_steps": steps(charge["piece"]), "unit": self.text(charge["unit"]), "line_steps": steps(charge["line"]),
            "rounding": self.text(charge["rounding"]), "net": self.text(charge["net"]),
        }
