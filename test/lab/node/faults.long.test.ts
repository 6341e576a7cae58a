import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { exportCsv } from "../../../src/lab/export-csv.ts";
import { checkRun } from "../../../src/lab/node/check-run.ts";
import { keptResults } from "../../../src/lab/node/kept-results.ts";
import { checkReportFile, REPORT, storeReport } from "../../../src/lab/node/report-files.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { runLines } from "../../../src/lab/node/run-list.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { writeExport } from "../../../src/lab/node/write-export.ts";
import { full } from "../../support/full.ts";
import { systems } from "../fixture-system.ts";
import { codes, fault, SHORT } from "./failing-files.ts";
import { killedAfter, optionsFor, recordsOf, temporaryFolder } from "./run-fixture.ts";

vi.mock("node:fs", async original => (await import("./failing-files.ts")).failing(await original()));
if (full) vi.setConfig({ testTimeout: 3_600_000 });
afterEach(() => {
  fault.at = Number.POSITIVE_INFINITY;
});

const root = temporaryFolder();
let count = 0;
const fresh = (): string => join(root.path, `case-${count++}`);

/** How work whose call failed came to its end. */
type End = "done" | "refused";
interface Fired {
  readonly work: string;
  readonly call: string;
  readonly code: string;
  readonly end: End;
}
const all: Fired[] = [];

