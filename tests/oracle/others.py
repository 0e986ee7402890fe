"""Asks another solver what `cargo xtask bench engine` asked the engine, and times it.

    python3 others.py time MODEL SESSIONS SECONDS     one line of JSON: milliseconds a click
    python3 others.py clauses MODEL FILE              the model as clauses, for other programs

SESSIONS is a file with the clicks. COOM goes to clingo: grounded once, decisions as assumptions;
after every click brave consequences and the ends of all numbers. Everything else goes to an
incremental SAT solver with one query for every option.
"""

import json
import sys
import time
from pathlib import Path

import clauses
import coom
import sat

# Parts that a model leaves unbounded: as many as clingo is given.
BOUND = 2
YES_NO = {"yes": clauses.YES, "no": clauses.NO}


def main():
    match sys.argv[1:]:
        case ["time", model, sessions, seconds]:
            print(json.dumps(measure(Path(model), json.loads(Path(sessions).read_text()), float(seconds))))
        case ["clauses", model, file]:
            formula = clauses.read(Path(model))
            Path(file).write_text(json.dumps({"values": formula.values, "clauses": formula.clauses}))
        case _:
            sys.exit(__doc__)


def measure(model, report, seconds):
    start = time.monotonic()
    ask, decision = clingo_for(model) if model.suffix == ".coom" else solver_for(model)
    made, times, end = time.monotonic() - start, [], time.monotonic() + seconds
    for session in report["sessions"]:
        decisions = {}
        for click in session:
            left = end - time.monotonic()
            if left <= 0:
                return told(made, times, None)
            take(decisions, click, decision)
            before = time.monotonic()
            if not ask(list(decisions.values()), left):
                return told(made, times, seconds)
            times.append((time.monotonic() - before) * 1000)
    return told(made, times, None)


def told(made, times, given_up):
    """`gave_up_after`: the seconds that a click took at least before it was broken off."""
    return {"made_ms": made * 1000, "times": times, "gave_up_after": given_up if not times else None}


def take(decisions, click, decision):
    if click["value"] is None:
        decisions.pop(click["attribute"], None)
    else:
        decided = decision(click["attribute"], click["value"])
        if decided is not None:
            decisions[click["attribute"]] = decided


def clingo_for(model):
    text = coom.integers_only(model.read_text(encoding="utf-8"))
    oracle = coom.Oracle(text, BOUND)

    def decision(attribute, value):
        """None for an instance of an unbounded part that clingo does not have."""
        if attribute.startswith("+"):
            decided = attribute[1:], None if value == "yes" else False
        else:
            decided = attribute, str(int(float(value))) if attribute in oracle.ranges else value
        return decided if oracle.knows(*decided) else None

    return oracle.everything, decision


def solver_for(model):
    oracle = sat.Oracle(model)

    def ask(decisions, seconds):
        end = time.monotonic() + seconds
        assumptions = [oracle.literals[name][value] for name, value in decisions]
        for values in oracle.literals.values():
            if time.monotonic() > end:
                return False
            for literal in values.values():
                oracle.solver.solve(assumptions=[*assumptions, literal])
        return True

    def decision(attribute, value):
        return attribute, value if value in oracle.literals[attribute] else YES_NO[value]

    return ask, decision


if __name__ == "__main__":
    main()
