#!/usr/bin/env bash
# JAX 0.10.2: jax.random.normal in its default single precision has no tail, and what it has is not symmetric. A draw is made of 23 random bits, so
# that of 200 million none is above 5.2201 or below -5.4200 (six on either side beyond 5.42 are expected); beyond 4.9 there are 8 different
# values in all, each some 20 times, and the last on the left, -5.4200, lies farther out than the last on the right. A Langevin sampler that
# draws its noise so cannot be pushed farther, whatever the number of its parameters. In double precision the same seeds reach beyond 5.42.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet jax==0.10.2 jaxlib==0.10.2
cd "$folder"
JAX_PLATFORMS=cpu JAX_ENABLE_X64=1 "$folder/venv/bin/python" - <<'PYTHON'
import math

import jax
import jax.numpy as jnp
import numpy as np

EACH, SEEDS = 4_000_000, 50


def outliers(dtype):
    draw = jax.jit(lambda key: jax.random.normal(key, (EACH,), dtype))
    kept = []
    for seed in range(SEEDS):
        z = np.asarray(draw(jax.random.key(seed)))
        kept.append(z[np.abs(z) > 4.9])
    return np.concatenate(kept)


draws = EACH * SEEDS
expected = draws * math.erfc(5.42 / math.sqrt(2)) / 2
print("jax", jax.__version__, f"{draws} draws; expected above 5.42: {expected:.1f}, and as many below -5.42")
single = outliers(jnp.float32)
values, times = np.unique(single, return_counts=True)
print("single:", ", ".join(f"{value:.4f} x {count}" for value, count in zip(values, times)))
double = outliers(jnp.float64)
print(f"double: {len(np.unique(double))} values in {len(double)} beyond 4.9, from {double.min():.4f} to {double.max():.4f}, {np.sum(np.abs(double) > 5.42)} beyond 5.42")
assert expected > 5
assert len(values) == 8, f"{len(values)} different values beyond 4.9"
assert single.max() < 5.2202 and -5.4201 < single.min() < -5.4199, "the ends have moved"
assert len(np.unique(double)) == len(double) and np.sum(np.abs(double) > 5.42) > 0, "double precision has no tail either"
PYTHON