/** Does something whose call number `at` fails; what was thrown, and which call failed, if the work came so far. */
const withFault = async (work: string, at: number, code: string, doIt: () => unknown) => {
  Object.assign(fault, { calls: 0, at, code, fired: "" });
  const error = await Promise.resolve()
    .then(doIt)
    .then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  fault.at = Number.POSITIVE_INFINITY;
  const call = fault.fired;
  const where = `${work}: ${call} number ${at}, ${code}`;
  if (error !== undefined) expect(isLandauError(error, "store"), `${where}: ${(error as Error).stack}`).toBe(true);
  if (call !== "") all.push({ work, call, code, end: error ? "refused" : "done" });
  return { call, error: error as Error | undefined, where };
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

const isWhole = (path: string) => checkRun(path).files.filter(file => file.fault).length === 0;

/** Work on one run in a folder, which is made as it is before; after each fault, resuming must end with the bytes of a run that met none. */
const endsTheSame = async (
  work: string,
  prepare: (folder: string) => unknown,
  doIt: (folder: string) => Promise<unknown>,
) => {
  const whole = await startRun(optionsFor(fresh()));
  const expected = recordsOf(whole.path);
  return everyCall(async (at, code) => {
    const folder = fresh();
    await prepare(folder);
    const { call, error, where } = await withFault(work, at, code, () => doIt(folder));
    const [id] = existsSync(folder) ? readdirSync(folder) : [];
    // Without its record a run never began.
    if (id !== undefined && readdirSync(join(folder, id)).includes("run.json")) {
      const run = error ? await resumeAfter(folder) : openRun(join(folder, id));
      expect(recordsOf(run.path), where).toEqual(expected);
      expect(run.contentHash).toBe(whole.contentHash);
      expect(run.verdicts).toEqual(whole.verdicts);
      expect(isWhole(run.path), where).toBe(true);
    } else expect(error, where).toBeDefined();
    rmSync(folder, { recursive: true, force: true });
    return call;
  });
};

test("whatever call fails while a run is made, what is whole stays, and resuming ends with the same bytes", async () => {
  const fired = await endsTheSame(
    "start",
    () => {},
    folder => startRun(optionsFor(folder)),
  );
  expect(fired).toBeGreaterThan(150);
});

test("whatever call fails while a run is resumed, another resuming ends with the same bytes", async () => {
  expect(await endsTheSame("resume", folder => killedAfter(folder, 9), resume)).toBeGreaterThan(100);
});

test("whatever call fails while claims are judged and a run is closed, resuming closes it with the same verdicts", async () => {
  const unclosed = async (folder: string) => {
    const { path } = await startRun(optionsFor(folder));
    for (const name of ["finished.json", "verdicts.json"]) rmSync(join(path, name));
  };
  expect(await endsTheSame("verdicts and finish", unclosed, resume)).toBeGreaterThan(40);
});

test("whatever call fails while a run is looked at, the run is as it was", async () => {
  const folder = fresh();
  const run = await startRun(optionsFor(folder));
  storeReport(run.path, report("a"));
  const looks = {
    open: () => openRun(run.path).kinds("walks"),
    list: () => runLines(folder),
    check: () => checkRun(run.path),
    "open again": () => resumeRun(run.id, optionsFor(folder)),
  };
  for (const [name, look] of Object.entries(looks)) {
    const fired = await everyCall(async (at, code) => (await withFault(name, at, code, look)).call);
    expect(fired).toBeGreaterThan(5);
    expect(isWhole(run.path)).toBe(true);
  }
});

test("whatever call fails while tables are exported, all of them are there or none", async () => {
  const run = await startRun(optionsFor(fresh()));
  const files = await exportCsv({ ...run, studies: run.spec.studies, parameters: () => new Map() }, systems.fixture);
  const home = fresh();
  mkdirSync(home);
  const fired = await everyCall(async (at, code) => {
    const folder = join(home, String(count++));
    const { call, error } = await withFault("export", at, code, () => writeExport(folder, files));
    expect(existsSync(folder)).toBe(error === undefined);
    if (error) {
      writeExport(folder, files);
      expect(readdirSync(folder).sort()).toEqual(files.map(({ name }) => name).sort());
    }
    return call;
  });
  expect(fired).toBeGreaterThan(5);
});

const report = (text: string) => [
  { name: "figures/a.svg", content: `<svg>${text}</svg>` },
  { name: "figures/a.png", content: Uint8Array.of(1, 2, 3) },
  { name: REPORT, content: `<p>${text}` },
];

const isStored = (path: string, files: ReturnType<typeof report>): boolean =>
  existsSync(join(path, "report.json")) &&
  files.every(({ name, content }) => readFileSync(join(path, name)).equals(Buffer.from(content)));

test("whatever call fails while a report is written, an earlier one stays whole, none passes for whole that is not, and the next is", async () => {
  for (const earlier of [true, false]) {
    const fired = await everyCall(async (at, code) => {
      const { path } = await startRun(optionsFor(fresh()));
      const expected = recordsOf(path);
      if (earlier) storeReport(path, report("a"));
      const work = earlier ? "report over an earlier one" : "first report";
      const { call, error, where } = await withFault(work, at, code, () => storeReport(path, report("a")));
      expect(readdirSync(path)).not.toContain(`${REPORT}.part`);
      if (earlier || !error) for (const { name } of report("a")) checkReportFile(path, name);
      // The very last call may fail when all is there.
      else if (!isStored(path, report("a"))) expect(() => checkReportFile(path, REPORT), where).toThrow();
      expect(recordsOf(path)).toEqual(expected);
      storeReport(path, report("b"));
      for (const { name } of report("b")) checkReportFile(path, name);
      expect(readFileSync(join(path, REPORT), "utf8")).toBe("<p>b");
      expect(isWhole(path)).toBe(true);
      return call;
    });
    expect(fired).toBeGreaterThan(10);
  }
});

test("whatever call fails while results are kept one by one, those that were kept are there", async () => {
  const fired = await everyCall(async (at, code) => {
    const folder = fresh();
    keptResults(folder, "0123456789abcdef").put("a", 1);
    const { call, error } = await withFault("kept results", at, code, () =>
      keptResults(folder, "0123456789abcdef").put("b", 2),
    );
    const kept = keptResults(folder, "0123456789abcdef");
    expect([kept.get("a"), kept.get("b")]).toEqual([1, error ? undefined : 2]);
    return call;
  });
  expect(fired).toBeGreaterThan(2);
});

afterAll(() => {
  if (!full) return;
  const number = (of: readonly Fired[]) => String(of.length);
  const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
    [head, head.map(() => "---"), ...rows].map(row => `| ${row.join(" | ")} |`).join("\n");
  const unique = (values: readonly string[]) => [...new Set(values)];
  const works = unique(all.map(({ work }) => work)).map(work => {
    const own = all.filter(each => each.work === work);
    const calls = number(own.filter(({ code }) => code === codes[0]));
    return [
      work,
      calls,
      number(own),
      ...(["done", "refused"] as const).map(end => number(own.filter(each => each.end === end))),
    ];
  });
  const kinds = unique(all.map(({ call }) => call)).map(call => {
    const own = all.filter(each => each.call === call);
    const named = call.replace("Sync", "");
    return [named, ...codes.map(code => number(own.filter(each => each.code === code))), number(own)];
  });
  writeFileSync(
    resolve(import.meta.dirname, "../../../docs/results/faults.md"),
    `# Faults of the file system, injected at every call

Made by \`LANDAU_FULL=1 npx vitest run test/lab/node/faults.test.ts\` on Node ${process.versions.node}. Each work is done again and again, with a fault at its first call of the file system, at its
second, and so on until none is left to fail, for each of ${codes.length} kinds of fault; "${SHORT}" is a write that takes half of its bytes, and EIO at other calls. After ${all.length} faults the work
was done all the same, or was refused in one line with exit code 2; then resuming, or doing it once more, ended with the bytes of a run that met no fault, and nothing
that had been whole was lost.

${table(["work", "calls", "faults", "done all the same", "refused, then done"], works)}

Faults by call and kind:

${table(["call", ...codes, "all"], kinds)}
`,
  );
});
