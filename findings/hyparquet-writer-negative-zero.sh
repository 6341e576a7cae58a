#!/usr/bin/env bash
# hyparquet-writer 0.17.0 (read back by hyparquet 1.31.5 and pyarrow 26.0.1): in a DOUBLE column that it stores by a dictionary, -0 comes back as 0. Its dictionary is a JavaScript
# Map, for which the two are one key; in a column of different values, which gets no dictionary, -0 stays. So the same number is kept or not by its neighbours.
# Way round: `encoding: "PLAIN"` for every column of numbers.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --ignore-scripts hyparquet-writer@0.17.0 hyparquet@1.31.5
python3 -m venv venv
venv/bin/pip install --quiet numpy==2.4.6 pyarrow==26.0.1
cat >write.mjs <<'JAVASCRIPT'
import { writeFileSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";

const columns = {
  alike: { data: Array.from({ length: 100 }, (_, i) => (i % 2 ? -0 : 0)) },
  different: { data: Array.from({ length: 100 }, (_, i) => (i === 0 ? -0 : i)) },
  plain: { data: Array.from({ length: 100 }, (_, i) => (i % 2 ? -0 : 0)), encoding: "PLAIN" },
};
for (const [name, column] of Object.entries(columns)) {
  const file = parquetWriteBuffer({ columnData: [{ name: "x", type: "DOUBLE", ...column }] });
  writeFileSync(`${name}.parquet`, new Uint8Array(file));
  const count = values => values.filter(value => Object.is(value, -0)).length;
  const rows = await parquetReadObjects({ file });
  console.log(name, "written:", count(column.data), "read by hyparquet:", count(rows.map(({ x }) => x)));
}
JAVASCRIPT
node write.mjs
venv/bin/python - <<'PYTHON'
import numpy
import pyarrow
import pyarrow.parquet

print("pyarrow", pyarrow.__version__)
counts = {}
for name in ("alike", "different", "plain"):
    values = pyarrow.parquet.read_table(f"{name}.parquet")["x"].to_numpy()
    counts[name] = int(numpy.signbit(values).sum())
    print(name, "read by pyarrow:", counts[name])
assert counts == {"alike": 0, "different": 1, "plain": 50}, "negative zeros are kept now"
PYTHON
