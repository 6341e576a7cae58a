"""PyTorch eager, all runs of the map as one batch: L = |v|^2 - 2 N v_1 + gamma |theta|^2 with v = U^T W2 W1."""

import data
import torch
from serve import serve

torch.set_num_threads(1)


class Map:
    """Gradients by hand in batched products (`manual`), or by autograd."""

    def __init__(self, folder, precision, side, seeds, width, dx, rate, steps, shown, manual):
        dtype = getattr(torch, precision)
        gammas, strengths, W1, W2, U = (torch.tensor(a, dtype=dtype) for a in data.cells(folder, width, dx))
        self.start = (W1, W2, U.unsqueeze(2))
        self.keep = (1 - 2 * rate * gammas).view(-1, 1, 1)
        self.gammas = gammas
        self.n = torch.zeros(len(gammas), 1, dx, dtype=dtype)
        self.n[:, 0, 0] = strengths
        self.rate, self.units, self.shown, self.manual = rate, steps, shown, manual
        self.state = tuple(w.clone() for w in self.start)

    def manual_step(self, W1, W2, U):
        a1 = torch.bmm(U.transpose(1, 2), W2)
        e = 2 * (torch.bmm(a1, W1) - self.n)
        r1 = torch.bmm(W1, e.transpose(1, 2))
        r2 = torch.bmm(W2, r1)
        keep, rate = self.keep, self.rate
        W1 = torch.baddbmm(keep * W1, a1.transpose(1, 2), e, alpha=-rate)
        W2 = torch.baddbmm(keep * W2, U, r1.transpose(1, 2), alpha=-rate)
        return W1, W2, keep * U - rate * r2

    def automatic_step(self, W1, W2, U):
        leaves = [w.detach().requires_grad_() for w in (W1, W2, U)]
        v = torch.bmm(torch.bmm(leaves[2].transpose(1, 2), leaves[1]), leaves[0])
        penalty = sum(w.square().sum((1, 2)) for w in leaves)
        loss = (v.square() - 2 * self.n * v).sum((1, 2)) + self.gammas * penalty
        gradients = torch.autograd.grad(loss.sum(), leaves)
        return tuple(w.detach() - self.rate * g for w, g in zip(leaves, gradients))

    def descend(self, state):
        if self.manual:
            with torch.no_grad():
                for _ in range(self.units):
                    state = self.manual_step(*state)
        else:
            for _ in range(self.units):
                state = self.automatic_step(*state)
        return state

    def check(self):
        state = self.descend(self.start)
        squares = sum(w.square().sum((1, 2)) for w in state)
        order = (squares / 3).sqrt()
        return [order[run].item() for run in data.shown_runs(len(order), self.shown)]

    def run(self, calls):
        for _ in range(calls):
            self.state = self.descend(self.state)


serve({"PyTorch": torch.__version__}, {"map": Map})
