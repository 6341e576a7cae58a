"""Reads what the Landau side has written: start, targets and pairs of the toy task."""

import json
import math
import os

import numpy as np


class Problem:
    def __init__(self, folder):
        with open(os.path.join(folder, "problem.json")) as file:
            about = json.load(file)
        flat = np.fromfile(os.path.join(folder, "start.f32"), dtype=np.float32)
        ends = np.cumsum([math.prod(shape) for _, shape in about["parameters"]])
        parts = np.split(flat, ends[:-1])
        self.start = {
            name: part.reshape(shape) for (name, shape), part in zip(about["parameters"], parts, strict=True)
        }
        # Rows of training pairs come first.
        self.first, self.second = np.array(about["pairs"], dtype=np.int32).T.copy()
        self.answers = np.array(about["answers"], dtype=np.int32)
        self.trained = about["trained"]
        labels = int(self.answers.max()) + 1
        self.targets = np.fromfile(os.path.join(folder, "targets.f32"), dtype=np.float32).reshape(labels, -1)
        self.rates = about["rates"]
