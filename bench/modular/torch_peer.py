"""PyTorch in eager mode: f_c(a, b) = sum_k C_kc (A_ka + B_kb)^2 by rows of embedding tables, squared error, AdamW."""

import os

import numpy as np
import torch
from serve import serve
from torch.nn.functional import embedding, one_hot

torch.set_num_threads(1)


class Network:
    def __init__(self, folder, precision, p, K, seed):
        self.p = p
        self.dtype = getattr(torch, precision)
        A, B, C = np.fromfile(os.path.join(folder, f"start-{p}-{K}-{seed}.f64")).reshape(3, K, p)
        # The tables are stored p x K, as embeddings are.
        self.start = [A.T.copy(), B.T.copy(), C]
        self.begin()

    def begin(self):
        self.weights = [torch.tensor(array, dtype=self.dtype, requires_grad=True) for array in self.start]

    def pairs(self, index):
        index = torch.tensor(index, dtype=torch.int64)
        a, b = index // self.p, index % self.p
        c = (a + b) % self.p
        return a, b, c, one_hot(c, self.p).to(self.dtype)

    def outputs(self, a, b):
        A, B, C = self.weights
        return (embedding(a, A) + embedding(b, B)).square() @ C

    def loss(self, a, b, _c, y):
        return (self.outputs(a, b) - y).square().sum() / (2 * len(a))

    def flat(self, arrays):
        A, B, C = (array.detach() for array in arrays)
        return torch.cat([A.T.flatten(), B.T.flatten(), C.flatten()]).tolist()


class Gradient(Network):
    units = 1

    def __init__(self, folder, precision, p, K, seed):
        super().__init__(folder, precision, p, K, seed)
        self.table = self.pairs(np.arange(p * p))

    def evaluate(self):
        loss = self.loss(*self.table)
        return loss, torch.autograd.grad(loss, self.weights)

    def check(self):
        loss, gradient = self.evaluate()
        return [loss.item(), *self.flat(gradient)]

    def run(self, calls):
        for _ in range(calls):
            self.evaluate()


class Training(Network):
    def __init__(self, folder, precision, p, K, seed, trainFraction, rate, weightDecay, fused):
        super().__init__(folder, precision, p, K, seed)
        order = np.fromfile(os.path.join(folder, f"order-{p}-{seed}.i32"), dtype=np.int32)
        count = int(trainFraction * p * p + 1e-9)
        self.train, self.test = self.pairs(order[:count]), self.pairs(order[count:])
        self.settings = {"lr": rate, "weight_decay": weightDecay, "fused": fused}

    def begin_training(self):
        self.begin()
        self.optimiser = torch.optim.AdamW(self.weights, **self.settings)

    def step(self):
        self.optimiser.zero_grad()
        self.loss(*self.train).backward()
        self.optimiser.step()


class Steps(Training):
    units = 20

    def go(self):
        self.begin_training()
        for _ in range(self.units):
            self.step()

    def check(self):
        self.go()
        return self.flat(self.weights)

    def run(self, calls):
        for _ in range(calls):
            self.go()


class Grokking(Training):
    units = 1

    def __init__(self, steps, every, **settings):
        super().__init__(**settings)
        self.steps, self.every = steps, every

    def accuracy(self):
        a, b, c, _ = self.test
        with torch.no_grad():
            return (self.outputs(a, b).argmax(1) == c).double().mean().item()

    def go(self):
        self.begin_training()
        for step in range(self.steps + 1):
            if step % self.every == 0:
                self.reached = step
                if self.accuracy() >= 0.95:
                    return
            self.step()

    def check(self):
        self.go()
        return [self.reached]

    def run(self, calls):
        for _ in range(calls):
            self.go()


serve({"PyTorch": torch.__version__}, {"gradient": Gradient, "training step": Steps, "grokking": Grokking})
