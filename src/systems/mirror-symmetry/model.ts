import { type Controls, choice, namesOf, number, type ValuesOf } from "../../contracts/field.ts";
import { type Objective, objectiveOf } from "../../contracts/objective.ts";

/** A loss with a mirror symmetry: the columns of O span what the mirror turns round. */
export interface MirrorLoss {
  readonly summary: string;
  /** Columns of O by rows. */
  readonly O: readonly (readonly number[])[];
  /** Weight decay above which the plane O^T theta = 0 attracts. */
  critical(strength: number): number;
  objective(strength: number, weightDecay: number): Objective;
  /** A point of the plane at which the curvature away from it is that of the transition. */
  plane(strength: number): readonly number[];
  /** Distance of a state from the plane; from the nearest one where there are many. */
  distance(theta: Float64Array): number;
  /** The same at the broken minimum, and the losses of the best symmetric and of the broken state, below the critical decay. */
  broken(
    strength: number,
    weightDecay: number,
  ): { readonly distance: number; readonly symmetric: number; readonly loss: number };
  /** The minimum: broken below the critical decay, on the plane from there on. */
  minimum(strength: number, weightDecay: number): readonly number[];
  /** Learning coefficient of the minimum. */
  coefficient(strength: number, weightDecay: number): number;
}

/** |O^T theta| */
const along =
  (O: MirrorLoss["O"]) =>
  (theta: Float64Array): number => {
    let square = 0;
    for (let a = 0; a < O[0].length; a++) {
      let sum = 0;
      for (let i = 0; i < theta.length; i++) sum += O[i][a] * theta[i];
      square += sum * sum;
    }
    return Math.sqrt(square);
  };

/** Singular values of the best W: sqrt(z - decay / 2) for a target z = N and N / 2, or 0. */
const gramValues = (N: number, weightDecay: number): readonly [number, number] => [
  Math.sqrt(Math.max(0, N - weightDecay / 2)),
  Math.sqrt(Math.max(0, (N - weightDecay) / 2)),
];

const BOTH = [
  [1, 0],
  [0, 1],
];
const DIFFERENCE = [[Math.SQRT1_2], [-Math.SQRT1_2]];
const SECOND_ROW = [
  [0, 0],
  [0, 0],
  [1, 0],
  [0, 1],
];

/** (u w - sign N)^2 + weightDecay (u^2 + w^2), least at u = sign w with |u w| = N - weightDecay, or at zero. */
const product = (sign: 1 | -1, O: MirrorLoss["O"], summary: string): MirrorLoss => ({
  summary,
  O,
  critical: N => N,
  plane: () => [0, 0],
  distance: along(O),
  broken: (N, weightDecay) => ({
    distance: Math.sqrt(Math.max(0, 2 * (N - weightDecay))),
    symmetric: N * N,
    loss: weightDecay * weightDecay + 2 * weightDecay * (N - weightDecay),
  }),
  minimum: (N, weightDecay) => {
    const size = Math.sqrt(Math.max(0, N - weightDecay));
    return [size, sign * size];
  },
  // Half of the two directions. Without decay a rescaling is free; at the critical decay the loss is N (u -+ w)^2 + (u w)^2, quartic
  // along u = +-w: 1/2 + 1/4.
  coefficient: (N, weightDecay) => (weightDecay === 0 ? 1 / 2 : weightDecay === N ? 3 / 4 : 1),
  objective: (N, weightDecay) =>
    objectiveOf({ theta: [2] }, (theta, gradient) => {
      const [u, w] = [theta[0], theta[1]];
      const gap = u * w - sign * N;
      gradient[0] = 2 * gap * w + 2 * weightDecay * u;
      gradient[1] = 2 * gap * u + 2 * weightDecay * w;
      return gap * gap + weightDecay * (u * u + w * w);
    }),
});

/** |W^T W - diag(N, N/2)|^2 + weightDecay |W|^2 of W (2 x 2, by rows), gradient 4 W (W^T W - diag) + 2 weightDecay W. */
const gram = (strength: number, weightDecay: number): Objective =>
  objectiveOf({ W: [2, 2] }, (t, gradient) => {
    const a = t[0] * t[0] + t[2] * t[2] - strength;
    const b = t[0] * t[1] + t[2] * t[3];
    const c = t[1] * t[1] + t[3] * t[3] - strength / 2;
    let squares = 0;
    for (const row of [0, 2]) {
      gradient[row] = 4 * (t[row] * a + t[row + 1] * b) + 2 * weightDecay * t[row];
      gradient[row + 1] = 4 * (t[row] * b + t[row + 1] * c) + 2 * weightDecay * t[row + 1];
      squares += t[row] * t[row] + t[row + 1] * t[row + 1];
    }
    return a * a + 2 * b * b + c * c + weightDecay * squares;
  });

export const mirrorLosses = {
  rescaling: product(1, BOTH, "(u w - N)^2, unchanged under (u, w) -> (-u, -w): both vanish together"),
  permutation: product(-1, DIFFERENCE, "(u w + N)^2, unchanged under u <-> w: the two become one"),
  rotation: {
    summary: "|W^T W - diag(N, N/2)|^2, unchanged under W -> R W: W loses a rank",
    O: SECOND_ROW,
    critical: strength => strength,
    objective: gram,
    plane: strength => [Math.sqrt(strength), 0, 0, 0],
    // min |n^T W| over unit vectors n: the smaller singular value, as |det W| over the larger one.
    distance: ([a, b, c, d]) => {
      const square = a * a + b * b + c * c + d * d;
      const det = Math.abs(a * d - b * c);
      const larger = Math.sqrt((square + Math.sqrt(Math.max(0, square * square - 4 * det * det))) / 2);
      return larger > 0 ? det / larger : 0;
    },
    // A target z costs decay z - decay^2/4 with a singular value of its own, z^2 without.
    broken: (N, weightDecay) => {
      const cost = (z: number) => (weightDecay < 2 * z ? weightDecay * z - (weightDecay * weightDecay) / 4 : z * z);
      return {
        distance: gramValues(N, weightDecay)[1],
        symmetric: cost(N) + (N * N) / 4,
        loss: cost(N) + cost(N / 2),
      };
    },
    minimum: (N, weightDecay) => {
      const [first, second] = gramValues(N, weightDecay);
      return [first, 0, 0, second];
    },
    // Rotations of a W that is not 0 are free: half of the other three directions. A singular value that is just vanishing leaves a quartic
    // direction where it is the smaller one (1 + 1/4), two of them where it is the larger one (1 + 2/4).
    coefficient: (N, weightDecay) => (weightDecay === N ? 5 / 4 : weightDecay > 2 * N ? 2 : 3 / 2),
  },
} as const satisfies { readonly [name: string]: MirrorLoss };

export type PairName = keyof typeof mirrorLosses;
export const lossAt = (pair: PairName): MirrorLoss => mirrorLosses[pair];

export const mirrorControls = {
  pair: choice("which symmetry", namesOf(mirrorLosses), { default: "rescaling" }),
  strength: number("N of the loss", { default: 1, min: 1e-3, max: 100 }),
  weightDecay: number("weight decay", { default: 0.5, min: 0, max: 100, formerly: ["gamma"] }),
} as const satisfies Controls;

export type MirrorSettings = ValuesOf<typeof mirrorControls>;
