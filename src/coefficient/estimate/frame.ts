import type { Objective } from "../../contracts/objective.ts";
import { denseMatrix } from "../../numerics/dense-matrix.ts";
import { customPrior } from "../../sampling/prior.ts";
import { posterior, type Target } from "../../sampling/target.ts";
import { type Curvature, curvatureAt } from "./curvature.ts";
import type { Problem } from "./problem.ts";

/**
 * Coordinates u in which a localised posterior is as round as its curvature at a point allows: w = w* + V^T S u with
 * S_i = 1 / sqrt(nBeta h_i + gamma), h_i >= 0 and V the eigenvalues and eigenvectors of the Hessian there.
 */
export interface Frame {
  readonly scale: Float64Array;
  /** Overwrites w. */
  toParameters(u: Float64Array, w: Float64Array): void;
  /** Overwrites u. */
  fromParameters(w: Float64Array, u: Float64Array): void;
  /** Overwrites `byW` with dU/dw from dU/du. */
  slopeInParameters(byU: Float64Array, byW: Float64Array): void;
  /** exp(-nBeta K - gamma |w - w*|^2 / 2) over u, for K or what stands for it as a function of w; its losses are K. */
  targetOf(excess: Objective): Target;
}

/** A point, and what is known of the curvature there. */
interface FramedPoint extends Pick<Problem, "size" | "at"> {
  readonly curvature: Pick<Curvature, "values" | "vectors">;
}

/** The frame by the curvature at w*, or by that at another point. */
export const frameAt = (problem: FramedPoint, nBeta: number, gamma: number, curvature = problem.curvature): Frame => {
  const { size, at } = problem;
  const { values, vectors } = curvature;
  const scale = values.map(h => 1 / Math.sqrt(nBeta * Math.max(0, h) + gamma));
  const rotation = vectors && denseMatrix(vectors, size);
  const scaled = new Float64Array(size);
  const w = new Float64Array(size);
  const byW = new Float64Array(size);

  const toParameters = (u: Float64Array, out: Float64Array): void => {
    for (let i = 0; i < size; i++) scaled[i] = scale[i] * u[i];
    if (rotation) rotation.addRows(scaled, at, out);
    else for (let i = 0; i < size; i++) out[i] = at[i] + scaled[i];
  };
  /** out = V v. */
  const rotate = (v: Float64Array, out: Float64Array): void => {
    if (rotation) rotation.times(v, out);
    else out.set(v);
  };
  const whitened = (excess: Objective): Objective => ({
    parameters: [{ name: "u", shape: [size], offset: 0 }],
    size,
    loss(u) {
      toParameters(u, w);
      return excess.loss(w);
    },
    lossAndGradient(u, gradient) {
      toParameters(u, w);
      const loss = excess.lossAndGradient(w, byW);
      rotate(byW, gradient);
      for (let i = 0; i < size; i++) gradient[i] *= scale[i];
      return loss;
    },
  });
  const pull = scale.map(s => gamma * s * s);
  const prior = customPrior(
    { gamma },
    {
      energy(u) {
        let sum = 0;
        for (let i = 0; i < size; i++) sum += pull[i] * u[i] * u[i];
        return 0.5 * sum;
      },
      addGradient(u, gradient) {
        for (let i = 0; i < size; i++) gradient[i] += pull[i] * u[i];
      },
    },
  );
  const origin = new Float64Array(size);
  return {
    scale,
    toParameters,
    fromParameters(point, u) {
      for (let i = 0; i < size; i++) scaled[i] = point[i] - at[i];
      rotate(scaled, u);
      for (let i = 0; i < size; i++) u[i] /= scale[i];
    },
    slopeInParameters(byU, out) {
      for (let i = 0; i < size; i++) scaled[i] = byU[i] / scale[i];
      if (rotation) rotation.addRows(scaled, origin, out);
      else out.set(scaled);
    },
    targetOf: excess => posterior({ objective: whitened(excess), nBeta, prior }),
  };
};

/** The frame by the curvature where a chain starts, of either sign: what is narrow at w* is broad elsewhere, and the other way round. */
export const frameFor = (problem: Problem, nBeta: number, gamma: number, start: Float64Array): Frame => {
  if (problem.curvature.matrix === undefined || start.every((value, i) => value === problem.at[i]))
    return frameAt(problem, nBeta, gamma);
  const { curvature } = curvatureAt(problem.excess, start);
  return frameAt(problem, nBeta, gamma, { ...curvature, values: curvature.values.map(Math.abs) });
};
