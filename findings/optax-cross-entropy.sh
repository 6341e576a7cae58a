#!/usr/bin/env bash
# optax 0.2.8 on JAX 0.10.2, float32: softmax_cross_entropy_with_integer_labels and softmax_cross_entropy, the same quantity in two spellings, do not
# give the same number. The first subtracts the label's logit from the logarithm of the sum, each rounded at the size of the logits: with
# a margin of 15 it is exactly 0 where the second gives 3.6e-7 and the right value is 3.1e-7; with 1e5 added to all logits, which changes nothing in exact
# arithmetic, it is 7.8e-3 at a margin of 5, where 6.7e-3 is right. A logged loss then falls to its last values in steps that come from rounding, and a
# detector of plateaus finds them. (The gradients are right at that offset.)
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jax==0.10.2 jaxlib==0.10.2 optax==0.2.8
cd "$folder"
JAX_PLATFORMS=cpu "$folder/venv/bin/python" - <<'PYTHON'
import math

import jax
import jax.numpy as jnp
import optax


def by_label(logits):
    return optax.softmax_cross_entropy_with_integer_labels(logits, 0)


def by_vector(logits):
    return optax.softmax_cross_entropy(logits, jnp.array([1.0, 0.0], jnp.float32))


print("jax", jax.__version__, "optax", optax.__version__)
seen = {}
for margin, offset in [(5, 0), (5, 1e5), (10, 0), (15, 0)]:
    logits = jnp.array([margin + offset, offset], jnp.float32)
    exact = math.log1p(math.exp(-margin))
    first, second = float(by_label(logits)), float(by_vector(logits))
    seen[margin, offset] = first, second
    slope = float(jax.grad(by_label)(logits)[0])
    print(f"margin {margin:2} offset {offset:8.0f}: by label {first:.6e}, by vector {second:.6e}, exact {exact:.6e}; slope by label {slope:.6e}")
assert seen[15, 0][0] == 0 and 3e-7 < seen[15, 0][1] < 4e-7, "the two spellings agree at a margin of 15 now"
assert seen[5, 1e5][0] != seen[5, 0][0], "the offset changes nothing now"
assert abs(seen[5, 1e5][1] - seen[5, 0][1]) < 1e-6, "the second spelling depends on the offset now"
assert seen[10, 0][0] != seen[10, 0][1], "the two spellings agree at a margin of 10 now"
PYTHON
