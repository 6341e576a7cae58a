import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";

const root = resolve(import.meta.dirname, "..");

/** A module of the project that is written in TypeScript, which Node 20 does not read. */
export const loaded = async path => {
  const file = join(root, path.replace(/\.ts$/, ".tmp.mjs"));
  await build({ input: join(root, path), platform: "node", external: /^[^./]/, logLevel: "silent", output: { file } });
  try {
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(file);
  }
};
