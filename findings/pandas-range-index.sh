#!/usr/bin/env bash
# pandas 3.1.1 with pyarrow 25.0.1: whether the steps of a log are a column of its Parquet file depends on their values. set_index("step") makes a RangeIndex of numbers that
# are evenly spaced, and to_parquet writes that as a rule in the file's metadata, without a column: Polars 2.1.0 and DuckDB 1.5.5 find the loss alone, and no step. One step more that is out of line, and the
# column is there. pandas 2.3.3 kept the column in both. pandas itself reads both back, and so looks right to who writes.
# A rule outlives its rows: pyarrow keeps it when rows are taken away, and then pandas counts those that are left from 0, without a word.
# Way round: reset_index() before to_parquet, or index=True, which writes the column always. A reader has to look for "index_columns" in the metadata "pandas".
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for version in 2.3.3 3.1.1; do
  python3 -m venv "pandas-$version"
  "pandas-$version/bin/pip" install --quiet "pandas==$version" pyarrow==25.0.1 polars==2.1.0 duckdb==1.5.5 numpy==2.4.6
done
cat >write.py <<'PYTHON'
import duckdb
import pandas
import polars
import pyarrow.compute
import pyarrow.parquet

print("pandas", pandas.__version__, "polars", polars.__version__, "duckdb", duckdb.__version__)
is_new = int(pandas.__version__[0]) >= 3
even = [0, 10, 20, 30]
for steps in (even, even + [45]):
    log = pandas.DataFrame({"step": steps, "loss": [1 / (1 + step) for step in steps]}).set_index("step")
    log.to_parquet("log.parquet")
    seen = polars.read_parquet("log.parquet").columns
    assert seen == [name for name, *_ in duckdb.sql("select * from 'log.parquet'").description]
    back = list(pandas.read_parquet("log.parquet").index)
    print("steps", steps, "- columns that others find:", seen, "- steps that pandas finds:", back)
    assert back == steps
    assert seen == (["loss"] if is_new and steps == even else ["loss", "step"]), "other columns are written now"
    log.to_parquet("log.parquet", index=True)
    assert "step" in polars.read_parquet("log.parquet").columns
if is_new:
    log = pandas.DataFrame({"step": even, "loss": [4.0, 3.0, 2.0, 1.0]}).set_index("step")
    log.to_parquet("log.parquet")
    table = pyarrow.parquet.read_table("log.parquet")
    pyarrow.parquet.write_table(table.filter(pyarrow.compute.less(table["loss"], 3.5)), "late.parquet")
    late = pandas.read_parquet("late.parquet")
    print("without its first row:", dict(late["loss"]), "name of the index:", late.index.name)
    assert list(late.index) == [0, 1, 2], "the rule is kept in step now"
PYTHON
for version in 2.3.3 3.1.1; do
  "pandas-$version/bin/python" -W ignore write.py
done
