"""Compares counts with reference counts of the same formula.

The table beside a model `NAME.cnf` is `NAME_sb_fs.csv`: feature, number of configurations that
have it, its share of all.
"""

import csv

# Each is counted from the start; that takes a while.
FEATURES = 20


def table_for(path):
    return path.with_name(path.stem + "_sb_fs.csv")


def compare(replay, sessions, path):
    """The number of all configurations, and of those with one feature, for some features."""
    with open(table_for(path), newline="", encoding="utf-8") as file:
        reference = {feature: int(count) for feature, count, _ in csv.reader(file)}
    # A feature that every configuration has is among them.
    expect(replay, sessions, "all", max(reference.values()))
    for feature in list(reference)[:: len(reference) // FEATURES]:
        answer = replay.ask("set", attribute=feature, value=True)
        sessions.expect(answer.get("ok") == (reference[feature] > 0), f"{feature} possible", answer)
        if answer.get("ok"):
            expect(replay, sessions, feature, reference[feature])
            replay.ask("clear", attribute=feature)


def expect(replay, sessions, what, count):
    """The exact number, or a power of ten that is not more."""
    answer = replay.ask("count")
    told = str(answer.get("count"))
    if answer.get("exact"):
        sessions.result.counts += 1
        holds = told == str(count)
    else:
        holds = told.startswith("10^") and 10 ** int(told[3:]) <= count
    sessions.expect(holds, f"configurations with {what}: {count}", answer)
