import { type Controls, integer, namesOf, type ValuesOf } from "../../contracts/field.ts";
import type { ExactPrediction, PhasePoint } from "../../contracts/learner.ts";
import { invalid } from "../../errors.ts";
import { controls, wholeTable } from "./controls.ts";
import { type Coverage, coverageOf, isCountExact } from "./model/coverage.ts";
import { sizeOf, weightsOf, withDeadNeurons } from "./model/layout.ts";
import { checkPrimeModulus } from "./model/modulus.ts";
import { network } from "./model/network.ts";
import { modularObjective } from "./model/objective.ts";
import type { OperationName } from "./model/operations.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "./model/pairs.ts";
import { randomStart } from "./model/start.ts";
import { deadNeuronIncrement, ranks } from "./theory/closed-forms.ts";
import { constantNeuron } from "./theory/constant-phase.ts";
import { memorisingOutputs } from "./theory/memorising.ts";
import { narrowSolution, type Solution, sixPhases } from "./theory/solutions.ts";

/** Modulus and number of pairs of the loss. */
interface Size {
  readonly p: number;
  readonly N: number;
}

interface Request {
  readonly p: number;
  /** At least as many as the point needs. */
  readonly K: number;
  readonly seed: number;
  readonly pairs: Pairs;
}

export interface NamedPoint {
  readonly summary: string;
  /** Whether it answers only a + b. */
  readonly additionOnly: boolean;
  /** Its neurons when K is 0. */
  neurons(size: Size): number;
  /** The fewest that it needs; `neurons` when absent. */
  fewest?(size: Size): number;
  /** Flat weights of K neurons. */
  weights(request: Request): Float64Array;
  /** Whether its own outputs are the targets. */
  readonly teacher?: true;
  /** Its learning coefficient; null where theory has none. */
  coefficient?(
    at: Size & { readonly K: number; readonly centred: boolean; readonly coverage: Coverage },
  ): ExactPrediction | null;
}

/** A solution of its own width; further neurons are dead. */
const solution = (of: (p: number, seed: number) => Solution) => ({
  additionOnly: true,
  neurons: ({ p }: Size) => of(p, 0).K,
  weights: ({ p, K, seed }: Request) => {
    const point = of(p, seed);
    return withDeadNeurons(point.w, point, K - point.K);
  },
});

/** Zeros of the loss, and the random start. */
const zeros = {
  untrained: {
    summary: "the start of training, no minimum",
    additionOnly: false,
    neurons: () => 64,
    fewest: () => 1,
    weights: ({ p, K, seed }) => randomStart({ p, K }, { seed: 100 + seed, sw: 0.3, sv: 0.1 }),
  },
  memorised: {
    summary:
      "random A and B with at least as many neurons as pairs, and the C that fits the pairs: coefficient p N / 2",
    additionOnly: false,
    neurons: ({ N }) => 2 * N,
    fewest: ({ N }) => N,
    weights: ({ p, K, seed, pairs }) =>
      memorisingOutputs(randomStart({ p, K }, { seed: 100 + seed, sw: 0.5, sv: 0 }), { p, K }, pairs),
    coefficient: ({ p, N, centred }) =>
      centred ? null : { lambda: (p * N) / 2, where: "p N / 2, half the number of residuals" },
  },
  "six-phase": {
    summary: "six phases for each frequency and a constant neuron",
    ...solution(p => sixPhases({ p, constant: true })),
  },
  waves: {
    summary: "two groups of six phases for each frequency and a constant neuron: the saturated wave basin",
    ...solution((p, seed) => sixPhases({ p, groups: 2, constant: true, seed })),
  },
  narrow: {
    summary: "the exact solution of width 2p - 1, further neurons dead: coefficient (6p^2 - 10p + 5) / 2",
    ...solution(narrowSolution),
    coefficient: ({ p, K, N, centred }) => {
      if (centred || N < p * p || p < 5) return null;
      const lambda = ranks.narrow(p) / 2;
      if (K === 2 * p - 1) return { lambda, where: "(6p^2 - 10p + 5) / 2" };
      if (K === 2 * p) return { lambda: lambda + deadNeuronIncrement(p), where: "(6p^2 - 10p + 5) / 2 + (2p - 1) / 4" };
      return null;
    },
  },
} as const satisfies { readonly [name: string]: NamedPoint };

