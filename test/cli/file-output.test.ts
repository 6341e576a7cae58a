import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fileOutput } from "../../src/cli/file-output.ts";
import { emptyFolder } from "../support/scratch.ts";

const stream = (fd: number) => ({ fd, write: () => expect.unreachable() });

test("what goes to a file is in it at once", () => {
  const path = join(emptyFolder(), "out.txt");
  const fd = openSync(path, "w");
  const output = fileOutput(stream(fd), "the output");
  for (const text of ["a µ\n", "", "b".repeat(100_000)]) output.write(text);
  closeSync(fd);
  expect(readFileSync(path, "utf8")).toBe(`a µ\n${"b".repeat(100_000)}`);
  expect(() => output.write("c")).toThrow("cannot write the output: EBADF");
});

test.skipIf(!existsSync("/dev/full"))("a disk that is full is said", () => {
  const fd = openSync("/dev/full", "w");
  expect(() => fileOutput(stream(fd), "the standard output").write("a")).toThrow(
    "cannot write the standard output: ENOSPC: no space left on device, write: is there room?",
  );
  closeSync(fd);
});
