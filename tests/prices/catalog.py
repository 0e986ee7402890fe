"""A catalog as data, and as the sheets that authors write."""

import csv
from dataclasses import dataclass, field

from books import PUBLIC
from exact import Fraction, text
from formulas import Formula

COLUMNS = [
    "product", "step", "kind", "of", "per", "unit", "price_unit", "for", "share", "due", "when", "months",
    "from", "until", "promotion", "best_of", "unless", "counts", "by", "between", "index", "base", "units_to", "round_to",
    "rounding", "at_least", "at_most", "floor", "tax", "label.en",
]
DATES = [f"2026-{month:02}-01" for month in range(1, 13)]


@dataclass
class Step:
    code: str
    kind: str
    level: str
    # Names of earlier steps; [] stands for all of them, None for a kind that has no base.
    of: list | None = None
    groups: list | None = None
    # How many pieces of each group a bundle has.
    pieces: list | None = None
    # Its own tax, where it stands apart.
    tax: str | None = None
    per: Formula | None = None
    price_unit: Fraction | None = None
    share: str | None = None
    due: str = "once"
    when: Formula | None = None
    months: tuple | None = None
    start: str | None = None
    end: str | None = None
    promotion: str | None = None
    best_of: str | None = None
    # Names of earlier steps that exclude it.
    unless: list | None = None
    # What decides its tier, where that is not what is counted.
    by: Formula | None = None
    # What a table says between its rows.
    between: str | None = None
    units_to: Fraction | None = None
    floor: Fraction | None = None
    counts: str = "line"
    # Which index, and where it stood.
    index: tuple | None = None
    round_to: Fraction | None = None
    rounding: str | None = None
    at_least: int | None = None
    at_most: int | None = None
    # Amounts by book.
    cells: dict = field(default_factory=dict)
    # Of `options`: the attribute, and amounts by option and book.
    option: str | None = None
    prices: dict = field(default_factory=dict)
    # Of `table`: attributes, and keys with amounts by book.
    keys: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    # (from, percentages by book), or (up to, prices by book, flat fees by book, size of a block).
    tiers: list = field(default_factory=list)


