import { describe, expect, test } from "vitest";
import { isAvailable } from "../../src/charts/exhibits.ts";
import type { RunRecord, System } from "../../src/contracts/index.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { makeDocument } from "../../src/report/document.ts";
import { exhibits } from "../../src/systems/figures.ts";
import { systems } from "../../src/systems/index.ts";
import { recordsOf } from "./swept.ts";

const document = await makeDocument();

/** Records of a study of the quick reproduction, at other settings where they are given. */
const recordsOfStudy = (
  system: System,
  name: string,
  changed: { readonly [name: string]: number } = {},
): RunRecord[] => {
  const { protocol, chains, settings } = system.reproductions.quick.studies.find(study => study.name === name)!;
  const { settings: controls } = system.protocols[protocol];
  const own = Object.fromEntries(Object.entries(changed).filter(([key]) => key in controls));
  return Array.from({ length: Math.min(2, chains) }, (_, chain) =>
    recordsOf(system.protocols[protocol], { ...settings, ...own }, 1, chain),
  ).flat();
};

const short = { steps: 50, settle: 200, walkers: 3, burnIn: 20, every: 10 };

describe.each(["law-of-balance", "collective-learning"])("%s", name => {
  const system = systems[name];
  test.each(exhibits[name].figures.map(figure => [figure.name, figure] as const))(
    "figure %s draws finite numbers and says in sentences what is measured and what is theory",
    (_, figure) => {
      const made = new Map(figure.needs.map(({ study }) => [study, recordsOfStudy(system, study, short)]));
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
    recordsOfStudy(systems["law-of-balance"], study).find(({ kind }) => kind === "final")?.difference as number;
  expect(Math.abs(end("imbalance-none") - 1.4)).toBeLessThan(1e-3);
  expect(Math.abs(end("imbalance-isotropic") - 1.4)).toBeGreaterThan(0.01);
  // exp(-0.04 x 60), and 6000 draws of a squared Gaussian scatter ln by 0.04 sqrt(2 / 6000) x 60.
  expect(Math.abs(Math.log(end("imbalance-sgd") / 1.4) + 2.4)).toBeLessThan(0.2);
});
