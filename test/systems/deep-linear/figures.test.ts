import { describe, expect, test } from "vitest";
import { isAvailable } from "../../../src/charts/exhibits.ts";
import { judge } from "../../../src/contracts/claim.ts";
import type { RunRecord } from "../../../src/contracts/protocol.ts";
import { studiesOf } from "../../../src/contracts/study.ts";
import { figures } from "../../../src/systems/deep-linear/figures/index.ts";
import { deepLinear } from "../../../src/systems/deep-linear/index.ts";
import { listedSystems } from "../../../src/systems/index.ts";
import { expectReadable } from "../../support/readable.ts";
import { recordsOf } from "../swept.ts";

/** The studies of the quick reproduction that figures need, run for real at short lengths. */
const lengths: { readonly [name: string]: number } = {
  steps: 20,
  draws: 200,
  burnIn: 100,
  every: 5,
  settle: 200,
  values: 12,
  side: 6,
};
const made = new Map<string, readonly RunRecord[]>();
const wanted = new Set(figures.figures.flatMap(({ needs }) => needs.map(({ study }) => study)));
const studies = studiesOf(deepLinear.studies, "quick");
for (const { name, protocol: named, settings } of studies) {
  if (!wanted.has(name)) continue;
  const protocol = deepLinear.protocols[named];
  const short = Object.fromEntries(Object.entries(lengths).filter(([key]) => key in protocol.settings));
  made.set(name, recordsOf(protocol, { ...settings, ...short }));
}
const view = {
  seed: 1,
  study: (name: string) => studies.find(study => study.name === name),
  records: (study: string, kind: string) => (made.get(study) ?? []).filter(record => record.kind === kind),
};

describe.each(figures.figures.map(figure => [figure.name, figure] as const))("%s", (_name, figure) => {
  test("can be read at any width and says in sentences what is measured and what is theory", () => {
    expect(isAvailable(figure, view)).toBe(true);
    expectReadable(figure, view);
    expect(figure.caption(view)).toMatch(/^(Measured|Theory): .*\.$/s);
    expect(figure.caption(view)).not.toMatch(/NaN|undefined/);
  });
});

test("tables have a cell for each column; the first four depths are of orders 0, 2, 1, 1", () => {
  for (const table of figures.tables)
    for (const row of table.rows(view)) expect(row).toHaveLength(table.columns.length);
  expect(
    figures.tables[0]
      .rows(view)
      .map(([, order]) => order)
      .slice(0, 4),
  ).toEqual(["0", "2", "1", "1"]);
});

test("every relative has exhibits under its own name", () => {
  for (const name of ["deep-linear", "linear-vae", "linear-ssl", "law-of-balance", "mirror-symmetry"])
    expect(listedSystems[name].exhibits, name).toBeDefined();
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
