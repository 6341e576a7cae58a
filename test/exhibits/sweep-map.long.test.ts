import { describe, expect, test } from "vitest";
import { colourScale } from "../../src/charts/colour-scale.ts";
import type { Figure } from "../../src/charts/exhibits.ts";
import type { Settings } from "../../src/contracts/field.ts";
import { integer, number } from "../../src/contracts/field.ts";
import { type Learner, learner } from "../../src/contracts/learner.ts";
import { objectiveOf } from "../../src/contracts/objective.ts";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { LandauError } from "../../src/errors.ts";
import { exhibitsOf } from "../../src/exhibits/index.ts";
import { phaseLooks } from "../../src/exhibits/sweep-map/phase-looks.ts";
import { stream } from "../../src/numerics/stream.ts";
import { axesOf } from "../../src/protocols/sweep-axes.ts";
import { listedSystems } from "../../src/systems/index.ts";
import { cellColours } from "../support/drawn-cells.ts";
import { shows, type XY } from "../support/drawn-points.ts";
import { runOf as hostRun, smallSettings } from "../support/host.ts";
import { expectReadable } from "../support/readable.ts";
import { marksOf, textIn } from "../support/svg-elements.ts";

/** Ordered where the decay is below rate^2, with the order parameter sqrt(1 - decay / rate^2); a rate of 3 or more has no theory. */
const toy = learner({
  controls: {
    rate: number("learning rate", { default: 1, min: 0, unit: "per step" }),
    decay: number("weight decay", { default: 0.5, min: 0 }),
    width: integer("width", { default: 2, min: 1 }),
  },
  sweeps: { rate: { from: 0.5, to: 2 }, decay: { from: 0.1, to: 4 } },
  objective: () => objectiveOf({ w: [1] }, () => 0),
  start: () => new Float64Array(1),
  observe: () => ({ order: 0, label: "ordered" }),
  order: { label: "magnetisation m", theory: ({ rate, decay }) => Math.sqrt(Math.max(0, 1 - decay / rate ** 2)) },
  critical({ rate, decay }) {
    if (rate >= 3) throw new LandauError("input", "no theory");
    return { decay: [rate ** 2], rate: [Math.sqrt(decay)] };
  },
  phases: () => [{ label: "ordered", loss: 0 }],
  small: {},
}) as unknown as Learner;

const layout = {
  ...{ xControl: "rate", xScale: "log", xFrom: 0.5, xTo: 2, columns: 9 },
  ...{ yControl: "decay", yScale: "linear", yFrom: 0.1, yTo: 4.1, rows: 6 },
  ...{ seeds: 3, design: "grid", budget: 0 },
} as const;

interface Of {
  readonly seed?: number;
  readonly settings?: Settings;
  /** Whether a run was made. */
  readonly where?: (column: number, row: number) => boolean;
}

/** A sweep of the toy, whose runs near the line end in either phase; those at the largest rate and decay diverge. */
const sweptBy = ({ seed = 1, settings = {}, where = () => true }: Of = {}): RunView => {
  const all = { ...layout, ...settings };
  const { x, y } = axesOf(all as never);
  const random = stream({ seed, purpose: "sweep-map-test" });
  const records: RunRecord[] = [];
  for (let run = 0; run < Number(all.seeds); run++)
    (y?.values ?? [null]).forEach((decay, row) => {
      x.values.forEach((rate, column) => {
        const [noise, jump] = [random.normal(), random.uniform()];
        if (!where(column, row)) return;
        const hasDiverged = column === 8 && row === 5;
        const lead = rate ** 2 - (decay ?? 1) + 0.3 * noise;
        const order = Math.sqrt(Math.max(0, lead)) + 0.05 * jump;
        records.push({
          ...{ kind: "cell", chain: 0, x: rate, y: decay, seed: run, steps: 100 },
          label: hasDiverged ? "diverged" : lead > 0 ? "ordered" : "disordered",
          order: hasDiverged ? null : order,
          loss: hasDiverged ? null : 1 - order,
        });
      });
    });
  return {
    seed,
    study: () => ({ name: "plane", protocol: "sweep", chains: 1, settings: all }),
    records: (study, kind) => (study === "plane" && kind === "cell" ? records : []),
  };
};

/** Two chains with runs of their own at the same cells and seeds. */
const madeTwice = (): RunView => {
  const [first, second] = [sweptBy({ settings: { seeds: 1 } }), sweptBy({ seed: 2, settings: { seeds: 1 } })];
  return {
    ...first,
    records: (...at) => [...first.records(...at), ...second.records(...at).map(record => ({ ...record, chain: 1 }))],
  };
};

