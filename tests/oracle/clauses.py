"""XCSP tables, Boolean UVL and DIMACS as clauses, read from the original files."""

import itertools
import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field

YES, NO = "true", "false"


@dataclass
class Formula:
    """A formula in conjunctive normal form, and which literal says which value."""

    values: dict = field(default_factory=dict)
    clauses: list = field(default_factory=list)
    variables: int = 0

    def fresh(self):
        self.variables += 1
        return self.variables

    def add_flag(self, name):
        literal = self.fresh()
        self.values[name] = {YES: literal, NO: -literal}
        return literal

    def add_choice(self, name, values):
        literals = {value: self.fresh() for value in values}
        self.values[name] = literals
        self.clauses.append(list(literals.values()))
        self.clauses += ([-a, -b] for a, b in itertools.combinations(literals.values(), 2))


def read(path):
    """The formula in a file, by its ending."""
    text = path.read_text(encoding="utf-8")
    return {".xml": xcsp, ".uvl": uvl, ".cnf": dimacs}[path.suffix](text)


def dimacs(text):
    formula, names = Formula(), {}
    numbers = []
    for line in text.splitlines():
        if line.startswith("p"):
            for number in range(1, int(line.split()[2]) + 1):
                names[number] = formula.add_flag(str(number))
        elif line[:1] not in ("c", "%", ""):
            numbers += map(int, line.split())
    clause = []
    for number in numbers:
        if number == 0:
            formula.clauses.append(clause)
            clause = []
        else:
            clause.append(number)
    return formula


def xcsp(text):
    """Tables only: a literal for each row, which has the values of the row."""
    root, formula = ElementTree.fromstring(text), Formula()
    domains = {domain.get("name"): list(integers(domain.text)) for domain in root.iter("domain")}
    for variable in root.iter("variable"):
        formula.add_choice(variable.get("name"), domains[variable.get("domain")])
    relations = {relation.get("name"): relation for relation in root.iter("relation")}
    for constraint in root.iter("constraint"):
        relation = relations[constraint.get("reference")]
        scope = constraint.get("scope").split()
        rows = [tuple(row.split()) for row in (relation.text or "").split("|") if row.split()]
        add_table(formula, scope, rows, relation.get("semantics") == "supports")
    return formula


def integers(text):
    for word in text.split():
        first, dots, last = word.partition("..")
        yield from map(str, range(int(first), int(last) + 1)) if dots else [str(int(first))]


def add_table(formula, scope, rows, supports):
    columns = [formula.values[name] for name in scope]
    rows = [row for row in rows if all(value in column for column, value in zip(columns, row))]
    if not supports:
        formula.clauses += ([-column[value] for column, value in zip(columns, row)] for row in rows)
        return
    selectors = [formula.fresh() for _ in rows]
    formula.clauses.append(selectors)
    for column, place in zip(columns, range(len(scope))):
        having = {value: [] for value in column}
        for selector, row in zip(selectors, rows):
            having[row[place]].append(selector)
            formula.clauses.append([-selector, column[row[place]]])
        formula.clauses += ([-column[value], *chosen] for value, chosen in having.items())


WORD = re.compile(r'"[^"]*"|<=>|=>|[&|!()]|[^\s&|!()=<>]+')
GROUP = re.compile(r"\[(\d+)(?:\.\.(\d+|\*))?\]$")


class NotBoolean(ValueError):
    """The model needs more than features, groups and propositional constraints."""


def uvl(text):
    formula = Formula()
    lines = [(len(line) - len(line.lstrip()), line.strip()) for line in map(without_comment, text.splitlines())]
    lines = [(indent, line) for indent, line in lines if line]
    section, constraints, tree = None, [], []
    for indent, line in lines:
        if indent == 0:
            section = line.split()[0]
            if section not in ("features", "constraints", "namespace", "include"):
                raise NotBoolean(section)
        elif section == "features":
            tree.append((indent, line))
        elif section == "constraints":
            constraints.append(line)
    root = read_tree(formula, tree)
    formula.clauses.append([root])
    for line in constraints:
        formula.clauses.append([Parser(formula, WORD.findall(line)).equivalence()])
    return formula


def without_comment(line):
    return re.sub(r'("[^"]*")|//.*', lambda match: match.group(1) or "", line)


def read_tree(formula, lines):
    """Features and groups take turns, each deeper than what it belongs to."""
    above, root, groups = [], None, []
    for indent, line in lines:
        while above and above[-1][0] >= indent:
            above.pop()
        owner = above[-1][1] if above else None
        if owner is None or isinstance(owner, list):
            item = formula.add_flag(feature_name(line))
            if owner is None:
                root = item
            else:
                owner.append(item)
        else:
            item = []
            groups.append((line, owner, item))
        above.append((indent, item))
    for keyword, owner, children in groups:
        add_group(formula, keyword, owner, children)
    return root


def feature_name(line):
    match = re.match(r'(?:Boolean\s+)?("[^"]*"|[^\s{]+)\s*(.*)$', line)
    name, rest = match.groups()
    if name in ("Integer", "Real", "String") or rest.startswith(("cardinality", '"')):
        raise NotBoolean(line)
    return name.strip('"')


def add_group(formula, keyword, owner, children):
    count = len(children)
    bounds = {"mandatory": (count, count), "optional": (0, count), "or": (1, count), "alternative": (1, 1)}
    if match := GROUP.match(keyword):
        low = int(match.group(1))
        high = match.group(2) or low
        bounds[keyword] = (low, count if high == "*" else min(int(high), count))
    if keyword not in bounds:
        raise NotBoolean(keyword)
    low, high = bounds[keyword]
    formula.clauses += ([-child, owner] for child in children)
    # Among any `count - low + 1` children one is there; among any `high + 1` one is not.
    for few in itertools.combinations(children, count - low + 1) if low > 0 else []:
        formula.clauses.append([-owner, *few])
    for many in itertools.combinations(children, high + 1) if high < count else []:
        formula.clauses.append([-child for child in many])


class Parser:
    """`&` binds before `|` before `=>` before `<=>`; every part gets a literal of its own."""

    def __init__(self, formula, words):
        self.formula, self.words = formula, words

    def next_is(self, word):
        if self.words and self.words[0] == word:
            self.words.pop(0)
            return True
        return False

    def equivalence(self):
        left = self.implication()
        while self.next_is("<=>"):
            right = self.implication()
            left = -self.either([self.both([left, -right]), self.both([-left, right])])
        return left

    def implication(self):
        left = self.disjunction()
        return self.either([-left, self.implication()]) if self.next_is("=>") else left

    def disjunction(self):
        parts = [self.conjunction()]
        while self.next_is("|"):
            parts.append(self.conjunction())
        return self.either(parts)

    def conjunction(self):
        parts = [self.negation()]
        while self.next_is("&"):
            parts.append(self.negation())
        return self.both(parts)

    def negation(self):
        if self.next_is("!"):
            return -self.negation()
        if self.next_is("("):
            inside = self.equivalence()
            if not self.next_is(")"):
                raise NotBoolean("a bracket is not closed")
            return inside
        name = self.words.pop(0).strip('"')
        if name not in self.formula.values:
            raise NotBoolean(name)
        return self.formula.values[name][YES]

    def both(self, parts):
        return -self.either([-part for part in parts])

    def either(self, parts):
        if len(parts) == 1:
            return parts[0]
        whole = self.formula.fresh()
        self.formula.clauses.append([-whole, *parts])
        self.formula.clauses += ([whole, -part] for part in parts)
        return whole
