"""JAX, compiled: f(x, w) = ReLU(W^T W x + b), unhalved squared error, mean over the batch."""

import itertools
import platform

import data
import jax
import jax.numpy as jnp
import numpy as np
from serve import serve

jax.config.update("jax_enable_x64", True)


def loss_of(w, x):
    W, b = w
    return jnp.square(x - jax.nn.relu(x @ W.T @ W + b)).sum(1).mean()


gradient_of = jax.grad(loss_of)
value_and_gradient = jax.jit(jax.value_and_grad(loss_of))


def descend(w, gradient, rate):
    return jax.tree.map(lambda p, g: p - rate * g, w, gradient)


def flat(w):
    return np.concatenate([np.ravel(part) for part in w]).tolist()


class FullBatch:
    """One call from Python per evaluation."""

    units = 1

    def __init__(self, folder, precision, n, c, r, checks):
        self.x = jnp.asarray(data.samples(folder, n, c), dtype=precision)
        self.points = [tuple(jnp.asarray(p, dtype=precision) for p in w) for w in data.points(folder, c, r)]
        self.checks = checks
        self.turn = itertools.cycle(self.points)

    def check(self):
        out = []
        for w in self.points[: self.checks]:
            loss, gradient = value_and_gradient(w, self.x)
            out += [loss.item(), *flat(gradient)]
        return out

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(value_and_gradient(next(self.turn), self.x))


class Descent:
    """Gradient descent, all steps in one compiled scan."""

    def __init__(self, folder, precision, n, c, r, steps, rate):
        x = jnp.asarray(data.samples(folder, n, c), dtype=precision)
        self.start = tuple(jnp.asarray(p, dtype=precision) for p in data.points(folder, c, r)[0])
        self.units = steps

        def step(w, _):
            loss, gradient = jax.value_and_grad(loss_of)(w, x)
            return descend(w, gradient, rate), loss

        self.descent = jax.jit(lambda w: jax.lax.scan(step, w, length=steps))
        self.run(1)

    def check(self):
        return flat(self.descent(self.start)[0])

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(self.descent(self.start))


class Minibatch:
    """One epoch per call, its steps in one compiled scan, with the shuffled orders drawn beforehand."""

    def __init__(self, folder, precision, n, c, r, batch, rate, runs=1):
        x = jnp.asarray(data.samples(folder, n, c), dtype=precision)
        orders = data.orders(folder, n).reshape(-1, n // batch, batch)
        start = tuple(jnp.asarray(p, dtype=precision) for p in data.points(folder, c, r)[0])

        def epoch(w, x, order):
            step = lambda w, index: (descend(w, gradient_of(w, x[index]), rate), None)
            return jax.lax.scan(step, w, order)[0]

        if runs == 1:
            self.epoch = jax.jit(epoch)
        else:
            # Every run has its own parameters, samples and order, as the members of an ensemble do.
            self.epoch = jax.jit(jax.vmap(epoch))
            start = tuple(jnp.stack([p] * runs) for p in start)
            x = jnp.stack([x] * runs)
            orders = np.stack([np.roll(orders, -run, axis=0) for run in range(runs)], axis=1)
        self.x, self.start = x, start
        self.orders = [jnp.asarray(order) for order in orders]
        self.w = start
        self.units = runs * (n // batch)
        self.runs = runs
        self.turn = itertools.cycle(self.orders)
        self.run(1)

    def check(self):
        w = self.epoch(self.start, self.x, self.orders[0])
        return flat(w if self.runs == 1 else tuple(part[0] for part in w))

    def run(self, calls):
        for _ in range(calls):
            self.w = jax.block_until_ready(self.epoch(self.w, self.x, next(self.turn)))


serve(
    {"JAX": jax.__version__, "Python": platform.python_version(), "NumPy": np.__version__},
    {"full batch": FullBatch, "descent": Descent, "minibatch": Minibatch},
)
