import type { Objective } from "../../contracts/objective.ts";

/** A loss with a mirror symmetry: the columns of O span what the mirror turns round. */
export interface MirrorLoss {
  readonly summary: string;
  /** Columns of O by rows. */
  readonly O: readonly (readonly number[])[];
  /** Weight decay above which the plane O^T theta = 0 attracts. */
  critical(strength: number): number;
  objective(strength: number, gamma: number): Objective;
  /** A point of the plane at which the curvature away from it is that of the transition. */
  plane(strength: number): readonly number[];
  /** Distance of a state from the plane; from the nearest one where there are many. */
  distance(theta: Float64Array): number;
  /** The same at the broken minimum, and the losses of the best symmetric and of the broken state, below the critical decay. */
  broken(
    strength: number,
    gamma: number,
  ): { readonly distance: number; readonly symmetric: number; readonly loss: number };
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

const pair = (
  value: (u: number, w: number) => readonly [loss: number, du: number, dw: number],
  gamma: number,
): Objective => {
  const lossAndGradient = (t: Float64Array, gradient: Float64Array): number => {
    const [loss, du, dw] = value(t[0], t[1]);
    gradient[0] = du + 2 * gamma * t[0];
    gradient[1] = dw + 2 * gamma * t[1];
    return loss + gamma * (t[0] * t[0] + t[1] * t[1]);
  };
  const scratch = new Float64Array(2);
  return {
    parameters: [{ name: "theta", shape: [2], offset: 0 }],
    size: 2,
    loss: t => lossAndGradient(t, scratch),
    lossAndGradient,
  };
};

const HALF = Math.SQRT1_2;

/** At the broken minimum of a pair |u w| = N - gamma, with both of the same size. */
const brokenPair: MirrorLoss["broken"] = (N, gamma) => ({
  distance: Math.sqrt(Math.max(0, 2 * (N - gamma))),
  symmetric: N * N,
  loss: gamma * gamma + 2 * gamma * (N - gamma),
});

const BOTH = [
  [1, 0],
  [0, 1],
];
const DIFFERENCE = [[HALF], [-HALF]];
const SECOND_ROW = [
  [0, 0],
  [0, 0],
  [1, 0],
  [0, 1],
];

/** |W^T W - diag(N, N/2)|^2 + gamma |W|^2 of W (2 x 2, by rows), gradient 4 W (W^T W - diag) + 2 gamma W. */
const gram = (strength: number, gamma: number): Objective => {
  const lossAndGradient = (t: Float64Array, gradient: Float64Array): number => {
    const a = t[0] * t[0] + t[2] * t[2] - strength;
    const b = t[0] * t[1] + t[2] * t[3];
    const c = t[1] * t[1] + t[3] * t[3] - strength / 2;
    let squares = 0;
    for (const row of [0, 2]) {
      gradient[row] = 4 * (t[row] * a + t[row + 1] * b) + 2 * gamma * t[row];
      gradient[row + 1] = 4 * (t[row] * b + t[row + 1] * c) + 2 * gamma * t[row + 1];
      squares += t[row] * t[row] + t[row + 1] * t[row + 1];
    }
    return a * a + 2 * b * b + c * c + gamma * squares;
  };
  const scratch = new Float64Array(4);
  return {
    parameters: [{ name: "W", shape: [2, 2], offset: 0 }],
    size: 4,
    loss: t => lossAndGradient(t, scratch),
    lossAndGradient,
  };
};

export const mirrorLosses = {
  rescaling: {
    summary: "(u w - N)^2, unchanged under (u, w) -> (-u, -w): both vanish together",
    O: BOTH,
    critical: strength => strength,
    plane: () => [0, 0],
    distance: along(BOTH),
    broken: brokenPair,
    objective: (strength, gamma) =>
      pair((u, w) => {
        const gap = u * w - strength;
        return [gap * gap, 2 * gap * w, 2 * gap * u];
      }, gamma),
  },
  permutation: {
    summary: "(u w + N)^2, unchanged under u <-> w: the two become one",
    O: DIFFERENCE,
    critical: strength => strength,
    plane: () => [0, 0],
    distance: along(DIFFERENCE),
    broken: brokenPair,
    objective: (strength, gamma) =>
      pair((u, w) => {
        const gap = u * w + strength;
        return [gap * gap, 2 * gap * w, 2 * gap * u];
      }, gamma),
  },
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
    // A singular value of target z is sqrt(z - gamma/2) with loss gamma z - gamma^2/4, or 0 with loss z^2.
    broken: (N, gamma) => {
      const [first, second] = [gamma * N - (gamma * gamma) / 4, (gamma * N) / 2 - (gamma * gamma) / 4];
      return {
        distance: Math.sqrt(Math.max(0, (N - gamma) / 2)),
        symmetric: (gamma < 2 * N ? first : N * N) + (N * N) / 4,
        loss: first + second,
      };
    },
  },
} as const satisfies { readonly [name: string]: MirrorLoss };
