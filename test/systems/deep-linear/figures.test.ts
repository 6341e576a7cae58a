import { describe, expect, test } from "vitest";
import { isAvailable } from "../../../src/charts/exhibits.ts";
import { judge } from "../../../src/contracts/claim.ts";
import type { RunRecord, Study } from "../../../src/contracts/index.ts";
import { makeDocument } from "../../../src/report/document.ts";
import { deepLinearExhibits } from "../../../src/systems/deep-linear/figures/index.ts";
import { deepLinear } from "../../../src/systems/deep-linear/index.ts";
import { exhibits } from "../../../src/systems/figures.ts";

const document = await makeDocument();

/** The studies of the quick reproduction that figures need, run for real at short lengths. */
const lengths: { readonly [name: string]: number } = {
  steps: 60,
  draws: 200,
  burnIn: 100,
  every: 5,
  settle: 200,
  values: 12,
  side: 6,
};
const made = new Map<string, RunRecord[]>();
const wanted = new Set(deepLinearExhibits.figures.flatMap(({ needs }) => needs.map(({ study }) => study)));
const studies: readonly Study[] = deepLinear.reproductions.quick.studies;
for (const { name, protocol, settings } of studies) {
  if (!wanted.has(name)) continue;
  const { settings: controls, run } = deepLinear.protocols[protocol];
  const records: RunRecord[] = [];
  const defaults = Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.default]));
  const short = Object.fromEntries(Object.entries(lengths).filter(([key]) => key in controls));
  run(
    { settings: { ...defaults, ...settings, ...short }, seed: 1, chain: 0 },
    {
      record: (kind, fields) => void records.push({ kind, chain: 0, ...fields }),
      snapshot: () => {},
      save: () => {},
      saved: undefined,
      progress: () => {},
    },
  );
  made.set(name, records);
}
const view = {
  study: (name: string) => studies.find(study => study.name === name),
  records: (study: string, kind: string) => (made.get(study) ?? []).filter(record => record.kind === kind),
};

describe.each(deepLinearExhibits.figures.map(figure => [figure.name, figure] as const))("%s", (_name, figure) => {
  test("draws finite numbers and says in sentences what is measured and what is theory", () => {
    expect(isAvailable(figure, view)).toBe(true);
    const svg = figure.draw(view, { document, width: figure.width, height: figure.height });
    expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
    expect(figure.caption(view)).toMatch(/^(Measured|Theory): .*\.$/s);
    expect(figure.caption(view)).not.toMatch(/NaN|undefined/);
  });
});

test("tables have a cell for each column; the first four depths are of orders 0, 2, 1, 1", () => {
  for (const table of deepLinearExhibits.tables)
    for (const row of table.rows(view)) expect(row).toHaveLength(table.columns.length);
  expect(
    deepLinearExhibits.tables[0]
      .rows(view)
      .map(([, order]) => order)
      .slice(0, 4),
  ).toEqual(["0", "2", "1", "1"]);
});

test("every relative has exhibits under its own name", () => {
  for (const name of ["deep-linear", "linear-vae", "linear-ssl", "law-of-balance", "mirror-symmetry"])
    expect(exhibits[name], name).toBeDefined();
});

test("a claim can fail: a sweep that falls too early is not the jump of two layers", () => {
  const claim = deepLinear.claims.find(({ id }) => id === "jump-D2")!;
  const sweep = (control: number, direction: string): RunRecord => {
    const learned = direction === "up" && control < 0.4;
    return { kind: "sweep", chain: 0, pace: 1, direction, control, order: learned ? 0.8 : 0, QU: learned ? 0.64 : 0 };
  };
  const records = [0.3, 0.35, 0.45, 0.5].flatMap(gamma => [sweep(gamma, "up"), sweep(gamma, "down")]);
  const verdict = judge(claim, claim.measure({ seed: 1, study: () => studies[0], records: () => records }));
  expect(verdict.outcome).toBe("fails");
});
