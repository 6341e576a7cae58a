import type { Controls, Settings } from "../../contracts/field.ts";
import type { Objective } from "../../contracts/objective.ts";
import type { Points } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { choleskyInPlace } from "../../numerics/cholesky.ts";
import { type Dimensions, sizeOf, weightsOf, withDeadNeurons } from "./model/layout.ts";
import { checkPrimeModulus } from "./model/modulus.ts";
import { network } from "./model/network.ts";
import { modularObjective } from "./model/objective.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "./model/pairs.ts";
import { randomStart } from "./model/start.ts";
import { controls } from "./protocols/controls.ts";
import { narrowSolution, type Solution, sixPhases } from "./theory/solutions.ts";

interface Request {
  readonly p: number;
  /** 0 for as many as the point needs. */
  readonly K: number;
  readonly seed: number;
  readonly pairs: Pairs;
}

interface NamedPoint {
  readonly summary: string;
  /** Whether it answers only a + b. */
  readonly additionOnly: boolean;
  readonly at: (request: Request) => Solution;
  /** Whether its own outputs are the targets. */
  readonly teacher?: true;
}

/** Zeros of the loss by name, beside the random start. */
export const namedPoints: { readonly [name: string]: NamedPoint } = {
  untrained: {
    summary: "the start of training, no minimum",
    additionOnly: false,
    at: ({ p, K, seed }) => {
      const dimensions = { p, K: K || 64 };
      return { ...dimensions, w: randomStart(dimensions, { seed: 100 + seed, sw: 0.3, sv: 0.1 }) };
    },
  },
  memorised: {
    summary:
      "random A and B with at least as many neurons as pairs, and the C that fits the pairs: coefficient p N / 2",
    additionOnly: false,
    at: ({ p, K, seed, pairs }) => memorised({ p, K: K || 2 * pairs.index.length }, pairs, seed),
  },
  "six-phase": {
    summary: "six phases for each frequency and a constant neuron",
    additionOnly: true,
    at: ({ p, K }) => padded(sixPhases({ p, constant: true }), K),
  },
  waves: {
    summary: "two groups of six phases for each frequency and a constant neuron: the saturated wave basin",
    additionOnly: true,
    at: ({ p, K, seed }) => padded(sixPhases({ p, groups: 2, constant: true, seed }), K),
  },
  narrow: {
    summary: "the exact solution of width 2p - 1, further neurons dead: coefficient (6p^2 - 10p + 5) / 2",
    additionOnly: true,
    at: ({ p, K }) => padded(narrowSolution(p), K),
  },
  teacher: {
    summary: "a random network whose own outputs are the targets",
    additionOnly: false,
    teacher: true,
    at: ({ p, K, seed }) => {
      const dimensions = { p, K: K || 4 };
      return { ...dimensions, w: randomStart(dimensions, { seed, sw: 1, sv: 1 }) };
    },
  },
};

/** Where a point is, and what its loss is. */
export const pointSettings = {
  p: { ...controls.p, default: 5 },
  K: { ...controls.K, summary: "neurons; 0 for as many as the point needs", default: 0, min: 0 },
  op: controls.op,
  trainFraction: {
    ...controls.trainFraction,
    summary: "share of the pairs in the loss; 1 for the whole table",
    default: 1,
  },
  centred: controls.centred,
  pointSeed: { kind: "integer", summary: "of the split and of random weights", default: 1, min: 0, max: 4294967195 },
} as const satisfies Controls;

/** The point of this name and its objective. Throws a LandauError for a name or settings that do not go together. */
export const pointAt = (name: string, settings: Settings): { objective: Objective; w: Float64Array } => {
  if (!Object.hasOwn(namedPoints, name))
    throw invalid("--at", name, `one of: ${Object.keys(namedPoints).join(", ")}, or a file of weights`);
  const { p, K, trainFraction, pointSeed } = settings as { [name: string]: number };
  const op = settings.op as string;
  checkPrimeModulus(p);
  const { additionOnly, at, teacher } = namedPoints[name];
  if (additionOnly && op !== "add") throw invalid("op", op, `add: ${name} answers a + b`);
  const pairs = trainFraction === 1 ? fullTable(p, op) : pairsAt(p, op, splitPairs(p, trainFraction, pointSeed).train);
  const point = at({ p, K, seed: pointSeed, pairs });
  const centred = settings.centred === "yes";
  const targets = teacher && network(point, pairs).outputs(point.w).slice();
  return { objective: modularObjective({ p, K: point.K, pairs, centred, targets }), w: point.w };
};

export const modularPoints: Points = {
  settings: {
    ...pointSettings,
    n: {
      kind: "integer",
      summary: "samples that the loss stands for: the table has no noise, and may be seen often",
      default: 100_000,
      min: 1,
      max: 1_000_000_000,
      scale: "log",
    },
  },
  at: (name, settings) => ({ ...pointAt(name, settings), samples: settings.n as number }),
};

const padded = (point: Solution, K: number): Solution => {
  if (K === 0) return point;
  if (K < point.K) throw invalid("K", K, `at least ${point.K} neurons for this point, or 0`);
  return { p: point.p, K, w: withDeadNeurons(point.w, point, K - point.K) };
};

/** C = H^T (H H^T)^-1 Y for random A and B, h_n the rows of H: least squares without a rest. */
const memorised = (dimensions: Dimensions, pairs: Pairs, seed: number): Solution => {
  const { p, K } = dimensions;
  const count = pairs.index.length;
  if (K < count) throw invalid("K", K, `at least one neuron for each of the ${count} pairs, or 0`);
  const w = randomStart(dimensions, { seed: 100 + seed, sw: 0.5, sv: 0 });
  const { A, B, C } = weightsOf(w, dimensions);
  const h = new Float64Array(count * K);
  for (let n = 0; n < count; n++)
    for (let k = 0; k < K; k++) {
      const s = A[k * p + pairs.a[n]] + B[k * p + pairs.b[n]];
      h[n * K + k] = s * s;
    }
  const L = new Float64Array(count * count);
  for (let n = 0; n < count; n++)
    for (let other = 0; other <= n; other++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += h[n * K + k] * h[other * K + k];
      L[n * count + other] = sum;
    }
  choleskyInPlace(L, count);
  for (let c = 0; c < p; c++) {
    const x = Float64Array.from(pairs.c, answer => (answer === c ? 1 : 0));
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) x[i] -= L[i * count + j] * x[j];
      x[i] /= L[i * count + i];
    }
    for (let i = count - 1; i >= 0; i--) {
      for (let j = i + 1; j < count; j++) x[i] -= L[j * count + i] * x[j];
      x[i] /= L[i * count + i];
    }
    for (let k = 0; k < K; k++) {
      let sum = 0;
      for (let n = 0; n < count; n++) sum += h[n * K + k] * x[n];
      C[k * p + c] = sum;
    }
  }
  return { ...dimensions, w: w.subarray(0, sizeOf(dimensions)) };
};
