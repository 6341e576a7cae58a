import type { Control, Settings } from "../../contracts/field.ts";
import type { Protocol } from "../../contracts/protocol.ts";
import { symmetricEigenvalues } from "../../numerics/linear-algebra.ts";
import { stream } from "../../numerics/stream.ts";
import { annealProtocol } from "../anneal.ts";
import { type VaeSettings, vaeObjective } from "./model.ts";
import { type VaeTheory, vaeTheory } from "./theory.ts";

/** Singular values of the task y = M x with white inputs: M is diagonal. */
export const ZETA = [2, 1.6, 1.2, 0.9, 0.6] as const;
export const EY2 = ZETA.reduce((sum, z) => sum + z * z, 0);

/** A gain below this is a collapsed mode. */
const ALIVE = 0.02;

const settings = {
  beta: {
    kind: "number",
    summary: "weight of the divergence from the prior",
    default: 0.5,
    min: 1e-6,
    max: 1e3,
    scale: "log",
  },
  etaDec: {
    kind: "number",
    summary: "standard deviation of the decoder",
    default: 1,
    min: 1e-3,
    max: 1e3,
    scale: "log",
  },
  etaEnc: { kind: "number", summary: "standard deviation of the prior", default: 1, min: 1e-3, max: 1e3, scale: "log" },
  d1: { kind: "integer", summary: "latent dimensions", default: 5, min: 1, max: 5 },
  sigma: { kind: "choice", summary: "widths of the encoder", default: "learned", choices: ["learned", "fixed"] },
} as const satisfies { readonly [name: string]: Control };

export const vaeSettings = (all: Settings): VaeSettings => {
  const { beta, etaEnc, etaDec, d1 } = all as { [name: string]: number };
  return { beta, etaEnc, etaDec, d1, learnSigma: all.sigma === "learned" };
};

export const theoryAt = (all: Settings): VaeTheory => vaeTheory({ zeta: ZETA, Ey2: EY2, ...vaeSettings(all) });

const identity = ZETA.map((_, i) => ZETA.map((__, j) => Number(i === j)));
const task = { A: identity, M: ZETA.map((z, i) => ZETA.map((_, j) => (i === j ? z : 0))), noiseTrace: 0 };

/** Singular values of U W^T, largest first. */
const gains = (w: Float64Array, d1: number): number[] => {
  const d = ZETA.length;
  const map = Array.from({ length: d }, (_, a) =>
    Array.from({ length: d }, (__, k) => {
      let sum = 0;
      for (let i = 0; i < d1; i++) sum += w[a * d1 + i] * w[(d + k) * d1 + i];
      return sum;
    }),
  );
  const gram = new Float64Array(d * d);
  for (let a = 0; a < d; a++)
    for (let b = 0; b < d; b++) gram[a * d + b] = map[a].reduce((sum, value, k) => sum + value * map[b][k], 0);
  return [...symmetricEigenvalues(gram, d)].reverse().map(value => Math.sqrt(Math.max(0, value)));
};

export const linearVaeProtocols: { readonly [name: string]: Protocol } = {
  anneal: annealProtocol({
    summary: "sweep the weight of the prior slowly up and down by gradient descent: modes collapse one by one",
    settings,
    controls: ["beta", "etaDec", "etaEnc"],
    defaults: { from: 0.1, to: 5, stepSize: 0.05 },
    objective: all => vaeObjective(task, vaeSettings(all)),
    start: (all, { seed, chain }) => {
      const { size } = vaeObjective(task, vaeSettings(all));
      const { d1, learnSigma } = vaeSettings(all);
      const w = new Float64Array(size);
      stream({ seed, chain, purpose: "start" }).normals(w);
      for (let i = 0; i < size; i++) w[i] *= 0.3;
      if (learnSigma) w.fill(0.7, size - d1);
      return w;
    },
    observe: (all, w) => {
      const { d1, learnSigma, etaEnc } = vaeSettings(all);
      const spectrum = gains(w, d1);
      const active = spectrum.filter(gain => gain > ALIVE).length;
      return {
        order: Math.sqrt(spectrum.reduce((sum, gain) => sum + gain * gain, 0)),
        active,
        gains: spectrum,
        // The strongest mode has the narrowest encoder.
        sigmas: Array.from({ length: d1 }, (_, i) =>
          learnSigma ? Math.abs(w[w.length - d1 + i]) * etaEnc : etaEnc,
        ).sort((a, b) => a - b),
        label: `${active} active`,
      };
    },
  }),
};
