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
      denseKick(q, gradient, kick, scale);
      denseDrift(w, q, time, scale);
    },
    kick(q, gradient, kick, scale) {
      denseKick(q, gradient, kick, scale);
      return kineticEnergy(q);
    },
  },
};

/*
 * Four columns or rows of the triangle at a time, whose running sums stay in registers and do not wait for each other. Each is added up in
 * the order of a plain loop.
 */

const denseKick = (q: Float64Array, gradient: Float64Array, kick: number, scale: Float64Array): void => {
  const n = q.length;
  for (let j = 0; j < n; j += 4) {
    // The tip of the triangle, and all of it when fewer than four columns are left.
    const full = j + 4 <= n ? j + 3 : n;
    for (let i = j; i < full; i++) {
      const push = kick * gradient[i];
      for (let k = j; k <= i; k++) q[k] -= push * scale[i * n + k];
    }
    if (full === n) return;
    let q0 = q[j];
    let q1 = q[j + 1];
    let q2 = q[j + 2];
    let q3 = q[j + 3];
    for (let i = full, at = full * n + j; i < n; i++, at += n) {
      const push = kick * gradient[i];
      q0 -= push * scale[at];
      q1 -= push * scale[at + 1];
      q2 -= push * scale[at + 2];
      q3 -= push * scale[at + 3];
    }
    q[j] = q0;
    q[j + 1] = q1;
    q[j + 2] = q2;
    q[j + 3] = q3;
  }
};

/** w <- w + time A q. */
const denseDrift = (w: Float64Array, q: Float64Array, time: number, scale: Float64Array): void => {
  const n = w.length;
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const [r0, r1, r2, r3] = [i * n, i * n + n, i * n + 2 * n, i * n + 3 * n];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j <= i; j++) {
      const momentum = q[j];
      s0 += scale[r0 + j] * momentum;
      s1 += scale[r1 + j] * momentum;
      s2 += scale[r2 + j] * momentum;
      s3 += scale[r3 + j] * momentum;
    }
    s1 += scale[r1 + i + 1] * q[i + 1];
    s2 += scale[r2 + i + 1] * q[i + 1];
    s3 += scale[r3 + i + 1] * q[i + 1];
    s2 += scale[r2 + i + 2] * q[i + 2];
    s3 += scale[r3 + i + 2] * q[i + 2];
    s3 += scale[r3 + i + 3] * q[i + 3];
    w[i] += time * s0;
    w[i + 1] += time * s1;
    w[i + 2] += time * s2;
    w[i + 3] += time * s3;
  }
  for (; i < n; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += scale[i * n + j] * q[j];
    w[i] += time * sum;
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
