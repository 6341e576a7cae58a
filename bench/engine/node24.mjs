import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../test/engines");

/** Path of the Node 24 that the determinism tests use too, installed from npm when missing; undefined where that fails. */
export const node24 = () => {
  const parameters = ["ci", "--ignore-scripts", "--no-audit", "--no-fund"];
  if (!existsSync(join(folder, "node_modules/.package-lock.json")))
    spawnSync("npm", parameters, { cwd: folder, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  try {
    return createRequire(join(folder, "package.json")).resolve(`node-${process.platform}-${process.arch}/bin/node`);
  } catch {
    return undefined;
  }
};
