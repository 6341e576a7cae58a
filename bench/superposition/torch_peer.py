"""PyTorch in eager mode: f(x, w) = ReLU(W^T W x + b), unhalved squared error, mean over the batch."""

import itertools

import data
import torch
from serve import serve

torch.set_num_threads(1)


def loss_of(W, b, x):
    return (x - torch.relu(x @ W.T @ W + b)).square().sum(1).mean()


def leaf(array, dtype):
    return torch.tensor(array, dtype=dtype, requires_grad=True)


class FullBatch:
    units = 1

    def __init__(self, folder, precision, n, c, r, checks):
        dtype = getattr(torch, precision)
        self.x = torch.tensor(data.samples(folder, n, c), dtype=dtype)
        self.points = [(leaf(W, dtype), leaf(b, dtype)) for W, b in data.points(folder, c, r)]
        self.checks = checks
        self.turn = itertools.cycle(self.points)

    def evaluate(self, W, b):
        loss = loss_of(W, b, self.x)
        return loss, torch.autograd.grad(loss, (W, b))

    def check(self):
        out = []
        for W, b in self.points[: self.checks]:
            loss, (dW, db) = self.evaluate(W, b)
            out += [loss.item(), *dW.flatten().tolist(), *db.tolist()]
        return out

    def run(self, calls):
        for _ in range(calls):
            self.evaluate(*next(self.turn))


class Minibatch:
    """One epoch per call, with the shuffled orders drawn beforehand."""

    def __init__(self, folder, precision, n, c, r, batch, rate):
        self.dtype = getattr(torch, precision)
        self.x = torch.tensor(data.samples(folder, n, c), dtype=self.dtype)
        self.orders = [torch.tensor(order, dtype=torch.int64).split(batch) for order in data.orders(folder, n)]
        self.units = len(self.orders[0])
        self.start = data.points(folder, c, r)[0]
        self.rate = rate
        self.begin()
        self.turn = itertools.cycle(self.orders)

    def begin(self):
        self.W, self.b = (leaf(array, self.dtype) for array in self.start)
        self.optimiser = torch.optim.SGD([self.W, self.b], lr=self.rate)

    def epoch(self, order):
        for index in order:
            self.optimiser.zero_grad()
            loss_of(self.W, self.b, self.x[index]).backward()
            self.optimiser.step()

    def check(self):
        self.begin()
        self.epoch(self.orders[0])
        return self.W.flatten().tolist() + self.b.tolist()

    def run(self, calls):
        for _ in range(calls):
            self.epoch(next(self.turn))


serve({"PyTorch": torch.__version__}, {"full batch": FullBatch, "minibatch": Minibatch})
