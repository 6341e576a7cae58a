"""A torch network fitted to its data and served to Landau: `landau coefficient --python examples/python/mlp.py`."""

import landau
import torch

torch.manual_seed(0)
x = torch.randn(400, 2, dtype=torch.float64)
y = torch.tanh(x @ torch.randn(2, 1, dtype=torch.float64)) + 0.3 * torch.randn(400, 1, dtype=torch.float64)
net = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh(), torch.nn.Linear(2, 1)).double()


def loss(net, x, y):
    return torch.nn.functional.mse_loss(net(x), y)


optimiser = torch.optim.LBFGS(net.parameters(), max_iter=500, tolerance_grad=1e-12, line_search_fn="strong_wolfe")


def closure():
    optimiser.zero_grad()
    value = loss(net, x, y)
    value.backward()
    return value


for _ in range(20):
    optimiser.step(closure)
landau.serve_torch(net, loss, (x, y))
