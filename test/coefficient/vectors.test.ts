import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { coefficientVectors } from "../../src/coefficient/vectors.ts";
import type { Json, JsonObject } from "../../src/contracts/json.ts";
import type { Answer } from "../../src/contracts/system.ts";
import { verifyFile, verifyWith } from "../../src/lab/verify.ts";
import { messageOf } from "../support/message-of.ts";

interface Case {
  readonly quantity: string;
  readonly input: JsonObject;
  readonly expected: { [field: string]: Json };
  readonly tolerance: { readonly relative: number; readonly absolute: number };
}

const text = readFileSync(resolve(import.meta.dirname, "../vectors/coefficient.json"), "utf8");
const { cases } = JSON.parse(text) as { cases: Case[] };

/** Answers are pure: each input is answered once. */
const answers = new Map<string, Answer>();
const remembered = Object.fromEntries(
  Object.entries(coefficientVectors).map(([quantity, answer]) => [
    quantity,
    (input: JsonObject) => {
      const key = quantity + JSON.stringify(input);
      if (!answers.has(key)) answers.set(key, answer(input));
      return answers.get(key)!;
    },
  ]),
);
const failingCases = (file: string) => {
  const { cases } = verifyWith({ coefficient: remembered }, file, "coefficient.json");
  return cases.flatMap(({ outcome }, i) => (outcome === "failed" ? [i] : []));
};

describe("test/vectors/coefficient.json", () => {
  test("passes as it is, through the tables that verify gathers", async () => {
    const { passed, failed, skipped, cases: results } = await verifyFile(text, "coefficient.json");
    expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect({ passed, failed, skipped }).toEqual({ passed: cases.length, failed: 0, skipped: 0 });
  });

  test("asks for every quantity that is answered", () => {
    expect([...new Set(cases.map(({ quantity }) => quantity))].sort()).toEqual(Object.keys(coefficientVectors).sort());
  });

  test("any expected value moved by ten times its tolerance fails its case and no other", async () => {
    const wrong: string[] = [];
    let moved = 0;
    const tryChange = async (index: number, change: (expected: Case["expected"]) => void): Promise<void> => {
      const copy = structuredClone(cases);
      change(copy[index].expected);
      const failed = await failingCases(
        JSON.stringify({ format: "landau-vectors/1", system: "coefficient", cases: copy }),
      );
      if (failed.length !== 1 || failed[0] !== index) wrong.push(`case ${index}: ${failed}`);
      moved++;
    };
    const step = (value: number, { relative, absolute }: Case["tolerance"]): number =>
      10 * (absolute + relative * Math.abs(value)) || 1;
    for (const [index, { expected, tolerance }] of cases.entries())
      for (const [field, value] of Object.entries(expected))
        for (const sign of [-1, 1])
          if (typeof value === "number")
            await tryChange(index, copy => {
              copy[field] = value + sign * step(value, tolerance);
            });
          else if (Array.isArray(value))
            for (const [i, entry] of (value as number[]).entries())
              await tryChange(index, copy => {
                (copy[field] as number[])[i] = entry + sign * step(entry, tolerance);
              });
          else
            await tryChange(index, copy => {
              const [top, bottom = "1"] = String(value).split("/");
              copy[field] = `${Number(top) + sign}/${bottom}`;
            });
    expect(wrong).toEqual([]);
    expect(moved).toBeGreaterThan(2 * 2 * cases.length);
  });
});

