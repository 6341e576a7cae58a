import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { writeExport } from "../../../src/lab/node/write-export.ts";
import { emptyFolder } from "../../support/scratch.ts";

/** Files that fit before the disk is full. */
let room = Infinity;

vi.mock("node:fs", async importOriginal => {
  const fs = await importOriginal<typeof import("node:fs")>();
  return {
    ...fs,
    writeFileSync(...call: Parameters<typeof fs.writeFileSync>) {
      if (room-- <= 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
      fs.writeFileSync(...call);
    },
  };
});
afterEach(() => {
  room = Infinity;
});

const files = [
  { name: "a.csv", content: "x\r\n1\r\n" },
  { name: "b.zarr/c/0", content: Uint8Array.of(1, 2) },
];

test("files are written into a new folder, with folders of their own", () => {
  const folder = join(emptyFolder(), "tables");
  writeExport(folder, files);
  expect(readFileSync(join(folder, "a.csv"), "utf8")).toBe("x\r\n1\r\n");
  expect([...readFileSync(join(folder, "b.zarr/c/0"))]).toEqual([1, 2]);
});

test("what is there already is refused and left as it is: a folder, an empty one, a file", () => {
  const home = emptyFolder();
  writeExport(join(home, "folder"), files.slice(0, 1));
  writeFileSync(join(home, "file"), "mine");
  for (const name of ["folder", "file"])
    expect(() => writeExport(join(home, name), files)).toThrow(
      expect.objectContaining({ kind: "store", message: expect.stringMatching(/ is there already: .*--folder$/) }),
    );
  expect(readdirSync(join(home, "folder"))).toEqual(["a.csv"]);
  expect(readFileSync(join(home, "file"), "utf8")).toBe("mine");
});

test("a full disk is named, and leaves nothing behind", () => {
  const home = emptyFolder();
  const folder = join(home, "tables");
  room = 1;
  expect(() => writeExport(folder, files)).toThrow(
    expect.objectContaining({ kind: "store", message: `cannot write ${folder}: the disk is full` }),
  );
  expect(readdirSync(home)).toEqual([]);
});

test("a folder in one that is not there is refused by the name of that", () => {
  const parent = join(emptyFolder(), "none");
  expect(() => writeExport(join(parent, "tables"), files)).toThrow(`${parent} is not there`);
  expect(existsSync(parent)).toBe(false);
});
