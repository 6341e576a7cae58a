"""The models of the benchmark, by the framework named in BENCH_MODEL, on the arrays of the file BENCH_DATA."""

import os
import time

import numpy as np

import landau

which = os.environ["BENCH_MODEL"]

if which == "torch":
    import torch

    data = np.load(os.environ["BENCH_DATA"])
    net = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.Tanh(), torch.nn.Linear(4, 1)).double()
    net.load_state_dict({key: torch.from_numpy(data[key]) for key in net.state_dict()})
    landau.serve_torch(net, lambda net, x, y: ((net(x) - y) ** 2).mean(), (data["x"], data["y"]))

if which == "jax":
    import jax.numpy as jnp

    data = np.load(os.environ["BENCH_DATA"])

    def loss(params, x, y):
        hidden = jnp.tanh(x @ params["hidden"])
        return jnp.mean((hidden @ params["output"] - y) ** 2)

    landau.serve_jax(loss, {"hidden": data["hidden"], "output": data["output"]}, (data["x"], data["y"]))

if which == "numpy":
    data = np.load(os.environ["BENCH_DATA"])
    x, y = data["x"], data["y"]

    def loss_and_grad(w, batch):
        a, b = (x, y) if batch is None else (x[batch], y[batch])
        hidden = a @ w["in"]
        off = hidden @ w["out"] - b
        slope = 2 * off / len(off)
        return np.sum(off * off) / len(off), {"in": a.T @ (slope @ w["out"].T), "out": hidden.T @ slope}

    landau.serve(loss_and_grad, {"in": data["in"], "out": data["out"]}, n=len(x))

if which == "time":
    # The loss is the time that the call before took, so that the bridge's own share is known.
    size, seconds = int(os.environ["BENCH_SIZE"]), float(os.environ["BENCH_SECONDS"])
    gradient = np.zeros(size)
    taken = 0.0

    def timed(w, batch):
        global taken
        begun = time.perf_counter()
        before = taken
        np.multiply(w, 2.0, out=gradient)
        while time.perf_counter() - begun < seconds:
            pass
        taken = time.perf_counter() - begun
        return before, gradient

    landau.serve(timed, np.zeros(size), n=10)