describe("inputs beyond the examples", () => {
  const exact = (family: string, params: JsonObject) =>
    coefficientVectors["exact-coefficient"]({ family, scope: "global", params });

  test("other members of each family", () => {
    expect(exact("homogeneous", { dim: 3, degree: 4 })).toMatchObject({ lambda: "3/4", multiplicity: 1 });
    expect(exact("normalCrossing", { halfExponents: [1, 1, 2] })).toMatchObject({ lambda: "1/4", multiplicity: 1 });
    expect(exact("normalCrossing", { halfExponents: [1, 1], priorExponents: ["1/2", 0.5] })).toMatchObject({
      lambda: "3/4",
      multiplicity: 2,
    });
    expect(exact("planeCurve", { K: "(x^2 + y^7)^2" })).toMatchObject({ lambda: "9/28", multiplicity: 1 });
    expect(exact("reducedRankRegression", { inputs: 3, hidden: 8, outputs: 4, rank: 0 })).toMatchObject({ case: 4 });
  });

  test("averages without a localiser are the same at every t", () => {
    const average = (potential: string, params: JsonObject, measure: string) =>
      coefficientVectors["canonical-average"]({ potential, params, measure, t: [0.1, 1e6] });
    expect(average("sum |w_i|^(p_i)", { powers: [2, 3] }, "Lebesgue on R^d")).toEqual({ tMeanK: [5 / 6, 5 / 6] });
    expect(average("w^8", { power: 8 }, "Lebesgue on R")).toMatchObject({ tMeanK: [1 / 8, 1 / 8] });
    const quadratic = { curvatures: [2, 0], localisation: 3 };
    expect(average("sum h_i w_i^2 / 2", quadratic, "exp(-gamma |w|^2 / 2) on R^d")).toMatchObject({
      tMeanK: [0.2 / 6.4, 1e6 / (2e6 + 3)],
    });
  });

  test("a chain that diverges has no estimate, only its limit", () => {
    const chain = { curvatures: [1, 4], nBeta: 100, localisation: 0, gradNoiseVariance: 0 };
    expect(coefficientVectors["unadjusted-langevin"]({ ...chain, stepSize: 0.01 })).toEqual({
      llcHat: null,
      continuousLimit: 1,
    });
  });

  test.each<[string, string, JsonObject, RegExp]>([
    [
      "exact-coefficient",
      "no such family",
      { family: "cubic", params: {} },
      /^family is "cubic": needs one of regular,/,
    ],
    ["exact-coefficient", "no params", { family: "regular" }, /^params is undefined/],
    ["exact-coefficient", "half a width", { family: "regular", params: { dim: 1.5 } }, /^dim is 1\.5/],
    [
      "exact-coefficient",
      "a tanh net with bias",
      { family: "tanhPerceptron", params: { inputs: 1, hidden: 2, outputs: 1, truth: "zero", bias: true } },
      /^bias is true: needs false: only this case is known/,
    ],
    ["exact-coefficient", "a curve in words", { family: "planeCurve", params: { K: "cusp" } }, /^K is "cusp"/],
    ["exact-coefficient", "a place", { family: "linePlusDot", params: { dim: 2, at: "origin" } }, /^at is "origin"/],
    [
      "exact-coefficient",
      "a list of lists",
      { family: "monomialIdeal", params: { generators: [1, 2] } },
      /^generators\[0\] is 1/,
    ],
    [
      "canonical-average",
      "an unknown potential",
      { potential: "w^w", params: {}, measure: "", t: [1] },
      /^potential is/,
    ],
    [
      "canonical-average",
      "another measure",
      { potential: "||B A||_F^2", params: {}, measure: "all entries U(0,1)", t: [1] },
      /^measure is "all entries U\(0,1\)": needs "all entries N\(0,1\)"/,
    ],
    [
      "canonical-average",
      "a power that is not the potential's",
      { potential: "w^4", params: { power: 6, localisation: 1 }, measure: "exp(-gamma w^2 / 2) on R", t: [1] },
      /^power is 6: needs 4/,
    ],
    [
      "canonical-average",
      "a temperature of zero",
      { potential: "prod w_i^(2 k_i)", params: { halfExponents: [1] }, measure: "uniform on [0,1]^d", t: [0] },
      /^t is 0/,
    ],
    ["canonical-average", "no t", { potential: "w^4", params: { power: 4 }, measure: "Lebesgue on R", t: [] }, /^t is/],
    ["unadjusted-langevin", "no curvatures", { curvatures: [] }, /^curvatures is/],
    [
      "unadjusted-langevin",
      "a negative curvature",
      { curvatures: [-1], nBeta: 1, localisation: 0, stepSize: 0.1, gradNoiseVariance: 0 },
      /^curvatures\[0\] is -1/,
    ],
  ])("%s: %s is refused by name", (quantity, _, input, message) => {
    const attempt = () => coefficientVectors[quantity](input);
    expect(messageOf(attempt)).toMatch(message);
  });
});
