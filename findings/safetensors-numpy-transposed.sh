#!/usr/bin/env bash
# safetensors 0.8.0: safetensors.numpy.save and save_file write the memory of an array under its shape, whatever the order that the array is in. A transposed weight (w.T, as it is made for
# another framework's layout), a Fortran-ordered one, and every second column come back with the right shape and type and wrong values, without a word; 0.7.0 wrote
# them right, and numpy's own npz does. The torch side refuses such tensors with an error; arrays of JAX 0.10.2 come out in C order and are right.
# Way round: numpy.ascontiguousarray(w) before saving.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 0.7.0 0.8.0; do
  python3 -m venv "safetensors-$version"
  "safetensors-$version/bin/pip" install --quiet "safetensors==$version" numpy==2.4.6 jax==0.10.2
done
cat >save.py <<'PYTHON'
import io

import jax.numpy
import numpy
import safetensors
import safetensors.flax
import safetensors.numpy

print("safetensors", safetensors.__version__, "numpy", numpy.__version__)
is_new = safetensors.__version__ == "0.8.0"
weight = numpy.arange(6, dtype=numpy.float32).reshape(2, 3)
for name, array in {"as it is": weight, "transposed": weight.T, "Fortran order": numpy.asfortranarray(weight), "every second column": weight[:, ::2]}.items():
    back = safetensors.numpy.load(safetensors.numpy.save({"w": array}))["w"]
    print(f"{name}: saved {array.tolist()}, loaded {back.tolist()}")
    assert back.shape == array.shape and back.dtype == array.dtype
    assert numpy.array_equal(back, array) == (name == "as it is" or not is_new), "it is written otherwise now"
    copied = safetensors.numpy.load(safetensors.numpy.save({"w": numpy.ascontiguousarray(array)}))["w"]
    assert numpy.array_equal(copied, array)
    file = io.BytesIO()
    numpy.savez(file, w=array)
    file.seek(0)
    assert numpy.array_equal(numpy.load(file)["w"], array)
turned = jax.numpy.asarray(weight).T
assert numpy.array_equal(safetensors.flax.load(safetensors.flax.save({"w": turned}))["w"], turned)
PYTHON
for version in 0.7.0 0.8.0; do
  "safetensors-$version/bin/python" save.py
done
