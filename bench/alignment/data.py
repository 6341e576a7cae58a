"""The starts that ours wrote, and the two points."""

import os

import numpy as np

X = np.array([[-1.0], [0.0]], dtype=np.float32)
Y = np.array([[0.6], [0.6 + 0.5**0.5]], dtype=np.float32)


def shapes(width, depth):
    sizes = [1] + [width] * depth + [1]
    return [shape for a, b in zip(sizes, sizes[1:]) for shape in ((a, b), (b,))]


def starts(folder, width, depth, seeds):
    """Arrays [seeds, ...]: weight and bias of each layer in turn."""
    flat = np.fromfile(os.path.join(folder, f"starts-{width}.f32"), dtype=np.float32).reshape(seeds, -1)
    arrays, at = [], 0
    for shape in shapes(width, depth):
        size = int(np.prod(shape))
        arrays.append(flat[:, at : at + size].reshape(seeds, *shape))
        at += size
    return arrays