@dataclass
class Product:
    code: str
    tax: str
    group: str | None = None
    term: Formula | None = None
    weight: Formula | None = None
    # What can be chosen: (code, type, minimum, maximum, step, default, fact).
    attributes: list = field(default_factory=list)
    # Masses of the options of an attribute.
    properties: dict = field(default_factory=dict)
    steps: list = field(default_factory=list)

    @property
    def numbers(self):
        return [it[0] for it in self.attributes if it[1] == "number" and it[0] != "term"]

    @property
    def flags(self):
        return [it[0] for it in self.attributes if it[1] == "yes_no"]

    @property
    def limits(self):
        """Numbers that conditions compare with."""
        ends = {it[0]: it[3] for it in self.attributes if it[1] == "number"}
        return {code: sorted({end // 4, end // 2, end // 2 + 1}) for code, end in ends.items()}

    def values(self, given):
        """The whole configuration; what is open is as its default."""
        return {it[0]: given_value(it, given.get(it[0], it[5])) for it in self.attributes if it[6] is None}

    def chosen(self, given):
        """The configuration as numbers, in the order of the sheets."""
        place = lambda code, value: list(self.properties[code]).index(value) if code in self.properties else value
        return [place(code, value) for code, value in self.values(given).items()]


def given_value(attribute, value):
    if attribute[1] == "number":
        return Fraction(value)
    return value == "yes" if attribute[1] == "yes_no" else value


@dataclass
class TaxRule:
    """Buyers who pay another tax: where they are, whether they have a VAT number, instead of which taxes."""

    tax: str
    buyer: str | None = None
    vat_id: bool | None = None
    of: list = field(default_factory=list)


@dataclass
class Terms:
    """When to pay."""

    code: str
    days: int
    month_end: str | None = None
    # Hundredths, and days in which to pay.
    discount: tuple | None = None
    books: list | None = None


@dataclass
class Catalog:
    code: str
    currency: str
    rounding: str
    round_at: str
    merge: str
    # Percentages by code.
    taxes: dict
    books: list
    # (from, to, rate, first day)
    rates: list
    contained: bool = False
    # What amounts are rounded to, and where tax is.
    step: Fraction | None = None
    tax_at: str = "document"
    # What a part of a month costs: "proration", "days_in_month", "day".
    billing: dict | None = None
    below_floor: str | None = None
    # Days and values of each.
    indices: dict = field(default_factory=dict)
    country: str | None = None
    rules: list = field(default_factory=list)
    cash_step: Fraction | None = None
    terms: list = field(default_factory=list)
    products: list = field(default_factory=list)
    whole: Product | None = None

    def product(self, code):
        return next(it for it in self.products if it.code == code)

    @property
    def all(self):
        return self.products + ([self.whole] if self.whole else [])

    def write(self, folder):
        """All sheets into a folder."""
        (folder / "options").mkdir(parents=True, exist_ok=True)
        (folder / "price-tables").mkdir(exist_ok=True)
        (folder / "catalog.toml").write_text(self.toml(), encoding="utf-8")
        books = [book.code for book in self.books]
        rows = [[p.code, p.code, p.tax, p.group or "", shown(p.term), shown(p.weight)] for p in self.all]
        sheet(folder / "products.csv", ["product", "name.en", "tax", "price_group", "term", "weight"], rows)
        sheet(folder / "groups.csv", ["group", "label.en"], [["all", "All"]])
        self.write_attributes(folder)
        steps = [(p, step) for p in self.all for step in p.steps]
        rows = [step_row(p, step) + amounts(step.cells, books) for p, step in steps]
        sheet(folder / "prices.csv", COLUMNS + columns("price", books), rows)
        self.write_tiers(folder, steps, books)
        rows = [[code, day, shown(value)] for code, values in self.indices.items() for day, value in values]
        if rows:
            sheet(folder / "indices.csv", ["index", "from", "value"], rows)
        for p, step in steps:
            if step.kind == "table":
                rows = [[shown(key) for key in keys] + amounts(cells, books) for keys, cells in step.rows]
                sheet(folder / f"price-tables/{p.code}-{step.code}.csv", step.keys + columns("price", books), rows)

    def write_attributes(self, folder):
        headings = ["product", "attribute", "group", "type", "options", "min", "max", "step", "default", "fact", "label.en"]
        rows = []
        for p in self.all:
            for code, kind, least, most, step, default, fact in p.attributes:
                ends = [shown(least), shown(most), shown(step)]
                options = f"{p.code}_{code}" if kind == "options" else ""
                rows.append([p.code, code, "all", kind, options, *ends, default or "", fact or "", code])
        sheet(folder / "attributes.csv", headings, rows)
        books = [book.code for book in self.books]
        for p in self.all:
            priced = {step.option: step.prices for step in p.steps if step.option}
            for code, masses in p.properties.items():
                rows = [[option, option, shown(mass)] + amounts(priced.get(code, {}).get(option, {}), books)
                        for option, mass in masses.items()]
                headings = ["option", "label.en", "property.mass"] + columns("price", books)
                sheet(folder / f"options/{p.code}_{code}.csv", headings, rows)

    def write_tiers(self, folder, steps, books):
        rows = []
        for p, step in steps:
            for tier in step.tiers:
                name, none = [p.code, step.code], [""] * len(books)
                if step.kind in ("tiers", "brackets"):
                    rows.append([*name, shown(tier[0]), "", "", *amounts(tier[1], books), *none, *none])
                else:
                    end, prices, flats, block = tier
                    rows.append([*name, "", shown(end), shown(block), *none, *amounts(prices, books), *amounts(flats, books)])
        if rows:
            families = [it for family in ("percent", "price", "flat") for it in columns(family, books)]
            sheet(folder / "tiers.csv", ["product", "step", "from", "up_to", "block"] + families, rows)

    def toml(self):
        lines = [
            f'id = "{self.code}"', 'title = { en = "Catalog" }', 'locales = ["en"]',
            '[supplier]', 'name = "Supplier"', *([f'country = "{self.country}"'] if self.country else []),
            '[prices]', 'visibility = "public"', *(['tax = "contained"'] if self.contained else []),
            *([f'cash_step = "{shown(self.cash_step)}"'] if self.cash_step else []),
            f'currency = "{self.currency}"', f'rounding = "{self.rounding}"', f'round_at = "{self.round_at}"',
            f'merge = "{self.merge}"', f'tax_at = "{self.tax_at}"',
            *([f'step = "{shown(self.step)}"'] if self.step else []),
            *([f'below_floor = "{self.below_floor}"'] if self.below_floor else []),
            *(toml_billing(self.billing) if self.billing else []),
        ]
        for code, percent in self.taxes.items():
            lines += ["[[taxes]]", f'code = "{code}"', f'percent = "{shown(percent)}"', 'label = { en = "Tax" }']
        for rule in self.rules:
            lines += ["[[tax_rules]]", f'tax = "{rule.tax}"', f"of = {rule.of}"]
            lines += [f'buyer = "{rule.buyer}"'] if rule.buyer else []
            lines += [f"vat_id = {str(rule.vat_id).lower()}"] if rule.vat_id is not None else []
        for terms in self.terms:
            lines += toml_terms(terms)
        for book in self.books:
            lines += toml_book(book)
        for one, two, rate, day in self.rates:
            lines += ["[[rates]]", f'from = "{one}"', f'to = "{two}"', f'rate = "{shown(rate)}"', f'valid_from = "{day}"']
        return "\n".join(lines) + "\n"


def toml_billing(billing):
    lines = [f'proration = "{billing["proration"]}"']
    if billing["proration"] == "fixed-months" and billing["days_in_month"] != 30:
        lines.append(f'days_in_month = {billing["days_in_month"]}')
    return lines + ([f'bill_day = {billing["day"]}'] if billing["day"] else [])


def toml_terms(terms):
    lines = ["[[terms]]", f'code = "{terms.code}"', f"days = {terms.days}", 'label = { en = "Terms" }']
    if terms.month_end:
        lines.append(f'month_end = "{terms.month_end}"')
    if terms.discount:
        lines += [f'discount = "{shown(terms.discount[0])}"', f"discount_days = {terms.discount[1]}"]
    if terms.books:
        lines.append(f"books = {terms.books}")
    return lines


def toml_book(book):
    lines = ["[[books]]", f'code = "{book.code}"', 'label = { en = "Book" }']
    for fact, values in book.audience.items():
        lines.append(f'countries = {list(values)}' if fact == "country" else f'{fact} = "{values[0]}"')
    for key in ("currency", "based_on", "rounding", "valid_from", "valid_until"):
        if getattr(book, key):
            lines.append(f'{key} = "{getattr(book, key)}"')
    if book.products:
        lines.append(f"products = {book.products}")
    if book.round_to:
        lines.append(f'round_to = "{shown(book.round_to)}"')
    if book.priority:
        lines.append(f"priority = {book.priority}")
    if book.based_on:
        lines.append(f'{book.change[0]} = "{shown(book.change[1])}"')
    for about, (kind, change) in book.changes.items():
        what, code = about.split(":")
        lines += ["[[books.changes]]", f'{what}s = ["{code}"]', f'{kind} = "{shown(change)}"']
    return lines


def step_row(product, step):
    earlier = step.groups or step.of or ([step.option] if step.option else [])
    if step.pieces:
        earlier = [group if each == 1 else f"{each} {group}" for each, group in zip(step.pieces, step.groups)]
    if step.kind == "table":
        earlier = [f"{product.code}-{step.code}"]
    months = step.months and f"{step.months[0]}-{step.months[1] or ''}"
    return [
        product.code, step.code, step.kind, "|".join(earlier), shown(step.per), "u" if step.per else "",
        shown(step.price_unit), "line" if step.level == "line" else "", step.share or "", step.due, shown(step.when),
        months or "", step.start or "", step.end or "", step.promotion or "", step.best_of or "",
        "|".join(step.unless or []), "" if step.counts == "line" else step.counts, shown(step.by), step.between or "",
        *map(shown, step.index or (None, None)), shown(step.units_to), shown(step.round_to), step.rounding or "",
        shown(step.at_least), shown(step.at_most), shown(step.floor), step.tax or "", step.code,
    ]


def shown(value):
    """As a cell."""
    if value is None:
        return ""
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, (Fraction, int)) and not isinstance(value, bool):
        return text(Fraction(value))
    return str(value)


def columns(family, books):
    return [f"{family}.{book}" for book in books]


def amounts(cells, books):
    return [shown(cells.get(book)) for book in books]


def sheet(path, headings, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([headings, *rows])
