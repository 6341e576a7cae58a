"""The peers' side of the benchmark of changes: ruptures, skchange and changeforest at their defaults.

    peers.py alarms METHOD LENGTH KINDS   reads series of LENGTH float64 from the standard input, the kinds in turn for each seed; how many of each kind have any change
                                          by the method of that number, and of how many
    peers.py fpop, peers.py pelt          CPU seconds of skchange's FPOP and of ruptures' Pelt on the series that is read, and the number of changes

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


def read():
    return np.frombuffer(sys.stdin.buffer.read())


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


METHODS = [
    ("ruptures Pelt, mean", ruptures_pelt("l2", lambda n: 2 * np.log(n))),
    ("ruptures Pelt, kernel", ruptures_pelt("rbf", np.log)),
    ("skchange PELT", skchange("PELT")),
    ("skchange SeededBinarySegmentation", skchange("SeededBinarySegmentation")),
    ("changeforest, mean", forest("change_in_mean")),
    ("changeforest, random forest", forest("random_forest")),
]


def alarms(method, length, kinds):
    series = read().reshape(-1, kinds, length)
    name, find = METHODS[method]
    counts = [sum(len(find(scaled(y))) > 0 for y in series[:, kind]) for kind in range(kinds)]
    return {"method": name, "series": len(series), "alarms": [int(count) for count in counts]}


def timed(find, rounds):
    y = read()
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
    "fpop": lambda: timed(fpop, 5),
    "pelt": lambda: timed(ruptures_pelt("l2", lambda n: 3 * np.log(n)), 1),
}
json.dump({"answer": answers[mode](), "versions": versions()}, sys.stdout)
