"""Opens what `landau export` wrote of a sweep with xarray and pandas, and compares it with the records of the run as they stand in its logs.

python check.py RUN_FOLDER PARQUET_FOLDER ZARR_FOLDER STUDY X Y

Prints {versions, found: [{check, numbers, result}]} as JSON; ends with code 1 when one differs. Warnings are errors."""

import json
import math
import sys
import warnings
from importlib.metadata import version
from pathlib import Path

warnings.simplefilter("error")

import numpy
import pandas
import xarray


def number(value):
    return math.nan if value is None else float(value)


def same(a, b):
    a, b = numpy.asarray(a, dtype=float), numpy.asarray(b, dtype=float)
    return a.shape == b.shape and bool(numpy.array_equal(a, b, equal_nan=True))


def near(a, b):
    a, b = numpy.asarray(a, dtype=float), numpy.asarray(b, dtype=float)
    return a.shape == b.shape and bool(numpy.allclose(a, b, rtol=1e-13, atol=0, equal_nan=True))


run_folder, parquet_folder, zarr_folder, study, x, y = sys.argv[1:]
lines = [line for log in Path(run_folder, "tasks").iterdir() for line in log.read_text().splitlines()]
records = [record for record in map(json.loads, lines) if record["kind"] == "cell"]
names = {"x": x, "y": y}
rows = [{names.get(field, field): value for field, value in record.items() if field != "kind"} for record in records]

found = []


def check(what, numbers, right):
    found.append({"check": what, "numbers": int(numbers), "result": "equal" if right else "DIFFERENT"})


# Parquet, pandas: the rows of the table are those of the logs, in an order of its own.
frame = pandas.read_parquet(Path(parquet_folder, f"{study}-cell.parquet"))
check("pandas: columns as the records have them", len(frame.columns), sorted(frame.columns) == sorted({field for row in rows for field in row}))
by_place = {(row["seed"], row[y], row[x]): row for row in rows}
in_order = [by_place[place] for place in zip(frame["seed"], frame[y], frame[x], strict=True)]
check("pandas: one row a record", len(frame), len(frame) == len(by_place) == len(rows))
for column in frame.columns:
    values = [row.get(column) for row in in_order]
    if column == "label":
        check(f"pandas: {column}, {frame[column].dtype}", len(values), list(frame[column]) == values)
    else:
        check(f"pandas: {column}, {frame[column].dtype}", len(values), same(frame[column], [number(value) for value in values]))
meanings = frame.attrs["columns"]
check(
    "pandas: a meaning of each column in attrs, steps with their unit",
    len(meanings),
    all(meanings[column]["meaning"] for column in frame.columns)
    and all((meanings[column].get("unit") == "steps") == (column.lower().endswith(("step", "steps"))) for column in frame.columns),
)

# Zarr, xarray.
data = xarray.open_zarr(Path(zarr_folder, f"{study}.zarr"))
xs = sorted({row[x] for row in rows})
ys = sorted({row[y] for row in rows})
seeds = sorted({row["seed"] for row in rows})
check("xarray: dimensions", 3, dict(data.sizes) == {"seed": len(seeds), y: len(ys), x: len(xs)})
check("xarray: coordinates", len(xs) + len(ys) + len(seeds), same(data[x], xs) and same(data[y], ys) and same(data["seed"], seeds))
check("xarray: units everywhere but on codes of phases", len(data.variables), all(("units" in v.attrs) != ("flag_values" in v.attrs) for v in data.variables.values()))

cells = {(v, u): [row for row in rows if (row[y], row[x]) == (v, u)] for v in ys for u in xs}
phases = data["phase"].attrs["phases"]


def over_runs(of):
    return [[[of(by_place[s, v, u]) for u in xs] for v in ys] for s in seeds]


def over_cells(of):
    return [[of(cells[v, u]) for u in xs] for v in ys]


for name, array in data.data_vars.items():
    if array.dims == ("seed", y, x) and name != "label":
        wanted = over_runs(lambda row, name=name: number(row.get(name)))
        check(f"xarray: {name}(seed, y, x) in {array.attrs['units']}", array.size, same(array, wanted))
got = [[[phases[code] for code in line] for line in plane] for plane in data["label"].values]
check("xarray: label(seed, y, x), codes by their names", data["label"].size, got == over_runs(lambda row: row["label"]))

check("xarray: count(y, x)", data["count"].size, same(data["count"], over_cells(len)))


def votes(own):
    labels = [row["label"] for row in own]
    most = max(labels.count(label) for label in labels)
    return {label for label in labels if labels.count(label) == most}, most / len(labels)


check("xarray: agreement(y, x)", data["agreement"].size, near(data["agreement"], over_cells(lambda own: votes(own)[1])))
leading = over_cells(lambda own: votes(own)[0])
check(
    "xarray: phase(y, x), one of the most frequent",
    data["phase"].size,
    all(phases[int(data["phase"][i, j])] in leading[i][j] for i in range(len(ys)) for j in range(len(xs))),
)


def orders(own):
    values = numpy.array([number(row["order"]) for row in own])
    return values[~numpy.isnan(values)]


def error(own):
    values = orders(own)
    return values.std(ddof=1) / math.sqrt(len(values)) if len(values) > 1 else math.nan


check("xarray: orderMean(y, x)", data["orderMean"].size, near(data["orderMean"], over_cells(lambda own: orders(own).mean() if len(orders(own)) else math.nan)))
check("xarray: orderStandardError(y, x)", data["orderStandardError"].size, near(data["orderStandardError"], over_cells(error)))
chosen = data["orderMean"].sel({x: xs[1], y: ys[2]}, method="nearest")
check("xarray: selected by the values of the controls", 1, same(chosen, data["orderMean"][2, 1]))

print(json.dumps({"versions": {name: version(name) for name in ("xarray", "zarr", "pandas", "pyarrow", "numpy")}, "found": found}))
sys.exit(0 if all(each["result"] == "equal" for each in found) else 1)
