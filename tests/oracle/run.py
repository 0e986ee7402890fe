"""Compares `quotewright replay` with independent solvers on public models.

    python3 run.py --quotewright PATH --models FOLDER [--long] [--checks N] [--seconds N] [--only NAME]

COOM goes to the rules of the COOM suite under clingo; XCSP tables, Boolean UVL and DIMACS are
read here once more and go to a SAT solver. `cargo xtask oracle` installs what it needs.
"""

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import counts
import models
from replay import PATIENCE, Replay, TooSlow
from session import Result, Sessions

# How many more of an unbounded part both sides look at.
BOUND = 2
CLICKS = 12
# Seconds that the other side may take to be ready: it grounds the whole model first.
READY = 300
# The part of all checks that one model makes at most in a long run.
LONG_SHARE = 12


def main():
    arguments = parse()
    lists = models.SMALL + (models.LARGE if arguments.long else [])
    files = [path for path in models.files(arguments.models, lists) if arguments.only in str(path)]
    if not files:
        sys.exit(f"no model of this run has {arguments.only!r} in its name; more are in a run with --long")
    missing = [str(path) for path in files if not path.exists()]
    if missing:
        sys.exit("files that should be there are missing: " + ", ".join(missing))
    checks = arguments.checks or (1_000_000 if arguments.long else 20_000)
    seconds = arguments.seconds or (5400 if arguments.long else 50)
    # In a long run, models that are quick to compare make up for those that are not.
    most = checks // min(len(files), LONG_SHARE if arguments.long else len(files)) + 1
    jobs = [(path, arguments, most, seconds * arguments.jobs / len(files)) for path in files]
    total = Result()
    with ThreadPoolExecutor(arguments.jobs) as pool:
        for path, result in pool.map(limited, jobs):
            report(path.relative_to(arguments.models), result)
            for name in ("checks", "states", "refusals", "repairs", "counts"):
                setattr(total, name, getattr(total, name) + getattr(result, name))
            total.mismatches += result.mismatches
    for what, why in models.LEFT_OUT.items():
        print(f"left out: {what}: {why}")
    print(f"oracle: {total.checks} checks in {total.states} states, {total.refusals} refusals, "
          f"{total.repairs} repairs, {total.counts} exact counts, {len(total.mismatches)} mismatches")
    sys.exit(1 if total.mismatches or not total.checks else 0)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotewright", required=True, type=Path)
    parser.add_argument("--models", required=True, type=Path)
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--checks", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


def limited(job):
    """One model, in a process of its own, which is stopped when it takes far too long."""
    path, _, _, seconds = job
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=compare, args=(job, there))
    process.start()
    there.close()
    limit = seconds + READY + PATIENCE
    try:
        result = here.recv() if here.poll(limit) else Result(stopped=f"{limit:.0f} s were over, most of them for the other side to be ready")
    except EOFError:
        result = Result(mismatches=[{"expected": "an answer", "got": "the comparison broke off"}])
    process.terminate()
    process.join()
    return path, result


def compare(job, answer):
    """Sessions on one model."""
    path, arguments, checks, seconds = job
    result = Result()
    with tempfile.TemporaryDirectory() as folder:
        try:
            oracle, plain = models.oracle(path, BOUND)
            model = path
            if plain is not None:
                model = Path(folder, path.name)
                model.write_text(plain, encoding="utf-8")
            options = ["--limit", str(BOUND)] if plain is not None else []
            replay = Replay(arguments.quotewright, model, *options)
            chance = random.Random(f"{arguments.seed} {path.name}")
            sessions = Sessions(replay, oracle, chance, result)
            if arguments.long and counts.table_for(path).exists():
                counts.compare(replay, sessions, path)
            sessions.run(checks, time.monotonic() + seconds, CLICKS)
            result.short = result.checks < checks
            replay.close()
        except TooSlow as error:
            result.stopped = str(error)
        except Exception as error:  # What goes wrong with one model must not hide the others.
            result.mismatches.append({"expected": "an answer", "got": f"{type(error).__name__}: {error}"})
    answer.send(result)


def report(name, result):
    word = "FAILED" if result.mismatches else "  SLOW" if result.stopped else "    ok"
    print(f"{word}  {name}: {result.checks} checks, {result.states} states, {result.refusals} refusals, "
          f"{result.repairs} repairs, {result.counts} exact counts"
          f"{', until the time was over' if result.short else ''}"
          f"{', until ' + result.stopped if result.stopped else ''}", flush=True)
    for mismatch in result.mismatches:
        print("   " + json.dumps(mismatch, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
