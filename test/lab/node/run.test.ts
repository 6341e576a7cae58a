import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { countOutcomes } from "../../../src/contracts/claim.ts";
import { isLandauError } from "../../../src/errors.ts";
import { readNpy } from "../../../src/formats/npy.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { runLines } from "../../../src/lab/node/run-list.ts";
import { findRun, partsOfName } from "../../../src/lab/node/run-names.ts";
import { listRuns, openRun, readRun } from "../../../src/lab/node/runs.ts";
import { openTask } from "../../../src/lab/node/task-files.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import { systems } from "../fixture-system.ts";
import { fixtureThreads } from "../fixture-threads.ts";
import { optionsFor, recordsOf, temporaryFolder, walks } from "./run-fixture.ts";

const root = temporaryFolder();
const threads = fixtureThreads();
const fresh = (name: string): string => {
  const folder = join(root.path, name);
  rmSync(folder, { recursive: true, force: true });
  return folder;
};

const storeError = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (isLandauError(error, "store")) return error.message;
    throw error;
  }
  throw new Error("did not throw");
};

describe("a finished run", () => {
  test("is a folder with everything in it", async () => {
    const folder = fresh("whole");
    const run = await startRun(optionsFor(folder));
    expect(run.id).toMatch(/^fixture-a-walk-twice-\d{8}-\d{6}$/);
    expect(run.path).toBe(join(folder, run.id));
    expect(run).toMatchObject({
      status: "finished",
      seed: 11,
      command: "landau run walks.toml",
      versions: { node: process.versions.node },
      platform: `${process.platform} ${process.arch}`,
    });
    const stems = run.tasks.map(({ index, id }) => `00${index}-${id}`);
    expect(Object.keys(recordsOf(run.path)).sort()).toEqual(
      [
        ...stems.map(stem => `tasks/${stem}.jsonl`),
        ...["0-start", "0-end", "1-start", "1-end"].map(name => `snapshots/${stems[0]}-${name}.npz`),
        ...["2-start", "2-end"].map(name => `snapshots/${stems[1]}-${name}.npz`),
        ...["0-start", "0-end"].map(name => `snapshots/${stems[2]}-${name}.npz`),
      ].sort(),
    );
    expect(existsSync(join(run.path, "lock"))).toBe(false);
    expect(run.records("walks", "final").map(({ chain }) => chain)).toEqual([0, 1, 2]);
    expect(run.kinds("again")).toEqual(["step", "final"]);
  });

  test("reads back the same, verdicts with their infinities and NaN included", async () => {
    const run = await startRun(optionsFor(fresh("back")));
    const again = openRun(run.path);
    expect(again.verdicts).toEqual(run.verdicts);
    expect(again.verdicts.map(({ claim, outcome }) => [claim, outcome])).toEqual([
      ["walks-end", "holds"],
      ["not-a-number", "fails"],
    ]);
    expect(again.verdicts[0].comparisons[0].predicted).toEqual([3, Number.POSITIVE_INFINITY]);
    expect(again.verdicts[1].comparisons[0].measured).toBeNaN();
  });

  test("has the content hash of a run in memory", async () => {
    const run = await startRun(optionsFor(fresh("hash")));
    const memory = await runInMemory(walks, { systems, executor: inlineExecutor(systems) });
    expect(run.contentHash).toBe(memory.contentHash);
    expect(run.records("walks", "step")).toEqual(memory.records("walks", "step"));
  });

  test("holds snapshots that numpy's format describes", async () => {
    const run = await startRun(optionsFor(fresh("npz")));
    const [task] = run.tasks;
    const files = unzipSync(readFileSync(join(run.path, `snapshots/000-${task.id}-1-end.npz`)));
    const { shape, data } = readNpy(files["position.npy"], "position");
    expect(shape).toEqual([1, 2]);
    expect([...data]).toEqual(run.records("walks", "final")[1].position);
  });

  test.each([1, 2, 5])("is the same with %i threads, byte for byte", async count => {
    const inline = await startRun(optionsFor(fresh("inline")));
    const threaded = await startRun(optionsFor(fresh("threads"), { executor: threads(count) }));
    expect(recordsOf(threaded.path)).toEqual(recordsOf(inline.path));
    expect(threaded.contentHash).toBe(inline.contentHash);
  });

  test("tells its start, its progress and its records", async () => {
    const told: string[] = [];
    let records = 0;
    const done = new Map<string, number>();
    const run = await startRun(
      optionsFor(fresh("told"), {
        onStart: ({ id }) => told.push(id),
        onProgress: (study, chains) => done.set(study, chains),
        onRecord: () => records++,
      }),
    );
    expect(told).toEqual([run.id]);
    expect([...done]).toEqual([
      ["walks", 3],
      ["again", 1],
    ]);
    expect(records).toBe(4 * 4);
  });

  test("does not change any more", async () => {
    const run = await startRun(optionsFor(fresh("immutable")));
    const before = { ...recordsOf(run.path), finished: readFileSync(join(run.path, "finished.json"), "utf8") };
    expect(await storeError(() => openTask(run.path, run.tasks[0]))).toContain(
      "is finished: its records do not change",
    );
    const resumed = await resumeRun(run.id, optionsFor(join(run.path, "..")));
    expect(resumed.contentHash).toBe(run.contentHash);
    expect({ ...recordsOf(run.path), finished: readFileSync(join(run.path, "finished.json"), "utf8") }).toEqual(before);
  });

  test("says so when a file was changed afterwards", async () => {
    const run = await startRun(optionsFor(fresh("changed")));
    const log = join(run.path, `tasks/000-${run.tasks[0].id}.jsonl`);
    writeFileSync(log, readFileSync(log, "utf8").replace('"step":1', '"step":2'));
    expect(await storeError(() => openRun(run.path).records("walks", "step"))).toBe(
      `${log} was changed after the run finished: restore it, or delete it and resume: its task runs again`,
    );
    rmSync(log);
    expect(await storeError(() => openRun(run.path).records("walks", "step"))).toBe(
      `${log} is missing: restore it, or resume the run`,
    );
    writeFileSync(join(run.path, "verdicts.json"), "[]");
    expect(await storeError(() => openRun(run.path))).toContain("verdicts.json was changed");
  });

  test("two that start within a second have names of their own", async () => {
    const folder = fresh("twins");
    const ids = [];
    for (let i = 0; i < 4; i++) ids.push((await startRun(optionsFor(folder))).id);
    expect(new Set(ids).size).toBe(4);
  });

  test("of claims alone has no tasks", async () => {
    const run = await startRun(
      optionsFor(fresh("claims"), { spec: { system: "fixture", seed: 0, studies: [], claims: ["two-is-two"] } }),
    );
    expect(run.verdicts[0].outcome).toBe("holds");
    expect(run.tasks).toEqual([]);
  });
});

