"""What is possible in clauses, by an independent SAT solver."""

import itertools

import clauses
from pysat.solvers import Solver


class Oracle:
    """The same questions as in coom.py, of a model that is clauses."""

    ranges, parts = {}, []

    def __init__(self, path, solver="glucose4"):
        formula = clauses.read(path)
        self.options = {name: list(values) for name, values in formula.values.items()}
        self.literals = formula.values
        self.clauses, self.name = formula.clauses, solver
        self.solver = Solver(name=solver, bootstrap_with=formula.clauses)

    def attributes(self):
        return list(self.options)

    def satisfiable(self, decisions, *more):
        return self.solver.solve(assumptions=[self.literals[name][value] for name, value in decisions] + list(more))

    def certain(self, decisions, path):
        """Every attribute is always there."""
        return True

    def comes_with_its_owner(self, decisions, path):
        """Every attribute is always there."""
        return True

    def can_be_decided(self, decisions, path, value):
        return self.satisfiable(decisions, self.literals[path][value])

    def count(self, decisions, limit):
        """How many configurations there are; `limit` + 1 where there are more."""
        assumptions = [self.literals[name][value] for name, value in decisions]
        with Solver(name=self.name, bootstrap_with=self.clauses) as solver:
            found = solver.enum_models(assumptions=assumptions)
            return sum(1 for _ in itertools.islice(found, limit + 1))

    def possible(self, decisions):
        """Every value in some model; what no model has shown yet is asked for one by one."""
        assumptions = [self.literals[name][value] for name, value in decisions]
        found = set()
        for name, values in self.literals.items():
            for value, literal in values.items():
                if (name, value) in found or not self.solver.solve(assumptions=[*assumptions, literal]):
                    continue
                model = self.solver.get_model()
                found.update((it, one) for it, all_of in self.literals.items()
                             for one, by in all_of.items() if model[abs(by) - 1] == by)
        return found
