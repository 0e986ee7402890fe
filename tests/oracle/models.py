"""The models that are compared, and what is left out and why."""

import coom
import sat

EXAMPLES, BENCHMARKS, UVL = "coom/examples", "coom/benchmarks", "uvl/Feature_Models"

# Folder, names, ending.
SMALL = [
    (EXAMPLES, ["simple", "tiny-pc", "tshirt", "bike/city-bike", "bike/default-bike", "bike/kids-bike",
                "bike/travel-bike-simplified", "coffee/sieve-carrier-machine", "coffee/water-tank"], ".coom"),
    ("renault", ["small/constraints", "medium/constraints"], ".xml"),
    ("uvl/test_resources/parsing/boolean_level", ["attributes", "boolean", "cardinality", "namespace"], ".uvl"),
    (UVL, ["Database/BerkeleyDB/berkeleydb", "Financial_Services/Financial_Services_01/financialservices01",
           "Operating_Systems/BusyBox/busybox_2010-05-02_14-17-07"], ".uvl"),
    ("counts", ["toybox"], ".cnf"),
]

# These take the other side seconds a state, or minutes to be ready.
UNBOUNDED = BENCHMARKS + "/unbounded-cardinalities"
LARGE = [
    ("renault", ["big/constraints"], ".xml"),
    (UVL, ["Automotive/Automotive01/automotive01"], ".uvl"),
    ("counts", ["auto1"], ".cnf"),
    (BENCHMARKS + "/city-bike-fleet/instances", ["citybike-n20", "citybike-n50", "citybike-n60", "citybike-n120", "citybike-n140"], ".coom"),
    (BENCHMARKS + "/random-core/instances", ["randomcore-25-50-2", "randomcore-25-50-3", "randomcore-25-150-2", "randomcore-25-250-3",
                                             "randomcore-50-250-4", "randomcore-100-50-3"], ".coom"),
    (EXAMPLES + "/unbounded-cardinalities", ["cargo-bike", "cargo-bike-complex", "cargo-bike-nested", "cargo-bike-multiple-parallel",
                                             "house", "racks-complex"], ".coom"),
    (UNBOUNDED, ["cargo-bike/models/cargobike-simple-100", "cargo-bike/models/cargobike-complex-100", "house/models/house-5-10-1",
                 "racks/models/racks-complex-10"], ".coom"),
    (BENCHMARKS, ["restaurant/models/restaurant-100"], ".coom"),
    (EXAMPLES, ["bike/cargo-bike", "bike/travel-bike-minimize", "bike/travel-bike", "olympic-bus"], ".coom"),
]

# What the other side cannot be asked.
LEFT_OUT = {
    "examples/shadow-master, shadow-master-original": "functions that are refused",
    "examples/pc, box, metro, benchmarks/travel-bike-fleet": "the suite takes more than five minutes to ground them",
    "examples/coffee/automatic-coffee-machine": "quoted values, which the suite garbles",
    "examples/unbounded-cardinalities/cargo-bike-nested-recursive": "the suite does not come to an end",
    "racks, racks-simple": "rules about paths with an index (`module[0].position`), which the suite drops without a word",
    "UVL with numbers, strings and feature cardinalities": "not propositional",
}


def files(folder, lists):
    """Every file of `lists`, whether it is there or not."""
    for part, names, ending in lists:
        for name in names:
            yield folder / part / (name + ending)


def oracle(path, bound):
    """The other side for the model at `path`, and the text that both sides read."""
    if path.suffix != ".coom":
        return sat.Oracle(path), None
    text = path.read_text(encoding="utf-8")
    plain = coom.integers_only(text)
    return coom.Oracle(plain, bound), plain
