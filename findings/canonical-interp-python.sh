#!/usr/bin/env bash
# canonical-interp 0.1.5: its metadata asks for Python 3.10, and pip installs it there; its import takes itertools.batched, which came with Python 3.12, and fails on 3.10 and 3.11.
# What follows for us: the benchmark beside it gives itertools that function first (bench/coefficient/peers.py). On Python 3.12 there is nothing to see.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet canonical-interp==0.1.5
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import importlib.metadata
import sys

asked = importlib.metadata.metadata("canonical-interp")["Requires-Python"]
print("canonical-interp", importlib.metadata.version("canonical-interp"), "asks for Python", asked, "- this is", sys.version.split()[0])
assert asked == ">=3.10", "it asks for another Python now"
try:
    import canonical_interp
except ImportError as error:
    print("import fails:", error)
    assert "batched" in str(error)
else:
    assert sys.version_info >= (3, 12), "it can be imported now"
PYTHON