const figuresOf = (run: RunView, known: Learner | null = toy): { readonly [name: string]: Figure } => {
  const protocols = { sweep: { name: "sweep", summary: "", settings: toy.controls, run: () => {} } };
  const { figures } = exhibitsOf(
    { ...run, studies: [{ name: "plane", protocol: "sweep", chains: 1, settings: {} }] },
    { protocols, ...(known && { learner: known }) },
    { figures: [], tables: [] },
  );
  return Object.fromEntries(figures.map(figure => [figure.name.replace("-plane", ""), figure]));
};
const draw = (figure: Figure, run: RunView) => figure.draw(run, { width: figure.width, height: figure.height });

const runs: { readonly [name: string]: RunView } = {
  "all cells": sweptBy(),
  "one seed": sweptBy({ settings: { seeds: 1 } }),
  "a third of the cells": sweptBy({ where: (column, row) => (column + row) % 3 === 0 }),
  "one control": sweptBy({ settings: { yControl: "none" } }),
  "made twice over": madeTwice(),
  "one phase": sweptBy({ settings: { yFrom: 20, yTo: 30 } }),
};

describe.each(Object.entries(runs))("a sweep, %s", (name, run) => {
  test("has pictures that can be read at any width, with captions in sentences", () => {
    const figures = figuresOf(run);
    expect(Object.keys(figures)).toEqual(["map", ...(name === "one control" ? [] : ["order-map"]), "slices"]);
    for (const figure of Object.values(figures)) {
      expectReadable(figure, run);
      expect(figure.caption(run)).toMatch(/^Measured: .*\.$/s);
      expect(figure.caption(run)).not.toMatch(/NaN|undefined|null/);
    }
  });
});

const loaded = await Promise.all(
  Object.entries(listedSystems).map(async ([name, { load }]) => ({ name, system: await load() })),
);

test.each(loaded.filter(({ system }) => system.learner))(
  "a sweep of $name is drawn by its own records",
  ({ system }) => {
    const { sweep } = system.protocols;
    const settings = { ...smallSettings(sweep), rows: 2, columns: 3, seeds: 2 };
    const run = hostRun(system, [{ name: "plane", protocol: "sweep", chains: 1, settings }], 5);
    const { figures } = exhibitsOf({ ...run, studies: [run.study("plane")!] }, system, { figures: [], tables: [] });
    expect(figures.length).toBeGreaterThan(0);
    for (const figure of figures) {
      expectReadable(figure, run);
      expect(figure.caption(run)).toMatch(/^Measured: .*\.$/s);
    }
    const { y } = axesOf(settings as never);
    const looks = new Map<string, string>();
    for (const { column, row, colour } of cellColours(draw(figures[0], run), 3, 2)) {
      // Of a sweep of one control the rows are seeds.
      const label = y ? majority(run, column, row) : labelsAt(run, column, null)[row];
      if (label === undefined) continue;
      looks.set(label, looks.get(label) ?? colour!);
      expect(colour).toBe(looks.get(label));
    }
    expect(new Set(looks.values()).size).toBe(looks.size);
  },
  120_000,
);

test("axes are called by their controls, with units", () => {
  const svg = draw(figuresOf(runs["all cells"]).map, runs["all cells"]);
  expect(marksOf(svg, "x-title").map(textIn)).toEqual(["learning rate (rate), per step"]);
  expect(marksOf(svg, "y-title").map(textIn)).toEqual(["weight decay (decay)"]);
});

/** The labels of the runs of a cell, by the records alone. */
const labelsAt = (run: RunView, column: number, row: number | null): readonly string[] => {
  const { x, y } = axesOf(run.study("plane")!.settings as never);
  return run
    .records("plane", "cell")
    .filter(record => record.x === x.values[column] && record.y === (row === null ? null : y!.values[row]))
    .map(({ label }) => label as string);
};

/** The label that most of them have; undefined where none was made or two are as frequent. */
const majority = (run: RunView, column: number, row: number): string | undefined => {
  const labels = labelsAt(run, column, row);
  const count = (label: string) => labels.filter(each => each === label).length;
  const [best, next] = [...new Set(labels)].sort((a, b) => count(b) - count(a));
  return best !== undefined && (next === undefined || count(best) > count(next)) ? best : undefined;
};

test.each(["all cells", "one seed", "a third of the cells"])("cells have the phases of the records: %s", name => {
  const run = runs[name];
  const cells = cellColours(draw(figuresOf(run).map, run), 9, 6);
  const colours = new Map<string, string>();
  for (const { column, row, colour } of cells) {
    const label = majority(run, column, row);
    if (label === undefined) continue;
    colours.set(label, colours.get(label) ?? colour!);
    expect(colour, `${column}, ${row}`).toBe(colours.get(label));
  }
  expect(colours.size).toBeGreaterThan(1);
  expect(new Set(colours.values()).size).toBe(colours.size);
});

