#!/usr/bin/env bash
# xarray 2026.9.0 with zarr 3.1.6: in a store of Zarr version 3, the CF attribute `_FillValue` of a float array has to be the base64 text of its eight bytes. The number itself, which CF asks for
# and an int array may have, is a TypeError, and the text "NaN" a binascii.Error, when the whole data set is opened, without the name of the array.
# Way round for a writer: no `_FillValue`; a NaN says by itself that a number is missing.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet numpy==2.4.6 pandas==3.1.1 xarray==2026.9.0 zarr==3.1.6
venv/bin/python - <<'PYTHON'
import base64
import struct
import warnings

import numpy
import xarray
import zarr

warnings.simplefilter("ignore")
print("xarray", xarray.__version__, "zarr", zarr.__version__)


def opened(name, dtype, fill):
    group = zarr.open_group(f"{name}.zarr", mode="w", zarr_format=3)
    array = group.create_array("a", shape=(3,), dtype=dtype, dimension_names=["x"], attributes={"_FillValue": fill})
    array[:] = numpy.array([1, -999, 3], dtype=dtype)
    try:
        values = xarray.open_zarr(f"{name}.zarr", consolidated=False)["a"].values
        print(name, repr(fill), "->", values)
        return True
    except Exception as error:
        print(name, repr(fill), "->", f"{type(error).__name__}: {error}")
        return False


results = [
    opened("int-number", "int32", -999),
    opened("float-number", "float64", -999.0),
    opened("float-nan", "float64", "NaN"),
    opened("float-base64", "float64", base64.b64encode(struct.pack("<d", -999.0)).decode()),
]
assert results == [True, False, False, True], f"opened: {results}"
PYTHON
