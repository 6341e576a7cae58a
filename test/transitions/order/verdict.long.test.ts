import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../src/errors.ts";
import { type Observation, orderOfTransition } from "../../../src/transitions/order/index.ts";
import { full } from "../../support/full.ts";
import { crossover, curieWeiss, noise, pottsClusters, pottsSweeps, range } from "./samplers.ts";

const sizes = [8, 16, 32, 64];
const plain = { sizes, burnIn: 30, samples: 120 };

/** Sampled once for all tests that look at it. */
const once = <Key, T>(make: (key: Key) => T): ((key: Key) => T) => {
  const made = new Map<Key, T>();
  return key => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
};

/** Models whose answer is known, with the exact transition temperature where there is one. */
const models = {
  "Ising, 2D": {
    order: "continuous",
    at: 1 / Math.log(1 + Math.SQRT2),
    cells: once((seed: number) => pottsClusters(2, { ...plain, controls: range(0.95, 1.35, 13), seed })),
  },
  "Potts, q = 3": {
    order: "continuous",
    at: 1 / Math.log(1 + Math.sqrt(3)),
    cells: once((seed: number) => pottsClusters(3, { ...plain, controls: range(0.9, 1.1, 13), seed })),
  },
  "Potts, q = 10, heat bath up and down": {
    order: "discontinuous",
    at: 1 / Math.log(1 + Math.sqrt(10)),
    cells: (seed: number) =>
      pottsSweeps(10, { sizes: [16, 32, 64], controls: range(0.67, 0.73, 13), samples: 200, burnIn: 200, seed }),
  },
  "Curie-Weiss": {
    order: "continuous",
    at: 1,
    cells: (seed: number) => curieWeiss({ ...plain, samples: 400, controls: range(0.5, 1.5, 17), seed }),
  },
  "smooth crossover": {
    order: "none",
    at: null,
    cells: (seed: number) => crossover({ ...plain, controls: range(-2, 2, 17), seed }),
  },
  "pure noise": {
    order: "none",
    at: null,
    cells: (seed: number) => noise({ ...plain, controls: range(0, 1, 17), seed }),
  },
} as const;

const answerOf = once((key: keyof typeof models) => once((seed: number) => orderOfTransition(models[key].cells(seed))));

describe.each(Object.entries(models))("%s", (name, { order, at }) => {
  test.each(full ? [1, 2] : [1])(
    "seed %i: its order, where it is, and the evidence",
    seed => {
      const answer = answerOf(name as keyof typeof models)(seed);
      const shown = JSON.stringify(
        answer.evidence.map(({ probe, support, finding }) => ({ probe, support, finding })),
        null,
        1,
      );
      expect(answer.verdict, shown).toBe(order);
      expect(answer.evidence.length).toBeGreaterThan(0);
      for (const { finding } of answer.evidence) expect(finding).not.toMatch(/NaN|undefined|Infinity/);
      const { none, continuous, discontinuous } = answer.probability;
      expect(none + continuous + discontinuous).toBeCloseTo(1, 12);
      if (at === null) expect(answer.where).toBeNull();
      else expect(Math.abs(answer.where!.control - at) / at).toBeLessThan(answer.exponents ? 0.1 : 0.03);
    },
    240_000,
  );
});

describe("exponents are fitted, not assumed", () => {
  test("mean field by number of spins and Ising by edge have exponents of their own", () => {
    const meanField = answerOf("Curie-Weiss")(1).exponents!;
    const ising = answerOf("Ising, 2D")(1).exponents!;
    // Exact: 1/nu = 1/2 and beta/nu = 1/4 in N; 1 and 1/8 in L. Small sizes bias both.
    expect(meanField.inverseNu.estimate).toBeGreaterThan(0.4);
    expect(meanField.inverseNu.estimate).toBeLessThan(0.75);
    expect(meanField.betaOverNu.estimate).toBeGreaterThan(0.15);
    expect(ising.inverseNu.estimate).toBeGreaterThan(0.8);
    expect(ising.betaOverNu.estimate).toBeLessThan(0.17);
  });
});

/** m(gamma) of deterministic sweeps with a loop whose area falls as a power of the pace. */
const sweeps = (curve: (gamma: number, direction: "up" | "down", pace: number) => number): Observation[] =>
  [1, 4, 16].flatMap(pace =>
    (["up", "down"] as const).flatMap(direction =>
      range(0, 1, 41).map(control => ({ control, direction, pace, samples: [curve(control, direction, pace)] })),
    ),
  );

describe("sweeps without noise", () => {
  test("a square root that vanishes, with sweeps late by a power of the pace, is continuous", () => {
    const answer = orderOfTransition(
      sweeps((gamma, direction, pace) =>
        direction === "up" || gamma < 0.6 - 0.1 / pace ? Math.sqrt(Math.max(0, 0.6 - gamma)) : 0,
      ),
    );
    expect(answer).toMatchObject({ verdict: "continuous", confidence: "high" });
    expect(answer.where!.control).toBeCloseTo(0.6, 1);
    expect(answer.evidence.find(({ probe }) => probe === "edge")!.values.exponent).toBeCloseTo(0.5, 1);
  });

  test("a jump with a loop that stays is discontinuous", () => {
    const answer = orderOfTransition(
      sweeps((gamma, direction) => {
        if (gamma > 0.61 || (direction === "down" && gamma > 0.2)) return 0;
        return 0.6 + Math.sqrt(0.62 - gamma) / 2;
      }),
    );
    expect(answer).toMatchObject({ verdict: "discontinuous", confidence: "high" });
  });

  test("a smooth curve that never vanishes has no transition", () => {
    const answer = orderOfTransition(sweeps(gamma => 1 / (1 + gamma)));
    expect(answer).toMatchObject({ verdict: "none", where: null });
  });
});

describe("what cannot be decided", () => {
  test("one size of a sampled transition is undecided, with the way out", () => {
    const one = models["Ising, 2D"].cells(1).filter(({ size }) => size === 32);
    const answer = orderOfTransition(one);
    expect(answer.verdict).toBe("undecided");
    expect(answer.health.text).toMatch(/three or more would show/);
  });

  test.each([
    [[], "observations"],
    [[{ control: Number.NaN, samples: [1] }], "observations[0].control"],
    [[{ control: 0, samples: [] }], "observations[0].samples"],
    [[{ control: 0, samples: [1, Infinity] }], "observations[0].samples[1]"],
    [[{ control: 0, size: 0, samples: [1] }], "observations[0].size"],
    [[{ control: 0, pace: -1, samples: [1] }], "observations[0].pace"],
    [[{ control: 0, samples: [1], energies: [1, 2] }], "the length of observations[0].energies"],
    [[{ control: 0, samples: [1] }], "the number of controls at size 1"],
  ] as const)("bad tables are refused by name: %j", (table, name) => {
    try {
      orderOfTransition(table as unknown as Observation[]);
      expect.unreachable();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
      expect((error as Error).message.startsWith(`${name} is`)).toBe(true);
    }
  });
});
