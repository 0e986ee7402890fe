"""COOM by clingo, under the rules of the COOM suite.

The suite reads the model file and instantiates it; its clingo rules are grounded once, and
a state of a session is a list of assumptions. A decision is `(path, value)`: the attribute
is there and has that value; or `(path, None)`: the part is there.
"""

import re
import tempfile
import time
from pathlib import Path

import clingo
from coomsuite import convert_coom
from coomsuite.preprocess import preprocess
from coomsuite.utils import get_encoding

# What makes configurations better or worse; the suite takes a default as a hard value.
NOT_RULES = ("default(", "minimize(", "maximize(")

# Put before options that do not begin with one.
CAPITAL = "Q__"

# Numbers are only ever asked for their ends: whether there is a value beyond one.
BEYOND = """
at_least(X,V)   :- value(X,V), type(X,T), integer(T).
at_least(X,V-1) :- at_least(X,V), type(X,T), range(T,Min,_), V > Min.
at_most(X,V)    :- value(X,V), type(X,T), integer(T).
at_most(X,V+1)  :- at_most(X,V), type(X,T), range(T,_,Max), V < Max.
"""

# Attributes of enumerations follow from the option; sessions do not see them.
SHOWN = """
#show.
property(X) :- parent(X,P), type(P,T), discrete(T).
#show value(X,V) : value(X,V), type(X,T), discrete(T), not property(X).
#show include(X) : include(X), type(X,_), not property(X), X != "root".
"""


def integers_only(text):
    """The model with the decimals of its numbers left out: the suite reads whole numbers."""
    return re.sub(r"\bnum\s*\.#+", "num", text)


def as_the_suite_needs_it(text):
    """The same rules in words that the suite takes as they are meant.

    It ignores conditions on `imply`, which means `require`, and drops rules with options that
    do not begin with a capital.
    """
    text = re.sub(r"\bimply\b", "require", text)
    without_comments = re.sub(r"//.*", "", text)
    bodies = re.findall(r"\benumeration\s+\w+\s*\{([^}]*)\}", without_comments)
    names = {name for body in bodies for name in options_of(body) if not name[0].isupper()}
    for name in names:
        text = re.sub(rf"(?<![\w.]){name}(?!\w)", CAPITAL + name, text)
    return text


def options_of(enumeration):
    """The names of its options: what is left without attributes and their values."""
    without = re.sub(r"\battribute\b.*|=?\s*\([^)]*\)", "", enumeration)
    return re.findall(r"[^\W\d]\w*", without)


