import { describe, expect, test } from "vitest";
import { exp, log } from "../../../src/numerics/elementary.ts";
import { sweepValues } from "../../../src/numerics/sweep-values.ts";
import { workedTables } from "../../../src/systems/emergence/model/worked-tables.ts";
import { emergenceAudit, weiClauses } from "../../../src/transitions/emergence/audit.ts";

const { mirage20, jump5 } = workedTables;

describe("the audit", () => {
  test("does not depend on the unit of scale", () => {
    for (const table of Object.values(workedTables)) {
      const own = emergenceAudit(table);
      const other = emergenceAudit({ ...table, scale: table.scale.map(N => 1e3 * N) });
      expect(other.verdict).toBe(own.verdict);
      for (const name of ["ratio", "deltaJump", "deltaKink", "deltaBicStep", "jumpSize"] as const)
        expect(other[name]).toBeCloseTo(own[name], 6);
    }
  });

  test("a jump in tokens is a jump at every length; without one, no length makes it", () => {
    for (const length of [1, 5, 10, 40, 100]) {
      const at = (p: readonly number[]) =>
        emergenceAudit({
          scale: mirage20.scale,
          n: mirage20.n,
          p,
          length,
          k: p.map(q => Math.round(500 * exp(length * log(q)))),
        });
      expect(at(jump5.p).jump).toBe(true);
      expect(at(mirage20.p).jump).toBe(false);
    }
  });

  test("a kink of the loss is no jump", () => {
    const scale = Array.from(sweepValues(1e6, 1e12, 16, "log"));
    const noise = [0.01, -0.012, 0.008, 0.011, -0.009, 0.012, -0.01, 0.009];
    const y = scale.map((N, i) => {
      const x = log(N / 1e9);
      return -0.1 * x - (x > 0 ? 0.5 * x : 0) + noise[i % 8];
    });
    const p = y.map(value => exp(-exp(value)));
    const k = p.map(q => Math.round(2000 * exp(20 * log(q))));
    const audit = emergenceAudit({ scale, p, k, n: scale.map(() => 2000), length: 20 });
    expect({ jump: audit.jump, kink: audit.kink }).toEqual({ jump: false, kink: true });
  });

  test("errors that come in clumps and no jump leave it undetermined", () => {
    const k = mirage20.p.map(q => Math.round(500 * exp(6 * log(q))));
    const audit = emergenceAudit({ ...mirage20, k: k.map((hits, i) => (i < 5 ? 0 : hits)) }, { m: 4 });
    expect(audit.ratio).toBeLessThan(0.8);
    expect(audit.verdict).toBe("undetermined");
  });

  test("what is at chance in small models is absent", () => {
    const n = mirage20.n;
    const k = [120, 130, 125, 118, 127, 140, 260, 340, 420, 460];
    expect(weiClauses({ scale: mirage20.scale, k, n }, { chance: 0.25 })).toMatchObject({
      absent: true,
      present: true,
    });
    expect(weiClauses({ scale: mirage20.scale, k, n })).toMatchObject({ absent: false });
  });

  test.each([
    ["scale", { scale: [1, 2, 3, 4, 5, 6, 7, 8, 10, 9] }],
    ["k[9]", { k: [...mirage20.k.slice(0, 9), 501] }],
    ["n[0]", { n: [0, ...mirage20.n.slice(1)] }],
    ["p[0]", { p: [1, ...mirage20.p.slice(1)] }],
    ["length", { length: 0 }],
  ])("%s that cannot be is refused by its name", (name, wrong) => {
    expect(() => emergenceAudit({ ...mirage20, ...wrong })).toThrow(name);
  });

  test("five scales are too few", () => {
    const short = Object.fromEntries(
      Object.entries(mirage20).map(([name, values]) => [name, Array.isArray(values) ? values.slice(0, 5) : values]),
    ) as typeof mirage20;
    expect(() => emergenceAudit(short)).toThrow("at least 6 scales");
  });
});
