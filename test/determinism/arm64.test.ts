import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { arm64Missing, arm64Node } from "../support/arm64.ts";
import { bundleForBrowser } from "../support/bundle.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import type { Table } from "./table/bits.ts";

const why = arm64Missing();
if (full && why !== undefined) console.log(`not tried on arm64: ${why}`);

test.runIf(full && why === undefined)(
  "Node for arm64, emulated, makes the table of golden.json, WebAssembly kernels included",
  async () => {
    const { code } = await bundleForBrowser("test/determinism/table/index.ts", { format: "iife" });
    const path = join(emptyFolder(), "table.cjs");
    writeFileSync(
      path,
      `${code}\nbitsTable().then(table => console.log(JSON.stringify({ arch: process.arch, table })));\n`,
    );
    const { program, words } = arm64Node();
    const { stdout } = await promisify(execFile)(program, [...words, path], { maxBuffer: 1 << 26 });
    const { arch, table } = JSON.parse(stdout);
    expect(arch).toBe("arm64");
    const golden: Table = JSON.parse(readFileSync(join(import.meta.dirname, "golden.json"), "utf8"));
    expect(table).toEqual(golden);
  },
  600_000,
);
