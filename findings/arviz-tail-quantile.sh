#!/usr/bin/env bash
# ArviZ 1.3.0 (arviz-stats 1.3.3; it needs Python 3.12): the effective sample size of the tails, `ess_tail` of az.summary and az.ess(method="tail") at its default, is that of the quantiles 11 and 89 %. It takes the
# probability of its intervals, rcParams["stats.ci_prob"] = 0.89, for a quantile, and the mirror image of that for the other; an interval of 89 % would end at 5.5 and 94.5 %. The definition (Vehtari
# et al. 2021), which ArviZ 0.22 and R's posterior compute, has 5 and 95 %. With ci_prob = 0.5 `ess_tail` becomes the effective sample size of the median. Chains below that
# stay in an upper tail of 6 % for ten draws at a time have an `ess_tail` of 402, above the usual 100 for each chain, and of 230 by the definition.
# Way round: prob=(0.05, 0.95). A numpy array needs it: without it az.ess(method="tail") is a TypeError.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet arviz==1.3.0 arviz-base==1.3.1 arviz-stats==1.3.3 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import importlib.metadata

import arviz
import numpy

print("arviz", importlib.metadata.version("arviz"), "arviz-stats", importlib.metadata.version("arviz-stats"))
random = numpy.random.default_rng(0)
draws = random.normal(size=(4, 1000))
for chain in draws:
    above = False
    for t in range(1000):
        above = random.random() < (0.9 if above else 0.007)
        if above:
            chain[t] = 4 + 0.3 * random.normal()
data = arviz.from_dict({"posterior": {"x": draws}})


def default():
    return float(arviz.summary(data, round_to="none")["ess_tail"].iloc[0])


def at(low, high):
    return float(arviz.ess(draws, method="tail", prob=(low, high)))


probability = arviz.rcParams["stats.ci_prob"]
print("draws in the tail:", (draws > 3).mean(), "probability of intervals:", probability)
print("ess_tail by default:", default())
for low, high in ((0.11, 0.89), (0.055, 0.945), (0.05, 0.95)):
    print(f"at quantiles {low} and {high}:", at(low, high))
same = lambda a, b: abs(a - b) < 1e-9 * b
assert probability == 0.89 and same(default(), at(0.11, 0.89)), "other quantiles are taken now"
assert default() > 400 > 1.5 * at(0.05, 0.95)
arviz.rcParams["stats.ci_prob"] = 0.5
median = float(arviz.ess(draws, method="quantile", prob=0.5))
print("ess_tail at stats.ci_prob = 0.5:", default(), "at the median:", median)
assert same(default(), median), "the tails do not follow the intervals now"
try:
    arviz.ess(draws, method="tail")
except TypeError as error:
    print("a numpy array:", error)
else:
    raise AssertionError("a numpy array has a default now")
PYTHON
