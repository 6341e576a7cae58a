"""Reads what the Landau side has written: a model's data, starts of its chains, and the table of minibatches."""

import json
import math
import os

import numpy as np


class Shared:
    def __init__(self, folder, model, chains, steps):
        path = lambda name: os.path.join(folder, f"{model}-{name}")
        with open(os.path.join(folder, f"{model}.json")) as file:
            manifest = json.load(file)
        self.batch, self.rate = manifest["batch"], manifest["rate"]
        self.data = {
            name: np.fromfile(path(name), dtype=array["type"]).reshape(array["shape"])
            for name, array in manifest["data"].items()
        }
        shapes = manifest["parameters"]
        width = sum(math.prod(shape) for shape in shapes.values())
        starts = np.fromfile(path("start"), dtype=np.float32).reshape(-1, width)[:chains]
        ends = np.cumsum([math.prod(shape) for shape in shapes.values()])
        parts = np.split(starts, ends[:-1], axis=1)
        # [chains, *shape] each.
        self.start = {
            name: part.reshape(chains, *shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)
        }
        # Chain k takes row s + k at step s, and after the last row the first: [steps, chains, batch].
        if self.batch is None:
            self.order = None
        else:
            table = np.fromfile(path("order"), dtype=np.int32).reshape(-1, self.batch)
            self.order = np.stack([np.roll(table, -chain, axis=0)[:steps] for chain in range(chains)], axis=1)


def moved(shared, ends):
    """Parameters less their starts, in units of the rate: [chains, parameters]."""
    change = [(np.asarray(ends[name]).reshape(start.shape) - start) / shared.rate for name, start in shared.start.items()]
    return np.concatenate([part.reshape(len(part), -1) for part in change], axis=1)
