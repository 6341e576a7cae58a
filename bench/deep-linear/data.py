"""Starts, decays and strengths that ours.ts has written."""

import os

import numpy as np


def cells(folder, width, dx):
    gammas = np.fromfile(os.path.join(folder, "gammas.f64"))
    strengths = np.fromfile(os.path.join(folder, "strengths.f64"))
    starts = np.fromfile(os.path.join(folder, "starts.f64")).reshape(len(gammas), -1)
    first = width * dx
    second = first + width * width
    W1 = starts[:, :first].reshape(-1, width, dx)
    W2 = starts[:, first:second].reshape(-1, width, width)
    return gammas, strengths, W1, W2, starts[:, second:]


def shown_runs(runs, shown):
    return [(i * runs) // shown for i in range(shown)]
