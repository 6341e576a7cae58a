"""PyTorch in eager mode: half the mean squared error of a leaky-ReLU network on two points, by SGD."""

import data
import numpy as np
import torch
import torch.nn.functional as F
from serve import serve

torch.set_num_threads(1)


class Train:
    """Seeds after each other, or all in batched products. A unit is a step of one seed."""

    def __init__(self, folder, width, depth, seeds, rate, steps, checks, batched, optimiser):
        self.start = data.starts(folder, width, depth, seeds)
        self.x, self.y = torch.tensor(data.X), torch.tensor(data.Y)
        self.seeds, self.rate, self.batched, self.optimiser = seeds, rate, batched, optimiser
        self.steps, self.checks, self.units = steps, checks, steps * seeds

    def outputs(self, p):
        state = self.x.expand(self.seeds, 2, 1) if self.batched else self.x
        for i in range(0, len(p), 2):
            if self.batched:
                state = torch.baddbmm(p[i + 1].unsqueeze(1), state, p[i])
            else:
                state = torch.addmm(p[i + 1], state, p[i])
            if i + 2 < len(p):
                state = F.leaky_relu(state, 0.01)
        return state

    def train(self, arrays, steps):
        p = [torch.tensor(array, requires_grad=True) for array in arrays]
        optimiser = torch.optim.SGD(p, lr=self.rate, **self.optimiser)
        for _ in range(steps):
            optimiser.zero_grad()
            # The sum over seeds: each seed's gradient is that of its own mean.
            (0.25 * (self.outputs(p) - self.y).square().sum()).backward()
            optimiser.step()
        with torch.no_grad():
            return self.outputs(p).numpy()

    def ensemble(self, steps):
        if self.batched:
            return self.train(self.start, steps)
        return np.stack([self.train([array[seed] for array in self.start], steps) for seed in range(self.seeds)])

    def check(self):
        return self.ensemble(self.checks).ravel().tolist()

    def run(self, calls):
        for _ in range(calls):
            self.ensemble(self.steps)


serve({"PyTorch": torch.__version__}, {"train": Train})
