#!/usr/bin/env bash
# stansummary of CmdStan 2.37.0 (as it comes in the wheel of prophet 1.5.0), on 4 chains of 1000 draws that are strongly autocorrelated (0.98): in 15 of
# 20 repetitions it says that the effective sample size of the tails is 2000, where ArviZ 0.22.0 has 46 to 230 by the same definition; the bulk and R-hat of both agree to
# three digits. On draws that mix (0.5) the tails agree too. The error of the mean differs in both, by up to 26 % at 0.98. A quantity that hardly moves can look
# as if its tails were explored. (In those 15, and in no other, each of the two tails is missed by a half of some chain.)
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet prophet==1.5.0 arviz==0.22.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import csv
import logging
import subprocess
from pathlib import Path

logging.disable(logging.ERROR)
import arviz
import numpy
import prophet

HEAD = """# stan_version_major = 2
# stan_version_minor = 37
# stan_version_patch = 0
# model = autoregression
# method = sample (Default)
#   sample
#     num_samples = 1000 (Default)
#     num_warmup = 1000 (Default)
#     save_warmup = false (Default)
#     thin = 1 (Default)
# id = {chain} (Default)
lp__,theta
"""
(tools,) = (Path(prophet.__file__).parent / "stan_model").glob("cmdstan-*/bin")


def autoregression(rng, memory):
    draws = numpy.zeros((4, 1000))
    for chain in draws:
        value = rng.standard_normal()
        for i in range(len(chain)):
            value = memory * value + numpy.sqrt(1 - memory**2) * rng.standard_normal()
            chain[i] = value
    return draws.round(6)


def stansummary(draws):
    files = []
    for number, chain in enumerate(draws, 1):
        files.append(f"chain_{number}.csv")
        rows = "".join(f"{-value * value / 2:.8g},{value:.6f}\n" for value in chain)
        Path(files[-1]).write_text(HEAD.format(chain=number) + rows)
    Path("summary.csv").unlink(missing_ok=True)
    subprocess.run([str(tools / "stansummary"), "-s", "10", "-c", "summary.csv", *files], check=True, capture_output=True)
    with open("summary.csv") as file:
        row = list(csv.DictReader(line for line in file if not line.startswith("#")))[-1]
    return {name: float(row[name]) for name in ("MCSE", "ESS_bulk", "ESS_tail", "R_hat")}


def by_arviz(draws):
    return {
        "MCSE": float(arviz.mcse(draws)),
        "ESS_bulk": float(arviz.ess(draws)),
        "ESS_tail": float(arviz.ess(draws, method="tail")),
        "R_hat": float(arviz.rhat(draws)),
    }


print(tools.parent.name, "arviz", arviz.__version__)
capped = 0
for seed in range(20):
    mixing, slow = (autoregression(numpy.random.default_rng(seed), memory) for memory in (0.5, 0.98))
    stan, other = stansummary(mixing), by_arviz(mixing)
    assert abs(stan["ESS_tail"] / other["ESS_tail"] - 1) < 1e-3, "the tails of draws that mix differ now"
    stan, other = stansummary(slow), by_arviz(slow)
    print("seed", seed, {name: (f"{stan[name]:.4g}", f"{other[name]:.4g}") for name in stan})
    assert abs(stan["ESS_bulk"] / other["ESS_bulk"] - 1) < 0.01, "bulks differ now"
    assert other["ESS_tail"] < 300
    capped += stan["ESS_tail"] == 2000
print(capped, "of 20 at 2000")
assert capped == 15, "the tails of slow draws are counted otherwise now"
PYTHON
