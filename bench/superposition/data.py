"""Reads what the Landau side has drawn: samples x = t e_j, points w = (W by rows, b), and epochs of shuffled orders."""

import os

import numpy as np


def samples(folder, n, c):
    feature = np.fromfile(os.path.join(folder, f"feature-{n}.i32"), dtype=np.int32)
    amplitude = np.fromfile(os.path.join(folder, f"amplitude-{n}.f64"))
    x = np.zeros((n, c))
    x[np.arange(n), feature] = amplitude
    return x


def points(folder, c, r):
    w = np.fromfile(os.path.join(folder, "points.f64")).reshape(-1, r * c + c)
    return [(row[: r * c].reshape(r, c), row[r * c :]) for row in w]


def orders(folder, n):
    return np.fromfile(os.path.join(folder, f"orders-{n}.i32"), dtype=np.int32).reshape(-1, n)
