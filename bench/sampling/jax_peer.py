"""NUTS of blackjax, compiled by JAX: U(w) = n L_n(w) + |w|^2 / 2 over all samples; f(x, w) = ReLU(W^T W x + b).

    python jax_peer.py float32|float64

A process has one precision: with 64 bits switched on, float32 chains get float64 numbers from blackjax and do not compile.
"""

import itertools
import os
import platform
import sys
import time

import blackjax
import data
import jax
import jax.numpy as jnp
import numpy as np
from serve import serve

PRECISION = sys.argv[1]
jax.config.update("jax_enable_x64", PRECISION == "float64")

# Ways to write ReLU(W^T W x + b) - x for all samples at once.
FORMS = {
    "as in the formula": lambda W, b, s: jax.nn.relu(s.x @ W.T @ W + b) - s.x,
    "W^T W first": lambda W, b, s: jax.nn.relu(s.x @ (W.T @ W) + b) - s.x,
    "W^T W first, features x samples": lambda W, b, s: jax.nn.relu((W.T @ W) @ s.xT + b[:, None]) - s.xT,
    "t (W^T W)[j], a gather": lambda W, b, s: jax.nn.relu(s.t[:, None] * (W.T @ W)[s.j] + b) - s.x,
    # Samples in the order of their features: no gather, and its derivative is no scatter.
    "t (W^T W), by features": lambda W, b, s: jax.nn.relu(s.grid[:, None, :] * (W.T @ W)[:, :, None] + b[None, :, None])
    * s.present[:, None, :]
    - s.grid[:, None, :] * jnp.eye(len(b), dtype=b.dtype)[:, :, None],
}


class Samples:
    def __init__(self, folder, n, c):
        feature, amplitude = data.samples(folder, n)
        x = data.dense(feature, amplitude, c)
        counts = np.bincount(feature, minlength=c)
        grid, present = np.zeros((c, counts.max())), np.zeros((c, counts.max()))
        for j in range(c):
            grid[j, : counts[j]] = amplitude[feature == j]
            present[j, : counts[j]] = 1
        self.x, self.xT, self.t, self.grid, self.present = (
            jnp.asarray(array, dtype=PRECISION) for array in (x, np.ascontiguousarray(x.T), amplitude, grid, present)
        )
        self.j = jnp.asarray(feature)


def log_density(form, samples, c, r):
    def of(w):
        rest = FORMS[form](w[: r * c].reshape(r, c), w[r * c :], samples)
        return -jnp.square(rest).sum() - 0.5 * jnp.dot(w, w)

    return of


class Gradients:
    """Evaluations one after the other in one compiled loop, as in a trajectory: no calls from Python in between."""

    def __init__(self, folder, form, n, c, r):
        samples = Samples(folder, n, c)
        value_and_gradient = jax.value_and_grad(log_density(form, samples, c, r))
        self.points = jnp.asarray(data.vectors(folder, f"points-{n}.f64", (r + 1) * c), dtype=PRECISION)
        self.units = len(self.points)
        self.all = jax.jit(lambda points: jax.lax.map(value_and_gradient, points))
        self.run(1)

    def check(self):
        values, gradients = self.all(self.points)
        return np.concatenate([-np.asarray(values)[:, None], -np.asarray(gradients)], axis=1).ravel().tolist()

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(self.all(self.points))


class Chains:
    """Window adaptation and draws of all chains; `check` makes a run with a new seed and writes its draws."""

    units = 1

    def __init__(self, folder, form, n, c, r, chains, burnIn, draws, file):
        density = log_density(form, Samples(folder, n, c), c, r)
        self.path = os.path.join(folder, file)
        self.starts = jnp.asarray(data.vectors(folder, f"starts-{n}.f64", (r + 1) * c)[:chains], dtype=PRECISION)
        self.burn_in, self.draws = burnIn, draws
        adaptation = blackjax.window_adaptation(blackjax.nuts, density)

        def adapt(key, start):
            (state, parameters), info = adaptation.run(key, start, burnIn)
            return state, parameters, info.info.num_integration_steps.sum()

        def draw(key, state, parameters):
            kernel = blackjax.nuts(density, **parameters).step

            def one(state, key):
                state, info = kernel(key, state)
                return state, (state.position, info.num_integration_steps, info.is_divergent)

            return jax.lax.scan(one, state, jax.random.split(key, draws))[1]

        def one_after_the_other(f):
            return jax.jit(lambda *parts: jax.lax.map(lambda part: f(*part), parts))

        keys = jax.random.split(jax.random.key(0), chains)
        before = time.process_time()
        self.adapt = one_after_the_other(adapt).lower(keys, self.starts).compile()
        state, parameters, _ = jax.eval_shape(jax.vmap(adapt), keys, self.starts)
        self.draw = one_after_the_other(draw).lower(keys, state, parameters).compile()
        self.compiling = time.process_time() - before
        self.turn = itertools.count(1)

    def check(self):
        keys = jax.random.split(jax.random.key(next(self.turn)), (2, len(self.starts)))
        times = [time.process_time()]
        state, parameters, adapting = jax.block_until_ready(self.adapt(keys[0], self.starts))
        times.append(time.process_time())
        positions, steps, divergent = jax.block_until_ready(self.draw(keys[1], state, parameters))
        times.append(time.process_time())
        np.asarray(positions, dtype=np.float64).tofile(self.path)
        return [
            self.compiling,
            times[1] - times[0],
            times[2] - times[1],
            int(adapting.sum()),
            int(steps.sum()),
            int(divergent.sum()),
        ]


serve(
    {"JAX": jax.__version__, "blackjax": blackjax.__version__, "Python": platform.python_version(), "NumPy": np.__version__},
    {"gradients": Gradients, "chains": Chains},
)
