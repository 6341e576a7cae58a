#!/usr/bin/env bash
# numpy 2.2.6 with ml_dtypes 0.5.3: an array of bfloat16 goes into an npz file without a word and comes back as raw bytes (dtype V2), with which nothing can be computed.
# The file itself says "<V2", so that no reader can know what the numbers were. Way round: save x.astype(numpy.float32).
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet numpy==2.2.6 ml_dtypes==0.5.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import ml_dtypes
import numpy

print("numpy", numpy.__version__, "ml_dtypes", ml_dtypes.__version__)
x = numpy.arange(4, dtype=numpy.float32).astype(ml_dtypes.bfloat16)
numpy.savez("x.npz", x=x)
back = numpy.load("x.npz")["x"]
print("saved", x.dtype, "loaded", back.dtype)
assert back.dtype == numpy.dtype("V2"), "bfloat16 survives now"
try:
    back + back
except TypeError as error:
    print("arithmetic fails:", error)
else:
    raise AssertionError("raw bytes can be added now")
PYTHON
