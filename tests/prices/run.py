"""Prices random quotes of random catalogs by `quotewright price` and by exact fractions.

    python3 run.py --quotewright PATH [--quotes N] [--seed N] [--long] [--jobs N]

Every catalog is written as sheets and compiled as an author's; every difference is told with the
folder that shows it. The same seed makes the same quotes.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

try:
    # The same, and quicker.
    from orjson import loads
except ImportError:
    from json import loads

import constructs
import en16931
import proposed
from books import Listing
from invent import Inventor
from model import Pricer
from steps import NoPrice

SHOWN = 10
# In so many quotes, all that can be said occurs.
ENOUGH = 20_000
# One of so many requests is asked again, twice.
AGAIN = 20
# What a short tuple stands for.
NAMES = {2: ("step", "amount"), 4: ("tax", "percent", "base", "amount")}


def main():
    arguments = parse()
    quotes = arguments.quotes or (10_000_000 if arguments.long else 20_000)
    each = 2_000 if arguments.long else 200
    jobs = [(arguments.quotewright, arguments.seed, number, min(each, quotes - number * each), arguments.keep)
            for number in range(-(-quotes // each))]
    start, done, refused, wrong, seen = time.monotonic(), 0, 0, [], Counter()
    with Pool(arguments.jobs) as pool:
        for count, without, differences, had in pool.imap_unordered(compare, jobs):
            done, refused, wrong = done + count, refused + without, wrong + differences
            seen.update(had)
            for difference in differences[:SHOWN]:
                print(json.dumps(difference, ensure_ascii=False), flush=True)
            if len(wrong) > SHOWN:
                break
            if arguments.long and done % 100_000 < each:
                print(f"{done} quotes, {len(wrong)} differ, {time.monotonic() - start:.0f} s", flush=True)
            if arguments.seconds and time.monotonic() - start > arguments.seconds:
                break
    print(f"prices: {done} random quotes, {refused} of them without a price on both sides, {len(wrong)} differ")
    never = [it for it in constructs.ALL if not seen[it]]
    print("quotes with: " + ", ".join(f"{it} {seen[it]}" for it in constructs.ALL))
    if never:
        print("never: " + ", ".join(never))
    sys.exit(1 if wrong or not done or (never and done >= ENOUGH) else 0)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quotewright", required=True, type=Path)
    parser.add_argument("--quotes", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--long", action="store_true", help="ten million quotes instead of twenty thousand")
    parser.add_argument("--seconds", type=float, help="stop after so long")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="a folder for the catalogs that show a difference")
    return parser.parse_args()


def compare(job):
    """One catalog: how many quotes, how many of them have no price, and the differences."""
    quotewright, seed, number, count, keep = job
    inventor = Inventor(random.Random(f"{seed} {number}"))
    catalog = inventor.catalog(f"c{number}")
    requests = [inventor.request(catalog) for _ in range(count)]
    # Some are asked again, and with their lines in another order.
    again = requests[:count // AGAIN]
    proposing = random.Random(f"{seed} {number} proposed")
    requests[len(again):] = [proposed.propose(proposing, it) for it in requests[len(again):]]
    requests[count - 2 * len(again):] = again + [turned(it) for it in again]
    with tempfile.TemporaryDirectory() as folder:
        catalog.write(Path(folder, "c"))
        told = subprocess.run([quotewright, "price", Path(folder, "c"), "--lines", "--supplier"], check=False, text=True,
                              input="\n".join(map(json.dumps, requests)), capture_output=True)
        texts = told.stdout.splitlines()
        found = [{"catalog": number, "refused": told.stderr[:2000]}] if told.returncode or len(texts) != count else []
        answers = [loads(text) for text in texts]
        found += [{"catalog": number, "request": requests[at], "expected": "the same as before"}
                  for at in repeated(texts, answers, len(again))]
        pricer, listings, refused, seen = Pricer(catalog), {}, 0, Counter()
        own = set(constructs.of_catalog(catalog))
        for request, answer in zip(requests, answers):
            try:
                expected = proposed.price(pricer, request, listing(catalog, listings, request))
            except NoPrice as error:
                expected, refused = {"error": error.told()}, refused + 1
                answer = {"error": answer.get("error", "")[:len(expected["error"])]}
            found += [{"catalog": number, "rule": rule, "request": request} for rule in en16931.broken(catalog, answer)][:1]
            seen.update(own | set(constructs.of_quote(request, expected)))
            if "error" in answer and "error" not in expected:
                expected = {"error": None}
            if not same(expected, answer):
                place, right, got = next(differences(expected, answer, ""))
                found.append({"catalog": number, "at": place, "expected": right, "got": got, "request": request})
        if found and keep:
            catalog.write(keep / f"c{number}")
    return count, refused, found, seen


def turned(request):
    """The same with its lines in another order."""
    last = len(request["lines"]) + 1
    line = lambda it: {**it, "line": last - it["line"]} if "line" in it else it
    changes = {"adjustments": [line(it) for it in request["adjustments"]]} if "adjustments" in request else {}
    return {**request, "lines": request["lines"][::-1], **changes}


def repeated(texts, answers, again):
    """Which of the answers at the beginning came otherwise at the end: asked again, then with their lines reversed."""
    for at in range(again if len(texts) >= 3 * again else 0):
        twice, turned = len(texts) - 2 * again + at, answers[len(texts) - again + at]
        if texts[at] != texts[twice] or unordered(answers[at]) != unordered(turned):
            yield at


def unordered(answer):
    """All of an answer but the order of its lines: what stands at each of them, sorted, and the rest."""
    if "error" in answer:
        # It may name a line, or the first of several that have no price.
        return "error"
    supplier = answer["supplier"]
    beside = zip(answer["lines"], answer["totals"]["line_nets"], supplier["lines"])
    totals = lambda told: told | {"line_nets": sorted(told.get("line_nets", []))}
    again = [it | {"totals": totals(it["totals"])} for it in answer["recurring"]]
    rest = {"lines": None, "totals": totals(answer["totals"]), "recurring": again, "supplier": supplier | {"lines": None}}
    return sorted(map(dumps, beside)), answer | rest


def dumps(it):
    return json.dumps(it, sort_keys=True)


def listing(catalog, known, request):
    """The books of a buyer; those with the same books, at the same rates, are one."""
    buyer = {fact: request[fact] for fact in ("customer", "group", "country") if fact in request}
    found = Listing(catalog, buyer, request["date"])
    found.key = (found.code, sum(rate[3] <= request["date"] for rate in catalog.rates))
    return known.setdefault(found.key, found)


def same(expected, got):
    """Whether an answer is as expected; it says more than is expected."""
    if isinstance(expected, dict) and isinstance(got, dict):
        return all(same(value, got.get(key)) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(map(same, expected, got))
    if isinstance(expected, tuple) and isinstance(got, dict):
        return all(value == got[name] for value, name in zip(expected, NAMES[len(expected)]))
    return expected == got


def differences(expected, got, place):
    """Where an answer is not as expected."""
    if isinstance(expected, dict) and isinstance(got, dict):
        for key, value in expected.items():
            yield from differences(value, got.get(key), f"{place}/{key}")
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for at, (one, other) in enumerate(zip(expected, got)):
            yield from differences(one, other, f"{place}/{at}")
    elif isinstance(expected, tuple) and isinstance(got, dict):
        if not same(expected, got):
            yield place, expected, [got[name] for name in NAMES[len(expected)]]
    elif expected != got:
        yield place, expected, got


if __name__ == "__main__":
    main()
