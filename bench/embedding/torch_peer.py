"""PyTorch in eager mode: embeddings of the two symbols added and decoded, two AdamW optimisers, full batch."""

import torch
from problem import Problem
from serve import serve

torch.set_num_threads(1)


class Decoder(torch.nn.Module):
    """As most would write it."""

    def __init__(self, start):
        super().__init__()
        layers = [torch.nn.Linear(*start[f"W{i}"].shape) for i in (1, 2, 3)]
        self.net = torch.nn.Sequential(layers[0], torch.nn.Tanh(), layers[1], torch.nn.Tanh(), layers[2])
        for i, layer in enumerate(layers, 1):
            layer.weight.data = torch.tensor(start[f"W{i}"].T.copy())
            layer.bias.data = torch.tensor(start[f"b{i}"])

    def forward(self, x):
        return self.net(x)


class Tensors(torch.nn.Module):
    """By hand, in the fewest operations."""

    def __init__(self, start):
        super().__init__()
        self.p = torch.nn.ParameterDict({name: torch.tensor(start[name]) for name in start if name != "E"})

    def forward(self, x):
        p = self.p
        hidden = torch.tanh(torch.addmm(p["b1"], x, p["W1"]))
        hidden = torch.tanh(torch.addmm(p["b2"], hidden, p["W2"]))
        return torch.addmm(p["b3"], hidden, p["W3"])


FORMS = {"modules": Decoder, "tensors": Tensors}


class Run:
    """A whole run from its start; a unit is a step. Accuracies are of the outputs before the step's update."""

    def __init__(self, folder, steps, watches, form, optimiser):
        self.problem = Problem(folder)
        self.units = self.steps = steps
        self.watches, self.form, self.optimiser = watches, form, optimiser
        self.first, self.second, self.answers = (
            torch.tensor(array, dtype=torch.int64)
            for array in (self.problem.first, self.problem.second, self.problem.answers)
        )
        self.targets = torch.tensor(self.problem.targets)
        self.squares = self.targets.square().sum(1)
        self.wanted = self.targets[self.answers]

    def go(self, steps, milestones=None):
        problem, start = self.problem, self.problem.start
        E = torch.nn.Parameter(torch.tensor(start["E"]))
        decoder = FORMS[self.form](start)
        settings = {"weight_decay": 0.0, **self.optimiser}
        optimisers = [
            torch.optim.AdamW([E], lr=problem.rates["E"], **settings),
            torch.optim.AdamW(decoder.parameters(), lr=problem.rates["rest"], **settings),
        ]
        # Without accuracies the training pairs are enough.
        rows = len(self.answers) if self.watches else problem.trained
        first, second, answers = self.first[:rows], self.second[:rows], self.answers[:rows]
        wanted = self.wanted[: problem.trained]
        for step in range(steps + 1):
            y = decoder(E[first] + E[second])
            loss = torch.nn.functional.mse_loss(y[: problem.trained], wanted)
            if self.watches:
                with torch.no_grad():
                    nearest = (2 * (y @ self.targets.T) - self.squares).argmax(1)
                    right = nearest == answers
                    parts = right[: problem.trained], right[problem.trained :]
                    shares = [part.sum().item() / len(part) for part in parts]
                if milestones is not None and step > 0:
                    for name, share in zip(("train", "test"), shares, strict=True):
                        if share >= 0.9:
                            milestones.setdefault(name, step - 1)
            if step == steps:
                return loss.item(), E.detach()
            for optimiser in optimisers:
                optimiser.zero_grad()
            loss.backward()
            for optimiser in optimisers:
                optimiser.step()

    def check(self):
        loss, E = self.go(100)
        return [loss, *E.flatten().tolist()]

    def run(self, calls):
        for _ in range(calls):
            self.go(self.steps)


class Milestones:
    units = 1

    def __init__(self, folder):
        self.training = Run(folder, 2000, True, "tensors", {})

    def check(self):
        milestones = {}
        self.training.go(2000, milestones)
        return [milestones.get("train", -1), milestones.get("test", -1)]

    def run(self, calls):
        pass


serve({"PyTorch": torch.__version__}, {"run": Run, "milestones": Milestones})
