"""Catalogs and requests at random, the same for the same seed."""

from datetime import date, timedelta

from books import PUBLIC, Book
from catalog import DATES, Catalog, Product, Step, TaxRule, Terms
from exact import MODES, ONE, ZERO, Fraction, text
from formulas import Formula, condition, number

TERM = Formula("term", lambda v: v["term"])
CENT = Fraction(1, 100)
PROMOTIONS = ["SPRING", "SUMMER"]
# By country, with the right check digits.
VAT_NUMBERS = {"NL": "NL123456789B13", "DE": "DE123456788", "US": "US123456789"}
BUNDLES = ("bundle", "bundle-percent")
OF_PIECE = ("brackets", "free")
BASED = ("percent", "tiers", "brackets", "free", "minimum", "maximum", "fixed", "margin", "index", "round")
SCALES = ("volume", "graduated", "package", "block-volume", "block-graduated", "first-and-additional")
KINDS = [
    "amount", "amount", "amount", "options", "table", "table", "percent", "percent", "tiers", "brackets", "volume",
    "volume", "graduated", "package", "block-volume", "block-graduated", "first-and-additional", "free", "minimum",
    "maximum", "fixed", "margin", "index", "round",
]
FOR_QUOTE = ["amount", "amount", "options", "table", "percent", "percent", "tiers", "graduated", "package", "block-graduated",
             "first-and-additional", "minimum", "maximum", "fixed", "bundle", "bundle-percent"]