/** Where coefficients can be measured. */
export const namedPoints = {
  ...zeros,
  teacher: {
    summary: "a random network whose own outputs are the targets",
    additionOnly: false,
    teacher: true,
    neurons: () => 4,
    fewest: () => 1,
    weights: ({ p, K, seed }) => randomStart({ p, K }, { seed, sw: 1, sv: 1 }),
    coefficient: ({ p, K, N, centred, coverage }) => {
      if (!isCountExact(coverage, { p, K, N, centred })) return null;
      const rank = (centred ? ranks.genericTrainCentred : ranks.genericTrain)({ p, K, N });
      return {
        lambda: rank / 2,
        where: "half the rank at generic weights, K (3p - 2) / 2 until the residuals are used up",
      };
    },
  },
} as const satisfies { readonly [name: string]: NamedPoint };

/** Where a network can start; a teacher is no start, as its targets are its own. */
export const starts = {
  ...zeros,
  constant: {
    summary: "one neuron with the same output for every answer, further neurons dead",
    additionOnly: false,
    neurons: () => 1,
    weights: ({ p, K }) => {
      const w = new Float64Array(sizeOf({ p, K }));
      // The minimum without decay.
      for (const rows of Object.values(weightsOf(w, { p, K }))) rows.fill(constantNeuron(p), 0, p);
      return w;
    },
  },
} as const satisfies { readonly [name: string]: NamedPoint };

/** As many neurons as asked for, or as the point takes. Throws a LandauError of kind "input" when it needs more. */
export const widthAt = ({ neurons, fewest = neurons }: NamedPoint, K: number, size: Size): number => {
  if (K === 0) return neurons(size);
  if (K < fewest(size)) throw invalid("K", K, `at least ${fewest(size)} neurons for this point, or 0`);
  return K;
};

/** Where a point is, and what its loss is. */
export const pointControls = {
  p: { ...controls.p, default: 5 },
  K: { ...controls.K, summary: "neurons; 0 for as many as the point needs", default: 0, min: 0 },
  ...wholeTable,
  pointSeed: integer("seed of the split and of the random weights of a point", { default: 1, min: 0, max: 4294967195 }),
} as const satisfies Controls;

type PointValues = ValuesOf<typeof pointControls>;

/** The pairs in the loss of a point. */
const pairsOf = ({ p, op, trainFraction, pointSeed }: PointValues): Pairs =>
  trainFraction === 1 ? fullTable(p, op) : pairsAt(p, op, splitPairs(p, trainFraction, pointSeed).train);

export const isNamedPoint = (name: string): name is keyof typeof namedPoints => Object.hasOwn(namedPoints, name);

/** The point of this name and its objective, without decay. Throws a LandauError of kind "input" for settings that do not go together. */
export const pointAt = (name: keyof typeof namedPoints, at: PointValues): Required<PhasePoint> => {
  const { p, pointSeed } = at;
  const named: NamedPoint = namedPoints[name];
  checkPrimeModulus(p);
  checkAnswers(named, name, at.op);
  const pairs = pairsOf(at);
  const K = widthAt(named, at.K, { p, N: pairs.index.length });
  const w = named.weights({ p, K, seed: pointSeed, pairs });
  const targets = named.teacher && network({ p, K }, pairs).outputs(w).slice();
  return { objective: modularObjective({ p, K, pairs, centred: at.centred === "yes", targets }), w };
};

/** The learning coefficient of a named point in closed form; null where theory has none. */
export const pointCoefficient = (name: keyof typeof namedPoints, at: PointValues): ExactPrediction | null => {
  const named: NamedPoint = namedPoints[name];
  const pairs = pairsOf(at);
  const size = { p: at.p, N: pairs.index.length };
  const K = widthAt(named, at.K, size);
  return named.coefficient?.({ ...size, K, centred: at.centred === "yes", coverage: coverageOf(pairs) }) ?? null;
};

/** Refuses an operation that a point does not answer. */
export const checkAnswers = ({ additionOnly }: NamedPoint, name: string, op: OperationName): void => {
  if (additionOnly && op !== "add") throw invalid("op", op, `add: ${name} answers a + b`);
};

export const pointNames = namesOf(namedPoints);