test("another run has another map: one record decides a cell", () => {
  const run = runs["one seed"];
  const { map } = figuresOf(run);
  const { x, y } = axesOf(layout as never);
  const changed: RunView = {
    ...run,
    records: (...at) =>
      run
        .records(...at)
        .map(record =>
          record.x === x.values[2] && record.y === y!.values[4] ? { ...record, label: "ordered" } : record,
        ),
  };
  const [before, after] = [run, changed].map(each => cellColours(draw(map, each), 9, 6));
  const differ = before.filter(({ colour }, i) => colour !== after[i].colour);
  expect(differ.map(({ column, row }) => [column, row])).toEqual([[2, 4]]);
});

test("opacity tells how many of the runs agree", () => {
  const run = runs["all cells"];
  const { x, y } = axesOf(layout as never);
  const cells = cellColours(draw(figuresOf(run).map, run), 9, 6);
  const agreements = cells.map(({ column, row, opacity }) => {
    const labels = run
      .records("plane", "cell")
      .filter(record => record.x === x.values[column] && record.y === y!.values[row])
      .map(({ label }) => label);
    const most = Math.max(...labels.map(label => labels.filter(each => each === label).length));
    return { agreement: most / labels.length, opacity: opacity! };
  });
  const opacityAt = (agreement: number) =>
    new Set(agreements.filter(each => each.agreement === agreement).map(({ opacity }) => opacity));
  expect([...new Set(agreements.map(({ agreement }) => agreement))].sort()).toEqual([2 / 3, 1]);
  expect(opacityAt(1).size).toBe(1);
  expect(opacityAt(2 / 3).size).toBe(1);
  expect([...opacityAt(2 / 3)][0]).toBeLessThan([...opacityAt(1)][0]);
});

test("cells that were not run are ruled, and the caption says how many were and what could have been missed", () => {
  const run = runs["a third of the cells"];
  const { map } = figuresOf(run);
  expect(marksOf(draw(map, run), "ruled").length).toBe(1);
  expect(map.caption(run)).toMatch(
    /3 runs at 18 of 54 cells;.*an island of [\d.]+ % of the map could have been missed/,
  );
  expect(marksOf(draw(figuresOf(runs["all cells"]).map, runs["all cells"]), "ruled")).toEqual([]);
});

test("theory is the learner's critical values, once, though it knows those of both controls", () => {
  const run = runs["all cells"];
  const svg = draw(figuresOf(run).map, run);
  const lines = [...String(marksOf(svg, "theory")[0].attributes.d).matchAll(/M[^M]+/g)].map(([line]) =>
    [...line.matchAll(/[ML]([-\d.]+),([-\d.]+)/g)].map(([, a, b]) => [Number(a), Number(b)]),
  );
  // What only one of the two scans reaches continues the line from its last point, and none runs along another.
  const spans = lines.map(line => line.map(([px]) => px)).map(pxs => [Math.min(...pxs), Math.max(...pxs)]);
  spans.sort(([a], [b]) => a - b);
  for (const [i, [from]] of spans.slice(1).entries()) expect(from).toBeGreaterThan(spans[i][1] - 6);
  // A logarithmic x axis and a linear y axis, read off the corners of the frame.
  const cells = cellColours(svg, 9, 6);
  const [first, last] = [cells[0], cells[53]];
  for (const [px, py] of lines[0]) {
    const rate = 0.5 * 4 ** ((px - first.x) / (last.x - first.x));
    const decay = 0.1 + (4 * (py - first.y)) / (last.y - first.y);
    expect(Math.abs(decay - rate ** 2)).toBeLessThan(0.02);
  }
  expect(figuresOf(run).map.caption(run)).toContain("Theory: critical values at these settings, broken lines.");
});

test("an upright line is found over the other control, and where theory knows nothing there is none", () => {
  const upright = { ...toy, critical: () => ({ rate: [1.2] }) } as unknown as Learner;
  const run = runs["all cells"];
  const d = String(marksOf(draw(figuresOf(run, upright).map, run), "theory")[0].attributes.d);
  expect(new Set([...d.matchAll(/[ML]([-\d.]+),/g)].map(([, x]) => x)).size).toBe(1);
  for (const none of [{ ...toy, critical: undefined } as unknown as Learner, null]) {
    const { map } = figuresOf(run, none);
    expect(marksOf(draw(map, run), "theory")).toEqual([]);
    expect(map.caption(run)).toContain("Theory has no closed form");
  }
});

