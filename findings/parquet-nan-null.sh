#!/usr/bin/env bash
# pandas 3.1.1 and Polars 2.1.0 write the same column of losses with a NaN to Parquet in two ways: pandas' to_parquet (through pyarrow 25.0.1) stores it as null, Polars as the number NaN. Read by
# pyarrow the first has one null and no NaN, the other the reverse. So a diverged loss is a missing value in one file and a value in the other, and in JavaScript a null counts as 0 in arithmetic.
# Way round: take a null in a column of floats as missing and count it; write NaN as NaN.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet pandas==3.1.1 polars==2.1.0 pyarrow==25.0.1
venv/bin/python - <<'PYTHON'
import math

import pandas
import polars
import pyarrow.parquet

loss = [2.0, math.nan, 1.0]
pandas.DataFrame({"loss": loss}).to_parquet("pandas.parquet")
polars.DataFrame({"loss": loss}).write_parquet("polars.parquet")
print("pandas", pandas.__version__, "polars", polars.__version__, "pyarrow", pyarrow.__version__)
seen = {}
for name in ("pandas", "polars"):
    values = pyarrow.parquet.read_table(f"{name}.parquet")["loss"].to_pylist()
    seen[name] = (values.count(None), sum(1 for value in values if value is not None and math.isnan(value)))
    print(f"{name}: {values}, nulls {seen[name][0]}, NaN {seen[name][1]}")
assert seen == {"pandas": (1, 0), "polars": (0, 1)}, "NaN is written otherwise now"
PYTHON
