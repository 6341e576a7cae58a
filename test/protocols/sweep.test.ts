import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Settings } from "../../src/contracts/field.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { type Executor, inlineExecutor } from "../../src/lab/executor.ts";
import { plan } from "../../src/lab/plan.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { axesOf, gridOf, placedCells, votesOf } from "../../src/protocols/sweep-axes.ts";
import type { CellRecord } from "../../src/protocols/sweep-cell.ts";
import { sweepSettings } from "../../src/protocols/sweep-settings.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { readMap } from "../../src/transitions/map/index.ts";
import { completed, recordsOf, smallSettings } from "../support/host.ts";
import { messageOf } from "../support/message-of.ts";

const deepLinear = await listedSystems["deep-linear"].load();
const systems = { "deep-linear": deepLinear };
const { sweep } = deepLinear.protocols;

/** Two phases: small networks learn where the target is strong for its decay. */
const small = { width: 2, dx: 1, steps: 200, every: 20, xControl: "weightDecay", yControl: "strength" } as const;
const square: Settings = { ...small, xFrom: 0.1, xTo: 0.9, columns: 9, yFrom: 0.2, yTo: 1.8, rows: 9 };

const specOf = (settings: Settings, seed = 1): Spec => ({
  system: "deep-linear",
  seed,
  studies: [{ name: "sweep", protocol: "sweep", chains: 1, settings }],
});
const runOf = async (
  settings: Settings,
  { executor = inlineExecutor(), seed = 1 }: { executor?: Executor; seed?: number } = {},
) => {
  const run = await runInMemory(specOf(settings, seed), { executor });
  return { ...run, cells: run.records("sweep", "cell") as readonly (CellRecord & { kind: string; chain: number })[] };
};
const axesFor = (settings: Settings) => axesOf(sweepSettings(completed(sweep.settings, settings)));
const ids = (settings: Settings, seed?: number) =>
  plan(completeSpec(specOf(settings, seed), systems), systems).map(({ id }) => id);

const loaded = await Promise.all(
  Object.entries(listedSystems).map(async ([name, { load }]) => ({ name, system: await load() })),
);
const learning = loaded.filter(({ system }) => system.learner).map(({ name }) => name);

test("every system with a learner has a sweep, and no other", () => {
  expect(loaded.filter(({ system }) => "sweep" in system.protocols).map(({ name }) => name)).toEqual(learning);
  expect(learning.length).toBeGreaterThan(8);
});

describe.each(learning)("a sweep of %s", name => {
  test("has a cell for each point and seed, with what training alone records there", async () => {
    const { protocols } = await listedSystems[name].load();
    const settings: Settings = { ...smallSettings(protocols.sweep), seeds: 2 };
    const records = recordsOf(protocols.sweep, settings, { seed: 5 });
    const axes = axesOf(sweepSettings(settings));
    const places = placedCells(records, axes).map(({ column, row, record }) => [column, row, record.seed].join());
    const { columns, rows } = gridOf(axes);
    expect(new Set(places).size).toBe(2 * columns * rows);
    expect(records.length).toBe(2 * columns * rows);
    const { x, y, seed, label, loss, steps } = records[records.length - 1] as unknown as CellRecord;
    const at = {
      ...Object.fromEntries(Object.keys(protocols.train.settings).map(each => [each, settings[each]])),
      [axes.x.control]: x,
      ...(axes.y && { [axes.y.control]: y! }),
    };
    const trained = recordsOf(protocols.train, at, { seed: 5, chain: seed });
    const final = trained.findLast(({ kind }) => kind === "final")!;
    expect(label.length).toBeGreaterThan(0);
    if ("label" in final) expect(label).toBe(final.label ?? "none");
    expect(loss).toBe(final.loss ?? final.trainLoss);
    expect(steps).toBe(trained.findLast(({ step }) => step !== undefined)!.step);
  });
});

