"""Reads what the Landau side has drawn: samples x = t e_j, points w = (W by rows, b), starts of chains."""

import os

import numpy as np


def samples(folder, n):
    feature = np.fromfile(os.path.join(folder, f"feature-{n}.i32"), dtype=np.int32)
    amplitude = np.fromfile(os.path.join(folder, f"amplitude-{n}.f64"))
    return feature, amplitude


def dense(feature, amplitude, c):
    x = np.zeros((len(feature), c))
    x[np.arange(len(feature)), feature] = amplitude
    return x


def vectors(folder, name, size):
    return np.fromfile(os.path.join(folder, name)).reshape(-1, size)
