import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";
import { printer } from "../../scripts/printer.mjs";

const out = join(import.meta.dirname, "../../node_modules/.cache/landau-bench");

/** Bundles one TypeScript entry together with the parts of src/ it imports; returns the path of the result. */
export const bundle = async (name, entry) => {
  mkdirSync(out, { recursive: true });
  await build({
    config: false,
    entry: { [name]: entry },
    outDir: out,
    format: "esm",
    platform: "node",
    target: "node20",
    define: printer(),
    dts: false,
    clean: false,
    logLevel: "error",
  });
  return join(out, `${name}.mjs`);
};