describe("cancelling", () => {
  test("leaves a run that can be resumed, and says how", async () => {
    const folder = fresh("cancel");
    const control = new AbortController();
    let records = 0;
    const options = optionsFor(folder, { signal: control.signal, onRecord: () => ++records === 6 && control.abort() });
    const error = await startRun(options).catch(error => error);
    expect(isLandauError(error, "cancelled")).toBe(true);
    const [{ id, path, status }] = listRuns(folder);
    expect(error.message).toBe(`run ${id} was stopped; to go on: landau resume ${path}`);
    expect(status).toBe("interrupted");
    expect(openRun(path).records("walks", "step").length).toBe(5);
    const seen: string[] = [];
    const run = await resumeRun(id, optionsFor(folder, { onRecord: (_, { kind }) => seen.push(kind) }));
    expect(seen.length).toBe(16);
    const whole = await startRun(optionsFor(fresh("uncancelled")));
    expect(recordsOf(run.path)).toEqual(recordsOf(whole.path));
    expect(run.contentHash).toBe(whole.contentHash);
  });

  test("an error of a protocol leaves the run unfinished and names study and chain", async () => {
    const folder = fresh("diverged");
    const spec = { ...walks, studies: [{ name: "bad", protocol: "bad", chains: 1, settings: {} }], claims: [] };
    const error = await startRun(optionsFor(folder, { spec })).catch(error => error);
    expect(isLandauError(error, "diverged")).toBe(true);
    expect(error.message).toContain('study bad, chain 0: loss of record "final"[1] is NaN');
    expect(listRuns(folder)[0].status).toBe("interrupted");
  });
});

