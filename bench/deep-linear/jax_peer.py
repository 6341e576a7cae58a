"""JAX, compiled: all runs of the map by vmap, all steps in one scan; L = |v|^2 - 2 N v_1 + gamma |theta|^2, v = U W2 W1."""

import data
import jax
import jax.numpy as jnp
from serve import serve

jax.config.update("jax_enable_x64", True)


def loss_of(w, gamma, N):
    W1, W2, U = w
    v = U @ W2 @ W1
    penalty = sum(jnp.square(part).sum() for part in w)
    return jnp.square(v).sum() - 2 * N * v[0] + gamma * penalty


class Map:
    """`last`: the runs as the last axis, so that products become elementwise over them; otherwise vmap of matrix products."""

    def __init__(self, folder, precision, side, seeds, width, dx, rate, steps, shown, last):
        gammas, strengths, W1, W2, U = (jnp.asarray(a, dtype=precision) for a in data.cells(folder, width, dx))
        self.units, self.shown, self.runs = steps, shown, len(gammas)
        axis = -1 if last else 0
        self.start = tuple(jnp.moveaxis(w, 0, axis) for w in (W1, W2, U))

        def vector_loss(w, gamma, N):
            W1, W2, U = w
            a = (U[:, None] * W2).sum(0)
            v = (a[:, None] * W1).sum(0)
            penalty = sum(jnp.square(part).sum() for part in w)
            return jnp.square(v).sum() - 2 * N * v[0] + gamma * penalty

        gradient = jax.grad(vector_loss if last else loss_of)
        batched = jax.vmap(gradient, in_axes=(axis, 0, 0), out_axes=axis)

        def step(w, _):
            return jax.tree.map(lambda p, g: p - rate * g, w, batched(w, gammas, strengths)), None

        self.descend = jax.jit(lambda w: jax.lax.scan(step, w, length=steps)[0])
        self.axis = axis
        self.state = self.descend(self.start)

    def check(self):
        w = self.descend(self.start)
        squares = sum(jnp.square(jnp.moveaxis(part, self.axis, 0)).reshape(self.runs, -1).sum(1) for part in w)
        order = jnp.sqrt(squares / 3)
        return [order[run].item() for run in data.shown_runs(self.runs, self.shown)]

    def run(self, calls):
        for _ in range(calls):
            self.state = self.descend(self.state)
        jax.block_until_ready(self.state)


serve({"JAX": jax.__version__}, {"map": Map})
