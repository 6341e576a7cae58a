import { type Claim, claim } from "../../../contracts/claim.ts";
import { known, near } from "../../../contracts/comparisons.ts";
import { type EmergenceVerdict, emergenceAudit } from "../../../transitions/emergence/audit.ts";
import { bigBenchShape } from "../../../transitions/emergence/big-bench-shape.ts";
import { workedTables } from "../model/worked-tables.ts";

/** Numbers of an earlier computation. */
const expected: {
  readonly [name in keyof typeof workedTables]: {
    readonly verdict: EmergenceVerdict;
    readonly ratio: number;
    readonly deltaBicStep: number;
    readonly deltaJump: number;
    readonly breakthroughness: number;
  };
} = {
  mirage20: {
    verdict: "metric-artefact",
    ratio: 1.0036,
    deltaBicStep: -318.605,
    deltaJump: -3.3046,
    breakthroughness: 20.267,
  },
  mirage5: {
    verdict: "no-emergence-claim",
    ratio: 1.00048,
    deltaBicStep: -662.69,
    deltaJump: -3.3,
    breakthroughness: 8.84,
  },
  jump5: {
    verdict: "jump-in-continuous-metric",
    ratio: 1.0024,
    deltaBicStep: 640.646,
    deltaJump: 51.56,
    breakthroughness: 100,
  },
  smooth1: {
    verdict: "no-emergence-claim",
    ratio: 1.00279,
    deltaBicStep: -78.01,
    deltaJump: -3.31,
    breakthroughness: 12.7,
  },
};

const names = Object.keys(workedTables) as (keyof typeof workedTables)[];
const audits = () => names.map(name => ({ name, audit: emergenceAudit(workedTables[name]), expected: expected[name] }));

export const workedClaims: readonly Claim[] = [
  claim("worked-verdicts", "sections 8 and 9; arXiv 2304.15004", {
    statement:
      "Of four tables one is an artefact of exact match, one jumps in accuracy per token too, and two are no case of emergence.",
    routes: {
      measured: "the audit of the tables",
      predicted:
        "what each table was made to be: a power law of the loss, or a jump; numbers of an earlier computation",
      kind: "recomputed",
    },
    studies: [],
    measure: () =>
      audits().flatMap(({ name, audit, expected }) => [
        near(`${name} is ${expected.verdict}`, Number(audit.verdict === expected.verdict), 1),
        near(`${name}: effective over nominal length`, audit.ratio, expected.ratio, 1e-3),
        near(`${name}: Delta BIC of a step in exact match`, audit.deltaBicStep, expected.deltaBicStep, 0.01),
        near(`${name}: Delta BIC of a jump in ln(-ln p)`, audit.deltaJump, expected.deltaJump, 0.01),
      ]),
  }),

  claim("worked-jump", "section 9", {
    statement:
      "The jump of the third table is -2.8998 in ln(-ln p): the loss per token falls 18-fold beyond its trend.",
    routes: {
      measured: "difference of two fitted lines at the break",
      predicted: "number of an earlier computation",
      kind: "recomputed",
    },
    studies: [],
    measure: () => [near("size", emergenceAudit(workedTables.jump5).jumpSize, -2.8998, 1e-3)],
  }),

  claim("worked-prediction", "section 9; arXiv 2206.07682", {
    statement:
      "A line through exact matches of five small models misses the largest by 110 standard errors; one through ln(-ln p) foresees 61.2 % where 60.8 % were seen. Of a true jump it foresees nothing.",
    routes: {
      measured: "extrapolation of the first five scales",
      predicted: "numbers of an earlier computation; exact match as it was seen",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const { mirage20, jump5 } = workedTables;
      const [mirage, jump] = [emergenceAudit(mirage20), emergenceAudit(jump5)];
      return [
        near("z of the largest by exact match", mirage.naiveZ[4], 110.6, 0.1),
        near("its exact match as foreseen", mirage.predictedExact[4], 0.6122, 5e-4),
        near("lower end", mirage.predictedLo[4], 0.5414, 5e-4),
        near("upper end", mirage.predictedHi[4], 0.6754, 5e-4),
        near("z of the largest at the jump", jump.continuousZ[4], -381.9, 0.1),
        ...known("formula", near("foreseen less seen", mirage.predictedExact[4], mirage20.k[9] / mirage20.n[9], 0.01)),
      ];
    },
  }),

  claim("breakthroughness-decides-nothing", "section 3; arXiv 2206.04615", {
    statement:
      "Breakthroughness is 20.3 of the artefact, 12.7 and 8.8 of smooth tables, 100 of the jump; at its cap of 100 a table is still an artefact. Equal steps have T - 1 exactly.",
    routes: {
      measured: "scores of the tables, and of T equal steps",
      predicted: "numbers of an earlier computation; T - 1 of equal steps",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const late = emergenceAudit(
        {
          ...workedTables.mirage20,
          length: 100,
          k: workedTables.mirage20.p.map(p => Math.round(500 * powerOf(p, 100))),
        },
        { m: 7 },
      );
      return [
        ...audits().map(({ name, audit, expected }) =>
          near(name, audit.breakthroughness, expected.breakthroughness, 5e-3),
        ),
        // Steps of 1/8 are sums without rounding.
        ...known(
          "formula",
          ...[3, 9, 33].flatMap(T => {
            const steps = bigBenchShape(Array.from({ length: T }, (_, i) => i / 8));
            return [
              near(`breakthroughness of ${T} equal steps`, steps.breakthroughness, T - 1),
              near(`linearity of ${T} equal steps`, steps.linearity, T - 1),
            ];
          }),
          near("100 tokens: breakthroughness at its cap", late.breakthroughness, 100),
          near("100 tokens: no jump", Number(late.jump), 0),
        ),
      ];
    },
  }),
];

const powerOf = (p: number, length: number): number => {
  let product = 1;
  for (let i = 0; i < length; i++) product *= p;
  return product;
};
