import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { noExhibits } from "../../../src/charts/exhibits.ts";
import { isLandauError } from "../../../src/errors.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { checkRun } from "../../../src/lab/node/check-run.ts";
import { keptParameters } from "../../../src/lab/node/kept-parameters.ts";
import { checkReportFile, REPORT } from "../../../src/lab/node/report-files.ts";
import { resumeRun, startRun } from "../../../src/lab/node/run.ts";
import { runLines } from "../../../src/lab/node/run-list.ts";
import { openRun } from "../../../src/lab/node/runs.ts";
import { readSealed, sealedText } from "../../../src/lab/node/sealed.ts";
import { PARAMETERS } from "../../../src/protocols/kept-draws.ts";
import { writeReport } from "../../../src/report/write.ts";
import { systems } from "../../../src/systems/index.ts";
import { killedAfter, optionsFor, temporaryFolder } from "./run-fixture.ts";

const root = temporaryFolder();
let path = "";
const filesOf = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(name => statSync(join(folder, name)).isFile());

beforeAll(async () => {
  const known = { "mirror-symmetry": await systems["mirror-symmetry"].load() };
  const settings = { draws: 20, burnIn: 20, batch: 10, keep: "yes" };
  const run = await startRun(
    optionsFor(join(root.path, "runs"), {
      spec: {
        system: "mirror-symmetry",
        seed: 1,
        studies: [{ name: "draws", protocol: "posterior", chains: 2, settings }],
      },
      ...{ systems: known, executor: inlineExecutor(known) },
    }),
  );
  path = run.path;
  const renderer = async () => (svg: string) => new TextEncoder().encode(`picture of ${svg.length}`);
  await writeReport(run, known["mirror-symmetry"], noExhibits, { folder: path, renderer });
});

const flipped = (bytes: Uint8Array, share: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[Math.floor(share * (bytes.length - 1))] ^= 1;
  return copy;
};
/** The last digit is another; undefined where there is none. */
const otherDigit = (bytes: Uint8Array): Uint8Array | undefined => {
  const at = bytes.findLastIndex(byte => byte >= 0x30 && byte <= 0x39);
  return at < 0 ? undefined : bytes.map((byte, i) => (i === at ? 0x30 + ((byte - 0x2f) % 10) : byte));
};

/** What may happen to a file, by name; undefined stands for a folder in its place, null for none. */
const changes: { readonly [name: string]: (bytes: Uint8Array) => Uint8Array | null | undefined } = {
  removed: () => null,
  emptied: () => new Uint8Array(),
  halved: bytes => bytes.subarray(0, bytes.length >> 1),
  "a byte longer": bytes => Uint8Array.of(...bytes, 10),
  "with a byte-order mark": bytes => Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes),
  ...Object.fromEntries([0, 0.3, 0.7, 1].map(share => [`flipped at ${share}`, bytes => flipped(bytes, share)])),
  "of another digit": bytes => otherDigit(bytes) ?? flipped(bytes, 0.5),
  "a folder": () => undefined,
};

const withChange = async (name: string, change: (typeof changes)[string], look: () => Promise<void> | void) => {
  const file = join(path, name);
  const bytes = readFileSync(file);
  const changed = change(bytes);
  rmSync(file);
  if (changed) writeFileSync(file, changed);
  else if (changed === undefined) mkdirSync(file);
  try {
    await look();
  } finally {
    rmSync(file, { recursive: true, force: true });
    writeFileSync(file, bytes);
  }
};

/** What reads a file of a finished run. */
const readers: { readonly [name: string]: (name: string) => unknown } = {
  show: () => openRun(path).kinds("draws"),
  runs: async () => {
    const [{ status, error }] = await runLines(join(root.path, "runs"));
    if (status !== "finished") throw new Error(error ?? status);
  },
  export: () => {
    const { spec, tasks } = openRun(path);
    keptParameters(
      path,
      tasks.filter(({ study }) => study === spec.studies[0].name),
      PARAMETERS,
    );
  },
  open: () => checkReportFile(path, REPORT),
};

const readersOf = (name: string): readonly string[] => {
  if (name === REPORT || name === "report.json") return ["open"];
  if (name.startsWith("figures/")) return [];
  if (name.startsWith("tasks/")) return ["show"];
  if (name.startsWith("snapshots/")) return ["export"];
  return ["show", "runs", "export"];
};

test("of a run that is as it was, all files are named, and none has a fault", () => {
  const { isFinished, files, unknown } = checkRun(path);
  expect(isFinished).toBe(true);
  expect(unknown).toEqual([]);
  expect(files.map(({ name }) => name).sort()).toEqual([...filesOf(path)].sort());
  expect(files.filter(({ fault }) => fault)).toEqual([]);
  for (const name of ["tasks/", "snapshots/", "figures/"])
    expect(files.some(file => file.name.startsWith(name))).toBe(true);
});

describe.each(Object.entries(changes))("a file that is %s", (kind, change) => {
  test("is named by the check, alone, and refused by all that read it", async () => {
    for (const name of filesOf(path)) {
      await withChange(name, change, async () => {
        const faults = checkRun(path).files.filter(({ fault }) => fault !== undefined);
        expect(
          faults.map(file => file.name),
          name,
        ).toEqual([name]);
        for (const reader of readersOf(name)) {
          const error = await Promise.resolve()
            .then(() => readers[reader](name))
            .then(
              () => undefined,
              (thrown: Error) => thrown,
            );
          // A run without its closing file is one that can go on, and is shown as such.
          if (name === "finished.json" && kind === "removed") expect(openRun(path).status).toBe("interrupted");
          else expect(error, `${reader} of ${name}`).toBeInstanceOf(Error);
          if (error && reader !== "runs") expect(isLandauError(error, "store"), String(error)).toBe(true);
        }
      });
    }
  });
});

test("a content hash that is not that of the records is named, though every file has its own hash and the closing one its seal", async () => {
  const other = (bytes: Uint8Array): Uint8Array => {
    const { contentHash: _, ...rest } = readSealed(bytes)!;
    return new TextEncoder().encode(sealedText({ ...rest, contentHash: "0".repeat(64) }));
  };
  await withChange("finished.json", other, () => {
    const { files } = checkRun(path);
    expect(files.filter(({ fault }) => fault)).toEqual([
      { name: "tasks", fault: "have another content hash than the run" },
    ]);
  });
});

test("files that are nobody's are listed, and are no fault", () => {
  const notes = join(path, "notes.txt");
  writeFileSync(notes, "mine");
  const { files, unknown } = checkRun(path);
  rmSync(notes);
  expect(unknown).toEqual(["notes.txt"]);
  expect(files.filter(({ fault }) => fault)).toEqual([]);
});

test("an interrupted run: logs that are as far as they came are no fault, an altered one is", async () => {
  const folder = join(root.path, "killed");
  const killed = await killedAfter(folder, 5);
  const { isFinished, files } = checkRun(killed);
  expect(isFinished).toBe(false);
  expect(files.length).toBeGreaterThan(1);
  expect(files.filter(({ fault }) => fault)).toEqual([]);
  const { name } = files.find(file => file.name.startsWith("tasks/"))!;
  const log = join(killed, name);
  writeFileSync(log, readFileSync(log, "utf8").replace(/"chain":\d/, '"chain":9'));
  expect(
    checkRun(killed)
      .files.filter(({ fault }) => fault)
      .map(file => file.name),
  ).toEqual([name]);
  rmSync(log);
  await resumeRun("last", optionsFor(folder));
  expect(checkRun(killed).files.filter(({ fault }) => fault)).toEqual([]);
});
