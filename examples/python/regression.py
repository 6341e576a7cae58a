"""Reduced rank regression in numpy, served to Landau: `landau coefficient --python examples/python/regression.py`.

y = x A B with one hidden unit more than the truth needs: at a true point of full rank, lambda is less than half of the parameters.
"""

import landau
import numpy as np

numbers = np.random.default_rng(0)
x = numbers.normal(size=(500, 3))
A, B = numbers.normal(size=(3, 2)), numbers.normal(size=(2, 2))
A[:, 1] = B[1] = 0
y = x @ A @ B


def loss_and_grad(w, batch):
    inputs, targets = (x, y) if batch is None else (x[batch], y[batch])
    hidden = inputs @ w["A"]
    off = hidden @ w["B"] - targets
    slope = 2 * off / len(off)
    return np.sum(off * off) / len(off), {"A": inputs.T @ (slope @ w["B"].T), "B": hidden.T @ slope}


landau.serve(loss_and_grad, {"A": A, "B": B}, n=len(x))
