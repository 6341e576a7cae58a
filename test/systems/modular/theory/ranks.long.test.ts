import { describe, expect, test } from "vitest";
import type { System } from "../../../../src/contracts/system.ts";
import { mulberry32 } from "../../../../src/numerics/mulberry32.ts";
import { coverageOf, isCountExact } from "../../../../src/systems/modular/model/coverage.ts";
import { fullTable, pairsAt } from "../../../../src/systems/modular/model/pairs.ts";
import { randomStart } from "../../../../src/systems/modular/model/start.ts";
import { closedForms, quarticBound, ranks } from "../../../../src/systems/modular/theory/closed-forms.ts";
import { modularTheory } from "../../../../src/systems/modular/theory/index.ts";
import {
  curvatures,
  jacobianSingularValues,
  rankOf,
  spectralRank,
} from "../../../../src/systems/modular/theory/jacobian.ts";
import {
  narrowSolution,
  randomPhases,
  type Solution,
  sixPhases,
} from "../../../../src/systems/modular/theory/solutions.ts";
import { full } from "../../../support/full.ts";

/** Odd moduli up to 15, prime or not. */
const moduli = [3, 5, 7, 9, 11, 13, 15];

const onTable = (point: Solution, centred = false): number =>
  spectralRank(curvatures(point.w, point, fullTable(point.p, "add"), { centred }));

describe("closed forms are the ranks by eigenvalues on the whole table", () => {
  test.each(full ? moduli : moduli.slice(0, 5))("width 2p - 1, p = %i", p => {
    const rank = onTable(narrowSolution(p));
    expect(ranks.narrow(p)).toBe(rank);
    const K = 2 * p - 1;
    const { wF_exact_at_K_2p_minus_1: exact } = closedForms({ p, K, N: p * p });
    expect(exact).toBeLessThanOrEqual(quarticBound({ p, K, rank }));
    expect(exact).toBeLessThanOrEqual((p * p * p) / 2);
  });

  test.each(full ? moduli : moduli.slice(0, 4))("six phases, p = %i", p => {
    expect(ranks.sixPhases(p)).toBe(onTable(sixPhases({ p })));
    expect(ranks.sixPhasesConstant(p)).toBe(onTable(sixPhases({ p, constant: true })));
  });

  test.each(full ? [3, 5, 7, 9, 11] : [3, 5, 7])("waves with many phases, p = %i", p => {
    const waves = randomPhases({ p, K: 6 * (p - 1), seed: 3 });
    expect(ranks.waves(p)).toBe(onTable(waves));
    expect(ranks.wavesCentred(p)).toBe(onTable(waves, true));
  });
});

test("at random pairs and widths the count is an upper bound, reached where it is called exact", () => {
  const random = mulberry32(5);
  let exact = 0;
  let less = 0;
  for (let trial = 0; trial < (full ? 1000 : 250); trial++) {
    const p = [3, 5][trial % 2];
    const order = Array.from({ length: p * p }, (_, i) => ({ i, key: random() })).sort((a, b) => a.key - b.key);
    const N = 2 + Math.floor(random() * (p * p - 1));
    const K = 1 + Math.floor(random() * (N + 1));
    const pairs = pairsAt(
      p,
      "add",
      Int32Array.from(order.slice(0, N), ({ i }) => i),
    );
    const w = randomStart({ p, K }, { seed: 1000 + trial, sw: 1, sv: 1 });
    for (const centred of [false, true]) {
      const rank = rankOf(jacobianSingularValues(w, { p, K }, pairs, { centred }));
      const count = (centred ? ranks.genericTrainCentred : ranks.genericTrain)({ p, K, N });
      expect(rank).toBeLessThanOrEqual(count);
      if (rank < count) less++;
      if (!isCountExact(coverageOf(pairs), { p, K, N, centred })) continue;
      exact++;
      expect(rank, `p ${p}, K ${K}, N ${N}, centred ${centred}`).toBe(count);
    }
  }
  // Both kinds were met.
  expect(exact).toBeGreaterThan(50);
  expect(less).toBeGreaterThan(50);
});

test("asked for by name", () => {
  const entries: System["theory"] = modularTheory;
  expect(entries.ranks.evaluate({ p: 3, K: 4 })).toMatchObject({ narrow: 27, genericTrain: 18 });
  expect(entries.ranks.evaluate({ p: 13, K: 64 })).toEqual(entries.ranks.evaluate({ p: 13, K: 64, N: 118 }));
  expect(entries.coefficients.evaluate({ p: 9, K: 17 })).toMatchObject({ lambda: { wF_exact_at_K_2p_minus_1: 199.5 } });
  expect(() => entries.ranks.evaluate({ p: 3, K: 4, N: 10 })).toThrow("N is 10: needs at most p^2 = 9 pairs");
});
