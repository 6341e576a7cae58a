import { type Claim, claim } from "../../../contracts/claim.ts";
import { near, never } from "../../../contracts/comparisons.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { dissimilarity, measureNames, smallStep } from "../../../transitions/dissimilarity/index.ts";
import { boltzmann, momentsOf, responses } from "../theory/boltzmann.ts";

const PAIRS = 1000;
/** What rounding may do to numbers up to 1. */
const EPSILON = 1e-12;

const randomPair = (random: Stream): readonly [Float64Array, Float64Array] => {
  const size = 2 + random.below(49);
  const draw = (): Float64Array => {
    const p = Float64Array.from({ length: size }, () => {
      const u = random.uniform();
      // A third of the outcomes does not occur.
      return random.below(3) === 0 ? 0 : u * u * u;
    });
    p[random.below(size)] += 0.1;
    const sum = p.reduce((total, each) => total + each, 0);
    return p.map(each => each / sum);
  };
  return [draw(), draw()];
};

/** Outcomes taken together in pairs by a random map. */
const coarser = (p: Float64Array, map: Int32Array, size: number): Float64Array => {
  const out = new Float64Array(size);
  p.forEach((each, x) => {
    out[map[x]] += each;
  });
  return out;
};

/** Each outcome in two parts, whose shares are the same on both sides. */
const finer = (p: Float64Array, shares: Float64Array): Float64Array =>
  Float64Array.from({ length: 2 * p.length }, (_, i) => {
    const x = Math.floor(i / 2);
    return p[x] * (i % 2 === 0 ? shares[x] : 1 - shares[x]);
  });

export const measureClaims: readonly Claim[] = [
  claim("measures-ordered", "section 1; Topsoe 2000", {
    statement:
      "js <= lin <= tv <= sqrt(lin), and js >= lin / (2 ln 2), for 1000 random pairs of 2 to 50 outcomes, zeros among them; all are symmetric, and fall when outcomes are taken together.",
    routes: {
      measured: "random pairs, evaluated",
      predicted: "inequalities of f-divergences: no violation",
      kind: "formula",
    },
    studies: [],
    measure() {
      const random = stream({ seed: 1, purpose: "pairs of distributions" });
      const failed = { ordered: 0, asymmetric: 0, grown: 0, changed: 0, self: 0, disjoint: 0 };
      for (let trial = 0; trial < PAIRS; trial++) {
        const [p, q] = randomPair(random.at(trial));
        const d = dissimilarity(p, q);
        const back = dissimilarity(q, p);
        const map = Int32Array.from(p, () => random.below(Math.ceil(p.length / 2)));
        const size = Math.ceil(p.length / 2);
        const merged = dissimilarity(coarser(p, map, size), coarser(q, map, size));
        const shares = Float64Array.from(p, () => random.uniform());
        const split = dissimilarity(finer(p, shares), finer(q, shares));
        const apart = dissimilarity([...p, ...q.map(() => 0)], [...p.map(() => 0), ...q]);
        const ordered =
          d.js <= d.lin + EPSILON &&
          d.lin <= d.tv + EPSILON &&
          d.tv <= Math.sqrt(d.lin) + EPSILON &&
          d.js >= d.lin / (2 * Math.LN2) - EPSILON;
        if (!ordered) failed.ordered++;
        const some = (wrong: (name: (typeof measureNames)[number]) => boolean): number =>
          Number(measureNames.some(wrong));
        failed.asymmetric += some(name => Math.abs(d[name] - back[name]) > EPSILON);
        failed.grown += some(name => merged[name] > d[name] + EPSILON);
        failed.changed += some(name => Math.abs(split[name] - d[name]) > EPSILON);
        failed.self += some(name => dissimilarity(p, p)[name] !== 0 || !(d[name] > 0));
        failed.disjoint += some(name => Math.abs(apart[name] - 1) > EPSILON || d[name] > 1 + EPSILON);
      }
      return [
        never("pairs out of order", failed.ordered, PAIRS),
        never("pairs that are not symmetric", failed.asymmetric, PAIRS),
        never("pairs that grow when outcomes are taken together", failed.grown, PAIRS),
        never("pairs that change when outcomes are divided alike", failed.changed, PAIRS),
        never("distributions that differ from themselves, or not from others", failed.self, PAIRS),
        never("distributions without a common outcome that are not 1 apart", failed.disjoint, PAIRS),
      ];
    },
  }),

  claim("small-steps", "section 1; derived", {
    statement:
      "For a small step dT, lin is F dT^2 / 4 and js is F dT^2 / (8 ln 2), with the Fisher information F of a Boltzmann family.",
    routes: {
      measured: "dissimilarities at T - dT/2 and T + dT/2 of five levels, dT = 0.01",
      predicted: "F = Var(E)/T^4",
      kind: "formula",
    },
    studies: [],
    measure() {
      const E = [0, 0.5, 0.5, 1.3, 2];
      const dT = 0.01;
      return [0.3, 0.6, 1, 2, 4].flatMap(T => {
        const { variance } = momentsOf(boltzmann(E, T), E);
        const limit = smallStep(responses(variance, T).F, dT);
        const step = dissimilarity(boltzmann(E, T - dT / 2), boltzmann(E, T + dT / 2));
        const margin = T < 0.6 ? 5e-4 : 1e-4;
        return [
          near(`lin over its limit, T = ${T}`, step.lin / limit.lin, 1, margin),
          near(`js over its limit, T = ${T}`, step.js / limit.js, 1, margin),
        ];
      });
    },
  }),
];
