#!/usr/bin/env node
/**
 * Runs `landau reproduce NAME --quick` for every system and compares the content hashes with those kept in
 * test/reproductions/hashes.json, which says since when and why: equal hashes are equal records, line by line. Needs a build; takes some minutes.
 *
 *     node scripts/reproduction-hashes.mjs [--runs FOLDER] [NAME ...]
 *
 * With FOLDER the runs are kept there, for `node scripts/mutants.mjs --runs FOLDER`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const root = resolve(import.meta.dirname, "..");
const { at, since, hashes } = JSON.parse(readFileSync(join(root, "test/reproductions/hashes.json"), "utf8"));
const { values, positionals: asked } = parseArgs({ allowPositionals: true, options: { runs: { type: "string" } } });
const unknown = asked.find(name => !Object.hasOwn(hashes, name));
if (unknown !== undefined) {
  console.error(`no hash of ${unknown} is kept: one of ${Object.keys(hashes).join(", ")}`);
  process.exit(2);
}
const runs = values.runs === undefined ? mkdtempSync(join(tmpdir(), "landau-hashes-")) : resolve(values.runs);
let failed = 0;
try {
  for (const name of asked.length > 0 ? asked : Object.keys(hashes)) {
    const words = ["dist/cli.mjs", "reproduce", name, "--quick", "--json", "--runs", runs];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: "utf8" });
    const { contentHash, verdicts = [] } = stdout ? JSON.parse(stdout) : {};
    const holds = verdicts.filter(({ outcome }) => outcome === "holds").length;
    const isEqual = contentHash === hashes[name];
    if (!isEqual) failed++;
    console.log(
      `${isEqual ? "equal" : "OTHER"}  ${name}  ${contentHash ?? stderr.trim().split("\n").at(-1)}  ${holds} of ${verdicts.length} claims hold`,
    );
    if (status !== 0 && isEqual) failed++;
  }
} finally {
  if (values.runs === undefined) rmSync(runs, { recursive: true, force: true });
}
const newer = Object.entries(since).map(([name, reason]) => `${name} (${reason})`);
console.log(
  `${failed === 0 ? "all as" : `${failed} not as`} kept: hashes of ${at}, and newer ones of ${newer.join(", ")}`,
);
process.exit(failed === 0 ? 0 : 1);
