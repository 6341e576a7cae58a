import type { Objective } from "../../contracts/objective.ts";

/** A loss with a mirror symmetry: O (unit vector) spans what the mirror turns round. */
export interface MirrorLoss {
  readonly summary: string;
  /** Columns of O by rows. */
  readonly O: readonly (readonly number[])[];
  /** Weight decay above which the plane O^T theta = 0 attracts. */
  critical(strength: number): number;
  objective(strength: number, gamma: number): Objective;
}

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

export const mirrorLosses = {
  rescaling: {
    summary: "(u w - N)^2, unchanged under (u, w) -> (-u, -w): both vanish together",
    O: [
      [1, 0],
      [0, 1],
    ],
    critical: strength => strength,
    objective: (strength, gamma) =>
      pair((u, w) => {
        const gap = u * w - strength;
        return [gap * gap, 2 * gap * w, 2 * gap * u];
      }, gamma),
  },
  permutation: {
    summary: "(u w + N)^2, unchanged under u <-> w: the two become one",
    O: [[HALF], [-HALF]],
    critical: strength => strength,
    objective: (strength, gamma) =>
      pair((u, w) => {
        const gap = u * w + strength;
        return [gap * gap, 2 * gap * w, 2 * gap * u];
      }, gamma),
  },
} as const satisfies { readonly [name: string]: MirrorLoss };
