"""The peers' side of the benchmark of changes: ruptures, skchange and changeforest at their defaults.

    peers.py alarms LENGTH KINDS CHEAP DEAR   reads series of LENGTH float64 from the standard input, the kinds in turn for each seed; for each method and kind the
                                              number of series and how many have any change. Slow methods see the series of the first DEAR seeds only, others of CHEAP
    peers.py places LENGTH                    reads series likewise; the changes that each method of a fixed penalty finds in each, as JSON
    peers.py fpop, peers.py pelt              CPU seconds of skchange's FPOP and of ruptures' Pelt on the series that is read, and the number of changes

ruptures has no default penalty: it has those of its documentation, 2 sigma^2 ln n for means and ln n for its kernel. Its methods and skchange's take the noise as
known or of unit size, so series come to them in units of the noise, from the median difference of neighbours.
"""

import json
import sys
import time
import warnings

import numpy as np

warnings.filterwarnings("ignore")


def scaled(y):
    """In units of the noise that neighbours show."""
    deviation = 1.482602218505602 * np.median(np.abs(np.diff(y))) / np.sqrt(2)
    return y / deviation if deviation > 0 else y


def ruptures_pelt(model, penalty):
    import ruptures

    return lambda y: ruptures.Pelt(model=model).fit(y).predict(pen=penalty(len(y)))[:-1]


def skchange(name):
    import skchange.detectors as detectors

    def find(y):
        column = y.reshape(-1, 1)
        return getattr(detectors, name)().fit(column).predict(column)

    return find


def forest(method):
    from changeforest import changeforest

    return lambda y: changeforest(y.reshape(-1, 1), method).split_points()


# Name, function, and whether it is too slow for thousands of series.
METHODS = [
    ("ruptures Pelt, mean", ruptures_pelt("l2", lambda n: 2 * np.log(n)), False),
    ("ruptures Pelt, kernel", ruptures_pelt("rbf", np.log), True),
    ("skchange PELT", skchange("PELT"), False),
    ("skchange SeededBinarySegmentation", skchange("SeededBinarySegmentation"), False),
    ("changeforest, mean", forest("change_in_mean"), False),
    ("changeforest, random forest", forest("random_forest"), True),
]


def alarms(length, kinds, cheap, dear):
    series = np.fromfile(sys.stdin, dtype=np.float64).reshape(-1, kinds, length)
    rows = []
    for name, find, slow in METHODS:
        seeds = min(len(series), dear if slow else cheap)
        counts = [sum(len(find(scaled(y))) > 0 for y in series[:seeds, kind]) for kind in range(kinds)]
        rows.append({"method": name, "series": seeds, "alarms": [int(count) for count in counts]})
    return rows


def places(length):
    """The same cost, penalty and grid for all, so that answers can be compared; n is left out of ruptures' lists."""
    import ruptures
    from changeforest import changeforest
    from skchange.detectors import FPOP

    def all_of(y):
        n = len(y)
        column = y.reshape(-1, 1)
        pelt = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(y).predict(pen=3 * np.log(n))[:-1]
        fpop = FPOP(penalty=3 * np.log(n)).fit(column).predict(column)
        return {
            "ruptures": [int(i) for i in pelt],
            "skchange": [int(i) for i in fpop],
            "changeforest": [int(i) for i in changeforest(column, "change_in_mean").split_points()],
        }

    return [all_of(y) for y in np.fromfile(sys.stdin, dtype=np.float64).reshape(-1, length)]


def timed(find, rounds):
    y = np.fromfile(sys.stdin, dtype=np.float64)
    find(y[:100])
    times = []
    for _ in range(rounds):
        start = time.process_time()
        found = find(y)
        times.append(time.process_time() - start)
    return {"seconds": min(times), "changes": len(found)}


def fpop(y):
    from skchange.detectors import FPOP

    column = y.reshape(-1, 1)
    return FPOP(penalty=3 * np.log(len(y))).fit(column).predict(column)


def versions():
    from importlib.metadata import version

    return {name: version(name) for name in ["ruptures", "skchange", "changeforest", "numba", "numpy"]}


mode, *words = sys.argv[1:]
numbers = [int(word) for word in words]
answers = {
    "alarms": lambda: alarms(*numbers),
    "places": lambda: places(*numbers),
    "fpop": lambda: timed(fpop, 5),
    "pelt": lambda: timed(ruptures_pelt("l2", lambda n: 3 * np.log(n)), 1),
}
json.dump({"answer": answers[mode](), "versions": versions()}, sys.stdout)
