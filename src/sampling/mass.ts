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
  /** q <- q - kick A^T gradient, then w <- w + time A q, reflected at the walls of a box. */
  advance(
    w: Float64Array,
    q: Float64Array,
    gradient: Float64Array,
    kick: number,
    time: number,
    scale: Float64Array,
  ): void;
  /** q <- q - kick A^T gradient; returns |q|^2 / 2. */
  kick(q: Float64Array, gradient: Float64Array, kick: number, scale: Float64Array): number;
}

/** Throws a LandauError for a dense mass inside a box: its walls do not turn single momenta. */
export const motion = (mass: Mass, box?: Box): Motion => {
  if (!masses.includes(mass)) throw invalid("mass", mass, `one of ${masses.join(", ")}`);
  if (box && mass === "dense") throw invalid("mass", mass, '"none" or "diagonal" inside a box');
  const free = freeMotion[mass];
  if (!box) return free;
  return {
    ...free,
    advance(w, q, gradient, kick, time, scale) {
      free.advance(w, q, gradient, kick, time, scale);
      reflect(box, w, q);
    },
  };
};

const freeMotion: { readonly [mass in Mass]: Motion } = {
  none: {
    advance(w, q, gradient, kick, time) {
      for (let i = 0; i < w.length; i++) {
        const moved = q[i] - kick * gradient[i];
        q[i] = moved;
        w[i] += time * moved;
      }
    },
    kick(q, gradient, kick) {
      let squares = 0;
      for (let i = 0; i < q.length; i++) {
        const moved = q[i] - kick * gradient[i];
        q[i] = moved;
        squares += moved * moved;
      }
      return 0.5 * squares;
    },
  },
  diagonal: {
    advance(w, q, gradient, kick, time, scale) {
      for (let i = 0; i < w.length; i++) {
        const moved = q[i] - kick * scale[i] * gradient[i];
        q[i] = moved;
        w[i] += time * scale[i] * moved;
      }
    },
    kick(q, gradient, kick, scale) {
      let squares = 0;
      for (let i = 0; i < q.length; i++) {
        const moved = q[i] - kick * scale[i] * gradient[i];
        q[i] = moved;
        squares += moved * moved;
      }
      return 0.5 * squares;
    },
  },
  dense: {
    advance(w, q, gradient, kick, time, scale) {
      const n = w.length;
      denseKick(q, gradient, kick, scale);
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j <= i; j++) sum += scale[i * n + j] * q[j];
        w[i] += time * sum;
      }
    },
    kick(q, gradient, kick, scale) {
      denseKick(q, gradient, kick, scale);
      return kineticEnergy(q);
    },
  },
};

const denseKick = (q: Float64Array, gradient: Float64Array, kick: number, scale: Float64Array): void => {
  const n = q.length;
  for (let i = 0; i < n; i++) {
    const push = kick * gradient[i];
    for (let j = 0; j <= i; j++) q[j] -= push * scale[i * n + j];
  }
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
