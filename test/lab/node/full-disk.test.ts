import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import type { Spec } from "../../../src/lab/spec.ts";
import { systems } from "../../../src/systems/index.ts";
import { messageOf } from "../../support/message-of.ts";
import { optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

/** Bytes that the disk still takes. */
const disk = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY }));

vi.mock("node:fs", async importOriginal => {
  const real = await importOriginal<typeof import("node:fs")>();
  const writeSync = (file: number, bytes: Uint8Array, at: number): number => {
    // A disk takes what fits, and refuses the rest.
    const fits = Math.min(disk.left, bytes.length - at);
    if (fits === 0) throw Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    disk.left -= fits;
    return real.writeSync(file, bytes, at, fits);
  };
  return { ...real, writeSync };
});

const root = temporaryFolder();
const settings = {
  ...{ width: 2, dx: 1, steps: 60, every: 20 },
  ...{ xControl: "weightDecay", xFrom: 0.1, xTo: 0.9, columns: 3, yControl: "strength", yFrom: 0.2, yTo: 1.8, rows: 3 },
};
const spec: Spec = {
  system: "deep-linear",
  seed: 2,
  studies: [{ name: "sweep", protocol: "sweep", chains: 1, settings }],
};
const optionsOf = async (name: string) => {
  const known = { "deep-linear": await systems["deep-linear"].load() };
  return optionsFor(join(root.path, name), {
    ...{ spec, systems: known, executor: inlineExecutor(known) },
    saveEvery: Number.POSITIVE_INFINITY,
  });
};

test("a disk that is full at any moment is named; what was stored stays, and resuming ends with the same bytes", async () => {
  const whole = await startRun(await optionsOf("whole"));
  const expected = recordsOf(whole.path);
  let refusals = 0;
  for (let space = 0; ; space += 733) {
    const options = await optionsOf(`full-${space}`);
    disk.left = space;
    const error = await startRun(options).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    disk.left = Number.POSITIVE_INFINITY;
    if (error === undefined) break;
    refusals++;
    const message = messageOf(() => {
      throw error;
    }, "store");
    expect(message).toMatch(/cannot write .*: the disk is full$/);
    const [id] = readdirSync(options.folder);
    // Without its record a run never began.
    if (readdirSync(join(options.folder, id)).includes("run.json")) {
      const run = await resumeRun("last", options);
      expect(recordsOf(run.path)).toEqual(expected);
      expect(run.contentHash).toBe(whole.contentHash);
    }
    rmSync(options.folder, { recursive: true });
  }
  expect(refusals).toBeGreaterThan(10);
});
