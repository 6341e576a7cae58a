import { describe, expect, test } from "vitest";
import { exp } from "../../src/numerics/elementary.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { potentialTarget } from "../../src/sampling/potential.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import type { Potential } from "../../src/sampling/target.ts";
import { expectMean, mapRows, normalStart } from "./support.ts";

/* Neal's funnel: v ~ N(0, 3^2), x_i ~ N(0, exp(v)) for i = 1, ..., 9.  [Neal 2003, section 8] */

/** (v, x_1, ..., x_9) as they are: the neck has no scale that one step size would fit. */
const centred: Potential = {
  size: 10,
  valueAndGradient(w, gradient) {
    const v = w[0];
    const precision = exp(-v);
    let squares = 0;
    for (let i = 1; i < 10; i++) {
      squares += w[i] * w[i];
      gradient[i] = precision * w[i];
    }
    gradient[0] = v / 9 + 4.5 - 0.5 * precision * squares;
    return (v * v) / 18 + 4.5 * v + 0.5 * precision * squares;
  },
};

/** (v / 3, x_1 / exp(v / 2), ...): ten independent standard normals. */
const nonCentred: Potential = {
  size: 10,
  valueAndGradient(w, gradient) {
    let sum = 0;
    for (let i = 0; i < 10; i++) {
      gradient[i] = w[i];
      sum += 0.5 * w[i] * w[i];
    }
    return sum;
  },
};

const run = (potential: Potential, sampler: Sampler) =>
  sample({
    sampler,
    target: potentialTarget(potential),
    seed: 4,
    draws: 1500,
    burnIn: 1000,
    start: normalStart(10, 0.3),
  });

describe.each<[string, Sampler]>([
  ["NUTS", nuts()],
  ["HMC", hmc({ steps: 3 })],
])("%s", (_name, sampler) => {
  test("the funnel as it stands fails, and says so", () => {
    const samples = run(centred, sampler);
    const health = samples.health();
    expect(health.outcome).toBe("bad");
    const names = health.findings.filter(({ outcome }) => outcome !== "good").map(({ name }) => name);
    expect(names).toContain("divergences");
    expect(names).toEqual(expect.arrayContaining(["agreement"]));
    expect(health.text).toContain("reparametrise");
  });

  test("reparametrised it is right, and says so", () => {
    const samples = run(nonCentred, sampler);
    expect(samples.health().text).toBe("no complaint");
    const v = mapRows(samples.draws, 10, w => 3 * w[0]);
    expectMean(v, 0, { ess: 1000 });
    expectMean(
      mapRows(samples.draws, 10, w => 9 * w[0] ** 2),
      9,
      { ess: 1000 },
    );
    // x_1^2 = z^2 exp(v) has no variance to speak of, but its logarithm has: E log z^2 + E v = -(Euler + log 2).
    const logs = mapRows(samples.draws, 10, w => Math.log(w[1] * w[1]) + 3 * w[0]);
    expectMean(logs, -(0.5772156649015329 + Math.LN2), { ess: 1000 });
  });
});
