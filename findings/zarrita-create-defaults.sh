#!/usr/bin/env bash
# zarrita 0.7.5: `create()` without `fillValue` writes "fill_value": null, and without `codecs` an empty list, both of which version 3 of Zarr does not allow. zarrita reads its own store;
# zarr-python 3.1.6, and xarray with it, refuse it: a null fill value with a TypeError, an empty list of codecs with "At least one ArrayBytesCodec is required".
# Way round: give both always. Names of axes are `dimensionNames`.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --ignore-scripts zarrita@0.7.5
python3 -m venv venv
venv/bin/pip install --quiet numpy==2.4.6 zarr==3.1.6
cat >write.mjs <<'JAVASCRIPT'
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as zarr from "zarrita";

const codecs = [{ name: "bytes", configuration: { endian: "little" } }];
for (const [name, options] of Object.entries({
  defaults: {},
  "no-fill": { codecs },
  "no-codecs": { fillValue: 0 },
  both: { codecs, fillValue: 0 },
})) {
  const store = new Map();
  const array = await zarr.create(zarr.root(store), { shape: [3], chunkShape: [3], dtype: "float64", ...options });
  await zarr.set(array, null, { data: Float64Array.of(1, 2, 3), shape: [3], stride: [1] });
  const { fill_value, codecs: written } = JSON.parse(new TextDecoder().decode(store.get("/zarr.json")));
  const { data } = await zarr.get(await zarr.open(zarr.root(store), { kind: "array" }));
  console.log(name, JSON.stringify({ fill_value, codecs: written }), "zarrita reads", [...data].join());
  for (const [path, bytes] of store) {
    const file = join(`${name}.zarr`, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
}
JAVASCRIPT
node write.mjs
venv/bin/python - <<'PYTHON'
import zarr

print("zarr", zarr.__version__)
opened = []
for name in ("defaults", "no-fill", "no-codecs", "both"):
    try:
        print(name, zarr.open_array(f"{name}.zarr", mode="r")[:])
        opened.append(name)
    except (TypeError, ValueError) as error:
        print(name, "is refused:", error)
assert opened == ["both"], f"zarr-python opens {opened} now"
PYTHON