describe("axes", () => {
  const base = { yControl: "none", yScale: "linear", yFrom: 0, yTo: 1, rows: 9, xControl: "c" } as const;
  const values = (xScale: "linear" | "log", xFrom: number, xTo: number, columns: number) =>
    axesOf({ ...base, xScale, xFrom, xTo, columns }).x.values;

  test("wider and finer ones have the same numbers where they meet, to the last bit", () => {
    expect(values("log", 1e-6, 1e-2, 21)).toEqual(expect.arrayContaining([...values("log", 1e-5, 1e-2, 16)]));
    expect(values("log", 1e-5, 1e-2, 31)).toEqual(expect.arrayContaining([...values("log", 1e-5, 1e-2, 16)]));
    expect(values("linear", -1, 2, 31)).toEqual(expect.arrayContaining([...values("linear", 0, 0.3, 4)]));
    fc.assert(
      fc.property(
        fc.integer({ min: -8, max: 3 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 10 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 }),
        (first, decades, perDecade, finer, wider) => {
          const narrow = values("log", 10 ** first, 10 ** (first + decades), decades * perDecade + 1);
          const count = (decades + 2 * wider) * perDecade * finer + 1;
          const wide = values("log", 10 ** (first - wider), 10 ** (first + decades + wider), count);
          expect(wide).toEqual(expect.arrayContaining([...narrow]));
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test("are ascending, with the ends as given", () => {
    expect(values("linear", 0, 1, 4)).toEqual([0, 0.3333333333, 0.6666666667, 1]);
    expect(values("log", 1e-5, 1e-2, 4)).toEqual([1e-5, 1e-4, 1e-3, 1e-2]);
  });
});

describe("what cannot be swept is refused by name", () => {
  test.each<[Settings, string]>([
    [{ xScale: "log", xFrom: -1 }, "xFrom is -1: needs a positive number on a logarithmic axis"],
    [{ xFrom: 0.6, xTo: 0.2 }, "xTo is 0.2: needs more than xFrom, which is 0.6"],
    [{ yFrom: 1, yTo: 1 }, "yTo is 1: needs more than yFrom, which is 1"],
    [{ xFrom: 1, xTo: 1 + 1e-12 }, "xTo is 1.000000000001: needs so far from xFrom that 9 values differ"],
    [{ yControl: "weightDecay" }, 'yControl is "weightDecay": needs another control than x, or none'],
    [{ xTo: 1e5 }, "weightDecay on an axis is 12500.0875: needs a number between 0 and 1000"],
    [
      { width: 8, xControl: "width", xFrom: 1, xTo: 2 },
      "width on an axis is 1.125: needs a whole number between 1 and 256",
    ],
    [{ columns: 1000, rows: 1000, seeds: 2 }, "the number of runs is 2000000: needs at most 1000000"],
    [{ weightDecay: 0.2 }, "weightDecay is 0.2: needs no value of its own, as it is swept"],
    [{ activation: "tanh", dx: 3, yControl: "variance", yFrom: 1, yTo: 2 }, "variance is 2"],
  ])("%o", (changed, message) => {
    const settings = completed(sweep.settings, { ...square, ...changed });
    expect(messageOf(() => sweep.check!(settings), "input")).toContain(message);
  });
});

test("values that do not go together are refused wherever they are along an edge", async () => {
  const { sweep } = (await listedSystems.modular.load()).protocols;
  const settings = completed(sweep.settings, { xControl: "p", xFrom: 5, xTo: 11, columns: 4, yControl: "none" });
  expect(messageOf(() => sweep.check!(settings), "input")).toContain("p is 9");
});

describe("tasks are named by their point and seed", () => {
  test("so that more seeds, finer and wider axes, and other designs keep the names of what is there", () => {
    const narrow = ids(square);
    for (const wider of [
      { ...square, seeds: 2 },
      { ...square, columns: 17 },
      { ...square, xTo: 1.3, columns: 13 },
      { ...square, yFrom: 0, rows: 10 },
      { ...square, design: "random" },
    ])
      expect(ids(wider)).toEqual(expect.arrayContaining(narrow));
    expect(narrow).toEqual(expect.arrayContaining(ids({ ...square, design: "adaptive" })));
  });

  test("and other settings, seeds and controls change them all", () => {
    const all = [ids(square), ids({ ...square, steps: 300 }), ids(square, 2), ids({ ...square, yControl: "none" })];
    expect(new Set(all.flat()).size).toBe(all.flat().length);
  });
});

/** Runs the tasks of each round in another order. */
const reversed: Executor = (assignments, ...rest) => inlineExecutor()([...assignments].reverse(), ...rest);

describe.each(["grid", "random", "adaptive"] as const)("design %s", design => {
  const settings = { ...square, seeds: 2, design };
  test("makes the same cells in any order of the tasks", async () => {
    const [one, other] = [await runOf(settings), await runOf(settings, { executor: reversed })];
    expect(other.contentHash).toBe(one.contentHash);
    expect(other.cells).toEqual(one.cells);
    const order = one.cells.map(({ x, y, seed }) => [y!, x, seed]);
    expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]));
  });

  test("ends with its budget, where it has one", async () => {
    const { cells } = await runOf({ ...settings, budget: 30 });
    expect(cells.length).toBe(design === "grid" ? 162 : 30);
    expect(new Set(cells.map(({ x, y, seed }) => [x, y, seed].join())).size).toBe(cells.length);
  });

  test("and the map says of the grid of one seed where networks learn", async () => {
    const axes = axesFor(settings);
    const truth = readMap(gridOf(axes), votesOf((await runOf(square)).cells, axes));
    const { cells } = await runOf(settings);
    const map = readMap(gridOf(axes), votesOf(cells, axes));
    const equal = map.cells.filter(({ label }, i) => label === truth.cells[i].label).length;
    expect(new Set(truth.labels)).toEqual(new Set(["learned", "trivial"]));
    expect(equal / map.cells.length).toBeGreaterThan(0.9);
    expect(cells.length).toBeLessThanOrEqual(design === "adaptive" ? 110 : 162);
  });
});

test("a run that diverges is a phase, and no number of it is NaN", async () => {
  const settings = { ...small, yControl: "none", xControl: "stepSize", xFrom: 0.01, xTo: 4.01, columns: 5, steps: 400 };
  const { cells } = await runOf(settings);
  expect(cells.map(({ label }) => label)).toContain("diverged");
  expect(cells[0].label).not.toBe("diverged");
  for (const { label, order, loss, steps } of cells) {
    if (label === "diverged") expect([order, loss]).toEqual([null, null]);
    else expect(Number.isFinite(order) && Number.isFinite(loss)).toBe(true);
    expect(steps).toBeLessThanOrEqual(400);
  }
  const axes = axesFor(settings);
  expect(readMap(gridOf(axes), votesOf(cells, axes)).labels).toContain("diverged");
});

test("a cell ends as soon as its phase is decided, in the phase that it has at its end", async () => {
  const at = { ...square, columns: 5, rows: 5, xFrom: 0.05, seeds: 2 };
  const [decided, whole] = [await runOf(at), await runOf({ ...at, stop: "end", steps: 2000 })];
  const learned = decided.cells.filter(({ label }) => label === "learned");
  expect(learned.length).toBeGreaterThan(10);
  expect(learned.filter(({ steps }) => steps! < 100).length).toBeGreaterThan(learned.length / 2);
  for (const [i, { label, steps }] of decided.cells.entries())
    if (steps! < 200) expect([label, whole.cells[i].label]).toEqual(["learned", "learned"]);
});
