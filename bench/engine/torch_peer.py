"""PyTorch in eager mode. Losses are squared errors, summed over outputs, mean over samples."""

import data
import torch
import torch.nn.functional as F
from serve import serve

torch.set_num_threads(1)


def squared_error(out, target):
    return F.mse_loss(out, target, reduction="sum") / target.shape[-2]


def rows(array, order):
    """The fastest of the ways to gather, for an order of each shape."""
    if order.ndim == 1:
        return F.embedding(order, array)
    return array.index_select(0, order.view(-1)).view(*order.shape, -1)


def superposition(p, x):
    W, b = p["W"], p["b"]
    return squared_error(torch.relu(F.linear(F.linear(x, W), W.T, b)), x)


def superposition_chains(p, x):
    """Parameters [chains, ...]; x [chains, batch, c], or [batch, c] where all chains take the same minibatch.

    The sum over chains: each chain's gradient is that of its own mean.
    """
    W, b = p["W"], p["b"]
    hidden = torch.matmul(x, W.transpose(1, 2))
    out = torch.relu(torch.baddbmm(b[:, None], hidden, W))
    return squared_error(out, x.expand_as(out))


def quadratic_embedding(p, a, b, target):
    hidden = (F.embedding(a, p["U"]) + F.embedding(b, p["V"])).square()
    return squared_error(F.linear(hidden, p["W"]), target)


def quadratic_one_hot(p, a, b, target):
    return squared_error(F.linear((a @ p["U"] + b @ p["V"]).square(), p["W"]), target)


def perceptron(p, x, y):
    hidden = torch.tanh(torch.addmm(p["b0"], x, p["W0"]))
    hidden = torch.tanh(torch.addmm(p["b1"], hidden, p["W1"]))
    return squared_error(torch.addmm(p["b2"], hidden, p["W2"]), y)


class Perceptron(torch.nn.Module):
    """The same as most would write it."""

    def __init__(self, start):
        super().__init__()
        layers = [torch.nn.Linear(*start[f"W{i}"].shape) for i in range(3)]
        self.net = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1], torch.nn.Tanh(), layers[2])
        self.criterion = torch.nn.MSELoss(reduction="sum")
        # Views of the weights, which a Linear keeps as [outputs, inputs].
        self.arrays = {f"W{i}": layer.weight.detach().T for i, layer in enumerate(layers)}
        self.arrays |= {f"b{i}": layer.bias.detach() for i, layer in enumerate(layers)}
        for name, array in self.arrays.items():
            array.copy_(torch.tensor(start[name]))

    def loss(self, _, x, y):
        return self.criterion(self.net(x), y) / len(y)


FORMS = {
    "superposition": superposition,
    "chains": superposition_chains,
    "embedding": quadratic_embedding,
    "one-hot": quadratic_one_hot,
    "perceptron": perceptron,
}
OPTIMISERS = {"superposition": torch.optim.SGD, "quadratic": torch.optim.SGD, "perceptron": torch.optim.Adam}


class Train:
    """A call makes `steps` steps of all chains; a unit is a step of one chain."""

    def __init__(self, folder, model, chains, steps, checks, form, optimiser, same_batch=False):
        self.shared = data.Shared(folder, model, chains, steps)
        self.form = form
        self.make_optimiser = lambda w: OPTIMISERS[model](w, lr=self.shared.rate, **optimiser)
        self.units = chains * steps
        self.steps, self.checks = steps, checks
        self.stacked = form == "chains"
        self.inputs = {name: torch.tensor(array) for name, array in self.shared.data.items()}
        if model == "quadratic":
            one_hot = {name: F.one_hot(array.long(), 59).float() for name, array in self.inputs.items()}
            self.inputs = one_hot if form == "one-hot" else {**self.inputs, "target": one_hot["target"]}
        if self.shared.order is not None:
            order = self.shared.order[:, 0] if same_batch or not self.stacked else self.shared.order
            self.order = list(torch.tensor(order, dtype=torch.int64))
        self.same_batch = same_batch
        self.begin()

    def begin(self):
        if self.form == "module":
            module = Perceptron({name: array[0] for name, array in self.shared.start.items()})
            self.p, self.loss_of = module.arrays, module.loss
            self.optimiser = self.make_optimiser(module.parameters())
            return
        self.loss_of = FORMS[self.form]
        leaf = lambda array: torch.tensor(array if self.stacked else array[0], requires_grad=True)
        self.p = {name: leaf(array) for name, array in self.shared.start.items()}
        self.optimiser = self.make_optimiser(list(self.p.values()))

    def train(self, steps):
        for step in range(steps):
            inputs = self.inputs
            if self.shared.order is not None:
                inputs = {name: rows(array, self.order[step]) for name, array in inputs.items()}
            self.optimiser.zero_grad()
            self.loss_of(self.p, **inputs).backward()
            self.optimiser.step()

    def check(self):
        """How far the first steps move the parameters; of the first chain alone where the others see other minibatches."""
        self.begin()
        self.train(self.checks)
        ends = {name: p.detach().numpy() for name, p in self.p.items()}
        moved = data.moved(self.shared, ends)
        return (moved[:1] if self.same_batch else moved).ravel().tolist()

    def run(self, calls):
        for _ in range(calls):
            self.train(self.steps)


serve({"PyTorch": torch.__version__}, {"train": Train})
