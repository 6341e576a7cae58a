"""Learning coefficients by devinterp and canonical-interp at the settings that their own guides sweep: losses and points as JSON on standard input, a line of JSON for each
case and library on standard output."""

import itertools
import json
import logging
import math
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)

if not hasattr(itertools, "batched"):
    # canonical-interp 0.1.5 says that it needs Python 3.10 and takes what came with 3.12.
    def batched(items, size):
        items = iter(items)
        while part := tuple(itertools.islice(items, size)):
            yield part

    itertools.batched = batched

import torch
from canonical_interp.slt import LLCEstimator as CanonicalEstimator
from devinterp.optim import SGLD
from devinterp.slt.llc import LLCEstimator
from devinterp.slt.sampler import sample
from torch.utils.data import DataLoader, TensorDataset

torch.set_num_threads(1)


def linear_network(*widths):
    """W_L ... W_1 with W_s of widths[s] x widths[s - 1], one after the other in w."""

    def product(w):
        at, result = 0, None
        for before, after in zip(widths, widths[1:]):
            matrix = w[at : at + before * after].view(after, before)
            at += before * after
            result = matrix if result is None else matrix @ result
        return result

    return product


def tanh_units(w):
    """sum_k a_k tanh(b_k x) at x = 0.2, 0.4, ... 2.4."""
    x = torch.arange(1, 13, dtype=w.dtype) / 5
    return torch.tanh(x[:, None] * w[2:]) @ w[:2]


def crossing(w):
    return w.prod()


# By case, the map f of a loss |f(w) - f(w*)|^2.
MAPS = {
    "powers-2-4": lambda w: torch.stack([w[0], w[1] ** 2]),
    "powers-4-6-8": lambda w: torch.stack([w[0] ** 2, w[1] ** 3, w[2] ** 4]),
    "powers-4-times-100": lambda w: w**2,
    "units-2-2": lambda w: torch.stack([w[0] / 1e4, w[1] / 1e-4]),
    "normal-crossing-1-1-1": crossing,
    "monomials-xy-xz": lambda w: torch.stack([w[0] * w[1], w[0] * w[2]]),
    "curve-cusp": lambda w: w[0] ** 2 - w[1] ** 3,
    "diagonal-2-of-which-1-depth-2": lambda w: torch.stack([w[0] * w[1], w[2] * w[3]]),
    "reduced-rank-2-2-2-rank-0-excess-0-0": linear_network(2, 2, 2),
    "reduced-rank-5-4-5-rank-4-excess-0-0": linear_network(5, 4, 5),
    "deep-linear-5-3-4-6-rank-1": linear_network(5, 3, 4, 6),
    "tanh-2-of-1-dead": tanh_units,
}


class Loss(torch.nn.Module):
    def __init__(self, name, point, dtype):
        super().__init__()
        self.map = MAPS[name]
        self.w = torch.nn.Parameter(torch.tensor(point, dtype=dtype))
        self.register_buffer("truth", self.map(self.w.detach()).clone())

    def forward(self, _):
        return ((self.map(self.w) - self.truth) ** 2).sum()


def check(name, point, probes):
    """The loss is the one that Landau has."""
    net = Loss(name, point, torch.float64)
    for probe in probes:
        with torch.no_grad():
            net.w.copy_(torch.tensor(probe["w"], dtype=torch.float64))
            own = net(None).item()
        if not abs(own - probe["loss"]) <= 1e-9 * abs(probe["loss"]) + 1e-15:
            raise SystemExit(f"{name}: the loss is {own} here and {probe['loss']} there")


def spent():
    """Seconds of CPU of this process and of those that it started (the compiler of torch.compile)."""
    return sum(os.times()[:4])


# The loss is the same for every sample, so the data are one batch that costs next to nothing.
LOADER = DataLoader(TensorDataset(torch.zeros(1, 1), torch.zeros(1, 1)), batch_size=1)


def conclude(traces, nbeta, seconds, **setting):
    """Of losses above the minimum, chains x draws: from all draws, and from the second half of each chain."""
    answers = []
    for which, part in [("all draws", traces), ("second half", traces[:, traces.shape[1] // 2 :])]:
        chains = nbeta * part.mean(dim=1)
        mean = chains.mean().item()
        found = {"lambda": mean, "sd": chains.std().item()} if math.isfinite(mean) else {}
        answers.append({**setting, "which": which, **found, "seconds": seconds})
    return answers


def devinterp(name, point, nbeta, seed):
    """The sweep of the notebook sgld_calibration: 8 chains of 2000 draws, step sizes 1e-5 to 1e-3, localisations 1 to 100."""
    answers = []
    for lr, localization in itertools.product([1e-5, 1e-4, 1e-3], [1, 10, 100]):
        before = spent()
        estimator = LLCEstimator(num_chains=8, num_draws=2000, init_loss=torch.tensor(0.0), nbeta=nbeta)
        setting = {"step": lr, "localisation": localization}
        try:
            sample(
                Loss(name, point, torch.float32),
                LOADER,
                callbacks=[estimator],
                evaluate=lambda net, batch: net(batch[0]),
                sampling_method=SGLD,
                optimizer_kwargs={"lr": lr, "localization": localization, "nbeta": nbeta},
                num_chains=8,
                num_draws=2000,
                seed=seed,
                verbose=False,
            )
        except RuntimeError as error:
            answers.append({**setting, "which": str(error), "seconds": spent() - before})
            continue
        answers.extend(conclude(estimator.losses, nbeta, spent() - before, **setting))
    return answers


def canonical(name, point, nbeta, seed):
    """The grid of its README: 5 x 5, step sizes 1e-6 to 1e-4, localisations 10 to 500, 8 chains of 200 draws after 100 steps."""

    def estimate(draws, burnin, lr, localization):
        estimator = CanonicalEstimator(
            draws=draws, chains=8, burnin_steps=burnin, steps_bw_draws=1, learning_rate=lr, localization=localization, nbeta=nbeta
        )
        net = Loss(name, point, torch.float32)
        estimator.estimate_llc(net, LOADER, criterion_fn=lambda out, _: out, seed=seed, show_progress=False)
        return estimator.get_metrics()["losses"].detach()

    # Before anything is timed; twice, as the second value of a number is what makes the compiler take it as a variable.
    for lr in (1e-6, 2e-6):
        estimate(2, 2, lr, 1e7 * lr)
    answers = []
    for lr, localization in itertools.product(torch.linspace(1e-6, 1e-4, 5).tolist(), torch.linspace(10, 500, 5).tolist()):
        before = spent()
        losses = estimate(200, 100, lr, localization)
        answers.extend(conclude(losses, nbeta, spent() - before, step=lr, localisation=localization))
    return answers


for line in sys.stdin:
    case = json.loads(line)
    check(case["name"], case["point"], case["probes"])
    for library, sweep in [("devinterp", devinterp), ("canonical-interp", canonical)]:
        answers = sweep(case["name"], case["point"], case["nBeta"], case["seed"])
        print(json.dumps({"name": case["name"], "library": library, "answers": answers}), flush=True)
