#!/usr/bin/env bash
# rolldown 1.0.0-rc.17 and 1.0.0 with `codeSplitting: false`: what a main module takes through a barrel is never initialised when three things meet:
# the package says `"sideEffects": false`, the barrel re-exports a module, and another module that is imported on demand takes the same module.
# The bundle is made without a warning and fails as soon as it runs; in 1.1.0 it runs. Way round with the old ones: leave `sideEffects` out.
# Fails when the behaviour changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > one.js <<'JS'
export const sizes = new Map([["small", 2]]);
JS
cat > late.js <<'JS'
import { sizes } from "./one.js";
export const twice = 2 * sizes.get("small");
JS
cat > demand.js <<'JS'
export const load = () => import("./late.js");
JS
cat > barrel.js <<'JS'
export { load } from "./demand.js";
export { sizes } from "./one.js";
JS
cat > main.js <<'JS'
import { load, sizes } from "./barrel.js";
console.log(sizes.get("small"), (await load()).twice);
JS
cat > bundle.mjs <<'JS'
import { build } from "rolldown";
const [input, file] = process.argv.slice(2);
await build({ input, logLevel: "warn", output: { file, codeSplitting: false } });
JS
# What a program prints, or the name of the error it ends with.
said() { node "$1" 2>&1 | grep -oE '^[0-9]+ [0-9]+$|TypeError' | head -1; }
expect() { echo "$1: $2"; [ "$2" = "$3" ] || { echo "expected $3"; exit 1; }; }

for version in 1.0.0-rc.17 1.0.0 1.1.0; do
  for free in true false; do
    printf '{ "type": "module", "sideEffects": %s }\n' "$free" > package.json
    npm install --ignore-scripts --no-save --silent "rolldown@$version"
    node bundle.mjs main.js out.mjs
    wanted="2 4"
    if [ "$version" != 1.1.0 ] && [ "$free" = false ]; then wanted=TypeError; fi
    expect "rolldown $version, sideEffects $free" "$(said out.mjs)" "$wanted"
  done
done
expect "sources" "$(said main.js)" "2 4"