test("settings for which the learner has no theory do not spoil the map", () => {
  const run = sweptBy({ settings: { xTo: 4 } });
  const svg = draw(figuresOf(run).map, run);
  const xs = [...String(marksOf(svg, "theory")[0].attributes.d).matchAll(/[ML]([-\d.]+),/g)].map(([, x]) => Number(x));
  const cells = cellColours(svg, 9, 6);
  expect(0.5 * 8 ** ((Math.max(...xs) - cells[0].x) / (cells[8].x - cells[0].x))).toBeLessThan(3);
});

test("no two of many phases look alike, and runs that diverged look the same on every map", () => {
  const labels = Array.from({ length: 40 }, (_, i) => `phase ${i}`);
  const looks = phaseLooks(["diverged", ...labels]);
  expect(new Set(looks.map(({ colour, mark }) => `${colour} ${mark}`)).size).toBe(41);
  expect(phaseLooks(["a", "diverged"])[1]).toEqual(looks[0]);
});

test("where runs end by their phase, captions say that the order parameter may not have settled", () => {
  const [decided, ended] = ["decided", "end"].map(stop => sweptBy({ settings: { stop } }));
  for (const name of ["order-map", "slices"]) {
    expect(figuresOf(decided)[name].caption(decided)).toContain("before the order parameter has settled");
    expect(figuresOf(ended)[name].caption(ended)).not.toContain("settled");
  }
});

test("a sweep whose runs all lie beside its map has no pictures", () => {
  const run = runs["all cells"];
  const { settings } = run.study("plane")!;
  const moved = { name: "plane", protocol: "sweep", chains: 1, settings: { ...settings, xFrom: 5, xTo: 9 } };
  expect(figuresOf({ ...run, study: () => moved })).toEqual({});
});

test("a sweep of one control has a cell for each run, in the phase of its record, and upright lines of theory", () => {
  const run = runs["one control"];
  const svg = draw(figuresOf(run).map, run);
  const { x } = axesOf({ ...layout, yControl: "none" } as never);
  const colours = new Map<string, string>();
  for (const { column, row, colour } of cellColours(svg, 9, 3)) {
    const [{ label }] = run
      .records("plane", "cell")
      .filter(record => record.x === x.values[column] && record.seed === row);
    colours.set(label as string, colours.get(label as string) ?? colour!);
    expect(colour).toBe(colours.get(label as string));
  }
  expect(new Set(colours.values()).size).toBe(2);
  expect(String(marksOf(svg, "theory")[0].attributes.d)).toMatch(/^M([\d.]+),[\d.]+L\1,[\d.]+$/);
});

test("the order parameter's colours are those of the means over seeds", () => {
  const run = runs["all cells"];
  const { x, y } = axesOf(layout as never);
  const shades = colourScale(64);
  const drawn = cellColours(draw(figuresOf(run)["order-map"], run), 9, 6).map(cell => {
    const orders = run
      .records("plane", "cell")
      .filter(record => record.x === x.values[cell.column] && record.y === y!.values[cell.row])
      .flatMap(({ order }) => (typeof order === "number" ? [order] : []));
    return {
      mean: orders.reduce((sum, each) => sum + each, 0) / orders.length,
      shade: shades.indexOf(cell.colour ?? ""),
    };
  });
  // The cell whose runs diverged has none.
  expect(drawn.filter(({ shade }) => shade < 0).map(({ mean }) => mean)).toEqual([Number.NaN]);
  const finite = drawn.filter(({ shade }) => shade >= 0);
  for (const a of finite) for (const b of finite) if (a.mean < b.mean) expect(a.shade).toBeLessThanOrEqual(b.shade);
  expect(new Set(finite.map(({ shade }) => shade)).size).toBeGreaterThan(10);
});

test("slices show the means of this run, not of another, with a whisker of one standard error", () => {
  const [run, other] = [sweptBy({ settings: { rows: 2 } }), sweptBy({ seed: 2, settings: { rows: 2 } })];
  const means = (of: RunView, value: number): XY[] => {
    const { x } = axesOf({ ...layout, rows: 2 } as never);
    return x.values.flatMap((rate): XY[] => {
      const orders = of
        .records("plane", "cell")
        .filter(record => record.x === rate && record.y === value)
        .flatMap(({ order }) => (typeof order === "number" ? [order] : []));
      return orders.length > 0 ? [[rate, orders.reduce((sum, each) => sum + each, 0) / orders.length]] : [];
    });
  };
  const svg = draw(figuresOf(run).slices, run);
  expect(shows(svg, means(run, 0.1))).toBe(true);
  expect(shows(svg, means(other, 0.1))).toBe(false);
  expect(marksOf(svg, "whiskers").length).toBeGreaterThan(0);
  expect(marksOf(draw(figuresOf(runs["one seed"]).slices, runs["one seed"]), "whiskers")).toEqual([]);
  // The predicted order parameter of each slice, which is not level.
  expect(marksOf(svg, "line").length).toBeGreaterThan(2);
});
