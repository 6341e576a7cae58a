"""JAX, compiled: embeddings of the two symbols added and decoded, AdamW with two rates, steps in one scan."""

import jax
import jax.numpy as jnp
from problem import Problem
from serve import serve

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


def decode(p, x):
    hidden = jnp.tanh(x @ p["W1"] + p["b1"])
    hidden = jnp.tanh(hidden @ p["W2"] + p["b2"])
    return hidden @ p["W3"] + p["b3"]


class Run:
    """A whole run from its start; a unit is a step. Accuracies are of the outputs before the step's update."""

    def __init__(self, folder, steps, watches):
        problem = Problem(folder)
        self.units = self.steps = steps
        self.start = {name: jnp.asarray(array) for name, array in problem.start.items()}
        rates = {name: problem.rates["E" if name == "E" else "rest"] for name in self.start}
        targets = jnp.asarray(problem.targets)
        squares = jnp.square(targets).sum(1)
        trained = problem.trained
        rows = len(problem.answers) if watches else trained
        first, second, answers = (
            jnp.asarray(array[:rows]) for array in (problem.first, problem.second, problem.answers)
        )
        wanted = targets[answers[:trained]]

        def loss_of(p):
            y = decode(p, p["E"][first] + p["E"][second])
            return jnp.square(y[:trained] - wanted).mean(), y

        def step(state, _):
            p, mean, square, power1, power2 = state
            (loss, y), g = jax.value_and_grad(loss_of, has_aux=True)(p)
            power1, power2 = power1 * BETA1, power2 * BETA2
            mean = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, mean, g)
            square = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, square, g)
            moved = jax.tree.map(
                lambda p, m, v, rate: p - rate * (m / (1 - power1)) / (jnp.sqrt(v / (1 - power2)) + EPSILON),
                p,
                mean,
                square,
                rates,
            )
            seen = loss
            if watches:
                right = (2 * (y @ targets.T) - squares).argmax(1) == answers
                seen = loss, right[:trained].mean(), right[trained:].mean()
            return (moved, mean, square, power1, power2), seen

        self.many = jax.jit(lambda state, length: jax.lax.scan(step, state, length=length), static_argnums=1)
        self.loss = jax.jit(lambda p: loss_of(p)[0])
        self.run(1)

    def begin(self):
        zeros = jax.tree.map(jnp.zeros_like, self.start)
        return self.start, zeros, zeros, jnp.float32(1), jnp.float32(1)

    def check(self):
        (p, *_), _ = self.many(self.begin(), 100)
        return [float(self.loss(p)), *p["E"].ravel().tolist()]

    def run(self, calls):
        for _ in range(calls):
            jax.block_until_ready(self.many(self.begin(), self.steps))


class Milestones:
    units = 1

    def __init__(self, folder):
        self.training = Run(folder, 2001, True)

    def check(self):
        _, (_, *shares) = self.training.many(self.training.begin(), 2001)
        # The outputs at step s are those after update s - 1.
        reached = [(share >= 0.9).at[0].set(False) for share in shares]
        return [int(r.argmax()) - 1 if bool(r.any()) else -1 for r in reached]

    def run(self, calls):
        pass


serve({"JAX": jax.__version__}, {"run": Run, "milestones": Milestones})
