import { describe, expect, test } from "vitest";
import { isAvailable } from "../../src/charts/exhibits.ts";
import type { RunRecord, System } from "../../src/contracts/index.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { makeDocument } from "../../src/report/document.ts";
import { exhibits } from "../../src/systems/figures.ts";
import { systems } from "../../src/systems/index.ts";
import { collapseStrengths, problemAt } from "../../src/systems/linear-ssl/protocols.ts";
import { survivingDirections } from "../../src/systems/linear-ssl/theory.ts";

import { mirrorLosses } from "../../src/systems/mirror-symmetry/model.ts";
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

describe.each(["linear-vae", "linear-ssl", "law-of-balance", "mirror-symmetry", "collective-learning"])("%s", name => {
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

test.each(Object.entries(mirrorLosses))("%s: gradient by central differences, the plane is invariant", (_, mirror) => {
  const loss = mirror.objective(1.3, 0.2);
  const w = Float64Array.from([0.7, -0.4, 0.2, 0.9].slice(0, loss.size));
  const gradient = new Float64Array(loss.size);
  expect(loss.lossAndGradient(w, gradient)).toBe(loss.loss(w));
  const h = 1e-5;
  w.forEach((_w, i) => {
    const [up, down] = [1, -1].map(sign => loss.loss(w.map((x, j) => (i === j ? x + sign * h : x))));
    expect(gradient[i]).toBeCloseTo((up - down) / (2 * h), 8);
  });
  const plane = Float64Array.from(mirror.plane(1.3));
  expect(mirror.distance(plane)).toBe(0);
  loss.lossAndGradient(plane, gradient);
  const away = mirror.O[0].map((_o, a) => gradient.reduce((sum, g, i) => sum + mirror.O[i][a] * g, 0));
  for (const force of away) expect(Math.abs(force)).toBeLessThan(1e-15);
});

test("a rotation: the distance is the least |n^T W|, the loss at the broken minimum that of its singular values", () => {
  const { distance, broken, objective } = mirrorLosses.rotation;
  const [a, b, c, d] = [0.7, -0.4, 0.2, 0.9];
  const lengths = Array.from({ length: 20_000 }, (_, i) => {
    const [x, y] = [Math.cos((Math.PI * i) / 20_000), Math.sin((Math.PI * i) / 20_000)];
    return Math.hypot(x * a + y * c, x * b + y * d);
  });
  expect(distance(Float64Array.of(a, b, c, d))).toBeCloseTo(Math.min(...lengths), 6);
  const gamma = 0.6;
  const at = Float64Array.of(Math.sqrt(1 - gamma / 2), 0, 0, Math.sqrt(0.5 - gamma / 2));
  const gradient = new Float64Array(4);
  const { distance: expected, loss, symmetric } = broken(1, gamma);
  expect(objective(1, gamma).lossAndGradient(at, gradient)).toBeCloseTo(loss, 14);
  expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e-14);
  expect(distance(at)).toBeCloseTo(expected, 14);
  expect(objective(1, gamma).loss(Float64Array.of(at[0], 0, 0, 0))).toBeCloseTo(symmetric, 14);
});
