"""JAX, compiled: seeds by vmap, all steps in one scan."""

import data
import jax
import jax.numpy as jnp
import numpy as np
from serve import serve


def outputs(p, x):
    state = x
    for i in range(0, len(p), 2):
        state = state @ p[i] + p[i + 1]
        if i + 2 < len(p):
            # As PyTorch has it, with the smaller slope at 0, where the second point's first layer begins.
            state = jnp.where(state > 0, state, 0.01 * state)
    return state


def loss(p, x, y):
    return 0.5 * jnp.square(outputs(p, x) - y).mean()


class Train:
    """A unit is a step of one seed. `vmapped`: all seeds in one program, or one after the other in a scan."""

    def __init__(self, folder, width, depth, seeds, rate, steps, checks, vmapped):
        self.start = [jnp.asarray(array) for array in data.starts(folder, width, depth, seeds)]
        self.steps, self.checks, self.units = steps, checks, steps * seeds
        x, y = jnp.asarray(data.X), jnp.asarray(data.Y)
        gradient = jax.grad(loss)
        descend = lambda p, g: jax.tree.map(lambda w, d: w - rate * d, p, g)

        def together(p, length):
            step = lambda p, _: (descend(p, jax.vmap(gradient, in_axes=(0, None, None))(p, x, y)), None)
            return jax.lax.scan(step, p, length=length)[0]

        def apart(p, length):
            step = lambda p, _: (descend(p, gradient(p, x, y)), None)
            return jax.lax.map(lambda one: jax.lax.scan(step, one, length=length)[0], p)

        self.train = jax.jit(together if vmapped else apart, static_argnums=1)
        self.outputs = jax.vmap(lambda p: outputs(p, x))
        jax.block_until_ready(self.train(self.start, steps))

    def check(self):
        return np.asarray(self.outputs(self.train(self.start, self.checks))).ravel().tolist()

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(self.train(self.start, self.steps))


serve({"JAX": jax.__version__, "NumPy": np.__version__}, {"train": Train})
