"""PyTorch in eager mode: U(w) = n L_n(w) + |w|^2 / 2 and its gradient by autograd, over all samples; f(x, w) = ReLU(W^T W x + b)."""

import itertools

import data
import torch
from serve import serve

torch.set_num_threads(1)


def squares(y, x):
    return torch.nn.functional.mse_loss(y, x, reduction="sum")


# Ways to write the sum of |x - f(x)|^2 over the samples: x is samples x features, t and j are amplitude and feature of each.
FORMS = {
    "as in the formula": lambda W, b, s: (s.x - torch.relu(s.x @ W.T @ W + b)).square().sum(),
    "W^T W first": lambda W, b, s: squares(torch.relu(torch.addmm(b, s.x, W.T @ W)), s.x),
    "W^T W first, features x samples": lambda W, b, s: squares(
        torch.relu(torch.addmm(b[:, None], W.T @ W, s.xT)), s.xT
    ),
    "t (W^T W)[j], a gather": lambda W, b, s: squares(
        torch.relu(torch.addcmul(b, s.t[:, None], (W.T @ W).index_select(0, s.j))), s.x
    ),
    "t (W^T W)[j], features x samples": lambda W, b, s: squares(
        torch.relu(torch.addcmul(b[:, None], s.t, (W.T @ W).index_select(1, s.j))), s.xT
    ),
}


class Samples:
    def __init__(self, folder, n, c, dtype):
        feature, amplitude = data.samples(folder, n)
        self.x = torch.tensor(data.dense(feature, amplitude, c), dtype=dtype)
        self.xT = self.x.T.contiguous()
        self.t = torch.tensor(amplitude, dtype=dtype)
        self.j = torch.tensor(feature, dtype=torch.int64)


class Gradients:
    units = 1

    def __init__(self, folder, precision, form, n, c, r):
        dtype = getattr(torch, precision)
        self.c, self.r = c, r
        self.samples = Samples(folder, n, c, dtype)
        self.form = FORMS[form]
        self.points = [
            torch.tensor(w, dtype=dtype, requires_grad=True)
            for w in data.vectors(folder, f"points-{n}.f64", (r + 1) * c)
        ]
        self.turn = itertools.cycle(self.points)

    def evaluate(self, w):
        bias = self.r * self.c
        U = self.form(w[:bias].view(self.r, self.c), w[bias:], self.samples) + 0.5 * torch.dot(w, w)
        return U, torch.autograd.grad(U, w)[0]

    def check(self):
        out = []
        for w in self.points:
            U, gradient = self.evaluate(w)
            out += [U.item(), *gradient.tolist()]
        return out

    def run(self, calls):
        for _ in range(calls):
            self.evaluate(next(self.turn))


serve({"PyTorch": torch.__version__}, {"gradients": Gradients})