class Oracle:
    """What is possible in a COOM model whose unbounded parts come up to `bound` times."""

    def __init__(self, text, bound=0):
        with tempfile.TemporaryDirectory() as folder:
            model, facts = Path(folder, "model.coom"), Path(folder, "facts.lp")
            model.write_text(as_the_suite_needs_it(text), encoding="utf-8")
            facts.write_text(convert_coom(str(model))[0], encoding="utf-8")
            instance = preprocess([str(facts)], max_bound=bound, discrete=True)
        rules = "\n".join(fact for fact in instance if not fact.startswith(NOT_RULES))
        self.control = clingo.Control(["--warn=none"])
        self.control.load(get_encoding("encoding-base-clingo.lp"))
        self.control.add(rules + BEYOND + SHOWN)
        self.control.ground()
        self._index()

    def _index(self):
        """Reads from the ground program what there is."""
        self.parts, self.options, self.ranges = [], {}, {}
        self.values, self.literals = {}, {}
        atoms = self.control.symbolic_atoms
        types = {path.string: kind.string for path, kind in arguments(atoms, "type", 2)}
        discrete = {kind.string for (kind,) in arguments(atoms, "discrete", 1)}
        ranges = {kind.string: (low.number, high.number) for kind, low, high in arguments(atoms, "range", 3)}
        properties = {path.string for (path,) in arguments(atoms, "property", 1)}
        for path, kind in types.items():
            name = path.removeprefix("root.")
            if path == "root" or path in properties:
                continue
            if kind in discrete:
                self.options[name] = []
            elif kind in ranges:
                self.ranges[name] = ranges[kind]
            else:
                self.parts.append(name)
        for atom in atoms.by_signature("value", 2):
            path, value = atom.symbol.arguments
            name = path.string.removeprefix("root.") if path.type == clingo.SymbolType.String else None
            if name in self.options:
                self.options[name].append(text_of(value))
            self.values[name, text_of(value)] = atom.literal
        for name in ("include", "at_least", "at_most"):
            for atom in atoms.by_signature(name, 1 if name == "include" else 2):
                key = (name, atom.symbol.arguments[0].string.removeprefix("root."))
                key += tuple(argument.number for argument in atom.symbol.arguments[1:])
                self.literals[key] = atom.literal

    def attributes(self):
        """Every attribute that can have a value."""
        return [*self.options, *self.ranges]

    def satisfiable(self, decisions, *more):
        """Whether a configuration has all `decisions` and the literals `more`."""
        assumptions = self._assumptions(decisions) + list(more)
        return bool(self.control.solve(assumptions=assumptions).satisfiable)

    def possible(self, decisions):
        """All parts that can be there and all options that can be chosen: `(path, value or None)`."""
        self.control.configuration.solve.enum_mode = "brave"
        self.control.configuration.solve.models = 0
        found = set()
        with self.control.solve(assumptions=self._assumptions(decisions), yield_=True) as handle:
            for model in handle:
                found = model.symbols(shown=True)
        self.control.configuration.solve.enum_mode = "auto"
        self.control.configuration.solve.models = 1
        return {consequence(symbol) for symbol in found}

    def certain(self, decisions, path):
        """Whether what is at `path` is there in every configuration."""
        return not self.satisfiable(decisions, -self.literals["include", path])

    def comes_with_its_owner(self, decisions, path):
        """Whether what is at `path` is there wherever what it is a part of is there."""
        owner, _, _ = path.rpartition(".")
        there = [self.literals["include", owner]] if ("include", owner) in self.literals else []
        return not self.satisfiable(decisions, *there, -self.literals["include", path])

    def can_be_decided(self, decisions, path, value):
        """Whether `path` can have `value`, or, for None, be there."""
        return self.can_be_there(decisions, path) if value is None else self.has_value(decisions, path, value)

    def has_value(self, decisions, path, value):
        """Whether the attribute at `path` can have `value`."""
        literal = self.values.get((path, value))
        return literal is not None and self.satisfiable(decisions, literal)

    def can_be_there(self, decisions, path):
        """Whether what is at `path` can be there."""
        literal = self.literals.get(("include", path))
        return literal is not None and self.satisfiable(decisions, literal)

    def beyond(self, decisions, path, low, high):
        """Whether the number at `path` can be below `low`, and whether above `high`."""
        below = self.literals.get(("at_most", path, low - 1))
        above = self.literals.get(("at_least", path, high + 1))
        return tuple(literal is not None and self.satisfiable(decisions, literal) for literal in (below, above))

    def count(self, decisions, limit):
        """How many configurations there are, numbers included; `limit` + 1 where there are more."""
        self.control.configuration.solve.models = limit + 1
        with self.control.solve(assumptions=self._assumptions(decisions), yield_=True) as handle:
            count = sum(1 for _ in handle)
        self.control.configuration.solve.models = 1
        return count

    def everything(self, decisions, seconds):
        """All that is possible: brave consequences, and the ends of every number by halving."""
        end = time.monotonic() + seconds
        self.control.configuration.solve.enum_mode = "brave"
        self.control.configuration.solve.models = 0
        assumptions = self._assumptions(decisions)
        with self.control.solve(assumptions=assumptions, async_=True) as handle:
            done = handle.wait(seconds)
            handle.cancel()
        self.control.configuration.solve.enum_mode = "auto"
        self.control.configuration.solve.models = 1
        for path, (low, high) in self.ranges.items():
            done = done and time.monotonic() < end
            if done and self.can_be_there(decisions, path):
                self._end(decisions, "at_most", path, low, high)
                self._end(decisions, "at_least", path, high, low)
        return done

    def _end(self, decisions, side, path, outer, inner):
        """The outermost value that is possible, from `outer` on towards `inner`."""
        while outer != inner:
            # Rounded away from `inner`, so that the halves always shrink.
            middle = (outer + inner) // 2 if outer < inner else (outer + inner + 1) // 2
            literal = self.literals.get((side, path, middle))
            if literal is not None and self.satisfiable(decisions, literal):
                inner = middle
            else:
                outer = middle + (1 if outer < inner else -1)
        return outer

    def _assumptions(self, decisions):
        return [self._literal(path, value) for path, value in decisions]

    def knows(self, path, value):
        """Whether there is such a decision."""
        return ("include", path) in self.literals if value in (None, False) else (path, value) in self.values

    def _literal(self, path, value):
        """Of a part: None says that it is there, False that it is not."""
        if value is None or value is False:
            literal = self.literals["include", path]
            return literal if value is None else -literal
        return self.values[path, value]


def arguments(atoms, name, arity):
    return [atom.symbol.arguments for atom in atoms.by_signature(name, arity)]


def text_of(symbol):
    text = symbol.string if symbol.type == clingo.SymbolType.String else str(symbol)
    return text.removeprefix(CAPITAL)


def consequence(symbol):
    path, *value = symbol.arguments
    return path.string.removeprefix("root."), text_of(value[0]) if value else None
