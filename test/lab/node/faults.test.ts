import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { exportCsv } from "../../../src/lab/export-csv.ts";
import { checkRun } from "../../../src/lab/node/check-run.ts";
import { closeReportFiles, openReportFiles } from "../../../src/lab/node/report-files.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { runLines } from "../../../src/lab/node/run-list.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { writeExport } from "../../../src/lab/node/write-export.ts";
import { full } from "../../support/full.ts";
import { systems } from "../fixture-system.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

/** Which call of the file system fails, and with what; a write may also take only a part of its bytes. */
const fault = vi.hoisted(() => ({ calls: 0, at: Number.POSITIVE_INFINITY, code: "", fired: "" }));

vi.mock("node:fs", async importOriginal => {
  const real = await importOriginal<typeof import("node:fs")>();
  const names = [
    ...(["openSync", "closeSync", "readSync", "writeSync", "fsyncSync", "ftruncateSync", "readFileSync"] as const),
    ...([
      "writeFileSync",
      "renameSync",
      "linkSync",
      "unlinkSync",
      "rmSync",
      "mkdirSync",
      "readdirSync",
      "statSync",
    ] as const),
  ];
  const failing = Object.fromEntries(
    names.map(name => [
      name,
      (...call: unknown[]) => {
        const work = real[name] as (...call: unknown[]) => unknown;
        // What tells processes apart is read from the system, not from the folder of the run.
        if (String(call[0]).startsWith("/proc/") || fault.calls++ !== fault.at) return work(...call);
        fault.fired = name;
        if (fault.code === "short" && name === "writeSync") {
          const [file, bytes, at = 0] = call as [number, Uint8Array, number?];
          return work(file, bytes, at, Math.max(1, (bytes.length - at) >> 1));
        }
        const code = fault.code === "short" ? "EIO" : fault.code;
        throw Object.assign(new Error(`${code}: injected, ${name}`), { code });
      },
    ]),
  );
  return { ...real, ...failing };
});
afterEach(() => {
  fault.at = Number.POSITIVE_INFINITY;
});

const codes = ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS", "short"];
const root = temporaryFolder();
let count = 0;
const fresh = (): string => join(root.path, `case-${count++}`);

/** Does something whose call number `at` fails; what was thrown, and which call failed, if the work came so far. */
const withFault = async (at: number, code: string, work: () => unknown) => {
  Object.assign(fault, { calls: 0, at, code, fired: "" });
  const error = await Promise.resolve()
    .then(work)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  fault.at = Number.POSITIVE_INFINITY;
  const { fired } = fault;
  if (error !== undefined)
    expect(isLandauError(error, "store"), `${fired} number ${at}, ${code}: ${(error as Error).stack}`).toBe(true);
  return { fired, error: error as Error | undefined };
};

/** Fails each call in turn until the work comes to its end without a fault. Returns how many calls failed. The full test meets each fault at each call. */
const everyCall = async (tryOnce: (at: number, code: string) => Promise<string>): Promise<number> => {
  for (let at = 0; ; at++)
    for (const code of full ? codes : [codes[at % codes.length]]) if ((await tryOnce(at, code)) === "") return at;
};

const resume = (folder: string) => resumeRun("last", optionsFor(folder));

/** Goes on where a process that met a fault has ended, and left its lock at worst. */
const resumeAfter = (folder: string) => {
  for (const id of readdirSync(folder)) rmSync(join(folder, id, "lock"), { force: true });
  return resume(folder);
};

test("whatever call fails while a run is made, what is whole stays, and resuming ends with the same bytes", async () => {
  const whole = await startRun(optionsFor(fresh()));
  const expected = recordsOf(whole.path);
  const fired = await everyCall(async (at, code) => {
    const folder = fresh();
    const { fired, error } = await withFault(at, code, () => startRun(optionsFor(folder)));
    const [id] = existsSync(folder) ? readdirSync(folder) : [];
    // Without its record a run never began.
    if (id !== undefined && readdirSync(join(folder, id)).includes("run.json")) {
      const run = error ? await resumeAfter(folder) : openRun(join(folder, id));
      expect(recordsOf(run.path), `${fired} number ${at}, ${code}`).toEqual(expected);
      expect(run.contentHash).toBe(whole.contentHash);
      expect(checkRun(run.path).files.filter(file => file.fault)).toEqual([]);
    } else expect(error).toBeDefined();
    return fired;
  });
  expect(fired).toBeGreaterThan(150);
});

test("whatever call fails while a run is resumed, another resuming ends with the same bytes", async () => {
  const whole = await startRun(optionsFor(fresh()));
  const expected = recordsOf(whole.path);
  const fired = await everyCall(async (at, code) => {
    const folder = fresh();
    await killedAfter(folder, 9);
    const { fired, error } = await withFault(at, code, () => resume(folder));
    const run = error ? await resumeAfter(folder) : openRun(join(folder, readdirSync(folder)[0]));
    expect(recordsOf(run.path), `${fired} number ${at}, ${code}`).toEqual(expected);
    expect(run.contentHash).toBe(whole.contentHash);
    expect(checkRun(run.path).files.filter(file => file.fault)).toEqual([]);
    return fired;
  });
  expect(fired).toBeGreaterThan(100);
});

test("whatever call fails while a run is looked at, the run is as it was", async () => {
  const folder = fresh();
  const run = await startRun(optionsFor(folder));
  openReportFiles(run.path);
  closeReportFiles(run.path, ["verdicts.json"]);
  const looks = {
    open: () => openRun(run.path).kinds("walks"),
    list: () => runLines(folder),
    check: () => checkRun(run.path),
    resume: () => resumeRun(run.id, optionsFor(folder)),
  };
  for (const look of Object.values(looks)) {
    const fired = await everyCall(async (at, code) => (await withFault(at, code, look)).fired);
    expect(fired).toBeGreaterThan(5);
    expect(checkRun(run.path).files.filter(file => file.fault)).toEqual([]);
  }
});

test("whatever call fails while tables are exported, all of them are there or none", async () => {
  const run = await startRun(optionsFor(fresh()));
  const files = await exportCsv({ ...run, studies: run.spec.studies, parameters: () => new Map() }, systems.fixture);
  const home = fresh();
  mkdirSync(home);
  const fired = await everyCall(async (at, code) => {
    const folder = join(home, String(count++));
    const { fired, error } = await withFault(at, code, () => writeExport(folder, files));
    expect(existsSync(folder)).toBe(error === undefined);
    return fired;
  });
  expect(fired).toBeGreaterThan(5);
});
