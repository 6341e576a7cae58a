import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "tsdown";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleForBrowser } from "../support/bundle.ts";
import { furtherNode, node24 } from "../support/engines.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import type { Table } from "./table/bits.ts";

/* Long: what engines.test.ts asks of Node 24, of Node 22 and 26 too, and the names of tasks of all of them. */

const run = async (node: string, script: string): Promise<string> =>
  (await promisify(execFile)(node, [script], { maxBuffer: 2 ** 28 })).stdout;

describe.runIf(full)("every version of Node", () => {
  const folder = emptyFolder();
  const table = join(folder, "table.cjs");
  const names = join(folder, "names/names.mjs");
  beforeAll(async () => {
    const { code } = await bundleForBrowser("test/determinism/table/index.ts", { format: "iife" });
    writeFileSync(table, `${code}\nbitsTable({}).then(table => console.log(JSON.stringify(table)));\n`);
    await build({
      config: false,
      entry: { names: join(import.meta.dirname, "names-of-tasks.ts") },
      outDir: join(folder, "names"),
      platform: "node",
      // In one folder far from node_modules: all that it needs goes with it.
      noExternal: [/./],
      dts: false,
      logLevel: "silent",
      outExtensions: () => ({ js: ".mjs" }),
    });
  });

  const versions = { 22: () => furtherNode(22), 24: node24, 26: () => furtherNode(26) } as const;

  test.each([22, 26] as const)("Node %i makes the table of this Node", async version => {
    const [here, there] = await Promise.all([process.execPath, versions[version]()].map(node => run(node, table)));
    expect(JSON.parse(there) as Table).toEqual(JSON.parse(here) as Table);
  });

  test.each([22, 24, 26] as const)("Node %i gives tasks the names that this Node gives", async version => {
    const [here, there] = await Promise.all([process.execPath, versions[version]()].map(node => run(node, names)));
    const [own, other]: { readonly [reproduction: string]: readonly string[] }[] = [here, there].map(text =>
      JSON.parse(text),
    );
    expect(Object.values(own).flat().length).toBeGreaterThan(1000);
    expect(other).toEqual(own);
  });
});
