import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { isLandauError } from "../../src/errors.ts";
import { stream } from "../../src/numerics/stream.ts";
import { flatState, restoreState } from "../../src/sampling/flat-state.ts";
import type { Conditional } from "../../src/sampling/gibbs.ts";
import { localised } from "../../src/sampling/prior.ts";
import type { ChainState, Sampler, SamplerState } from "../../src/sampling/sampler.ts";
import { samplers } from "../../src/sampling/samplers.ts";
import type { Surrogates } from "../../src/sampling/surrogate.ts";
import { posterior, type Target } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";
import { throughJson } from "../support/through-json.ts";

/** One sampler for every row of the table; those that cannot do with numbers alone are given what they need. */
const made: { readonly [name in keyof typeof samplers]: () => Sampler } = {
  langevin: () => samplers.langevin({ stepSize: 0.02 }),
  "rmsprop-langevin": () => samplers["rmsprop-langevin"]({ stepSize: 0.05 }),
  sghmc: () => samplers.sghmc({ stepSize: 0.005 }),
  sgnht: () => samplers.sgnht({ stepSize: 0.05 }),
  baoab: () => samplers.baoab({ stepSize: 0.1 }),
  mala: () => samplers.mala({ stepSize: 0.02, mass: "diagonal" }),
  hmc: () => samplers.hmc({ steps: 4, stepSize: 0.1, mass: "dense" }),
  nuts: () => samplers.nuts({ stepSize: 0.1 }),
  gibbs: () => samplers.gibbs({ conditionals: quadraticConditionals }),
  tempering: () => samplers.tempering({ local: samplers.mala(), rungs: 3 }),
  surrogate: () => samplers.surrogate({ local: samplers.nuts(), surrogates: nearbyQuadratics }),
  "elliptical-slice": () => samplers["elliptical-slice"](),
};

/** Two quadratics in place of one. */
const nearbyQuadratics = (): Surrogates => {
  const members = [quadratic([0.8, 4]), quadratic([1.2, 5])];
  let chosen = members[0];
  return {
    count: members.length,
    target: targetOf({
      ...chosen,
      loss: w => chosen.loss(w),
      lossAndGradient: (w, gradient) => chosen.lossAndGradient(w, gradient),
    }),
    choose(member) {
      chosen = members[member];
    },
  };
};

const CURVATURES = [1, 4];
const GAMMA = 1;

/** Of exp(-nBeta sum a_i w_i^2 / 2 - (gamma / 2) |w|^2): independent normals. */
const quadraticConditionals = (target: Target): Conditional[] =>
  CURVATURES.map((a, i) => ({
    draw(w, random) {
      w[i] = random.normal() / Math.sqrt(target.nBeta * a + GAMMA);
    },
  }));

const targetOf = (objective: Objective): Target =>
  posterior({ objective, nBeta: 10, prior: localised({ gamma: GAMMA, centre: new Float64Array(2) }) });

const BURN_IN = 30;
const START = Float64Array.of(0.5, -0.3);

const kernelOf = (sampler: Sampler, { seed = 1, chain = 0, objective = quadratic(CURVATURES) as Objective } = {}) =>
  sampler.on(targetOf(objective), { random: purpose => stream({ seed, chain, purpose }), burnIn: BURN_IN });

const path = (sampler: Sampler, steps: number, address: { seed?: number; chain?: number } = {}): number[] => {
  const kernel = kernelOf(sampler, address);
  const state = kernel.init(START);
  const seen: number[] = [];
  for (let i = 0; i < steps; i++) {
    kernel.step(state);
    seen.push(...state.w, state.loss, kernel.last.energy, kernel.last.acceptance);
  }
  return seen;
};

const arraysOf = (state: SamplerState): Float64Array[] =>
  Object.values(state).flatMap(value =>
    value instanceof Float64Array ? [value] : Array.isArray(value) ? value.flatMap(arraysOf) : [],
  );

/** The loss is NaN from its `from`-th evaluation on. */
const breaking = (from: number): Objective => {
  const whole = quadratic(CURVATURES);
  let calls = 0;
  const value = (loss: number): number => (++calls > from ? Number.NaN : loss);
  return {
    ...whole,
    loss: w => value(whole.loss(w)),
    lossAndGradient: (w, gradient) => value(whole.lossAndGradient(w, gradient)),
  };
};

test("every row of the table is tested here", () => {
  expect(Object.keys(made)).toEqual(Object.keys(samplers));
});

