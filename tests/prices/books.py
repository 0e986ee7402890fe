"""Price books: which of them a buyer has, and what an amount of a sheet is in them."""

from dataclasses import dataclass, field

from exact import ZERO, Fraction, rounded

PUBLIC = "public"


@dataclass
class Book:
    code: str
    audience: dict = field(default_factory=dict)
    priority: int = 0
    currency: str | None = None
    based_on: str | None = None
    # ("percent" or "amount", number), and the same by what it is about: "step:x" ...
    change: tuple = ("percent", ZERO)
    changes: dict = field(default_factory=dict)
    round_to: Fraction | None = None
    rounding: str | None = None
    # What its buyers can have; all where None.
    products: list | None = None
    valid_from: str | None = None
    valid_until: str | None = None

    def fits(self, buyer, day):
        known = all(buyer.get(fact) in values for fact, values in self.audience.items())
        return known and (self.valid_from or day) <= day <= (self.valid_until or day)


class Listing:
    """The books of one buyer on one day, in the order in which they go."""

    def __init__(self, catalog, buyer, day):
        self.catalog, self.day = catalog, day
        self.all = {book.code: book for book in catalog.books}
        books = [book for book in catalog.books if book.code != PUBLIC and book.fits(buyer, day)]
        best = catalog.merge == "best-match"
        books.sort(key=lambda book: (-len(book.audience) if best else 0, -book.priority))
        self.books = books or [self.all[PUBLIC]]
        self.first = self.books[0]
        self.layers = self.books if self.first.code == PUBLIC else self.books + [self.all[PUBLIC]]

    def sells(self, product):
        """Where several books have lists, a product has to be on all of them."""
        return all(book.products is None or product in book.products for book in self.books)

    @property
    def code(self):
        return "+".join(book.code for book in self.books)

    @property
    def currency(self):
        return self.first.currency or self.catalog.currency

    def amount(self, cells, place, is_money=True):
        """What a row comes to, where `cells` are its amounts by book; None where no book has one."""
        found = []
        for layer in self.layers:
            amount = self.stated(layer, cells, place, is_money)
            if amount is not None:
                found.append((len(layer.audience), self.into(amount, layer, self.first, is_money)))
        if not found:
            return None
        if self.catalog.merge == "priority":
            return found[0][1]
        if self.catalog.merge == "best-match":
            most = max(count for count, _ in found)
            found = [(count, amount) for count, amount in found if count == most]
        return min(amount for _, amount in found)

    def stated(self, book, cells, place, is_money):
        """What a book itself says: its own cell, or what follows from the book under it."""
        if book.code in cells:
            return cells[book.code]
        if not book.based_on:
            return None
        base = self.all[book.based_on]
        amount = self.stated(base, cells, place, is_money)
        if amount is None and not base.based_on and base.code != PUBLIC and PUBLIC in cells:
            amount = self.into(cells[PUBLIC], self.all[PUBLIC], base, is_money)
        if amount is None or not is_money:
            return amount
        amount = self.converted(amount, base, book)
        kind, change = next((book.changes[it] for it in place if it in book.changes), book.change)
        if kind == "percent":
            amount += amount * change / 100
        else:
            amount += max(change, -max(amount, ZERO))
        return self.rounded(amount, book)

    def into(self, amount, book, other, is_money):
        """In the currency of another book, rounded as that one says."""
        if not is_money or (book.currency == other.currency):
            return amount
        return self.rounded(self.converted(amount, book, other), other)

    def rounded(self, amount, book):
        if book.round_to is None:
            return amount
        return rounded(amount, book.round_to, book.rounding or self.catalog.rounding)

    def converted(self, amount, book, other):
        one, two = book.currency or self.catalog.currency, other.currency or self.catalog.currency
        if one == two:
            return amount
        rates = [rate for rate in self.catalog.rates if rate[:2] == (one, two) and rate[3] <= self.day]
        return amount * max(rates, key=lambda rate: rate[3])[2]
