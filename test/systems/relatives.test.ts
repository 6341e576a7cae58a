import { describe, expect, test } from "vitest";
import { isAvailable, type RunView } from "../../src/charts/exhibits.ts";
import type { RunRecord, System } from "../../src/contracts/index.ts";
import { makeDocument } from "../../src/report/document.ts";
import { exhibits } from "../../src/systems/figures.ts";
import { systems } from "../../src/systems/index.ts";
import { collapseStrengths, problemAt } from "../../src/systems/linear-ssl/protocols.ts";
import { survivingDirections } from "../../src/systems/linear-ssl/theory.ts";

const document = await makeDocument();

/** Records of a study of the quick reproduction, at other settings where they are given. */
const recordsOf = (system: System, name: string, changed: { readonly [name: string]: number } = {}): RunRecord[] => {
  const { protocol, chains, settings } = system.reproductions.quick.studies.find(study => study.name === name)!;
  const { settings: controls, run } = system.protocols[protocol];
  const defaults = Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.default]));
  const own = Object.fromEntries(Object.entries(changed).filter(([key]) => key in controls));
  const records: RunRecord[] = [];
  for (let chain = 0; chain < Math.min(2, chains); chain++)
    run(
      { settings: { ...defaults, ...settings, ...own }, seed: 1, chain },
      {
        record: (kind, fields) => void records.push({ kind, chain, ...fields }),
        snapshot: () => {},
        save: () => {},
        saved: undefined,
        progress: () => {},
      },
    );
  return records;
};

const short = { steps: 50, settle: 200, walkers: 3, burnIn: 20, every: 10 };

describe.each(["linear-vae", "linear-ssl", "law-of-balance", "mirror-symmetry"])("%s", name => {
  const system = systems[name];
  test.each(exhibits[name].figures.map(figure => [figure.name, figure] as const))(
    "figure %s draws finite numbers and says in sentences what is measured and what is theory",
    (_, figure) => {
      const made = new Map(figure.needs.map(({ study }) => [study, recordsOf(system, study, short)]));
      const view: RunView = {
        study: study => system.reproductions.quick.studies.find(each => each.name === study),
        records: (study, kind) => (made.get(study) ?? []).filter(record => record.kind === kind),
      };
      expect(isAvailable(figure, view)).toBe(true);
      const svg = figure.draw(view, { document, width: figure.width, height: figure.height });
      expect(svg.outerHTML).not.toMatch(/NaN|Infinity|undefined/);
      expect(figure.caption(view)).toMatch(/^Measured: .* Theory.*\.$/s);
      expect(figure.caption(view)).not.toMatch(/NaN|undefined/);
    },
  );
});

test("u^2 - w^2: descent keeps it to second order in the step, isotropic noise moves it, SGD takes it away at T C0", () => {
  const end = (study: string): number =>
    recordsOf(systems["law-of-balance"], study).find(({ kind }) => kind === "final")?.difference as number;
  expect(Math.abs(end("imbalance-none") - 1.4)).toBeLessThan(1e-3);
  expect(Math.abs(end("imbalance-isotropic") - 1.4)).toBeGreaterThan(0.01);
  // exp(-0.04 x 60), and 6000 draws of a squared Gaussian scatter ln by 0.04 sqrt(2 / 6000) x 60.
  expect(Math.abs(Math.log(end("imbalance-sgd") / 1.4) + 2.4)).toBeLessThan(0.2);
});

test("the strengths at which augmentation takes directions away are where the rank steps", () => {
  for (const gamma of [0.02, 0.2]) {
    const rank = (augmentation: number) =>
      survivingDirections(problemAt({ alpha: 1.5, gamma, augmentation, width: 3 }));
    const strengths = collapseStrengths(1.5, gamma).sort((a, b) => a - b);
    expect(strengths.map(at => [rank(at * (1 - 1e-6)), rank(at * (1 + 1e-6))])).toEqual([
      [3, 2],
      [2, 1],
      [1, 0],
    ]);
  }
});