describe.each(Object.entries(made))("%s", (name, make) => {
  test("without settings it runs, or says which one it needs", () => {
    const bare = samplers[name as keyof typeof samplers] as (settings: object) => Sampler;
    try {
      expect(bare({}).name).toBe(name);
    } catch (error) {
      expect(isLandauError(error) && error.kind === "input" && error.message).toMatch(/ is undefined: needs /);
    }
  });

  test("is called as in the table, with settings that survive JSON", () => {
    const sampler = make();
    expect(sampler.name).toBe(name);
    expect(JSON.parse(JSON.stringify(sampler.settings))).toEqual(sampler.settings);
  });

  test("its state is plain data that holds the step, the point and its loss, changed in place", () => {
    const kernel = kernelOf(make());
    const state = kernel.init(START);
    expect([...state.w]).toEqual([...START]);
    expect(state.w).not.toBe(START);
    expect({ step: state.step, loss: state.loss }).toEqual({ step: 0, loss: quadratic(CURVATURES).loss(START) });
    const arrays = arraysOf(state);
    for (let i = 1; i <= BURN_IN + 5; i++) {
      kernel.step(state);
      expect(state.step).toBe(i);
      expect(state.loss).toBe(quadratic(CURVATURES).loss(state.w));
    }
    arraysOf(state).forEach((array, i) => void expect(array).toBe(arrays[i]));
    for (const value of Object.values(flatState(state)))
      expect(typeof value === "number" || value instanceof Float64Array).toBe(true);
    expect(JSON.parse(JSON.stringify(kernel.report(state)))).toEqual(kernel.report(state));
  });

  test("same seed, same bits; another seed or chain, others", () => {
    const once = path(make(), BURN_IN + 20);
    expect(path(make(), BURN_IN + 20)).toEqual(once);
    expect(path(make(), BURN_IN + 20, { seed: 2 })).not.toEqual(once);
    expect(path(make(), BURN_IN + 20, { chain: 1 })).not.toEqual(once);
  });

  test.each([7, BURN_IN - 1, BURN_IN, BURN_IN + 9])(
    "saved after %d steps and continued elsewhere, the same bits",
    at => {
      const kernel = kernelOf(make());
      const state = kernel.init(START);
      for (let i = 0; i < at; i++) kernel.step(state);
      const saved = throughJson(flatState(state));
      const other = kernelOf(make());
      const restored = other.init(Float64Array.of(0.1, 0.1));
      restoreState(restored, saved);
      for (let i = at; i < BURN_IN + 30; i++) {
        kernel.step(state);
        other.step(restored);
      }
      expect(flatState(restored)).toEqual(flatState(state));
      expect(other.last).toEqual(kernel.last);
    },
  );

  test("a loss that becomes NaN stops it, with the step and the settings named", () => {
    const sampler = make();
    const kernel = kernelOf(sampler, { objective: breaking(4000) });
    const state = kernel.init(START);
    let thrown: unknown;
    try {
      for (let i = 0; i < 5000; i++) kernel.step(state);
    } catch (error) {
      thrown = error;
    }
    if (!isLandauError(thrown, "diverged")) throw new Error(`not stopped: ${thrown}`);
    const culprit = name === "tempering" ? "mala" : name;
    expect(thrown.message).toMatch(new RegExp(`^the loss is NaN at step ${state.step} of ${culprit} {.*}: needs `));
  });

  test.each([
    ["NaN", 0],
    ["Infinity", Infinity],
  ])("a start where the loss is %s is refused", (_what, value) => {
    const whole = quadratic(CURVATURES);
    const objective: Objective = {
      ...whole,
      loss: () => value || Number.NaN,
      lossAndGradient: () => value || Number.NaN,
    };
    expect(() => kernelOf(make(), { objective }).init(START)).toThrow(
      /the loss at the start of .* is (NaN|Infinity): needs/,
    );
  });

  test("a start of another length is refused", () => {
    expect(() => kernelOf(make()).init(new Float64Array(3))).toThrow(/the length of the start of .* is 3: needs 2/);
  });

  test("put at another point it knows the loss there", () => {
    const kernel = kernelOf(make());
    const state: ChainState = kernel.init(START);
    kernel.step(state);
    kernel.place(state, Float64Array.of(1, 1));
    expect([...state.w]).toEqual([1, 1]);
    expect(state.loss).toBe(2.5);
  });
});
