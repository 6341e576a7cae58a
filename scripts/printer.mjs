import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const src = resolve(import.meta.dirname, "../src");

/** What a program is lowered and printed by: the engine, and the layer that it stands on. */
const LAYERS = ["engine", "numerics"];

/** What a bundler puts in place of names: a hash of all sources that lower and print programs, by which their libraries in the cache are known. */
export const printer = () => {
  const hash = createHash("sha256");
  for (const layer of LAYERS)
    for (const path of readdirSync(join(src, layer), { recursive: true, encoding: "utf8" }).sort())
      if (path.endsWith(".ts")) hash.update(`${layer}/${path}\0`).update(readFileSync(join(src, layer, path)));
  return { LANDAU_PRINTER: JSON.stringify(hash.digest("hex").slice(0, 16)) };
};
