"""Makes test/vectors/change-points.json: the changes that ruptures, skchange and changeforest find in 100 series, run by `landau verify`.

    bench/change/.venv/bin/python bench/change/vectors.py > test/vectors/change-points.json
"""

import json
import math
import sys

import numpy as np
import ruptures
from changeforest import changeforest
from skchange.detectors import FPOP, PELT
from skchange.interval_scorers import GaussianCost

SERIES = 100


def series(seed, length, changes, size):
    word = seed
    values = []
    for t in range(length):
        noise = -6.0
        for _ in range(12):
            word = (word * 1664525 + 1013904223) % 2**32
            noise += word / 2**32
        values.append(noise + size * (sum(at <= t for at in changes) % 2))
    return np.array(values)


def pelt(signal, model, least, penalty):
    """Every place is looked at (jump=1); the last entry of ruptures' answer is the length, which is no change."""
    found = ruptures.Pelt(model=model, min_size=least, jump=1).fit(signal).predict(pen=penalty)
    return [int(i) for i in found[:-1]]


cases = []
others = []
for seed in range(SERIES):
    length = 80 + 20 * (seed % 6)
    count = seed % 4
    changes = [round((k + 1) * length / (count + 1)) + (seed % 7) - 3 for k in range(count)]
    # In the second half nobody can miss a jump.
    size = 1.5 + 0.25 * (seed % 5) if 2 * seed < SERIES else 8
    penalty = round(3 * math.log(length), 3)
    y = series(seed, length, changes, size)
    column = y.reshape(-1, 1)
    mean = pelt(y, "l2", 1, penalty)
    fpop = [int(i) for i in FPOP(penalty=penalty).fit(column).predict(column)]
    if fpop != mean:
        sys.exit(f"seed {seed}: ruptures finds {mean}, skchange {fpop}")
    normal = PELT(cost=GaussianCost(), penalty=penalty, min_segment_length=2)
    line = np.column_stack([y, np.ones(length), np.arange(length)])
    expected = {
        "mean": mean,
        "meanVariance": [int(i) for i in normal.fit(column).predict(column)],
        "slope": pelt(line, "linear", 2, penalty),
    }
    if size == 8:
        forest = [int(i) for i in changeforest(column, "change_in_mean").split_points()]
        if forest == mean:
            expected["clear"] = forest
        else:
            others.append(f"{forest} in series {seed}")
    given = {"seed": seed, "length": length, "changes": changes, "size": size, "penalty": penalty}
    cases.append({"quantity": "cheapest-partition", "id": f"series-{seed}", "input": given, "expected": expected})

head = {
    "format": "landau-vectors/1",
    "system": "change-points",
    "conventions": "indices at which segments begin, from 0, without 0 and the length. The value at t is -6 plus 12 words of x -> 1664525 x + 1013904223 mod 2^32, over "
    "2^32, beginning after x = seed, plus size where an odd number of changes is at most t. mean: ruptures 1.1.10 Pelt l2, min_size 1, jump 1, which skchange "
    "0.18.0's FPOP confirms for each; meanVariance: skchange PELT with GaussianCost and at least 2 values (ruptures' normal cost has unbiased variances and so another likelihood); slope: ruptures linear on the columns value, 1, t, "
    "min_size 2; clear: changeforest 1.2.1 change_in_mean at its defaults, which is no exact search, where jumps are of 8 standard deviations; "
    f"left out where it finds others than the exact search: {', '.join(others)}",
}
text = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases)
print(json.dumps(head)[:-1] + ',"cases":[\n' + text + "\n]}")
