import { invalid } from "../errors.ts";
import type { Box } from "./prior.ts";
import { reflect } from "./walls.ts";

/**
 * The kinetic energy of Hamiltonian samplers, with momenta kept whitened: q ~ N(0, I), and A A^T = the inverse mass. The equations of
 * motion are dw/dt = A q, dq/dt = -A^T grad U, the energy U + |q|^2 / 2, and no sampler needs to know A. What it costs is what a
 * mass matrix costs.
 */
export const masses = ["none", "diagonal", "dense"] as const;
/** Which A is learnt: none (the identity), a diagonal, or a lower triangle. */
export type Mass = (typeof masses)[number];

export interface Motion {
  /** q <- q - time A^T gradient. */
  kick(q: Float64Array, gradient: Float64Array, time: number, scale: Float64Array): void;
  /** w <- w + time A q, reflected at the walls of a box. */
  drift(w: Float64Array, q: Float64Array, time: number, scale: Float64Array): void;
}

/** Throws a LandauError for a dense mass inside a box: its walls do not turn single momenta. */
export const motion = (mass: Mass, box?: Box): Motion => {
  if (!masses.includes(mass)) throw invalid("mass", mass, `one of ${masses.join(", ")}`);
  if (box && mass === "dense") throw invalid("mass", mass, '"none" or "diagonal" inside a box');
  const free = freeMotion[mass];
  return {
    kick: free.kick,
    drift: box
      ? (w, q, time, scale) => {
          free.drift(w, q, time, scale);
          reflect(box, w, q);
        }
      : free.drift,
  };
};

const freeMotion: { readonly [mass in Mass]: Pick<Motion, "kick" | "drift"> } = {
  none: {
    kick(q, gradient, time) {
      for (let i = 0; i < q.length; i++) q[i] -= time * gradient[i];
    },
    drift(w, q, time) {
      for (let i = 0; i < w.length; i++) w[i] += time * q[i];
    },
  },
  diagonal: {
    kick(q, gradient, time, scale) {
      for (let i = 0; i < q.length; i++) q[i] -= time * scale[i] * gradient[i];
    },
    drift(w, q, time, scale) {
      for (let i = 0; i < w.length; i++) w[i] += time * scale[i] * q[i];
    },
  },
  dense: {
    kick(q, gradient, time, scale) {
      const n = q.length;
      for (let i = 0; i < n; i++) {
        const push = time * gradient[i];
        for (let j = 0; j <= i; j++) q[j] -= push * scale[i * n + j];
      }
    },
    drift(w, q, time, scale) {
      const n = w.length;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += scale[i * n + j] * q[j];
        w[i] += time * sum;
      }
    },
  },
};

/** |q|^2 / 2. */
export const kineticEnergy = (q: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < q.length; i++) sum += q[i] * q[i];
  return 0.5 * sum;
};

/** A of unit mass. */
export const unitScale = (size: number, mass: Mass): Float64Array => {
  if (mass === "none") return new Float64Array(0);
  if (mass === "diagonal") return new Float64Array(size).fill(1);
  const scale = new Float64Array(size * size);
  for (let i = 0; i < size; i++) scale[i * size + i] = 1;
  return scale;
};