describe("finding", () => {
  test("by name, by its beginning, as last, by folder; a wrong name suggests the nearest", async () => {
    const folder = fresh("find");
    const first = await startRun(optionsFor(folder, { spec: { ...walks, title: "one" } }));
    await new Promise(resolve => setTimeout(resolve, 5));
    const second = await startRun(optionsFor(folder, { spec: { ...walks, title: "two" } }));
    expect(findRun(first.id, folder)).toBe(first.path);
    expect(findRun("fixture-o", folder)).toBe(first.path);
    expect(findRun("last", folder)).toBe(second.path);
    expect(findRun(first.path, "elsewhere")).toBe(first.path);
    expect(readRun("last", folder).id).toBe(second.id);
    expect(listRuns(folder).map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(findRun("fixture", folder)).toBe(second.path);
    expect(findRun("fixture-one", folder)).toBe(first.path);
    expect(await storeError(() => findRun("fixtur", folder))).toContain("2 begin so: ");
    expect(await storeError(() => findRun(first.id.replace("fix", "fxi"), folder))).toContain(
      `did you mean ${first.id}?`,
    );
    expect(await storeError(() => findRun("zzz", folder))).toContain("landau runs lists them");
    expect(await storeError(() => findRun("x", join(folder, "none")))).toContain("there are no runs");
    expect(listRuns(join(folder, "none"))).toEqual([]);
  });

  test("by its date, and a system's name means its latest run, whatever the folders are called", async () => {
    const folder = fresh("dates");
    const first = await startRun(optionsFor(folder));
    const { kind, stamp } = partsOfName(first.id);
    expect(stamp).toMatch(/^\d{8}-\d{6}$/);
    expect(kind).toMatch(/^fixture-a-walk/);
    expect(findRun(stamp, folder)).toBe(first.path);
    await new Promise(resolve => setTimeout(resolve, 5));
    const second = await startRun(optionsFor(folder));
    renameSync(second.path, join(folder, "kept"));
    expect(findRun("last", folder)).toBe(join(folder, "kept"));
    expect(findRun("fixture", folder)).toBe(first.path);
    expect(findRun("kept", folder)).toBe(join(folder, "kept"));
  });

  test("a short list says when, what, how long, how large, and counts the verdicts", async () => {
    const folder = fresh("lines");
    const run = await startRun(optionsFor(folder));
    mkdirSync(join(folder, "half"));
    const [half, whole] = await runLines(folder);
    expect(half).toMatchObject({ id: "half", status: "unreadable", error: expect.stringContaining("has no run.json") });
    const { created, command } = run;
    expect(whole).toMatchObject({
      id: run.id,
      status: "finished",
      created,
      command,
      verdicts: countOutcomes(run.verdicts),
    });
    expect(whole.seconds).toBeGreaterThan(0);
    const size = readdirSync(run.path, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
    expect(whole.bytes).toBe(size);
    // A run of an earlier version has no summary of itself, and no seal.
    const path = join(run.path, "finished.json");
    const { summary: _, seal: _seal, ...before } = JSON.parse(readFileSync(path, "utf8"));
    writeFileSync(path, JSON.stringify({ ...before, format: "landau-run/1" }));
    const { bytes: __, ...rest } = whole;
    expect((await runLines(folder))[1]).toMatchObject(rest);
  });

  test("a list says which runs cannot be read, and shows the others", async () => {
    const folder = fresh("list");
    const run = await startRun(optionsFor(folder));
    mkdirSync(join(folder, "half"));
    writeFileSync(join(folder, "stray.txt"), "");
    const [half, whole] = listRuns(folder);
    expect([half.id, half.status]).toEqual(["half", "unreadable"]);
    expect(half.error).toContain("has no run.json: its making was interrupted");
    expect([whole.id, whole.status, whole.manifest?.spec.title]).toEqual([run.id, "finished", "A walk, twice"]);
    expect(await storeError(() => readRun("half", folder))).toContain("has no run.json");
  });
});

describe("broken folders", () => {
  test("an unwritable folder is named with the cause", async () => {
    const file = join(root.path, "file");
    writeFileSync(file, "");
    expect(await storeError(() => startRun(optionsFor(join(file, "runs"))))).toBe(
      `cannot write ${join(file, "runs")}: a part of the path is a file, not a folder`,
    );
    expect(await storeError(() => startRun(optionsFor(file)))).toBe(`cannot write ${file}: it is a file, not a folder`);
  });

  test("a spec that is wrong makes no folder", async () => {
    const folder = fresh("nothing");
    const spec = { ...walks, system: "nope" };
    const error = await startRun(optionsFor(folder, { spec })).catch(error => error);
    expect(isLandauError(error, "spec")).toBe(true);
    expect(existsSync(folder)).toBe(false);
  });

  test.each<[string, (text: string) => string, string]>([
    ["cut in half", text => text.slice(0, text.length / 2), "not JSON"],
    ["empty", () => "", "run.json:1:1: not JSON: expected a value"],
    ["no object", () => "[]", "format is undefined"],
    ["no format", text => text.replace("landau-run/1", "other/1"), 'format is "other/1": needs "landau-run/1"'],
    ["without an id", text => text.replace('"id"', '"di"'), "run.json: id"],
    ["other tasks", text => text.replace('"seed": 11', '"seed": 12'), "the list of tasks is not that of the spec"],
    ["a spec out of range", text => text.replace('"seed": 11', '"seed": -1'), "spec.seed is -1"],
  ])("run.json %s is refused with a way out", async (_, change, message) => {
    const run = await startRun(optionsFor(fresh("manifest")));
    const path = join(run.path, "run.json");
    writeFileSync(path, change(readFileSync(path, "utf8")));
    const found = await storeError(() => openRun(run.path));
    expect(found).toContain(message);
    expect(found).toContain(`restore the file, or delete ${run.path} and start again`);
  });

  test("a run of a newer Landau asks for an update", async () => {
    const run = await startRun(optionsFor(fresh("newer")));
    const path = join(run.path, "run.json");
    writeFileSync(path, readFileSync(path, "utf8").replace("landau-run/1", "landau-run/2"));
    expect(await storeError(() => openRun(run.path))).toBe(
      `${path}: was written by a newer Landau (format landau-run/2): update Landau to read it`,
    );
  });

  test("an interrupted run of another version is not mixed with this one", async () => {
    const run = await startRun(optionsFor(fresh("version")));
    rmSync(join(run.path, "finished.json"));
    const path = join(run.path, "run.json");
    writeFileSync(path, readFileSync(path, "utf8").replace(/"landau": "[^"]+"/, '"landau": "99.0.0"'));
    expect(await storeError(() => resumeRun(run.path, optionsFor(join(run.path, ".."))))).toContain(
      "was begun by Landau 99.0.0",
    );
  });

  test("a corrupt finished.json says what to do, and doing it works", async () => {
    const run = await startRun(optionsFor(fresh("finish")));
    const path = join(run.path, "finished.json");
    writeFileSync(path, "{}");
    expect(await storeError(() => openRun(run.path))).toBe(
      `${path} is corrupt: delete it and resume the run, which writes it again`,
    );
    rmSync(path);
    expect((await resumeRun(run.path, optionsFor("unused"))).contentHash).toBe(run.contentHash);
    expect(statSync(path).size).toBeGreaterThan(100);
  });
});
