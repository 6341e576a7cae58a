#!/usr/bin/env bash
# hyparquet 1.31.5: a DECIMAL column of Parquet holds exact digits, and its values come back as an integer times 10 ** -scale, a factor that is itself rounded: 0.00001 is read as
# 0.000009999999999999999 and 0.35 as 0.35000000000000003. Of the hundred thousand decimals from 0 to 1 with five digits, as PyArrow 25.0.1 writes them, six of ten are not the number that
# the same digits give in JavaScript, or in a CSV of the same table; of those with two digits, one of seven. Whole numbers are right. So learning rates that are exported by a database do
# not equal those of the configuration, and joins and Map keys miss.
# Way round: Number(value.toFixed(scale)), which was right for all that are tried here.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv environment
environment/bin/pip install --quiet pyarrow==25.0.1
npm init --yes >init.log
npm install --silent --ignore-scripts hyparquet@1.31.5
environment/bin/python - <<'PYTHON'
import decimal
import json

import pyarrow
import pyarrow.parquet

for scale in (0, 2, 5):
    values = [decimal.Decimal(i).scaleb(-scale) for i in range(100_001)]
    table = pyarrow.table({"x": pyarrow.array(values, pyarrow.decimal128(12, scale))})
    pyarrow.parquet.write_table(table, f"{scale}.parquet", compression="snappy")
    back = pyarrow.parquet.read_table(f"{scale}.parquet")["x"].to_pylist()
    with open(f"{scale}.json", "w") as file:
        json.dump([str(value) for value in back], file)
PYTHON
cat >read.mjs <<'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";

const shares = {};
for (const scale of [0, 2, 5]) {
  const words = JSON.parse(readFileSync(`${scale}.json`, "utf8"));
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(`${scale}.parquet`) });
  const wrong = rows.flatMap(({ x }, i) => (x === Number(words[i]) ? [] : [`${words[i]} as ${x}`]));
  const mended = rows.filter(({ x }, i) => Number(x.toFixed(scale)) !== Number(words[i])).length;
  console.log(`scale ${scale}: ${wrong.length} of ${rows.length} differ`, wrong.slice(0, 3), `after toFixed: ${mended}`);
  shares[scale] = wrong.length / rows.length;
  if (mended > 0) throw new Error("the way round fails");
}
if (shares[0] !== 0 || !(shares[5] > 0.5) || !(shares[2] > 0.1)) throw new Error("decimals are read otherwise now");
JAVASCRIPT
node read.mjs
