import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastModes } from "../../src/engine/fast-modes.ts";
import { type Bundle, bundleForBrowser } from "../support/bundle.ts";
import { launchChromium, node24 } from "../support/engines.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import { type Site, serve } from "../support/serve.ts";
import { hashBits, type Table } from "./table/bits.ts";

/*
 * One script computes one table of hashes, engine by engine. golden.json holds the table; after a change that is meant to
 * change bits: npx vitest run test/determinism/engines.test.ts -u
 */

let bundle: Bundle;
let here: Table;

beforeAll(async () => {
  bundle = await bundleForBrowser("test/determinism/table/index.ts", { format: "iife" });
  here = await inNode(process.execPath);
});

const inNode = async (node: string, flags: readonly string[] = [], modes: FastModes = {}): Promise<Table> => {
  const path = join(emptyFolder(), "table.cjs");
  const call = `bitsTable(${JSON.stringify(modes)})`;
  writeFileSync(path, `${bundle.code}\n${call}.then(table => console.log(JSON.stringify(table)));\n`);
  return JSON.parse((await promisify(execFile)(node, [...flags, path])).stdout);
};

/** The entries of one table that another lacks or has otherwise. */
const differing = (table: Table, other: Table): string[] =>
  [...new Set([...Object.keys(table), ...Object.keys(other)])]
    .filter(name => table[name] !== other[name])
    .map(name => `${name}: ${table[name]}, not ${other[name]}`);

test("the table of this Node is golden.json", async () => {
  await expect(`${JSON.stringify(here, null, 2)}\n`).toMatchFileSnapshot("golden.json");
});

test("Node 24 makes the table of this Node", async () => {
  expect(differing(await inNode(node24()), here)).toEqual([]);
});

test("vectors of 256 bits make the table of this Node", async () => {
  // V8 joins vectors only where its optimising compiler is at work: from the beginning here.
  const flags = ["--experimental-wasm-revectorize", "--no-liftoff", "--no-wasm-tier-up"];
  expect(differing(await inNode(node24(), flags, { inPairs: true }), here)).toEqual([]);
});

describe("headless Chromium makes the table of this Node", () => {
  let site: Site;
  let browser: Browser;
  beforeAll(async () => {
    site = await serve({
      "table.js": bundle.code,
      "worker.js": 'importScripts("table.js"); bitsTable().then(table => postMessage(table));',
    });
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    site.close();
  });

  test("on the page", async () => {
    const page = await browser.newPage();
    await page.goto(site.origin);
    await page.addScriptTag({ url: "table.js" });
    const table = await page.evaluate(() => (globalThis as unknown as { bitsTable(): Promise<Table> }).bitsTable());
    expect(differing(table, here)).toEqual([]);
  });

  // In a quick suite a worker makes runs alone. [same-bits.test.ts]
  test.runIf(full)("in a Web Worker", async () => {
    const page = await browser.newPage();
    await page.goto(site.origin);
    const table = await page.evaluate(
      () =>
        new Promise<Table>((resolve, reject) => {
          const worker = new Worker("worker.js");
          worker.onmessage = ({ data }) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
    );
    expect(differing(table, here)).toEqual([]);
  });
});

describe("hashes", () => {
  test("see a single bit", () => {
    expect(hashBits(Float64Array.of(1, 2))).not.toBe(hashBits(Float64Array.of(1, 2 + 2 ** -51)));
    expect(hashBits(Float32Array.of(0))).not.toBe(hashBits(Float32Array.of(-0)));
  });

  test("are blind for the bits of a not-a-number", () => {
    const double = (high: number) => new Float64Array(Uint32Array.of(0, 0x3ff00000, 1, high).buffer);
    expect(hashBits(double(0xfff80000))).toBe(hashBits(double(0x7ff00000)));
    const single = (word: number) => new Float32Array(Uint32Array.of(0x3f800000, word).buffer);
    expect(hashBits(single(0xffc00001))).toBe(hashBits(single(0x7fc00000)));
  });
});
