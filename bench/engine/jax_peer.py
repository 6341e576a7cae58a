"""JAX, compiled. Losses are squared errors, summed over outputs, mean over samples."""

import platform

import data
import jax
import jax.numpy as jnp
import numpy as np
from serve import serve


def squared_error(out, target):
    return jnp.square(out - target).sum(-1).mean()


def superposition(p, x):
    return squared_error(jax.nn.relu(x @ p["W"].T @ p["W"] + p["b"]), x)


def quadratic_embedding(p, a, b, target):
    hidden = jnp.square(p["U"][a] + p["V"][b])
    return squared_error(hidden @ p["W"].T, target)


def quadratic_one_hot(p, a, b, target):
    return squared_error(jnp.square(a @ p["U"] + b @ p["V"]) @ p["W"].T, target)


def perceptron(p, x, y):
    hidden = jnp.tanh(x @ p["W0"] + p["b0"])
    hidden = jnp.tanh(hidden @ p["W1"] + p["b1"])
    return squared_error(hidden @ p["W2"] + p["b2"], y)


FORMS = {
    "superposition": superposition,
    "embedding": quadratic_embedding,
    "one-hot": quadratic_one_hot,
    "perceptron": perceptron,
}


def descent(rate):
    init = lambda p: ()
    update = lambda p, g, memory: (jax.tree.map(lambda p, g: p - rate * g, p, g), memory)
    return init, update


def adam(rate, beta1=0.9, beta2=0.999, epsilon=1e-8):
    def init(p):
        zeros = jax.tree.map(jnp.zeros_like, p)
        return zeros, jax.tree.map(jnp.copy, zeros), jnp.zeros((), jnp.int32)

    def update(p, g, memory):
        mean, square, count = memory
        count = count + 1
        mean = jax.tree.map(lambda m, g: beta1 * m + (1 - beta1) * g, mean, g)
        square = jax.tree.map(lambda v, g: beta2 * v + (1 - beta2) * g * g, square, g)
        correction1, correction2 = 1 / (1 - beta1**count), 1 / (1 - beta2**count)
        move = lambda p, m, v: p - rate * (m * correction1) / (jnp.sqrt(v * correction2) + epsilon)
        return jax.tree.map(move, p, mean, square), (mean, square, count)

    return init, update


OPTIMISERS = {"superposition": descent, "quadratic": descent, "perceptron": adam}


class Train:
    """A call makes `steps` steps of all chains, in one scan or one call each; a unit is a step of one chain."""

    def __init__(self, folder, model, chains, steps, checks, form, scan):
        shared = data.Shared(folder, model, chains, steps)
        loss_of = FORMS[form]
        init, update = OPTIMISERS[model](shared.rate)
        self.units = chains * steps
        self.steps, self.checks, self.scan = steps, checks, scan

        def chain_step(state, order, inputs):
            p, memory = state
            if order is not None:
                inputs = {name: array[order] for name, array in inputs.items()}
            loss, g = jax.value_and_grad(loss_of)(p, **inputs)
            return update(p, g, memory), loss

        vmapped = jax.vmap(chain_step, in_axes=(0, 0, None))

        def step(state, order, inputs):
            return chain_step(state, order, inputs) if chains == 1 else vmapped(state, order, inputs)

        def train(state, orders, inputs, length):
            return jax.lax.scan(lambda state, order: step(state, order, inputs), state, orders, length=length)

        self.one = jax.jit(step, donate_argnums=0)
        self.many = jax.jit(train, donate_argnums=0, static_argnums=3)
        inputs = {name: jnp.asarray(array) for name, array in shared.data.items()}
        if model == "quadratic":
            one_hot = {name: jax.nn.one_hot(array, 59) for name, array in inputs.items()}
            inputs = one_hot if form == "one-hot" else {**inputs, "target": one_hot["target"]}
        self.inputs = inputs
        orders = shared.order
        if orders is not None:
            orders = jnp.asarray(orders[:, 0] if chains == 1 else orders)
        self.orders = orders
        self.each = [None if orders is None else orders[s] for s in range(steps if not scan else 0)]
        self.shared = shared

        def begin():
            p = {name: jnp.array(array[0] if chains == 1 else array) for name, array in shared.start.items()}
            return p, (init(p) if chains == 1 else jax.vmap(init)(p))

        self.begin = begin
        self.state = begin()
        self.run(1)

    def check(self):
        """How far the first steps move the parameters of each chain."""
        first = None if self.orders is None else self.orders[: self.checks]
        (p, _), _ = self.many(self.begin(), first, self.inputs, self.checks)
        return data.moved(self.shared, p).ravel().tolist()

    def run(self, calls):
        for _ in range(calls):
            if self.scan:
                self.state, _ = jax.block_until_ready(self.many(self.state, self.orders, self.inputs, self.steps))
            else:
                for order in self.each:
                    self.state, _ = jax.block_until_ready(self.one(self.state, order, self.inputs))


serve(
    {"JAX": jax.__version__, "Python": platform.python_version(), "NumPy": np.__version__},
    {"train": Train},
)