class Inventor:
    def __init__(self, chance):
        self.chance = chance

    def maybe(self, probability):
        return self.chance.random() < probability

    def money(self, least=-5, most=200):
        """An amount with up to four decimals."""
        scale = 10 ** self.chance.choice([0, 1, 2, 2, 2, 3, 4])
        return Fraction(self.chance.randint(least * scale, most * scale), scale)

    def percentage(self, least=-40, most=40):
        return Fraction(self.chance.randint(least * 2, most * 2), 2)

    def catalog(self, code):
        chance = self.chance
        taxes = {"standard": Fraction(21), "reduced": Fraction(9), "low": Fraction(11, 2), "none": ZERO}
        books, rates = self.books()
        catalog = Catalog(
            code, chance.choice(["EUR", "EUR", "EUR", "JPY", "KWD"]), chance.choice(MODES),
            chance.choice(["unit", "line", "document"]), chance.choice(["priority", "lowest", "best-match"]),
            taxes, books, [],
        )
        catalog.rates = [(catalog.currency, *rate) for rate in rates]
        self.catalog_books = [book.code for book in books]
        catalog.step = chance.choice([Fraction(1, 20), Fraction(1, 10), Fraction(5), Fraction(1, 1000)]) if self.maybe(0.2) else None
        catalog.tax_at = chance.choice(["document"] * 5 + ["line", "unit"])
        if self.maybe(0.6):
            catalog.billing = {
                "proration": chance.choice(["days", "days", "fixed-months", "full", "whole"]),
                "days_in_month": chance.choice([30, 30, 28]), "day": chance.choice([None, 1, 15, 31]),
            }
        self.with_floors = self.maybe(0.4) and not rates
        if self.with_floors:
            catalog.below_floor = chance.choice(["confirm", "confirm", "refuse"])
        catalog.indices = {"metal": [(DATES[at], self.money(1, 90)) for at in (0, 3, 7)]}
        for at in range(chance.randint(1, 3)):
            catalog.products.append(self.product(f"p{at}", catalog))
        if self.maybe(0.6):
            catalog.whole = self.whole(catalog)
        self.changes(catalog)
        self.lists(catalog)
        self.settlement(catalog)
        return catalog

    def lists(self, catalog):
        """What the buyers of a book can have; the first product in any case."""
        codes = [it.code for it in catalog.products]
        for book in catalog.books[1:]:
            if self.maybe(0.2):
                book.products = codes[:1] + [it for it in codes[1:] if self.maybe(0.5)]

    def settlement(self, catalog):
        """Tax in prices, taxes by buyer, cash, and when to pay."""
        chance, taxes = self.chance, list(catalog.taxes)
        catalog.contained = self.maybe(0.4)
        if self.maybe(0.4):
            catalog.country = "NL"
            for _ in range(chance.randint(1, 3)):
                catalog.rules.append(TaxRule(
                    chance.choice(taxes), chance.choice([None, "home", "eu", "abroad"]),
                    chance.choice([None, True, False]), chance.sample(taxes, chance.randint(0, 2)),
                ))
        if self.maybe(0.3):
            catalog.cash_step = Fraction(chance.choice([1, 5, 10, 50])) * (ONE if catalog.currency == "JPY" else CENT)
        if self.maybe(0.4):
            catalog.terms.append(self.terms("all", None))
        if self.maybe(0.3) and "acme" in self.catalog_books:
            catalog.terms.append(self.terms("own", ["acme"]))

    def terms(self, code, books):
        chance = self.chance
        discount = (self.percentage(1, 5), chance.randint(1, 10)) if self.maybe(0.5) else None
        return Terms(code, chance.randint(10, 90), chance.choice([None, "before", "after"]), discount, books)

    def books(self):
        """Books that follow from others, for several kinds of buyers."""
        chance, books, rates = self.chance, [Book(PUBLIC)], []
        if self.maybe(0.5):
            books.append(Book("acme", {"customer": ["acme"]}, priority=30))
        if self.maybe(0.5):
            books.append(Book("dealers", {"group": ["dealer"]}, priority=10, based_on=PUBLIC))
        if self.maybe(0.3):
            books.append(Book("gold", {"group": ["dealer"], "country": ["NL"]}, priority=20,
                              based_on=chance.choice([PUBLIC, books[-1].code]) if books[-1].code != "acme" else PUBLIC))
        if self.maybe(0.3):
            based = PUBLIC if self.maybe(0.7) else None
            books.append(Book("us", {"country": ["US", "PR"]}, priority=40, currency="USD", based_on=based,
                              round_to=Fraction(1, 100)))
            rates = [("USD", Fraction(108, 100), DATES[0]), ("USD", Fraction(11, 10), DATES[6])]
        for book in books[1:]:
            if book.based_on:
                book.change = self.change()
                if book.currency or self.maybe(0.6):
                    book.round_to = chance.choice([Fraction(1, 100), Fraction(1, 20), Fraction(1, 10)])
                if book.round_to and self.maybe(0.3):
                    book.rounding = chance.choice(MODES)
            if self.maybe(0.3):
                book.valid_from = chance.choice(DATES[:6])
            if self.maybe(0.3):
                book.valid_until = chance.choice(DATES[6:])
        return books, rates

    def change(self):
        if self.maybe(0.7):
            return "percent", self.percentage(-30, 10)
        return "amount", self.money(-4, 4)

    def changes(self, catalog):
        """Exceptions for steps, products and groups."""
        about = [f"product:{it.code}" for it in catalog.products]
        about += {f"group:{it.group}" for it in catalog.products if it.group} and ["group:g"]
        about += sorted({f"step:{step.code}" for it in catalog.products for step in it.steps})
        for book in catalog.books:
            if book.based_on:
                for it in self.chance.sample(about, min(len(about), self.chance.randint(0, 2))):
                    book.changes[it] = self.change()

    def product(self, code, catalog):
        chance = self.chance
        product = Product(code, chance.choice(list(catalog.taxes)), group="g" if self.maybe(0.5) else None)
        step = chance.choice([Fraction(1), Fraction(1, 2), Fraction(1, 10)])
        product.attributes = [
            ("size", "number", ZERO, Fraction(60), step, "12", None),
            ("count", "number", ZERO, Fraction(chance.choice([9, 40])), Fraction(1), "2", None),
            ("kind", "options", None, None, None, "a", None),
            ("flag", "yes_no", None, None, None, "no", None),
        ]
        product.properties = {"kind": {option: Fraction(mass, 2) for option, mass in zip("abc", (1, 4, 7))}}
        if self.maybe(0.3):
            product.attributes.append(("term", "number", Fraction(1), Fraction(60), Fraction(1), "24", None))
            product.term = TERM
        if self.maybe(0.5):
            product.weight = number(chance, product)
        self.steps(product, catalog, KINDS)
        if product.steps[0].kind == "amount":
            # In every book there is a price.
            product.steps[0].cells.setdefault(PUBLIC, self.money())
        return product

    def whole(self, catalog):
        chance = self.chance
        whole = Product("quote", chance.choice(list(catalog.taxes)))
        most = Fraction(10**6)
        whole.attributes = [
            ("zone", "options", None, None, None, "a", None),
            ("express", "yes_no", None, None, None, "no", None),
            ("net", "number", ZERO, most, Fraction(1, 100), None, "net"),
            ("weight", "number", ZERO, most, Fraction(1, 10), None, "weight"),
            ("pieces", "number", ZERO, most, Fraction(1), None, "pieces"),
            ("lines", "number", ZERO, Fraction(1000), Fraction(1), None, "lines"),
        ]
        whole.properties = {"zone": {"a": Fraction(1), "b": Fraction(5, 2)}}
        self.steps(whole, catalog, FOR_QUOTE)
        return whole

    def steps(self, product, catalog, kinds):
        while len(product.steps) < self.chance.randint(2, 8):
            kind = self.chance.choice(kinds if product.steps else ["amount", "table", kinds[3]])
            if kind == "options" and any(step.option for step in product.steps):
                continue
            if self.maybe(0.12) and product.steps:
                self.rivals(product, catalog)
            else:
                product.steps.append(self.step(product, catalog, kind))

    def rivals(self, product, catalog):
        """Steps that compete: of one level, due alike, and not of each other."""
        word = f"best{len(product.steps)}"
        kinds = ["amount", "percent", "table"]
        first = self.step(product, catalog, self.chance.choice(kinds))
        rivals = [first]
        for at in range(self.chance.randint(1, 2)):
            other = self.step(product, catalog, self.chance.choice(kinds), first)
            other.code += f"x{at}"
            rivals.append(other)
        for step in rivals:
            step.best_of, step.floor = word, None
        product.steps += rivals

    def step(self, product, catalog, kind, beside=None):
        """A step after those that the product has; `beside` has its level and rhythm."""
        chance, whole = self.chance, product.code == "quote"
        step = Step(f"s{len(product.steps)}", kind, "quote" if whole else chance.choice(["piece", "piece", "line"]))
        if not whole:
            step.due = chance.choice(["once"] * 6 + ["monthly", "quarterly", "yearly"])
        if kind in OF_PIECE:
            step.level = "line"
        if beside:
            step.level, step.due = beside.level, beside.due
        if whole:
            step.share = chance.choice(["net", "pieces", "weight", "equally", "apart"])
            if step.share == "apart" and self.maybe(0.5):
                step.tax = chance.choice(list(catalog.taxes))
        if kind in BASED:
            self.base(step, product, catalog)
        if kind in ("amount", "table") and self.maybe(0.5):
            step.per = self.measure(product)
            if self.maybe(0.4):
                step.price_unit = Fraction(chance.choice([10, 100, 1000, 8]))
        if kind == "index" and not step.of and not step.share and self.maybe(0.4):
            step.of, step.per = None, self.measure(product)
        if kind in SCALES:
            self.scale(step, product)
        elif kind in BUNDLES:
            self.bundle(step, catalog)
        elif kind in ("tiers", "brackets"):
            starts = sorted(chance.sample(range(1, 60), chance.randint(1, 3)))
            step.tiers = [(start, self.cells(lambda: self.percentage(-40, 5))) for start in starts]
            if kind == "tiers" and (whole or self.maybe(0.3)):
                step.by = self.measure(product)
            elif kind == "tiers":
                step.counts = chance.choice(["line", "group", "quote"])
        elif kind == "options":
            self.options(step, product)
        elif kind == "table":
            self.table(step, product)
        else:
            self.price(step)
        if step.per and self.maybe(0.15):
            step.units_to = chance.choice([ONE, Fraction(1, 2), Fraction(5), Fraction(1, 100)])
            step.rounding = chance.choice([None, *MODES])
        self.conditions(step, product)
        if product.steps and not beside and self.maybe(0.08):
            # What a piece costs may depend on the pieces only from some number on.
            fit = lambda it: step.level != "piece" or it.level == "piece" or it.kind in ("tiers", "brackets")
            codes = [it.code for it in product.steps if fit(it)]
            step.unless = chance.sample(codes, min(len(codes), chance.randint(1, 2))) or None
        if self.with_floors and kind == "amount" and not whole and not step.unless and self.maybe(0.5):
            step.floor = self.money(0, chance.choice([60, 400]))
        return step

    def bundle(self, step, catalog):
        """Groups with how many pieces of each are sold together."""
        chance = self.chance
        groups = sorted({it.group or it.code for it in catalog.products})
        step.groups = chance.sample(groups, chance.randint(1, len(groups)))
        step.pieces = [chance.choice([1, 1, 2, 3, chance.randint(1, 40)]) for _ in step.groups]
        self.price(step)

    def measure(self, product):
        return number(self.chance, product)

    def base(self, step, product, catalog):
        step.of = []
        level = "piece" if step.level == "piece" or step.kind in OF_PIECE else "line"
        fitting = [it.code for it in product.steps if it.level in (level, "piece", "quote")]
        if fitting and self.maybe(0.6):
            step.of = self.chance.sample(fitting, self.chance.randint(1, min(3, len(fitting))))
        elif step.share and step.kind == "percent" and self.maybe(0.5):
            groups = sorted({it.group or it.code for it in catalog.products})
            step.groups = self.chance.sample(groups, self.chance.randint(1, len(groups)))

    def price(self, step):
        amount = {
            "percent": self.percentage, "bundle-percent": self.percentage, "bundle": lambda: self.money(0, 400), "free": lambda: Fraction(self.chance.randint(0, 3)),
            "margin": lambda: self.percentage(-40, 60), "index": lambda: self.percentage(0, 100),
            "round": lambda: self.chance.choice([Fraction(1, 20), Fraction(1, 2), ONE, Fraction(5)]),
            "minimum": lambda: self.money(0, 900), "maximum": lambda: self.money(0, 900),
        }.get(step.kind, self.money)
        if step.kind == "free":
            step.price_unit = Fraction(self.chance.randint(3, 12))
        elif step.kind == "index":
            step.index = ("metal", self.money(1, 90))
        elif step.kind == "round":
            step.rounding = self.chance.choice([None, *MODES])
        step.cells = self.cells(amount)

    def cells(self, amount, public=0.93):
        """Amounts by book; at least one."""
        found = {PUBLIC: amount()} if self.maybe(public) else {}
        for book in self.catalog_books[1:]:
            if self.maybe(0.3):
                found[book] = amount()
        return found or {PUBLIC: amount()}

    def scale(self, step, product):
        chance, kind = self.chance, step.kind
        if step.level == "quote" or (step.level == "piece" and kind != "volume") or self.maybe(0.4):
            step.per = self.measure(product)
        elif kind == "volume":
            step.counts = chance.choice(["line", "group", "quote"])
        if kind == "volume" and self.maybe(0.2):
            step.counts, step.by = "line", self.measure(product)
        if kind == "package":
            step.price_unit = Fraction(chance.choice([1, 2, 5, 12])) / chance.choice([1, 1, 2])
            self.price(step)
            return
        if kind == "first-and-additional":
            step.price_unit = Fraction(chance.randint(1, 9)) if self.maybe(0.6) else None
            prices = [{PUBLIC: self.money(0, 30)} for _ in range(2)]
            step.tiers = [(Fraction(1), prices[0], {}, None), (None, prices[1], {}, None)]
            return
        if kind.startswith("block"):
            self.blocks(step)
            return
        ends = sorted(chance.sample(range(1, 80), chance.randint(0, 3)))
        ends = [Fraction(end) / (2 if step.per and self.maybe(0.3) else 1) for end in ends]
        ends = sorted(set(ends)) + ([] if ends and self.maybe(0.05) else [None])
        for end in ends:
            flats = {}
            if (step.level != "piece" or step.per) and self.maybe(0.4):
                flats = self.cells(lambda: self.money(0, 40), 0.8)
            prices = {} if flats and self.maybe(0.2) else self.cells(lambda: self.money(0, 60), 0.9)
            step.tiers.append((end, prices, flats, None))

    def blocks(self, step):
        """Every tier in every book: a tier that a book does not have would not leave whole blocks."""
        chance, end = self.chance, ZERO
        for at in range(chance.randint(1, 3)):
            block = Fraction(chance.choice([1, 2, 5, 10]), chance.choice([1, 1, 2]))
            end += block * chance.randint(1, 6)
            step.tiers.append((end, self.cells(lambda: self.money(0, 60), 1), {}, block))
        if self.maybe(0.8):
            last = step.tiers[-1]
            step.tiers[-1] = (None, *last[1:])

    def options(self, step, product):
        step.option = next(iter(product.properties))
        step.prices = {option: self.cells(self.money, 1) for option in product.properties[step.option]}

    def table(self, step, product):
        chance, option = self.chance, next(iter(product.properties))
        of = chance.choice(product.numbers)
        step.keys = chance.choice([[option], [of], [option, of]])
        most = next(it[3] for it in product.attributes if it[0] == of)
        if self.maybe(0.2):
            step.between = chance.choice(["down", "linear", "linear", "exact"])
        limits = sorted({Fraction(chance.randint(1, 30)) for _ in range(2)} | ({most} if self.maybe(0.97) else set()))
        if step.between in ("down", "linear"):
            limits = sorted({ZERO, *limits})
        options = list(product.properties[option])
        keys = {option: [[it] for it in options], of: [[it] for it in limits]}
        rows = keys[step.keys[0]]
        if len(step.keys) == 2:
            rows = [first + second for first in rows for second in keys[of]]
        step.rows = [(key, self.cells(self.money, 1)) for key in rows]

    def conditions(self, step, product):
        chance = self.chance
        if self.maybe(0.3):
            step.when = condition(chance, product)
        if self.maybe(0.08):
            step.promotion = chance.choice(PROMOTIONS)
        if self.maybe(0.08):
            step.start = chance.choice(DATES[:8])
        if self.maybe(0.08):
            step.end = chance.choice(DATES[8:])
        if self.maybe(0.1):
            step.round_to = chance.choice([Fraction(1, 1000), CENT, Fraction(1, 20), ONE])
            step.rounding = step.rounding or chance.choice([None, *MODES])
        if step.level != "quote" and self.maybe(0.1):
            step.at_least = chance.choice([None, chance.randint(1, 30)])
            step.at_most = chance.choice([None, chance.randint(30, 300)])
        if step.due != "once" and self.maybe(0.4):
            first = chance.randint(1, 20)
            step.months = (first, chance.choice([None, first + chance.randint(0, 30)]))

    # Requests.

    def request(self, catalog):
        chance = self.chance
        request = {"date": f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", "lines": []}
        codes = {book.code for book in catalog.books}
        if "acme" in codes and self.maybe(0.4):
            request["customer"] = "acme"
        if codes & {"dealers", "gold"} and self.maybe(0.5):
            request["group"] = "dealer"
        if self.maybe(0.6):
            request["country"] = chance.choice(list(VAT_NUMBERS))
            if self.maybe(0.5):
                request["vat_id"] = VAT_NUMBERS[request["country"]]
        promotions = [it for it in PROMOTIONS if self.maybe(0.3)]
        if promotions:
            request["promotions"] = promotions
        for _ in range(chance.choice([1, 1, 2, 2, 3, 5])):
            request["lines"].append(self.line(chance.choice(catalog.products)))
        if self.maybe(0.4):
            self.contract(catalog, request)
        if self.maybe(0.2):
            changes = range(self.chance.choice([1, 1, 2]))
            request["adjustments"] = [self.by_hand(len(request["lines"])) for _ in changes]
        if catalog.whole and self.maybe(0.7):
            request["quote"] = {"zone": chance.choice("ab"), "express": chance.choice(["yes", "no"])}
        return request

    def contract(self, catalog, request):
        """When it begins, and maybe when it ends."""
        start = date(2026, 1, 1) + timedelta(self.chance.choice([0, 30, self.chance.randint(0, 800)]))
        request["start"] = str(start)
        if self.maybe(0.5 if catalog.billing else 0.05):
            request["until"] = str(start + timedelta(self.chance.randint(0, 900)))

    def by_hand(self, lines):
        """A change by the supplier."""
        chance, change = self.chance, {"reason": "agreed"}
        if self.maybe(0.7):
            change["line"] = chance.randint(1, lines)
            if self.maybe(0.3):
                change["due"] = chance.choice(["monthly", "quarterly", "yearly"])
        by = chance.choice(["percent", "amount", "price"])
        amount = {"percent": lambda: self.percentage(-30, 10), "amount": lambda: self.money(-90, 60),
                  "price": lambda: self.money(0, 500)}[by]()
        change[by] = text(amount)
        if self.maybe(0.3):
            change["below_floor"] = "agreed"
        return change

    def line(self, product):
        chance, values = self.chance, {}
        for code, kind, least, most, step, _, fact in product.attributes:
            if fact or self.maybe(0.05):
                continue
            if kind == "number":
                values[code] = text(least + step * chance.randint(0, int((most - least) / step)))
            elif kind == "options":
                values[code] = chance.choice(list(product.properties[code]))
            else:
                values[code] = chance.choice(["yes", "no"])
        quantity = chance.choice([1, 2, chance.randint(1, 20), chance.randint(1, 100), chance.randint(1, 2000)])
        line = {"product": product.code, "quantity": quantity, "configuration": values}
        if self.maybe(0.2):
            months = sorted(chance.sample(range(1, 16), chance.randint(1, 3)))
            line["ramp"] = [{"month": month, "quantity": chance.randint(0, 200)} for month in months]
        return line

